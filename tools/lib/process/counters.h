/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_COUNTERS_H
#define PROCESS_COUNTERS_H

/*
 * What the processor counts while a program runs, by perf_event_open(2): of the
 * program and all that it starts, in user space only, from its exec on. Where the
 * kernel, the processor or a virtual machine does not offer a counter, it is
 * unknown.
 */
enum process_counter {
    COUNTER_TASK_CLOCK, /* nanoseconds on a processor; counted by the kernel itself */
    COUNTER_INSTRUCTIONS,
    COUNTER_CYCLES,
    COUNTER_BRANCHES,
    COUNTER_BRANCH_MISSES,
    COUNTER_CACHE_REFERENCES,
    COUNTER_CACHE_MISSES,
    COUNTERS
};

struct counters {
    int fds[COUNTERS]; /* -1 for one that is not to be had */
};

/* For the programs that this process starts from here on. */
void counters_open(struct counters *counters);
/* What they counted so far; NaN for unknown. A counter that had to share the processor's
 * registers with others is scaled up to the whole time. */
void counters_read(const struct counters *counters, double values[static COUNTERS]);
void counters_close(struct counters *counters);

#endif

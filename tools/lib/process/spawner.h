/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_SPAWNER_H
#define PROCESS_SPAWNER_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"
#include "process/process.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Runs programs, one at a time, through a small process of its own that is
 * forked once, before the tool grows. Two things come of that:
 *
 * - Linux counts the memory of whoever calls exec into the peak of the program
 *   that takes its place (exec_mmap() in the kernel hands the old peak on). Started
 *   from the tool itself, every program would seem at least as large as the
 *   tool, and larger the longer it measures. The small process holds less than a
 *   megabyte, as little as any program that is linked with a C library.
 * - It waits for nothing but the end of the program, so the time is taken
 *   without delay while the tool reads the program's output beside it.
 *
 * They have a session of their own, without a terminal: no program can take it
 * away, and no key on it reaches one. Each has a process group, which can be ended
 * as a whole.
 * What it leaves behind comes to the spawner (PR_SET_CHILD_SUBREAPER), is
 * counted, and ended. When the tool itself dies, the spawner ends what runs.
 */
struct spawner;

/* specs are copied as they stand by the fork; what they point at is not looked at again here. */
int spawner_start(struct spawner **out, const struct process_spec *specs, size_t count,
    struct error *error) MUST_USE;

/* What to do while a program runs; all of it may be left zero (stop_fd: -1). */
struct process_watch {
    int stop_fd; /* when it can be read, the program is ended; never read here */
    void *context;
    /* What comes out of a PROCESS_PIPE output. */
    void (*take_output)(void *context, struct slice bytes);
    /* Called every tick_s seconds with the seconds since the start. */
    void (*tick)(void *context, double elapsed_s);
    double tick_s;
};

#define PROCESS_WATCH_INIT                                                                         \
    {                                                                                              \
        .stop_fd = -1                                                                              \
    }

/*
 * Runs specs[index] and waits for its end. -1 only where the machine fails
 * (ERROR_MACHINE: the small process is gone); what becomes of the program stands
 * in result. A program that is to end gets SIGTERM, and SIGKILL after
 * SPAWNER_GRACE_S.
 */
#define SPAWNER_GRACE_S 1.0
int spawner_run(struct spawner *spawner, size_t index, const struct process_watch *watch,
    struct process_result *result, struct error *error) MUST_USE;

/*
 * Runs specs[indices[0]], specs[indices[1]]… one after the other, at most
 * SPAWNER_BATCH of them, with nothing of the tool between two of them. It ends
 * behind the first that somebody has to look at: that did not pass, printed to a
 * pipe, or was running when the watch had something to say. *ran is how many there
 * were, at least one; the errors and outputs are those of the last.
 */
enum { SPAWNER_BATCH = 32 };
int spawner_run_batch(struct spawner *spawner, const size_t *indices, size_t count,
    const struct process_watch *watch, struct process_result *results, size_t *ran,
    struct error *error) MUST_USE;

/*
 * The end of what the last program printed to a PROCESS_PIPE as its errors, at most
 * TAIL_CEILING bytes, cut at the start of a line where one is near; until the next run.
 */
struct slice spawner_errors(struct spawner *spawner);
/* How many bytes that was in all. */
unsigned long long spawner_errors_size(const struct spawner *spawner);

/* Ends what hooks left running, and the small process. NULL is fine. */
void spawner_stop(struct spawner *spawner);

#endif

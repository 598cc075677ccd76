/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MACHINE_STATE_H
#define MACHINE_STATE_H

#include "machine/facts.h"
#include "machine/probe.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * How the machine is at a moment. What is unknown is UNKNOWN_COUNT, or NaN for a
 * double. Reading it costs some twenty small files; counting the processes is by
 * far the longest part and only done on request.
 */
enum { PRESSURE_CPU, PRESSURE_MEMORY, PRESSURE_IO, PRESSURES };
enum {
    TICKS_USER,
    TICKS_NICE,
    TICKS_SYSTEM,
    TICKS_IDLE,
    TICKS_IOWAIT,
    TICKS_IRQ,
    TICKS_SOFTIRQ,
    TICKS_STEAL,
    TICKS
};

struct machine_state {
    int64_t time_ns; /* clock_monotonic() */
    int64_t memory_total_bytes, memory_available_bytes, memory_free_bytes, memory_cached_bytes;
    int64_t swap_total_bytes, swap_used_bytes;
    double load[3]; /* averages of 1, 5, 15 minutes */
    /* Percent of the last ten seconds in which some, and all, tasks waited. */
    double pressure_some[PRESSURES], pressure_full[PRESSURES];
    int64_t ticks[TICKS]; /* of all processors together, since the start of the machine */
    int64_t processors;   /* that take part in ticks */
    double frequency_hz, frequency_highest_hz; /* mean of the processors, and the fastest of them */
    int64_t throttle_count;     /* how often a processor was throttled for its heat */
    double temperature_celsius; /* the hottest zone */
    int64_t zombies;
    unsigned governor_other, governor_all; /* processors not on "performance", and all with one */
    const char *governor;                  /* in the probe's arena */
    enum machine_boolean on_battery;
};

void machine_state_read(
    struct machine_state *state, const struct probe *probe, bool count_processes);

/* Ticks in a second, for ticks[]: the kernel shows them in hundredths (USER_HZ). */
enum { TICKS_PER_SECOND = 100 };

#endif

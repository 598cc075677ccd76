/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MACHINE_HEALTH_H
#define MACHINE_HEALTH_H

#include "machine/state.h"

#include <stddef.h>

/*
 * What may disturb a measurement, with the evidence. The names and their limits:
 *
 *   swap-in-use               more than 100 MB of swap hold something
 *   low-memory                less than a tenth of the memory is available
 *   zombies                   a process ended and nobody collected it
 *   governor-not-performance  a processor's frequency governor is another one
 *   on-battery                a battery feeds the machine
 * and over a window between two states:
 *   load-from-others          other programs took more than a quarter of a processor, and more
 *                             than a twentieth of all of them
 *   steal-time                the host gave more than 1 % of the processors to others
 *   frequency-changed         the fastest processor lost more than a tenth of its frequency
 *   thermal-throttling        a processor was throttled
 */
enum machine_flag_kind {
    FLAG_SWAP_IN_USE,
    FLAG_LOW_MEMORY,
    FLAG_ZOMBIES,
    FLAG_GOVERNOR,
    FLAG_ON_BATTERY,
    FLAG_LOAD_FROM_OTHERS,
    FLAG_STEAL_TIME,
    FLAG_FREQUENCY_CHANGED,
    FLAG_THERMAL_THROTTLING,
    FLAGS
};

struct machine_flag {
    enum machine_flag_kind kind;
    char evidence[160];
    double value, limit;
    const char *unit;
};

struct machine_flags {
    struct machine_flag items[FLAGS];
    size_t count;
};

/* As it stands in a report: "swap-in-use". */
const char *machine_flag_name(enum machine_flag_kind kind);

/*
 * The flags of `now`, and of the window since `before` where that is not NULL and
 * at least HEALTH_WINDOW_S ago: ticks are too coarse for less. own_s is the
 * processor time that the measurement itself took in the window.
 */
#define HEALTH_WINDOW_S 0.5
void machine_health(struct machine_flags *flags, const struct machine_state *before,
    const struct machine_state *now, double own_s);

#endif

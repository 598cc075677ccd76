/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_CLOCK_H
#define PROCESS_CLOCK_H

#include <stdint.h>

/* Nanoseconds of the clock that nobody sets (CLOCK_MONOTONIC): only differences mean something. */
int64_t clock_monotonic(void);
/* Nanoseconds since 1970-01-01 UTC. */
int64_t clock_real(void);

static inline double clock_seconds(int64_t nanoseconds)
{
    /* A division, which rounds once: 534123 ns is then the double nearest to 0.000534123. */
    return (double)nanoseconds / 1e9;
}

#endif

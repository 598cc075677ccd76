/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include <math.h>
#include <stdbool.h>

/*
 * A confidence interval. coverage is what the method really gives, which for
 * order statistics is at least what was asked for. Where no interval of the
 * confidence asked for exists, all three are NaN.
 */
struct interval {
    double low, high, coverage;
};

static inline struct interval interval_none(void)
{
    return (struct interval){NAN, NAN, NAN};
}

static inline bool interval_exists(struct interval interval)
{
    return interval.low <= interval.high;
}

/* Wholly inside, the edges too: an equivalence when the interval is the 90 % one (Schuirmann 1987:
 * two one-sided tests at .05). */
static inline bool interval_inside(struct interval interval, double low, double high)
{
    return interval.low >= low && interval.high <= high;
}

static inline bool interval_above(struct interval interval, double edge)
{
    return interval.low > edge;
}

static inline bool interval_below(struct interval interval, double edge)
{
    return interval.high < edge;
}

#endif

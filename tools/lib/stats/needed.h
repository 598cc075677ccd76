/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_NEEDED_H
#define STATS_NEEDED_H

#include <stddef.h>

/*
 * How many samples (or runs) a side would settle a comparison, with 80 % power,
 * were the estimate the truth. All lengths are on one scale, logarithms as a rule.
 */
struct needed_question {
    double estimate;    /* the shift */
    double error;       /* its standard error at `count` a side */
    double count;       /* samples or runs a side; n and m unequal: 2nm / (n + m) */
    double low, high;   /* the band */
    double alpha;       /* two-sided level of the interval that has to clear the band */
    double equivalence; /* one-sided level of the interval that has to lie inside, .05 */
};

#define NEEDED_POWER 0.8

/*
 * Where the estimate lies outside the band: the count at which the interval at
 * 1 - alpha clears it. Inside: the count at which the interval at 1 - 2 ×
 * equivalence lies in it (Schuirmann 1987). NaN at the edge, which means where
 * more than `most` would be asked for, and where the question holds a NaN or the
 * band is empty.
 */
double needed_count(const struct needed_question *question, double most);

#endif

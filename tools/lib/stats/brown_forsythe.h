/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_BROWN_FORSYTHE_H
#define STATS_BROWN_FORSYTHE_H

#include "stats/samples.h"

/*
 * Is one side more spread out? Brown & Forsythe 1974: the one-way analysis of
 * variance of the distances from each side's median. Give it logarithms where
 * all values are positive: on the raw scale a plain factor changes the spread.
 */
struct brown_forsythe {
    double f, p; /* NaN under 3 samples a side, or where all distances within the sides are equal */
};

struct brown_forsythe brown_forsythe(const struct samples *x, const struct samples *y);

#endif

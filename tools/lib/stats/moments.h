/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_MOMENTS_H
#define STATS_MOMENTS_H

#include "stats/samples.h"

/*
 * Mean and spread. The median is subtracted before anything is squared and the
 * sums are compensated (Neumaier 1974), so that an offset of 1e9 costs nothing.
 */
struct moments {
    double mean; /* NaN without samples */
    double sd;   /* with n - 1; NaN under 2 samples */
    double cv;   /* sd / |mean|; NaN where sd is, or the mean is 0 */
};

struct moments moments_of(const struct samples *samples);

/* The mean in two parts, so that a distance from it keeps its digits under any offset: x is
 * x - offset - rest above the mean. NaN without samples. */
struct center {
    double offset, rest;
};

struct center moments_center(const struct samples *samples);

/* exp of the mean of the logarithms; NaN without samples or where one is <= 0. */
double moments_geometric_mean(const struct samples *samples);

/* The sum of count numbers, compensated. */
double moments_sum(const double *values, size_t count);

#endif

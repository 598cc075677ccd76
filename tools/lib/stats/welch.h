/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_WELCH_H
#define STATS_WELCH_H

#include "stats/interval.h"
#include "stats/samples.h"

/*
 * A difference of two means with its own variance on each side (Welch 1947, the
 * degrees of freedom of Satterthwaite 1946): for summaries without samples, and
 * for run means with moderated variances (stats/runs.h).
 */
struct estimate {
    double mean;
    double rest;     /* what the mean lost by rounding: it matters under a huge offset; mostly 0 */
    double variance; /* of the mean itself: sd² / n */
    double degrees;  /* that variance was estimated with; infinity where it is known */
};

struct welch {
    double difference; /* head - base */
    double error;      /* its standard error */
    double degrees, t, p;
};

/* The estimate that n, mean and sd make; variance NaN under 2 samples. */
struct estimate estimate_of(double n, double mean, double sd);
struct estimate estimate_of_samples(const struct samples *samples);

/* t, p and degrees are NaN where a variance is, or where both are 0. */
struct welch welch(struct estimate base, struct estimate head);

/* difference ± the t quantile × error. */
struct interval welch_interval(const struct welch *welch, double confidence);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_PRECISION_H
#define STATS_PRECISION_H

#include "stats/interval.h"
#include "stats/samples.h"

/*
 * How well a number of independent samples tells a figure of theirs. Intervals
 * are two-sided; coverage is what was asked for, which the normal ones give when
 * the samples are normal. None where the samples are too few.
 */

/* Student's: mean ± t sd / sqrt(n), n >= 2. */
struct interval mean_interval(const struct samples *samples, double confidence);
/* The same of a summary; none where a part of it is not known. */
struct interval mean_interval_of(double n, double mean, double sd, double confidence);

/* Of normal samples: sd × sqrt((n - 1) / chi-square), n >= 2. */
struct interval sd_interval(const struct samples *samples, double confidence);

/*
 * Of sd / |mean|: the modified McKay interval (Vangel 1996, The American
 * Statistician 50(1)), for normal samples with a cv up to about a
 * third. With c = cv, v = n - 1 and the chi-square quantile x on v degrees,
 *
 *     c / sqrt(((x + 2) / n - 1) c² + x / v)
 *
 * at the upper quantile is the low end, at the lower quantile the high end,
 * infinite where there is no root. n >= 2, mean not 0.
 */
struct interval cv_interval(const struct samples *samples, double confidence);

/* Clopper & Pearson 1934: exact, by quantiles of the beta distribution. trials > 0. */
struct interval share_interval(size_t successes, size_t trials, double confidence);

/* An estimate with its interval; an end may be infinite. */
struct estimated {
    double value;
    struct interval interval;
};

/*
 * The interval of over.value / under.value, both > 0 and independent, from the
 * intervals of the two (MOVER: Zou & Donner 2008, Statistics in Medicine 27(10),
 * on logarithms). With a, b the logarithms of the values and [la, ua], [lb, ub]
 * those of their ends:
 *
 *     a - b - sqrt((a - la)² + (ub - b)²)   to   a - b + sqrt((ua - a)² + (b - lb)²)
 *
 * An end that is not above 0 or infinite leaves that side open: 0 or infinity.
 */
struct interval ratio_interval(const struct estimated *over, const struct estimated *under);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_PRECISION_H
#define STATS_PRECISION_H

#include "stats/interval.h"
#include "stats/samples.h"

/*
 * How well a number of independent samples tells a figure of theirs. Intervals
 * are two-sided; coverage is what was asked for. None where the samples are too few.
 */

/* Student's: mean ± t sd / sqrt(n), n >= 2. */
struct interval mean_interval(const struct samples *samples, double confidence);
/* The same of a summary; none where a part of it is not known. */
struct interval mean_interval_of(double n, double mean, double sd, double confidence);

/*
 * From the lower of the two low ends to the higher of the two high ends of
 *   - chi-square's, for normal samples: sd × sqrt((n - 1) / quantile), n >= 2;
 *   - Bonett's (2006, Comput. Stat. Data Anal. 50), which looks at the tails, n >= 5:
 *     sd × sqrt(c exp(± z e)), c = n / (n - z), e = c sqrt((k - (n - 3) / n) / (n - 1)),
 *     z the normal quantile, k = n sum (x - m)^4 / (sum (x - mean)^2)^2 the kurtosis
 *     about the mean m of what is left when the share 1 / (2 sqrt(n - 4)) is cut
 *     from both ends.
 */
struct interval sd_interval(const struct samples *samples, double confidence);

/*
 * Of sd / |mean|, in the same way wider than either of
 *   - the modified McKay interval (Vangel 1996, The American Statistician 50(1)), for
 *     normal samples with a cv up to about a third: with c = cv, v = n - 1 and the
 *     chi-square quantile x on v degrees, c / sqrt(((x + 2) / n - 1) c² + x / v) at the
 *     upper quantile is the low end, at the lower quantile the high end, infinite
 *     where there is no root; n >= 2;
 *   - Bonett's of the sd, over |mean|; n >= 5.
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_ORDER_H
#define STATS_ORDER_H

#include "stats/interval.h"
#include "stats/samples.h"

/* What the order of the samples says. Without samples everything here is NaN. */

double order_median(const struct samples *samples);
/* The same of any numbers that are sorted upward. */
double order_median_of(const double *sorted, size_t count);

/* Type 7 of Hyndman & Fan 1996, 0 <= p <= 1. */
double order_quantile(const struct samples *samples, double p);

/* Any of the nine types of Hyndman & Fan 1996, 1 <= type <= 9. */
double order_quantile_type(const struct samples *samples, int type, double p);

/* The median distance from the median, without the factor 1.4826. No scratch. */
double order_mad(const struct samples *samples);

/*
 * The median's interval: the k-th samples from both ends, with the largest k
 * whose exact (binomial) coverage is at least the confidence. 95 % needs n >= 6.
 */
struct interval order_median_interval(const struct samples *samples, double confidence);

#endif

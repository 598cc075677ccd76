/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_ORDER_H
#define STATS_ORDER_H

#include "stats/interval.h"
#include "stats/samples.h"

/* What the order of the samples says. Without samples everything here is NaN. */

double order_median(const struct samples *samples);
/* The same of any numbers that are sorted upward. */
double order_median_of(const double *sorted, size_t count);
/* The value that has rank others below it, rank < count, and stands there then: none before it is
 * greater, none behind it less. In linear time; no NaN. */
double order_select(double *values, size_t count, size_t rank);
/* The median of numbers in any order, which is another one then. */
double order_median_in_place(double *values, size_t count);

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

/*
 * The interval of the p-th quantile, 0 < p < 1: from the l-th to the u-th sample,
 * with the largest l and the smallest u that leave at most (1 - confidence) / 2
 * on their side, by the binomial distribution of the number of samples below the
 * quantile (Hahn & Meeker 1991, 5.2). Exact whatever the distribution of the
 * samples. An end that so few samples cannot give is infinite: the upper one of a
 * p95 at 95 % needs n >= 72. None without samples.
 */
struct interval order_quantile_interval(const struct samples *samples, double p, double confidence);
/* The least number of samples with which both ends are closed. */
double order_quantile_fewest(double p, double confidence);

#endif

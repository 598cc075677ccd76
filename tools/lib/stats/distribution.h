/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_DISTRIBUTION_H
#define STATS_DISTRIBUTION_H

#include <stddef.h>

/*
 * The distributions that the tests need. The numerics are R's own (libRmath),
 * which no other file includes. What lies outside a function's domain gives NaN,
 * and nothing is ever printed.
 */

/* A probability that is fit to be a p value: in [DBL_MIN, 1], so that a tail that underflows stays
 * above 0. NaN stays NaN. */
double p_value(double probability);

/* P(Z > z) and P(|Z| > |z|), by erfc: full relative precision in the tail. */
double normal_upper(double z);
double normal_two_sided(double z);
/* The z with P(Z <= z) = p, for 0 < p < 1. */
double normal_quantile(double p);
/* The z > 0 with P(|Z| > z) = p, for 0 < p <= 1. */
double normal_critical(double p);

/* P(|T| > |t|) and the t > 0 with P(|T| > t) = p; degrees > 0, and infinity is the normal one. */
double student_two_sided(double t, double degrees);
double student_critical(double p, double degrees);

/* P(F > f), P(X > x). */
double fisher_upper(double f, double degrees1, double degrees2);
double chi_square_upper(double x, double degrees);

/* P(B <= k) for n tosses of a fair coin, and the least k with P(B <= k) >= p. */
double coin_lower(double k, size_t n);
size_t coin_quantile(double p, size_t n);

/* The same of n tosses that each succeed with chance p, 0 <= p <= 1; the quantile of 0 <= q <= 1.
 */
double binomial_lower(double k, size_t n, double p);
size_t binomial_quantile(double q, size_t n, double p);

/* The x with P(X <= x) = p, 0 <= p <= 1; degrees, a and b > 0. */
double chi_square_quantile(double p, double degrees);
double beta_quantile(double p, double a, double b);

/* The logarithm of n over k. */
double choose_log(double n, double k);

/* The first two derivatives of log gamma, and the inverse of the second (Smyth 2004, appendix). */
double log_gamma_slope(double x);
double log_gamma_curvature(double x);
double log_gamma_curvature_inverse(double y);

#endif

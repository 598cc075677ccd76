/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_RANK_NULL_H
#define STATS_RANK_NULL_H

#include <stddef.h>

/*
 * The exact distributions of rank sums under "nothing changed", without ties.
 * One is kept between calls by the caller, because most comparisons of a report
 * have the same n and m; it is made anew when they differ. Zeroed is empty.
 */
enum { RANK_NULL_LARGEST = 50 };

/* Of Mann-Whitney's U for n and m samples, 1 <= n, m <= RANK_NULL_LARGEST. */
struct rank_null {
    size_t n, m;
    double lower[RANK_NULL_LARGEST * RANK_NULL_LARGEST / 2 + 1]; /* P(U <= u), u <= nm/2 */
};

void rank_null_prepare(struct rank_null *null, size_t n, size_t m);
/* P(U <= u), for 0 <= u <= nm. */
double rank_null_lower(const struct rank_null *null, size_t u);
/* The largest c with P(U < c) <= tail, tail < 1/2; 0 where there is none. */
size_t rank_null_critical(const struct rank_null *null, double tail);

/* Of Wilcoxon's V, the sum of the ranks of the positive ones among n, 1 <= n <= RANK_NULL_LARGEST.
 */
struct sign_null {
    size_t n;
    double
        lower[RANK_NULL_LARGEST * (RANK_NULL_LARGEST + 1) / 4 + 1]; /* P(V <= v), v <= n(n+1)/4 */
};

void sign_null_prepare(struct sign_null *null, size_t n);
double sign_null_lower(const struct sign_null *null, size_t v);
size_t sign_null_critical(const struct sign_null *null, double tail);

#endif

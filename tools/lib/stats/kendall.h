/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_KENDALL_H
#define STATS_KENDALL_H

#include "stats/samples.h"

/*
 * Does a series rise or fall as it goes? Mann 1945, Kendall 1975. Exact up to
 * KENDALL_EXACT samples, with ties too (all orders of the same values); above,
 * normal with continuity correction and the variance that ties leave.
 */
enum { KENDALL_EXACT = 50 };

struct mann_kendall {
    double s;   /* pairs that rise - pairs that fall; NaN under 2 samples */
    double tau; /* s / (n (n - 1) / 2): Kendall's tau-a */
    double p;   /* two-sided; 1 for a constant series, NaN under 2 samples */
    bool exact;
};

/* The distribution without ties, kept between calls by the caller; zeroed is empty. */
struct kendall_null {
    size_t n;
    double lower[KENDALL_EXACT * (KENDALL_EXACT - 1) / 4 + 1]; /* P(falls <= f), f <= n(n-1)/4 */
};

/* Time O(n log n). Scratch: 2 n doubles, and 5 KB where exact. */
struct mann_kendall mann_kendall(
    const struct samples *series, struct kendall_null *null, struct arena *scratch);

/*
 * The median slope over all pairs, per step of the series (Theil 1950, Sen 1968);
 * NaN under 2 samples. Time O(n²) a pass, with few passes: for series of
 * thousands, not of millions. Scratch as in selection.h.
 */
double theil_sen(const struct samples *series, struct arena *scratch);

#endif

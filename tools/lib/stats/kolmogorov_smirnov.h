/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_KOLMOGOROV_SMIRNOV_H
#define STATS_KOLMOGOROV_SMIRNOV_H

#include "stats/samples.h"

/*
 * Do the distributions differ in any way, a second mode too? d is the largest
 * distance of the two empirical distribution functions. Exact, with ties too, up
 * to n * m = KOLMOGOROV_EXACT (R's limit): the lattice paths from (0, 0) to (n, m)
 * that reach the distance where a path can be seen, at the end of a group of
 * equal values (Schröer & Trenkler 1995). Above, Kolmogorov's limit (Smirnov
 * 1939), which ties make conservative.
 */
enum { KOLMOGOROV_EXACT = 10000 };

struct kolmogorov_smirnov {
    double d, p; /* NaN where a side is empty */
    bool exact;
};

/* Scratch: n + m bytes and n + 1 doubles where exact. */
struct kolmogorov_smirnov kolmogorov_smirnov(
    const struct samples *x, const struct samples *y, struct arena *scratch);

#endif

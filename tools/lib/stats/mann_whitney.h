/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_MANN_WHITNEY_H
#define STATS_MANN_WHITNEY_H

#include "stats/rank_null.h"
#include "stats/samples.h"

/*
 * Is either side higher? Mann & Whitney 1947. With both counts up to
 * RANK_NULL_LARGEST the p is exact, with ties too (the permutation distribution
 * of mid-ranks; p is twice the smaller tail, at most 1, as R has it without
 * ties, where it has an exact one). Above, the normal approximation with
 * continuity correction and the variance that ties leave (Lehmann 1975, 1.3).
 */
struct mann_whitney {
    double u;          /* pairs with y above x, half of those equal; R's W of (y, x) */
    double p;          /* two-sided; NaN where a side is empty, 1 where all values are equal */
    double smallest_p; /* the least that any arrangement of these values gives, exactly */
    bool exact;
};

/* null is the caller's memo; the scratch of tied_ranks.h where there are ties. */
void mann_whitney(struct mann_whitney *test, const struct samples *x, const struct samples *y,
    struct rank_null *null, struct arena *scratch);

/* Cliff 1993: P(y > x) - P(y < x), in -1 … 1, from u; NaN where a side is empty. */
double cliffs_delta(double u, size_t n, size_t m);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SIGNED_RANK_H
#define STATS_SIGNED_RANK_H

#include "stats/rank_null.h"
#include "stats/samples.h"

/*
 * Do the differences within pairs lean to one side? Wilcoxon 1945. Differences of
 * zero say nothing and are left out before ranking, as Wilcoxon had it and as R
 * does (Pratt 1959 ranks them first); the n of the exactness is what is left.
 * Exact up to RANK_NULL_LARGEST, with ties too (all 2^n signs of the mid-ranks);
 * above, normal with continuity correction and the variance that ties leave.
 */
struct signed_rank {
    double v;          /* the sum of the ranks of the positive differences */
    double p;          /* two-sided; 1 where all differences are zero, NaN without any */
    double smallest_p; /* 2 / 2^n: all signs equal */
    size_t zeros;
    bool exact;
};

/* null is the caller's memo; scratch: count doubles, and that of tied_ranks.h with ties. */
void signed_rank(struct signed_rank *test, const struct samples *differences,
    struct sign_null *null, struct arena *scratch);

/* Where just the signs are known: exact binomial, ties left out; two-sided. */
struct sign_test {
    double p, smallest_p; /* 1 where both counts are 0 */
};

struct sign_test sign_test(size_t positive, size_t negative);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_TIED_RANKS_H
#define STATS_TIED_RANKS_H

#include "base/arena.h"

#include <stdint.h>

/*
 * Exact permutation distributions of rank sums where values are tied: the ranks
 * are mid-ranks, and doubled they are whole numbers. Subsets are counted by
 * dynamic programming; of the sums only those up to the one that was seen, from
 * the nearer end, are added. Scratch: about 1 MB for 50 × 50, 120 KB for 30 × 30.
 */

/*
 * Of all the ways to choose k of count items, how often is the sum of their
 * ranks (given upward) at most, and at least, `sum`? Returns the two-sided p:
 * twice the smaller of the two shares, at most 1. 1 <= k <= count.
 */
double tied_ranks_choose(
    const uint32_t *ranks, size_t count, size_t k, uint32_t sum, struct arena *scratch) MUST_USE;

/* The same of all 2^count ways to choose any items. */
double tied_ranks_signs(
    const uint32_t *ranks, size_t count, uint32_t sum, struct arena *scratch) MUST_USE;

#endif

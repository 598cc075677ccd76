/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_TIED_RANKS_H
#define STATS_TIED_RANKS_H

#include "base/arena.h"

#include <stdint.h>

/*
 * Exact permutation distributions of rank sums where values are tied: the ranks
 * are mid-ranks, and doubled they are whole numbers. Both count subsets by
 * dynamic programming, up to the sum that was seen and from the nearer end.
 * Scratch: at most about 2 MB for 50 × 50, far less as a rule.
 */

/*
 * Of all the ways to choose k of count items, how often is the sum of their
 * ranks (upward) at most, and at least, `sum`? Returns the two-sided p: twice the
 * smaller of the two shares, at most 1.
 */
double tied_ranks_choose(
    const uint32_t *ranks, size_t count, size_t k, uint32_t sum, struct arena *scratch) MUST_USE;

/* The same of all 2^count ways to choose any items. */
double tied_ranks_signs(
    const uint32_t *ranks, size_t count, uint32_t sum, struct arena *scratch) MUST_USE;

#endif

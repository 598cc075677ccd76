/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_PARTITION_H
#define STATS_PARTITION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Cuts a series of unit variance and no memory into pieces, each a level or a
 * straight line, so that the squared distances from the pieces and a price for
 * each piece are together the least (optimal partitioning: Jackson et al. 2005,
 * IEEE Signal Processing Letters 12; of all cuts up to PARTITION_EXACT points, above of
 * those at which windows of several widths see a step). Then two neighbours become one
 * line where a line is nearly as good: a ramp is not a staircase.
 *
 * The prices were set by simulation (tests/calibrate/trend.c) so that the whole
 * search, over all cuts and all numbers of pieces, finds something in less than
 * one of twenty series in which nothing happens.
 */
enum {
    PARTITION_EXACT = 800,
    PARTITION_LAST = 3,   /* points of the last piece, at least */
    PARTITION_SHORT = 5,  /* a last piece up to this has a lower price */
    PARTITION_OTHERS = 5, /* of any other: what comes and goes is no level */
    PARTITION_LINE = 12   /* of a line, unless it is the whole series */
};

struct piece {
    size_t from, to; /* to is the first point behind it */
    bool line;
};

/* Pieces from the arena; *count is at least 1 where n is. Time O(n²) up to PARTITION_EXACT, about
 * O(n log n) above. */
struct piece *partition(
    size_t *count, const double *values, size_t n, struct arena *arena) MUST_USE;

#endif

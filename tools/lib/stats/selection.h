/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SELECTION_H
#define STATS_SELECTION_H

#include "base/arena.h"

#include <stdint.h>

/*
 * Order statistics of a set that is too large to be written down (all pairwise
 * differences of two million samples, say) but whose elements below a value can
 * be counted. Thresholds are guessed by interpolation between what is known,
 * and when that stalls by an element drawn at random from what is left (Monahan
 * 1984), until few enough are left to be sorted. The numbers drawn come from a
 * fixed seed: the same input takes the same steps.
 */
struct selection_source {
    const void *set;
    uint64_t total;     /* at least 1 */
    double least, most; /* the extremes, finite */
    uint64_t cost;      /* about how many steps one count takes: fewer elements than that are
                           gathered and sorted */
    /* How many elements are below the value. */
    uint64_t (*count)(const void *set, double value);
    /* Of the elements from low on and below high, in an order of the set's own: the nth, counted
       from 0; there are more than nth. */
    double (*nth)(const void *set, double low, double high, uint64_t nth);
    /* Writes all elements from low on and below high, at most SELECTION_GATHERED. */
    size_t (*gather)(const void *set, double low, double high, double *out);
};

enum { SELECTION_GATHERED = 65536 };

/*
 * values[i] becomes the element with ranks[i] elements before it in sorted order,
 * ranks[i] < total. Scratch: 2 × min(total, SELECTION_GATHERED) doubles at most
 * for each of the ranks.
 */
void selection_ranks(double *values, const uint64_t *ranks, size_t count,
    const struct selection_source *source, struct arena *scratch);

/* The two ranks whose values' mean is the median: equal where total is odd. */
static inline void selection_middle(uint64_t ranks[2], uint64_t total)
{
    ranks[0] = (total - 1) / 2;
    ranks[1] = total / 2;
}

#endif

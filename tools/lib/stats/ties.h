/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_TIES_H
#define STATS_TIES_H

#include "stats/samples.h"

/*
 * A coarse clock puts many samples on few ticks. Order statistics of the ticks are
 * ticks too: an interval of no width would show two sides equal that differ by half
 * a tick. So the samples of one tick are spread evenly over its cell, which reaches
 * half way to the nearer of the values beside it: the median of grouped data (Yule &
 * Kendall 1950, ch. 5), carried over to differences.
 */

/* On average two samples, of both sides together, share a value, or more do. */
bool ties_are_heavy(const struct samples *x, const struct samples *y);

enum ties_order {
    TIES_RISING, /* in the order taken: upward through the cell */
    TIES_MIXED   /* without a relation to that: by multiples of the golden ratio */
};

/*
 * x with its ties spread; the values beside are those of both sides. For
 * differences within pairs one side is spread RISING and the other MIXED, so that
 * the places in their cells know nothing of each other. With no other value on
 * either side the cell is not known, and x stays as it is. From the arena.
 */
void ties_spread(struct samples *out, const struct samples *x, const struct samples *y,
    enum ties_order order, struct arena *arena);

/*
 * How far x's true centre may be from where its ticks put it: 0 while its noise is
 * wide enough to reach several ticks; half a cell where more than three quarters of
 * it stand on one tick, which would hide a shift (a normal one of 2.3 sd a tick has
 * that); infinity where there is no other value. Scratch: 32 bytes a sample.
 */
double ties_resolution(const struct samples *x, const struct samples *y, struct arena *scratch);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_NOISE_H
#define STATS_NOISE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The noise of a series that may have steps, ramps and spikes in it, none of
 * which may count as noise. Everything is worked out from differences of
 * neighbours, where a step shows in one pair and a ramp hardly at all, with the
 * largest of them set aside.
 */

/* The standard deviation of the values round their level, of independent noise; 0 where most
 * neighbours are equal. */
double noise_spread(const double *values, size_t count, struct arena *scratch);

/*
 * The lag-1 autocorrelation, from the ratio of the squared differences at lags 2
 * and 1, which is 1 + rho in a first-order process (the idea of Chakar, Lebarbier,
 * Levy-Leduc & Robin 2017, with trimmed means in place of medians, which are less
 * sure); less an allowance for what chance makes of a short series; in 0 … .9.
 */
double noise_correlation(const double *values, size_t count, struct arena *scratch);

/*
 * The series without what would mislead a search by squares: isolated spikes are
 * left out, every other value is brought to within NOISE_CLIP spreads of the
 * median of its neighbours (Hampel's filter), what the neighbours predict is
 * taken away, and the rest has the standard deviation 1 and no memory. The spread
 * is never taken to be below what rounding to the series' own ticks leaves (a tick is
 * the least distance of two values, and rounding spreads by tick / sqrt 12).
 */
#define NOISE_CLIP 2.5

struct noise_free {
    double *values;
    size_t *places; /* where each of them stands in the series */
    size_t count;
    bool *spikes; /* for each point of the series: an isolated spike */
    double sd, rho;
};

/* values are near 0 in size: somebody took an offset away. Results live in the arena. A constant
 * series has sd 0 and no values. */
void noise_remove(struct noise_free *out, const double *values, size_t count, struct arena *arena);

#endif

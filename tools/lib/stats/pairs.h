/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_PAIRS_H
#define STATS_PAIRS_H

#include "stats/samples.h"

#include <stdint.h>

/*
 * Order statistics of all differences y[j] - x[i], or of all Walsh averages
 * (d[i] + d[j]) / 2 with i <= j, without forming them: a matrix with sorted rows
 * and columns that stays implicit (Johnson & Mizoguchi 1978; Monahan 1984).
 * Time O((n + m) log nm) as a rule; scratch as in selection.h, and for the
 * averages n doubles more.
 */
#define PAIRS_LARGEST ((size_t)1 << 31)

/* values[k] becomes the difference with ranks[k] others before it; ranks[k] < n * m. */
void pairs_differences(double *values, const uint64_t *ranks, size_t count, const struct samples *x,
    const struct samples *y, struct arena *scratch);

/* The same of the n (n + 1) / 2 averages. */
void pairs_averages(double *values, const uint64_t *ranks, size_t count, const struct samples *d,
    struct arena *scratch);

#endif

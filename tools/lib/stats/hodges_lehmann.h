/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_HODGES_LEHMANN_H
#define STATS_HODGES_LEHMANN_H

#include "stats/interval.h"
#include "stats/rank_null.h"
#include "stats/samples.h"

/*
 * How far apart: Hodges & Lehmann 1963. The estimate is the median of all
 * differences y - x (of all Walsh averages of paired differences); an interval
 * goes from the c-th lowest to the c-th highest of them.
 *
 * Up to RANK_NULL_LARGEST on both sides c is the largest with P(U < c) <= (1 -
 * confidence) / 2 under the exact distribution without ties, which is what R's
 * wilcox.test(exact = TRUE) takes; with ties the closed interval covers at least
 * as much. Above, c = floor(nm/2 + 1/2 - z sqrt(nm(n+m+1)/12)), the normal
 * approximation with continuity correction (R solves its tied z statistic for
 * the shift there by uniroot, to about four digits, and gives nearly the same).
 * Where c would be 0 no such interval exists (R then takes c = 1 and warns).
 */
enum { SHIFT_INTERVALS = 4 };

struct shift {
    double estimate; /* NaN where a side is empty */
    struct interval intervals[SHIFT_INTERVALS];
};

/*
 * Intervals for `count` confidences, at most SHIFT_INTERVALS. null is the
 * caller's memo. Scratch as in pairs.h, for any number of samples.
 */
void hodges_lehmann(struct shift *shift, const struct samples *x, const struct samples *y,
    const double *confidences, size_t count, struct rank_null *null, struct arena *scratch);

/* Of the differences within pairs; zero differences stay in. */
void hodges_lehmann_paired(struct shift *shift, const struct samples *differences,
    const double *confidences, size_t count, struct sign_null *null, struct arena *scratch);

#endif

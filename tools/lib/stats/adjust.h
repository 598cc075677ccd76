/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_ADJUST_H
#define STATS_ADJUST_H

#include "base/arena.h"

#include <stddef.h>

/*
 * Many comparisons at once. A p that is NaN is no member of the family: it stays
 * NaN and counts for nothing. adjusted may be p itself. Scratch: 16 bytes a p.
 */

/* Benjamini & Hochberg 1995: of the changes reported, the share of false ones is held. */
void adjust_benjamini_hochberg(
    double *adjusted, const double *p, size_t count, struct arena *scratch);

/* Holm 1979: the chance of any false one is held. */
void adjust_holm(double *adjusted, const double *p, size_t count, struct arena *scratch);

/*
 * Benjamini & Yekutieli 2005: where `selected` of `family` parameters were chosen
 * for their intervals, intervals at 1 - (alpha × selected / family) hold the share
 * of them that miss. Returns that alpha; selected 0 counts as 1, no family gives
 * alpha itself.
 */
double adjust_false_coverage(double alpha, size_t selected, size_t family);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SPENDING_H
#define STATS_SPENDING_H

#include "base/arena.h"

#include <stddef.h>

/*
 * Looking again and again until something is significant finds noise. Lan &
 * DeMets 1983: of alpha, f(t) may be spent when the share t of the most samples
 * that will ever be taken is there, whenever and however often one looks. The
 * level of a look follows from what was spent before, by integrating over all
 * paths that did not stop earlier (Armitage, McPherson & Rowe 1969).
 *
 * The one function here is Pocock's kind, f(t) = alpha × ln(1 + (e - 1) t): a run
 * that goes on until it is conclusive wants to be able to end early. Five even
 * looks at .05 then have two-sided levels from .0148 to .0170.
 */

/* How much of alpha may be spent at t; all of it from t = 1 on. */
double spending_at(double alpha, double t);

enum { SPENDING_LOOKS_LARGEST = 200 };

/*
 * levels[k]: the two-sided nominal level of look k, so that a p below it is a
 * finding at that look. fractions go strictly upward in 0 < t <= 1; count is at
 * most SPENDING_LOOKS_LARGEST. Good to 1e-9 of the level. Returns -1, with nothing
 * written, when the fractions are not so.
 */
int spending_levels(double *levels, const double *fractions, size_t count, double alpha,
    struct arena *scratch) MUST_USE;

#endif

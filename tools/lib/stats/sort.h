/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SORT_H
#define STATS_SORT_H

#include "base/arena.h"

#include <stddef.h>

/*
 * Sorts numbers upward, in time linear in their count; there must be no NaN.
 * Takes count doubles of scratch where count > SORT_SMALL.
 */
enum { SORT_SMALL = 64 };

void sort_numbers(double *values, size_t count, struct arena *scratch);

#endif

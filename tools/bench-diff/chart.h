/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHART_H
#define CHART_H

#include "report.h"

/*
 * Small charts of the intervals, all to one scale: no change in the middle, the
 * band's edges beside it, more to the right.
 *
 *     ┆ │ ┆ ├──●──┤
 *
 * What is beyond the chart ends in an arrow.
 */
enum { CHART_WIDTH = 15 };

struct chart {
    double reach; /* the logarithm of the ratio at the right edge; 0: nothing to draw */
};

/* A scale for the first count rows. */
struct chart chart_for(const struct report *report, size_t count, struct arena *scratch);
/* Adds at most CHART_WIDTH columns, or nothing where the row has no ratio. */
void chart_add(struct buffer *out, const struct chart *chart, const struct contrast *contrast);

#endif

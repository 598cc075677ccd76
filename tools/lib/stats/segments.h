/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SEGMENTS_H
#define STATS_SEGMENTS_H

#include "stats/samples.h"

/*
 * What happened in a series of values, one a release or commit: steps from one
 * level to another, ramps, and points that stand off. Nothing is drawn at random;
 * the answer is the same under any scale and offset of the values. The way:
 *
 *   1. the spread and the memory of the noise, from differences (stats/noise.h)
 *   2. spikes out, far values in, memory away: what is left is like normal noise
 *   3. the best cut into levels and lines, at a price a piece (stats/partition.h)
 *   4. each piece is measured on the values themselves, by medians and by the
 *      slope of Theil and Sen; a slope must hold against Mann and Kendall, and two
 *      levels against the noise of their medians
 *   5. the last points are held against the last piece: three to five that are
 *      far off are a level which the cut, on clipped values, did not find worth a
 *      piece; one or two, too few to be a level, stand off, or they do not
 */
enum {
    SEGMENTS_FEWEST = 6,   /* fewer points say nothing */
    SEGMENTS_CONFIRMED = 3 /* points after a step that confirm it */
};

struct segment {
    size_t from, to; /* to is the first point behind it */
    double level;    /* at from */
    double slope;    /* a point; 0: a level */
    double slope_p;  /* of Mann and Kendall; NaN for a level */
    double sd;       /* of its points round it */
};

struct segments {
    struct segment *items;
    size_t count; /* 0 under SEGMENTS_FEWEST points */
    size_t tail; /* last points that stand off together, 0 … 2; they are part of the last segment's
                    range, but did not count for it */
    size_t *outliers;
    size_t outlier_count;
    double sd;  /* of the points round their segments; NaN under SEGMENTS_FEWEST */
    double rho; /* how much of a point's distance the next one keeps */
};

/* Everything in out comes from the arena, the scratch too. */
void segments_find(struct segments *out, const struct samples *series, struct arena *arena);

/* For values that do not vary: every value that differs from the one before is a step. */
void segments_find_exact(struct segments *out, const struct samples *series, struct arena *arena);

/* What the segment says of a point, also behind its end. */
double segment_at(const struct segment *segment, size_t place);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_TRENDS_H
#define DOCUMENT_TRENDS_H

#include "base/buffer.h"
#include "document/finding.h"
#include "document/report_view.h"

/*
 * What a document needs of trend lines, as bench-trend writes them. Texts lie in
 * the arena; unknown is NaN, data NULL.
 */
struct trended_point {
    struct slice ref, commit;
    double ts, n, median, low, high;
};

struct trended_change {
    size_t index;
    double before, after, ratio, ratio_low, ratio_high, shift;
    bool confirmed;
    struct slice accepted;
};

struct trended_slope {
    size_t from, to;
    double per_point;
};

struct trended {
    struct finding about;
    struct trended_point *points;
    size_t point_count;
    struct trended_change *changes; /* each lies inside the points */
    size_t change_count;
    struct trended_slope *slopes; /* likewise */
    size_t slope_count;
    size_t *outliers;
    size_t outlier_count;
    double cv;
    struct slice verdict;
};

struct trends {
    struct arena arena;
    struct trended *items;
    size_t count, capacity;
    struct slice verdict; /* of the last summary of bench-trend */
    struct slice *empty;  /* points without data */
    size_t empty_count;
};

void trends_release(struct trends *trends);

/* Takes a trend with points, and a summary of bench-trend; passes over all else. */
void trends_add(struct trends *trends, const struct record *record);

/* What the template `trend` sees: bench-render(1), THE DATA OF TRENDS, names the members. */
struct view *trend_view(
    struct arena *arena, const struct trends *trends, const struct report_options *options);

/*
 * One series as a drawing of its own for a page that has the styles and the script
 * of templates/partials/trend/page.mustache: points with their intervals, levels,
 * slopes, and the changes, named. It can be read without the script.
 */
void trend_drawing(struct buffer *out, const struct trended *series);
/* All of them, small, in one file; false where there is none. */
bool chart_trends(struct buffer *out, const struct trends *trends);

/* How a point is called: its ref, the first digits of its commit, its day, or its number. */
void trended_point_name(struct buffer *out, const struct trended *series, size_t number);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "chart.h"

#include <math.h>
#include <stdlib.h>

enum { MIDDLE = CHART_WIDTH / 2 };

/* What may stand in a column; the later goes over the earlier. */
enum mark {
    MARK_NONE,
    MARK_EDGE,
    MARK_ZERO,
    MARK_LINE,
    MARK_LOW,
    MARK_HIGH,
    MARK_LEFT,
    MARK_RIGHT,
    MARK_POINT
};

static const char *const marks[] = {[MARK_NONE] = " ",
    [MARK_EDGE] = "\342\224\206",  /* ┆ */
    [MARK_ZERO] = "\342\224\202",  /* │ */
    [MARK_LINE] = "\342\224\200",  /* ─ */
    [MARK_LOW] = "\342\224\234",   /* ├ */
    [MARK_HIGH] = "\342\224\244",  /* ┤ */
    [MARK_LEFT] = "\342\227\204",  /* ◄ */
    [MARK_RIGHT] = "\342\226\272", /* ► */
    [MARK_POINT] = "\342\227\217" /* ● */};

static bool has_ratio(const struct contrast *contrast)
{
    return contrast->compared && contrast->comparison.change.ratio > 0 &&
           contrast->comparison.verdict != VERDICT_INCOMPARABLE;
}

/* How far a row goes from the middle. */
static double reach_of(const struct contrast *contrast)
{
    const struct comparison_change *change = &contrast->comparison.change;
    double reach = fabs(log(change->ratio));
    if (change->ratio_ci.low > 0 && isfinite(change->ratio_ci.high))
        reach = fmax(fabs(log(change->ratio_ci.low)), fabs(log(change->ratio_ci.high)));
    return reach;
}

static int by_size(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Three quarters of the rows fit: one that is far off must not squeeze the others. */
struct chart chart_for(const struct report *report, size_t count, struct arena *scratch)
{
    double *reaches = arena_take(scratch, (count + 1) * sizeof *reaches);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (has_ratio(report->rows[i]))
            reaches[used++] = reach_of(report->rows[i]);
    if (used == 0)
        return (struct chart){0};
    qsort(reaches, used, sizeof *reaches, by_size);
    double most = reaches[used - 1 - used / 4], band = log1p(report->settings->band);
    return (struct chart){fmax(fmax(most, 3 * band), 1e-9)};
}

/* The column, one beyond the chart for what lies beyond it. */
static int column_of(const struct chart *chart, double ratio)
{
    double at = round(log(ratio) / chart->reach * MIDDLE) + MIDDLE;
    return at < 0 ? -1 : at > CHART_WIDTH - 1 ? CHART_WIDTH : (int)at;
}

static void put(enum mark *row, int column, enum mark mark)
{
    if (column >= 0 && column < CHART_WIDTH)
        row[column] = mark;
}

static void put_interval(enum mark *row, const struct chart *chart, struct interval interval)
{
    int low = column_of(chart, interval.low), high = column_of(chart, interval.high);
    for (int i = low; i <= high; i++)
        put(row, i, MARK_LINE);
    put(row, low, MARK_LOW);
    put(row, high, MARK_HIGH);
    if (low < 0)
        put(row, 0, MARK_LEFT);
    if (high >= CHART_WIDTH)
        put(row, CHART_WIDTH - 1, MARK_RIGHT);
}

void chart_add(struct buffer *out, const struct chart *chart, const struct contrast *contrast)
{
    const struct comparison *comparison = &contrast->comparison;
    enum mark row[CHART_WIDTH] = {MARK_NONE};
    if (chart->reach <= 0 || !has_ratio(contrast))
        return;
    if (comparison->band.low > 0) {
        put(row, column_of(chart, comparison->band.low), MARK_EDGE);
        put(row, column_of(chart, comparison->band.high), MARK_EDGE);
    }
    put(row, MIDDLE, MARK_ZERO);
    if (interval_exists(comparison->change.ratio_ci))
        put_interval(row, chart, comparison->change.ratio_ci);
    int point = column_of(chart, comparison->change.ratio);
    if (point < 0)
        put(row, 0, MARK_LEFT);
    else if (point >= CHART_WIDTH)
        put(row, CHART_WIDTH - 1, MARK_RIGHT);
    put(row, point, MARK_POINT);
    int width = CHART_WIDTH;
    while (row[width - 1] == MARK_NONE)
        width--;
    for (int i = 0; i < width; i++)
        buffer_add_text(out, marks[row[i]]);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "base/plural.h"
#include "document/label.h"
#include "document/quantity.h"
#include "document/sparkline.h"
#include "report.h"

#include <math.h>
#include <stdlib.h>

enum column {
    COLUMN_VERDICT,
    COLUMN_BENCHMARK,
    COLUMN_METRIC,
    COLUMN_CHART,
    COLUMN_LEVEL,
    COLUMN_CHANGE,
    COLUMN_AT,
    COLUMN_NOISE,
    COLUMN_POINTS,
    COLUMNS
};

enum { CHART_WIDTH = 32, CHART_NARROW = 10, NARROW = 100 };

static const struct text_column columns[COLUMNS] = {
    [COLUMN_VERDICT] = {"verdict", false, false},
    [COLUMN_BENCHMARK] = {"benchmark", false, true},
    [COLUMN_METRIC] = {"metric", false, false},
    [COLUMN_CHART] = {"over time", false, false},
    [COLUMN_LEVEL] = {"level", true, false},
    [COLUMN_CHANGE] = {"change", true, false},
    [COLUMN_AT] = {"at", false, false},
    [COLUMN_NOISE] = {"noise", true, false},
    [COLUMN_POINTS] = {"points", true, false},
};

static const struct text_fit steps[] = {
    {COLUMN_BENCHMARK, 40},
    {COLUMN_POINTS, 0},
    {COLUMN_NOISE, 0},
    {COLUMN_BENCHMARK, 24},
    {COLUMN_AT, 10},
    {COLUMN_METRIC, 10},
    {COLUMN_BENCHMARK, 12},
    {COLUMN_CHART, 0},
    {COLUMN_LEVEL, 0},
    {COLUMN_BENCHMARK, 8},
};

/* What the cells are made of. */
struct cells {
    const struct report *report;
    size_t chart_width;
};

static const char *colour_of(const void *context, size_t row)
{
    const struct cells *cells = context;
    const struct trend_series *series = cells->report->rows[row];
    switch (series->verdict) {
    case TREND_REGRESSED: return "\033[31m";
    case TREND_IMPROVED: return "\033[32m";
    case TREND_UNCONFIRMED:
    case TREND_CHANGED: return "\033[33m";
    case TREND_DRIFTING: return series->worse ? "\033[31m" : "\033[33m";
    default: return "\033[2m";
    }
}

static void add_chart(struct buffer *out, const struct trend_series *series, size_t width)
{
    double *medians = memory_take((series->count + 1) * sizeof *medians);
    for (size_t i = 0; i < series->count; i++)
        medians[i] = series->values[i].median;
    sparkline_add(out, medians, series->count, width);
    free(medians);
}

static void add_change(struct buffer *out, const struct trend_series *series)
{
    const struct trend_change *change = last_change(series);
    if (series->verdict == TREND_DRIFTING) {
        const struct trend_slope *slope = last_slope(series);
        quantity_add_change(out, 1 + slope->per_point * (double)(slope->to - slope->from));
    } else if (change) {
        words_change(out, series, change);
    }
}

static void add_place(
    struct buffer *out, const struct report *report, const struct trend_series *series)
{
    const struct trend_change *change = last_change(series);
    if (series->verdict == TREND_DRIFTING) {
        const struct trend_slope *slope = last_slope(series);
        words_point(out, report->trend, series->values[slope->from].point);
        buffer_add_text(out, " \342\200\246 ");
        words_point(out, report->trend, series->values[slope->to].point);
    } else if (change) {
        words_point(out, report->trend, series->values[change->index].point);
        if (change->accepted)
            buffer_add_text(out, " (accepted)");
    }
}

static void add_cell(struct buffer *out, const void *context, size_t row, size_t column)
{
    static const struct slice none = {NULL, 0};
    const struct cells *cells = context;
    const struct trend_series *series = cells->report->rows[row];
    switch ((enum column)column) {
    case COLUMN_VERDICT: buffer_add_text(out, trend_verdict_name(series->verdict)); break;
    case COLUMN_BENCHMARK:
        benchmark_words(out, &series->names, series->names.variant,
            series->machine_differs ? series->machine : none);
        break;
    case COLUMN_METRIC: buffer_add_slice(out, series->metric); break;
    case COLUMN_CHART: add_chart(out, series, cells->chart_width); break;
    case COLUMN_LEVEL: quantity_add(out, series->level, series->unit); break;
    case COLUMN_CHANGE: add_change(out, series); break;
    case COLUMN_AT: add_place(out, cells->report, series); break;
    case COLUMN_NOISE:
        if (!isnan(series->cv)) {
            buffer_add_text(out, "\302\261");
            quantity_add_share(out, series->cv);
        }
        break;
    case COLUMN_POINTS: buffer_add_format(out, "%zu", series->count); break;
    case COLUMNS: break;
    }
}

static void add_heading(struct buffer *out, const struct report *report)
{
    size_t points = report->material->point_count;
    buffer_add_format(
        out, "%zu series over %zu point%s", report->row_count, points, plural(points));
    if (points > 1) {
        buffer_add_text(out, ", ");
        words_point(out, report->trend, 0);
        buffer_add_text(out, " \342\206\222 ");
        words_point(out, report->trend, points - 1);
    }
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_char(out, '\n');
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct buffer heading = BUFFER_INIT, notes = BUFFER_INIT;
    const struct cells cells = {report, look->width < NARROW ? CHART_NARROW : CHART_WIDTH};
    add_heading(&heading, report);
    words_footer(&notes, report);
    const struct table table = {.heading = buffer_slice(&heading),
        .columns = columns,
        .column_count = COLUMNS,
        .steps = steps,
        .step_count = ARRAY_SIZE(steps),
        .shown = table_shown(report->settings->rows, report->row_count),
        .count = report->row_count,
        .cell = add_cell,
        .colour = colour_of,
        .context = &cells,
        .notes = buffer_slice(&notes)};
    table_write(out, &table, look);
    buffer_release(&heading);
    buffer_release(&notes);
}

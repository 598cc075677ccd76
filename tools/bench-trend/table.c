/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/character.h"
#include "document/label.h"
#include "document/quantity.h"
#include "document/sparkline.h"
#include "document/text_table.h"
#include "report.h"

#include <math.h>

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
};

static const char *colour_of(const struct trend_series *series)
{
    switch (series->verdict) {
    case TREND_REGRESSED: return "\033[31m";
    case TREND_IMPROVED: return "\033[32m";
    case TREND_UNCONFIRMED:
    case TREND_CHANGED: return "\033[33m";
    case TREND_DRIFTING: return series->worse ? "\033[31m" : "\033[33m";
    default: return "\033[2m";
    }
}

static void add_chart(
    struct buffer *out, const struct trend_series *series, size_t width, struct arena *arena)
{
    double *medians = arena_take(arena, series->count * sizeof *medians);
    for (size_t i = 0; i < series->count; i++)
        medians[i] = series->values[i].median;
    sparkline_add(out, medians, series->count, width < NARROW ? CHART_NARROW : CHART_WIDTH);
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

static void add_words(struct buffer *out, const struct report *report,
    const struct trend_series *series, enum column column, const struct table_look *look,
    struct arena *arena)
{
    static const struct slice none = {NULL, 0};
    switch (column) {
    case COLUMN_VERDICT: buffer_add_text(out, trend_verdict_name(series->verdict)); break;
    case COLUMN_BENCHMARK:
        benchmark_words(out, &series->names, series->names.variant,
            series->machine_differs ? series->machine : none);
        break;
    case COLUMN_METRIC: buffer_add_slice(out, series->metric); break;
    case COLUMN_CHART: add_chart(out, series, look->width, arena); break;
    case COLUMN_LEVEL: quantity_add(out, series->level, series->unit); break;
    case COLUMN_CHANGE: add_change(out, series); break;
    case COLUMN_AT: add_place(out, report, series); break;
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

static void add_rows(struct text_table *table, const struct report *report, size_t count,
    const struct table_look *look, struct buffer *work)
{
    struct arena arena = ARENA_INIT;
    for (size_t row = 0; row < count; row++) {
        const struct trend_series *series = report->rows[row];
        arena_reset(&arena);
        for (int column = 0; column < COLUMNS; column++) {
            buffer_reset(work);
            add_words(work, report, series, (enum column)column, look, &arena);
            text_table_cell(table, (size_t)column, buffer_slice(work));
        }
        text_table_row_end(table, colour_of(series));
    }
    arena_release(&arena);
}

static void print_heading(
    struct buffer *out, const struct report *report, size_t width, struct buffer *work)
{
    size_t points = report->material->point_count;
    buffer_reset(work);
    buffer_add_format(
        work, "%zu series over %zu point%s", report->row_count, points, points == 1 ? "" : "s");
    if (points > 1) {
        buffer_add_text(work, ", ");
        words_point(work, report->trend, 0);
        buffer_add_text(work, " \342\206\222 ");
        words_point(work, report->trend, points - 1);
    }
    buffer_add_text(work, ": ");
    words_counts(work, report);
    buffer_add_char(work, '\n');
    text_wrap(out, buffer_slice(work), width);
    buffer_add_char(out, '\n');
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct text_table *table = text_table_create(columns, COLUMNS);
    struct buffer work = BUFFER_INIT;
    size_t limit = (size_t)report->settings->rows, shown = report->row_count;
    if (limit > 0 && shown > limit)
        shown = limit;
    print_heading(out, report, look->width, &work);
    add_rows(table, report, shown, look, &work);
    text_table_fit(table, steps, ARRAY_SIZE(steps), look->width);
    text_table_write(table, out, look->colour);
    if (shown < report->row_count)
        buffer_add_format(out, "\n%zu more rows, none of them worse; --rows=0 shows all.\n",
            report->row_count - shown);
    buffer_reset(&work);
    words_footer(&work, report);
    if (work.size > 0)
        buffer_add_char(out, '\n');
    text_wrap(out, buffer_slice(&work), look->width);
    text_table_free(table);
    buffer_release(&work);
}

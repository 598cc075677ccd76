/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "table.h"

#include "base/memory.h"
#include "document/quantity.h"
#include "document/text_table.h"
#include "figures.h"

#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_NAME,
    COLUMN_VARIANT,
    COLUMN_OUTCOME, /* but passed */
    COLUMN_MEDIAN,
    COLUMN_INTERVAL,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_SAMPLES,
    COLUMN_MEMORY,
    COLUMN_RATIO,
    COLUMNS,
    COLUMN_METRIC = COLUMN_OUTCOME, /* in the second table */
};

static const struct text_column usual_columns[COLUMNS] = {
    [COLUMN_NAME] = {.heading = "command"},
    [COLUMN_VARIANT] = {.heading = "variant"},
    [COLUMN_OUTCOME] = {.heading = "outcome"},
    [COLUMN_MEDIAN] = {.heading = "median", .right = true},
    [COLUMN_INTERVAL] = {.heading = "95 % interval", .right = true},
    [COLUMN_MIN] = {.heading = "min", .right = true},
    [COLUMN_MAX] = {.heading = "max", .right = true},
    [COLUMN_SAMPLES] = {.heading = "samples", .right = true},
    [COLUMN_MEMORY] = {.heading = "memory", .right = true},
    [COLUMN_RATIO] = {.heading = "time ratio"},
};

static const struct text_column metric_columns[COLUMN_SAMPLES] = {
    [COLUMN_NAME] = {.heading = "benchmark"},
    [COLUMN_VARIANT] = {.heading = "variant"},
    [COLUMN_METRIC] = {.heading = "metric"},
    [COLUMN_MEDIAN] = {.heading = "median", .right = true},
    [COLUMN_INTERVAL] = {.heading = "95 % interval", .right = true},
    [COLUMN_MIN] = {.heading = "min", .right = true},
    [COLUMN_MAX] = {.heading = "max", .right = true},
};

/* What says least goes first. */
static const struct text_fit metric_steps[] = {{COLUMN_NAME, 40}, {COLUMN_MAX, 0}, {COLUMN_MIN, 0},
    {COLUMN_NAME, 16}, {COLUMN_VARIANT, 12}, {COLUMN_METRIC, 12}, {COLUMN_INTERVAL, 0}};
static const struct text_fit steps[] = {{COLUMN_NAME, 40}, {COLUMN_MAX, 0}, {COLUMN_MIN, 0},
    {COLUMN_NAME, 24}, {COLUMN_MEMORY, 0}, {COLUMN_VARIANT, 12}, {COLUMN_NAME, 16},
    {COLUMN_SAMPLES, 0}, {COLUMN_RATIO, 8}, {COLUMN_INTERVAL, 0}, {COLUMN_NAME, 8}};

/* A row that is being filled. */
struct row {
    struct text_table *table;
    struct buffer text;
};

static void put(struct row *row, enum column column)
{
    text_table_cell(row->table, column, buffer_slice(&row->text));
    buffer_reset(&row->text);
}

static void put_text(struct row *row, enum column column, const char *text)
{
    buffer_add_text(&row->text, text);
    put(row, column);
}

static void put_time(struct row *row, enum column column, double seconds, enum time_unit unit)
{
    figures_add_time(&row->text, seconds, unit);
    put(row, column);
}

static void put_interval(struct row *row, const struct interval *interval, enum time_unit unit)
{
    if (!interval_exists(*interval))
        return;
    if (unit == UNIT_AUTO) {
        quantity_add_interval(&row->text, interval->low, interval->high, slice_of("s"));
    } else {
        figures_add_time(&row->text, interval->low, unit);
        buffer_add_text(&row->text, " to ");
        figures_add_time(&row->text, interval->high, unit);
    }
    put(row, COLUMN_INTERVAL);
}

static void put_ratio(
    struct row *row, const struct figures *figures, bool is_base, bool is_reference)
{
    if (figures->base == FIGURES_ALONE)
        return;
    if (is_base) {
        put_text(row, COLUMN_RATIO, is_reference ? "1 (reference)" : "1 (fastest)");
        return;
    }
    quantity_add_ratio(&row->text, figures->ratio);
    if (interval_exists(figures->ratio_ci)) {
        buffer_add_text(&row->text, " (");
        quantity_add_interval(
            &row->text, figures->ratio_ci.low, figures->ratio_ci.high, slice_of("1"));
        buffer_add_char(&row->text, ')');
    }
    put(row, COLUMN_RATIO);
}

static const char *colour_of(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_PASSED: return "";
    case OUTCOME_SKIPPED: return "\033[2m"; /* faint */
    default: return "\033[31m";             /* red */
    }
}

static void put_names(struct row *row, const struct subject *subject)
{
    figures_add_name(&row->text, subject);
    put(row, COLUMN_NAME);
    if (subject->cell->variant)
        put_text(row, COLUMN_VARIANT, subject->cell->variant);
}

static void fill_row(struct row *row, const struct subject *subject, const struct figures *figures,
    bool is_base, enum time_unit unit)
{
    put_names(row, subject);
    if (subject->outcome != OUTCOME_PASSED)
        put_text(row, COLUMN_OUTCOME, outcome_text(subject->outcome));
    if (figures->n > 0) {
        put_time(row, COLUMN_MEDIAN, figures->median, unit);
        put_interval(row, &figures->median_ci, unit);
        put_time(row, COLUMN_MIN, figures->min, unit);
        put_time(row, COLUMN_MAX, figures->max, unit);
        quantity_add_count(&row->text, figures->n);
        put(row, COLUMN_SAMPLES);
        quantity_add(&row->text, figures->peak_rss, slice_of("By"));
        put(row, COLUMN_MEMORY);
        put_ratio(row, figures, is_base, subject->cell->bench->reference);
    }
    text_table_row_end(row->table, colour_of(subject->outcome));
}

static void put_quantity(struct row *row, enum column column, double value, struct slice unit)
{
    quantity_add(&row->text, value, unit);
    put(row, column);
}

static void fill_metric_row(struct row *row, const struct subject *subject, size_t index)
{
    struct metric_figures figures = figures_of_metric(&subject->series, index);
    struct slice unit = slice_of(subject_unit(subject, index));
    if (figures.n == 0)
        return;
    put_names(row, subject);
    put_text(row, COLUMN_METRIC, subject->cell->bench->extractions[index].name);
    put_quantity(row, COLUMN_MEDIAN, figures.median, unit);
    if (interval_exists(figures.median_ci)) {
        quantity_add_interval(&row->text, figures.median_ci.low, figures.median_ci.high, unit);
        put(row, COLUMN_INTERVAL);
    }
    put_quantity(row, COLUMN_MIN, figures.min, unit);
    put_quantity(row, COLUMN_MAX, figures.max, unit);
    text_table_row_end(row->table, "");
}

static void metric_table_add(
    struct buffer *out, const struct subject *subjects, size_t count, const struct table_look *look)
{
    struct row row = {.table = text_table_create(metric_columns, ARRAY_SIZE(metric_columns))};
    bool any = false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < subjects[i].series.extra_count; j++) {
            fill_metric_row(&row, &subjects[i], j);
            any = any || subjects[i].series.total > 0;
        }
    if (any) {
        buffer_add_char(out, '\n');
        text_table_fit(row.table, metric_steps, ARRAY_SIZE(metric_steps), look->width);
        text_table_write(row.table, out, look->colour);
    }
    text_table_free(row.table);
    buffer_release(&row.text);
}

/* The indices, so that the variants of a benchmark stand side by side. */
static size_t *arrange(const struct subject *subjects, size_t count)
{
    size_t *order = memory_take((count + 1) * sizeof *order), placed = 0;
    bool *done = memory_zero(count + 1, sizeof *done);
    for (size_t i = 0; i < count; i++) {
        if (done[i])
            continue;
        for (size_t j = i; j < count; j++) {
            if (done[j] || !cell_same_benchmark(subjects[i].cell, subjects[j].cell))
                continue;
            order[placed++] = j;
            done[j] = true;
        }
    }
    free(done);
    return order;
}

void summary_table_add(struct buffer *out, const struct subject *subjects, size_t count,
    enum time_unit unit, const struct table_look *look)
{
    struct figures *figures = figures_create(subjects, count);
    struct text_column columns[COLUMNS];
    memcpy(columns, usual_columns, sizeof columns);
    for (size_t i = 0; i < count; i++)
        if (subjects[i].cell->bench->name)
            columns[COLUMN_NAME].heading = "benchmark";
    struct row row = {.table = text_table_create(columns, COLUMNS)};
    size_t *order = arrange(subjects, count);
    for (size_t i = 0; i < count; i++) {
        size_t at = order[i];
        fill_row(&row, &subjects[at], &figures[at], at == figures[at].base, unit);
    }
    free(order);
    text_table_fit(row.table, steps, ARRAY_SIZE(steps), look->width);
    text_table_write(row.table, out, look->colour);
    text_table_free(row.table);
    buffer_release(&row.text);
    free(figures);
    metric_table_add(out, subjects, count, look);
}

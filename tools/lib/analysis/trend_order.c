/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/trend_parts.h"
#include "record/unit.h"
#include "stats/order.h"
#include "stats/samples.h"

#include <math.h>
#include <stdlib.h>

static int by_point(const void *left, const void *right)
{
    const struct trend_mark *a = left, *b = right;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    if (a->entry->median != b->entry->median)
        return a->entry->median < b->entry->median ? -1 : 1;
    int order = (a->entry->n > b->entry->n) - (a->entry->n < b->entry->n);
    return order ? order : slice_compare(a->run->run_id, b->run->run_id);
}

/* They mostly came in order. */
static void sort_marks(struct trend_line *line)
{
    for (size_t i = 1; i < line->mark_count; i++)
        if (by_point(&line->marks[i - 1], &line->marks[i]) > 0) {
            qsort(line->marks, line->mark_count, sizeof *line->marks, by_point);
            return;
        }
}

/* What two inputs tell of one run counts once. */
static void drop_repeats(struct trend_line *line)
{
    size_t kept = 0;
    for (size_t i = 0; i < line->mark_count; i++)
        if (i == 0 || by_point(&line->marks[i], &line->marks[kept - 1]) != 0)
            line->marks[kept++] = line->marks[i];
    line->mark_count = kept;
}

/* Unit, direction and the like as the newest mark that says something has it. */
static void read_last(const struct trend *trend, struct trend_line *line)
{
    struct trend_series *series = &line->series;
    bool better_known = false, known = false;
    series->unit = trend_mark_series(trend, &line->marks[line->mark_count - 1])->unit;
    for (size_t i = line->mark_count; i-- > 0 && !(better_known && known);) {
        const struct history_series *said = trend_mark_series(trend, &line->marks[i]);
        if (!better_known && said->better_known)
            series->better = said->better;
        if (!known && said->deterministic != UNKNOWN)
            series->deterministic = said->deterministic == KNOWN_TRUE;
        better_known = better_known || said->better_known;
        known = known || said->deterministic != UNKNOWN;
    }
}

/* What each mark says in the series' unit, into values; how many marks cannot be turned into it. */
static size_t turn_units(
    const struct trend *trend, struct trend_line *line, struct trend_value *values)
{
    struct trend_series *series = &line->series;
    const char *last = NULL; /* where the last mark's unit stands: mostly all have one */
    struct unit_step step = {1, 1};
    bool turns = false;
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct history_entry *entry = line->marks[i].entry;
        struct slice unit = trend_mark_series(trend, &line->marks[i])->unit;
        if (unit.data != last)
            turns = unit_step_between(&step, unit, series->unit);
        last = unit.data;
        if (turns)
            values[series->count++] = (struct trend_value){.point = line->marks[i].point,
                .n = entry->n,
                .median = unit_turn(step, entry->median),
                .low = unit_turn(step, entry->low),
                .high = unit_turn(step, entry->high)};
    }
    return line->mark_count - series->count;
}

/* One run's figures as they are; of several the median of their medians. */
static struct trend_value value_of(
    const struct trend_value *runs, size_t count, struct arena *scratch)
{
    struct trend_value value = runs[0];
    struct samples samples;
    if (count == 1)
        return value;
    double *medians = arena_take(scratch, count * sizeof *medians);
    value.n = 0;
    for (size_t i = 0; i < count; i++) {
        medians[i] = runs[i].median;
        value.n += runs[i].n;
    }
    if (samples_prepare(&samples, medians, count, scratch, NULL) != 0)
        return value;
    struct interval interval = order_median_interval(&samples, 0.95);
    value.median = order_median(&samples);
    value.low = interval.low;
    value.high = interval.high;
    return value;
}

/* Values of several runs at a point become one. */
static void join_runs(struct trend_series *series, struct arena *scratch)
{
    struct trend_value *values = series->values;
    size_t kept = 0;
    for (size_t from = 0, end; from < series->count; from = end) {
        for (end = from + 1; end < series->count && values[end].point == values[from].point;)
            end++;
        arena_reset(scratch);
        values[kept++] = value_of(values + from, end - from, scratch);
    }
    series->count = kept;
}

void trend_line_order(struct trend_worker *worker, struct trend_line *line)
{
    struct trend_series *series = &line->series;
    sort_marks(line);
    drop_repeats(line);
    read_last(worker->trend, line);
    series->values = arena_take(&worker->arena, (line->mark_count + 1) * sizeof *series->values);
    worker->other_units += turn_units(worker->trend, line, series->values);
    join_runs(series, &worker->scratch);
}

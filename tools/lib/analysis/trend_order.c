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
    if (a->median != b->median)
        return a->median < b->median ? -1 : 1;
    int order = (a->n > b->n) - (a->n < b->n);
    return order ? order : slice_compare(a->run_id, b->run_id);
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
static void read_last(struct trend_line *line)
{
    struct trend_series *series = &line->series;
    bool better_known = false, known = false;
    series->unit = line->marks[line->mark_count - 1].unit;
    for (size_t i = line->mark_count; i-- > 0;) {
        const struct trend_mark *mark = &line->marks[i];
        if (!better_known && mark->better_known)
            series->better = mark->better;
        if (!known && mark->deterministic != UNKNOWN)
            series->deterministic = mark->deterministic == KNOWN_TRUE;
        better_known = better_known || mark->better_known;
        known = known || mark->deterministic != UNKNOWN;
    }
}

static size_t same_unit(struct trend_line *line)
{
    size_t kept = 0;
    for (size_t i = 0; i < line->mark_count; i++) {
        struct trend_mark mark = line->marks[i];
        struct unit_step step;
        if (!unit_step_between(&step, mark.unit, line->series.unit))
            continue;
        mark.median = unit_turn(step, mark.median);
        mark.low = unit_turn(step, mark.low);
        mark.high = unit_turn(step, mark.high);
        line->marks[kept++] = mark;
    }
    size_t left_out = line->mark_count - kept;
    line->mark_count = kept;
    return left_out;
}

/* One run's figures as they are; of several the median of their medians. */
static struct trend_value value_of(
    const struct trend_mark *marks, size_t count, struct arena *scratch)
{
    struct trend_value value = {marks->point, marks->n, marks->median, marks->low, marks->high};
    struct samples samples;
    if (count == 1)
        return value;
    double *medians = arena_take(scratch, count * sizeof *medians);
    value.n = 0;
    for (size_t i = 0; i < count; i++) {
        medians[i] = marks[i].median;
        value.n += marks[i].n;
    }
    if (samples_prepare(&samples, medians, count, scratch, NULL) != 0)
        return value;
    struct interval interval = order_median_interval(&samples, 0.95);
    value.median = order_median(&samples);
    value.low = interval.low;
    value.high = interval.high;
    return value;
}

void trend_line_order(struct trend *trend, struct trend_line *line)
{
    struct trend_series *series = &line->series;
    sort_marks(line);
    drop_repeats(line);
    read_last(line);
    trend->notes.other_units += same_unit(line);
    series->values = arena_take(&trend->arena, (line->mark_count + 1) * sizeof *series->values);
    for (size_t from = 0, end; from < line->mark_count; from = end) {
        for (end = from + 1;
             end < line->mark_count && line->marks[end].point == line->marks[from].point;)
            end++;
        arena_reset(&trend->scratch);
        series->values[series->count++] = value_of(line->marks + from, end - from, &trend->scratch);
    }
}

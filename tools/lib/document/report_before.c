/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

/*
 * What the machine did in an earlier run, beside what it does in this one: over
 * the benchmarks that both have and nothing else, each counting once however
 * often it ran, so that like stands by like.
 */
enum { BEFORE, NOW, TIMES };

/* The means of all results of one benchmark. */
struct activity_pair {
    struct extent columns[TIMES][READING_COLUMNS];
};

/* Adds the windows of a run's results to the pairs, which stand as the benchmarks of now. */
static void add_windows(struct activity_pair *pairs, int time, const struct collection *collection,
    const struct collection *now)
{
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        uint32_t pair =
            dictionary_find(&now->keys, dictionary_text(&collection->keys, item->benchmark));
        if (pair == UINT32_MAX || item->outcome == OUTCOME_SKIPPED || isnan(item->started) ||
            isnan(item->ended))
            continue;
        struct reading_window window = item_window(collection, item);
        for (int column = 0; column < READING_COLUMNS; column++)
            extent_add(&pairs[pair].columns[time][column], window.columns[column].mean);
    }
}

static struct activity_pair *pairs_make(
    const struct collection *before, const struct collection *now)
{
    struct activity_pair *pairs = memory_zero(now->benchmark_count + 1, sizeof *pairs);
    for (size_t i = 0; i < now->benchmark_count; i++)
        for (int column = 0; column < READING_COLUMNS; column++)
            pairs[i].columns[BEFORE][column] = pairs[i].columns[NOW][column] = EXTENT_NONE;
    add_windows(pairs, BEFORE, before, now);
    add_windows(pairs, NOW, now, now);
    return pairs;
}

/* The change of a share in per cent is told in points: per cent of per cent mislead. */
static void add_shift(
    struct report_builder *builder, struct view *row, double shift, const char *unit)
{
    bool share = unit[0] == '%';
    quantity_add_shift(&builder->text, shift, slice_of(share ? "{points}" : unit));
    view_set(builder->arena, row, "change", buffer_view(builder));
}

/* NULL where no benchmark has the measure in both runs. */
static struct view *measure_row(struct report_builder *builder, const struct activity_pair *pairs,
    const struct activity_measure *measure)
{
    struct extent sums[TIMES] = {EXTENT_NONE, EXTENT_NONE};
    for (size_t i = 0; i < builder->collection->benchmark_count; i++) {
        const struct extent *was = &pairs[i].columns[BEFORE][measure->column];
        const struct extent *is = &pairs[i].columns[NOW][measure->column];
        if (was->count == 0 || is->count == 0)
            continue;
        extent_add(&sums[BEFORE], was->sum / (double)was->count);
        extent_add(&sums[NOW], is->sum / (double)is->count);
    }
    if (sums[NOW].count == 0)
        return NULL;
    double was = sums[BEFORE].sum / (double)sums[BEFORE].count;
    double is = sums[NOW].sum / (double)sums[NOW].count;
    struct view *row = view_object(builder->arena);
    add_text(builder, row, "title", slice_of(measure->title));
    add_count(builder, row, "common", sums[NOW].count);
    add_quantity(builder, row, "was", was, measure->unit);
    add_quantity(builder, row, "now", is, measure->unit);
    add_shift(builder, row, is - was, measure->unit);
    return row;
}

void add_activity_before(struct report_builder *builder, struct view *activity)
{
    if (!builder->before)
        return;
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    struct activity_pair *pairs = pairs_make(builder->before, builder->collection);
    for (size_t i = 0; i < ACTIVITY_MEASURES; i++) {
        struct view *row = measure_row(builder, pairs, &activity_measures[i]);
        if (row)
            view_append(builder->arena, rows, row);
    }
    free(pairs);
    add_flag(builder, object, "any", view_count(rows) > 0);
    view_set(builder->arena, object, "rows", rows);
    view_set(builder->arena, activity, "before", object);
}

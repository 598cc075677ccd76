/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparison_parts.h"

/*
 * The two sides as wholes: what all benchmarks took together, and how much of it
 * went well.
 */
static void add_row(
    struct report_builder *builder, struct view *rows, const char *title, struct view *row)
{
    add_text(builder, row, "title", slice_of(title));
    view_append(builder->arena, rows, row);
}

/* ---- time ---- */
/*
 * The means are added up, each benchmark counting once, so that a side that was
 * measured more often does not seem to take longer.
 */
static void add_time(struct report_builder *builder, struct view *rows,
    const struct comparisons *comparisons, const char *metric, const char *title)
{
    struct extent base = EXTENT_NONE, head = EXTENT_NONE;
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct compared *item = &comparisons->items[i];
        double from = compared_seconds(item, item->base.mean);
        double to = compared_seconds(item, item->head.mean);
        if (!item->about.metric.data || !slice_is(item->about.metric, metric) ||
            !compared_has_both(item) || isnan(from + to))
            continue;
        extent_add(&base, from);
        extent_add(&head, to);
    }
    if (base.count == 0)
        return;
    struct view *row = view_object(builder->arena);
    add_count(builder, row, "benchmarks", base.count);
    add_quantity(builder, row, "base", base.sum, "s");
    add_quantity(builder, row, "head", head.sum, "s");
    quantity_add_shift(&builder->text, head.sum - base.sum, slice_of("s"));
    if (base.sum > 0) {
        buffer_add_text(&builder->text, " (");
        quantity_add_change(&builder->text, head.sum / base.sum);
        buffer_add_char(&builder->text, ')');
    }
    view_set(builder->arena, row, "change", buffer_view(builder));
    add_row(builder, rows, title, row);
}

/* ---- success ---- */
/* NaN where it is not known, or nothing was taken. */
static double share_of(double good, double all)
{
    return all > 0 && good >= 0 && good <= all ? good / all : NAN;
}

struct success {
    double good, all;
};

static void add_success(struct report_builder *builder, struct view *rows, struct success base,
    struct success head, const char *title)
{
    double from = share_of(base.good, base.all), to = share_of(head.good, head.all);
    if (isnan(from) && isnan(to))
        return;
    struct view *row = view_object(builder->arena);
    quantity_add_part(&builder->text, base.good, base.all);
    view_set(builder->arena, row, "base", buffer_view(builder));
    quantity_add_part(&builder->text, head.good, head.all);
    view_set(builder->arena, row, "head", buffer_view(builder));
    quantity_add_shift(&builder->text, 100 * (to - from), slice_of("{points}"));
    view_set(builder->arena, row, "change", buffer_view(builder));
    add_row(builder, rows, title, row);
}

void comparison_add_totals(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    /* Of several pairs of sides the matrix tells. */
    if (comparisons_pairs(comparisons) <= 1) {
        add_time(builder, rows, comparisons, "wall_time", "Wall time");
        add_time(builder, rows, comparisons, "duration", "Duration");
    }
    if (comparisons_pairs(comparisons) == 1 && comparisons->summary_count == 1) {
        const struct compared_success *base = &comparisons->summaries[0].base_success;
        const struct compared_success *head = &comparisons->summaries[0].head_success;
        add_success(builder, rows, (struct success){base->passed, base->results},
            (struct success){head->passed, head->results}, "Results that passed");
        add_success(builder, rows, (struct success){base->answered, base->requests},
            (struct success){head->answered, head->requests}, "Requests answered");
    }
    view_set(builder->arena, object, "rows", rows);
    view_set(
        builder->arena, root, "totals", view_count(rows) > 0 ? object : view_null(builder->arena));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/quantity.h"
#include "document/report_parts.h"
#include "document/sparkline.h"
#include "document/trends.h"

#include <math.h>

enum { SPARK_WIDTH = 32 };

/* ---- a series ------------------------------------------------------------------------ */

static void add_point_name(struct report_builder *builder, struct view *object, const char *key,
    const struct trended *series, size_t number)
{
    struct buffer name = BUFFER_INIT;
    trended_point_name(&name, series, number);
    add_name(builder, object, key, buffer_slice(&name));
    buffer_release(&name);
}

static bool is_worse(const struct trended *series, bool up)
{
    return series->about.better != BETTER_NONE && up != (series->about.better == BETTER_HIGHER);
}

static const struct view *change_row(struct report_builder *builder, const struct trended *series,
    const struct trended_change *change)
{
    struct view *row = view_object(builder->arena);
    bool up = change->after > change->before;
    add_point_name(builder, row, "at", series, change->index);
    if (change->index > 0)
        add_point_name(builder, row, "before", series, change->index - 1);
    if (isfinite(change->ratio))
        quantity_add_change(&builder->text, change->ratio);
    else
        quantity_add(&builder->text, change->shift, series->about.unit);
    view_set(builder->arena, row, "change", buffer_view(builder));
    if (change->ratio_low <= change->ratio_high) {
        quantity_add_change(&builder->text, change->ratio_low);
        buffer_add_text(&builder->text, " to ");
        quantity_add_change(&builder->text, change->ratio_high);
        view_set(builder->arena, row, "interval", buffer_view(builder));
    }
    view_set(
        builder->arena, row, "from", quantity_view(builder, change->before, series->about.unit));
    view_set(builder->arena, row, "to", quantity_view(builder, change->after, series->about.unit));
    add_text(builder, row, "status", slice_of(change->confirmed ? "confirmed" : "unconfirmed"));
    add_flag(builder, row, "worse", is_worse(series, up));
    add_text(builder, row, "accepted", change->accepted);
    return row;
}

static const struct view *slope_row(
    struct report_builder *builder, const struct trended *series, const struct trended_slope *slope)
{
    struct view *row = view_object(builder->arena);
    add_point_name(builder, row, "since", series, slope->from);
    add_point_name(builder, row, "until", series, slope->to);
    quantity_add_change(&builder->text, 1 + slope->per_point * (double)(slope->to - slope->from));
    view_set(builder->arena, row, "change", buffer_view(builder));
    add_count(builder, row, "points", slope->to - slope->from + 1);
    add_flag(builder, row, "worse", is_worse(series, slope->per_point > 0));
    return row;
}

static void add_spark(
    struct report_builder *builder, struct view *row, const struct trended *series)
{
    double *medians = arena_take(&builder->scratch, (series->point_count + 1) * sizeof *medians);
    for (size_t i = 0; i < series->point_count; i++)
        medians[i] = series->points[i].median;
    sparkline_add(&builder->text, medians, series->point_count, SPARK_WIDTH);
    view_set(builder->arena, row, "spark", buffer_view(builder));
}

static void add_lists(
    struct report_builder *builder, struct view *row, const struct trended *series)
{
    struct view *changes = view_list(builder->arena), *slopes = view_list(builder->arena);
    for (size_t i = series->change_count; i-- > 0;)
        view_append(builder->arena, changes, change_row(builder, series, &series->changes[i]));
    for (size_t i = series->slope_count; i-- > 0;)
        view_append(builder->arena, slopes, slope_row(builder, series, &series->slopes[i]));
    view_set(builder->arena, row, "changes", changes);
    view_set(builder->arena, row, "slopes", slopes);
    view_set(builder->arena, row, "last",
        view_count(changes) > 0 ? view_item(changes, 0) : view_null(builder->arena));
    view_set(builder->arena, row, "drift",
        view_count(slopes) > 0 ? view_item(slopes, 0) : view_null(builder->arena));
}

static const struct view *series_row(struct report_builder *builder, const struct trended *series)
{
    struct view *row = view_object(builder->arena);
    size_t last = series->point_count - 1;
    finding_add(builder, row, &series->about);
    add_text(builder, row, "verdict", series->verdict);
    add_flag(builder, row, "stable",
        series->verdict.data &&
            (slice_is(series->verdict, "stable") || slice_is(series->verdict, "too-few-points")));
    add_count(builder, row, "points", series->point_count);
    add_count(builder, row, "outliers", series->outlier_count);
    view_set(builder->arena, row, "value",
        quantity_view(builder, series->points[last].median, series->about.unit));
    quantity_add_share(&builder->text, series->cv);
    view_set(builder->arena, row, "noise", buffer_view(builder));
    add_point_name(builder, row, "first_point", series, 0);
    add_point_name(builder, row, "last_point", series, last);
    add_spark(builder, row, series);
    add_lists(builder, row, series);
    trend_drawing(&builder->text, series);
    add_text(builder, row, "drawing", buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    return row;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static uint64_t count_of(const struct trends *trends, const char *verdict)
{
    uint64_t count = 0;
    for (size_t i = 0; i < trends->count; i++)
        count += trends->items[i].verdict.data && slice_is(trends->items[i].verdict, verdict);
    return count;
}

static bool has_unconfirmed(const struct trends *trends)
{
    for (size_t i = 0; i < trends->count; i++)
        for (size_t change = 0; change < trends->items[i].change_count; change++)
            if (!trends->items[i].changes[change].confirmed)
                return true;
    return false;
}

static void add_counts(
    struct report_builder *builder, struct view *root, const struct trends *trends)
{
    static const char *const verdicts[] = {
        "regressed", "improved", "changed", "drifting", "unconfirmed", "stable"};
    struct view *counts = view_object(builder->arena);
    bool any = false;
    add_count(builder, counts, "all", trends->count);
    for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++) {
        uint64_t count = count_of(trends, verdicts[i]);
        add_count(builder, counts, verdicts[i], count);
        if (count > 0)
            buffer_add_format(&builder->text, "%s%llu %s", any ? ", " : "",
                (unsigned long long)count, verdicts[i]);
        any = any || count > 0;
    }
    uint64_t few = count_of(trends, "too-few-points");
    add_count(builder, counts, "too_few", few);
    if (few > 0)
        buffer_add_format(
            &builder->text, "%s%llu with too few points", any ? ", " : "", (unsigned long long)few);
    add_text(builder, root, "headline", buffer_slice(&builder->text));
    buffer_reset(&builder->text);
    view_set(builder->arena, root, "counts", counts);
    add_flag(builder, root, "has_unconfirmed", has_unconfirmed(trends));
    add_flag(builder, root, "bad", trends->verdict.data && slice_is(trends->verdict, "fail"));
}

static void add_empty(
    struct report_builder *builder, struct view *root, const struct trends *trends)
{
    struct view *list = view_list(builder->arena);
    for (size_t i = 0; i < trends->empty_count; i++)
        view_append(builder->arena, list, name_view(builder, trends->empty[i]));
    view_set(builder->arena, root, "without_data", list);
}

struct view *trend_view(
    struct arena *arena, const struct trends *trends, const struct report_options *options)
{
    struct report_builder builder = {.arena = arena, .front = options->front};
    struct view *root = view_object(arena), *found = view_list(arena), *all = view_list(arena);
    add_text(&builder, root, "title", options->front ? options->front->title : slice_of(NULL));
    add_text(&builder, root, "generated", slice_of(options->generated));
    for (size_t i = 0; i < trends->count; i++) {
        const struct view *row = series_row(&builder, &trends->items[i]);
        view_append(arena, all, row);
        if (!view_truth(view_get(row, slice_of("stable"))))
            view_append(arena, found, row);
        arena_reset(&builder.scratch);
    }
    view_set(arena, root, "found", found);
    view_set(arena, root, "all", all);
    add_counts(&builder, root, trends);
    add_empty(&builder, root, trends);
    if (options->bad_lines > 0)
        add_count(&builder, root, "bad_lines", options->bad_lines);
    arena_release(&builder.scratch);
    buffer_release(&builder.text);
    return root;
}

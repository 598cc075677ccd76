/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparison_parts.h"

#include "record/unit.h"

#include <string.h>

bool compared_has_both(const struct compared *item)
{
    return item->base.there && item->head.there && item->verdict != VERDICT_INCOMPARABLE;
}

bool compared_is_finding(const struct compared *item)
{
    switch (item->verdict) {
    case VERDICT_REGRESSION:
    case VERDICT_IMPROVEMENT:
    case VERDICT_CHANGED:
    case VERDICT_NEWLY_FAILING:
    case VERDICT_FIXED: return true;
    default: return false;
    }
}

bool compared_is_open(const struct compared *item)
{
    return item->verdict == VERDICT_INCONCLUSIVE || item->verdict == VERDICT_TOO_FEW_SAMPLES ||
           item->verdict == VERDICT_UNRELIABLE;
}

double compared_seconds(const struct compared *item, double value)
{
    struct unit_step step;
    bool time = item->about.unit.data && unit_step_between(&step, item->about.unit, slice_of("s"));
    return time ? unit_turn(step, value) : NAN;
}

double compared_weight(const struct compared *item)
{
    if (item->ratio > 0)
        return fabs(log(item->ratio));
    return isnan(item->cliffs_delta) ? 0 : fabs(item->cliffs_delta);
}

/* ---- figures ---- */
static void add_side(struct report_builder *builder, struct view *row, const char *key,
    const struct compared_side *side, struct slice unit)
{
    struct view *view = view_object(builder->arena);
    static const struct view missing = {.type = VIEW_NULL};
    if (!side->there) {
        view_set(builder->arena, row, key, &missing);
        return;
    }
    double centre = isnan(side->median) ? side->mean : side->median;
    if (isfinite(side->n))
        add_count(builder, view, "n", (uint64_t)side->n);
    if (isfinite(side->runs))
        add_count(builder, view, "runs", (uint64_t)side->runs);
    view_set(builder->arena, view, "centre", quantity_view(builder, centre, unit));
    view_set(builder->arena, view, "median", quantity_view(builder, side->median, unit));
    view_set(builder->arena, view, "mean", quantity_view(builder, side->mean, unit));
    view_set(builder->arena, view, "sd", quantity_view(builder, side->sd, unit));
    view_set(builder->arena, view, "p95", quantity_view(builder, side->p95, unit));
    view_set(builder->arena, view, "p99", quantity_view(builder, side->p99, unit));
    quantity_add_range(&builder->text, side->least, side->most, unit);
    view_set(builder->arena, view, "range", buffer_view(builder));
    quantity_add_interval(&builder->text, side->median_low, side->median_high, unit);
    view_set(builder->arena, view, "interval", buffer_view(builder));
    quantity_add_share(&builder->text, side->cv);
    view_set(builder->arena, view, "spread", buffer_view(builder));
    quantity_add_share(&builder->text, side->cv_within);
    view_set(builder->arena, view, "within", buffer_view(builder));
    quantity_add_share(&builder->text, side->cv_between);
    view_set(builder->arena, view, "between", buffer_view(builder));
    view_set(builder->arena, row, key, view);
}

/* The change in per cent, or in the metric's unit where there is no ratio. */
static void add_change(
    struct report_builder *builder, struct view *row, const struct compared *item)
{
    struct view *change = view_object(builder->arena);
    struct buffer *text = &builder->text;
    bool ratio = isfinite(item->ratio);
    if (ratio)
        quantity_add_change(text, item->ratio);
    else if (isfinite(item->shift))
        quantity_add_shift(text, item->shift, item->about.unit);
    else
        buffer_add_text(text, QUANTITY_UNKNOWN);
    add_text(builder, change, "text", buffer_slice(text));
    buffer_reset(text);
    if (ratio && isfinite(item->ratio_low) && isfinite(item->ratio_high)) {
        quantity_add_change(text, item->ratio_low);
        buffer_add_text(text, " to ");
        quantity_add_change(text, item->ratio_high);
    } else if (!ratio && isfinite(item->shift_low) && isfinite(item->shift_high)) {
        quantity_add_shift(text, item->shift_low, item->about.unit);
        buffer_add_text(text, " to ");
        quantity_add_shift(text, item->shift_high, item->about.unit);
    } else {
        buffer_add_text(text, QUANTITY_UNKNOWN);
    }
    add_text(builder, change, "interval", buffer_slice(text));
    buffer_reset(text);
    quantity_add_ratio(text, item->ratio);
    view_set(builder->arena, change, "ratio", buffer_view(builder));
    if (isfinite(item->shift))
        quantity_add_shift(text, item->shift, item->about.unit);
    else
        buffer_add_text(text, QUANTITY_UNKNOWN);
    view_set(builder->arena, change, "shift", buffer_view(builder));
    view_set(builder->arena, row, "change", change);
}

/* The change of each figure, relative and in its unit, without any claim. */
static void add_differences(
    struct report_builder *builder, struct view *row, const struct compared *item)
{
    const struct compared_side *base = &item->base, *head = &item->head;
    const struct {
        const char *key;
        double base, head;
    } figures[] = {{"median", base->median, head->median}, {"mean", base->mean, head->mean},
        {"sd", base->sd, head->sd}, {"p95", base->p95, head->p95}, {"p99", base->p99, head->p99}};
    struct view *ratios = view_object(builder->arena), *shifts = view_object(builder->arena);
    for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
        double from = figures[i].base, to = figures[i].head;
        quantity_add_change(&builder->text, from > 0 && to > 0 ? to / from : NAN);
        view_set(builder->arena, ratios, figures[i].key, buffer_view(builder));
        quantity_add_shift(&builder->text, to - from, item->about.unit);
        view_set(builder->arena, shifts, figures[i].key, buffer_view(builder));
    }
    view_set(builder->arena, row, "differences", ratios);
    view_set(builder->arena, row, "shifts", shifts);
}

static void add_p(struct report_builder *builder, struct view *row, const char *key, double p)
{
    if (isnan(p))
        buffer_add_text(&builder->text, QUANTITY_UNKNOWN);
    else if (p < 1e-4)
        buffer_add_text(&builder->text, "< 0.0001");
    else
        buffer_add_format(&builder->text, "%.*f", p < 0.01 ? 4 : 3, p);
    view_set(builder->arena, row, key, buffer_view(builder));
}

/* ---- words ---- */
static void begin_part(struct buffer *text)
{
    if (text->size)
        buffer_add_text(text, "; ");
}

/* What a reader must know of the row: the failure, what would settle it, what limits it. */
static void add_note(struct report_builder *builder, struct view *row, const struct compared *item)
{
    struct buffer *text = &builder->text;
    if (item->failure.size > 0)
        buffer_add_slice(text, item->failure);
    if (item->needed_samples > 0) {
        begin_part(text);
        buffer_add_text(text, "needs ");
        quantity_add_count(text, (uint64_t)ceil(item->needed_samples));
        buffer_add_text(text, " samples a side");
        if (item->reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN))
            buffer_add_text(text, ", in turns");
    }
    if (item->needed_runs > 0) {
        begin_part(text);
        buffer_add_text(text, "needs ");
        quantity_add_count(text, (uint64_t)ceil(item->needed_runs));
        buffer_add_text(text, " runs a side");
    }
    for (int reason = 0; reason < REASONS; reason++) {
        if (!(item->reasons & reason_bit((enum reason)reason)))
            continue;
        begin_part(text);
        buffer_add_text(text, reason_name((enum reason)reason));
    }
    add_text(builder, row, "note", text->size ? buffer_slice(text) : (struct slice){NULL, 0});
    buffer_reset(text);
}

/* "slower" where lower times are better; a neutral word where nothing says what is better. */
static const char *direction(const struct compared *item)
{
    switch (item->verdict) {
    case VERDICT_REGRESSION: return "worse";
    case VERDICT_IMPROVEMENT: return "better";
    case VERDICT_CHANGED: return "different";
    case VERDICT_NEWLY_FAILING: return "fails now";
    case VERDICT_FIXED: return "passes now";
    case VERDICT_UNCHANGED: return "the same";
    case VERDICT_INCONCLUSIVE: return "open";
    case VERDICT_TOO_FEW_SAMPLES: return "too few samples";
    case VERDICT_UNRELIABLE: return "unreliable";
    case VERDICT_INCOMPARABLE: return "not comparable";
    case VERDICT_ADDED: return "new";
    case VERDICT_REMOVED: return "gone";
    case VERDICTS: break;
    }
    return "";
}

static bool unit_ends(struct slice unit, const char *end)
{
    size_t length = strlen(end);
    return unit.size >= length && memcmp(unit.data + unit.size - length, end, length) == 0;
}

/* "slower" for a longer time or a lower rate; else which way the values went. */
static const char *movement(const struct compared *item)
{
    struct slice unit = item->about.unit;
    bool rose = isfinite(item->ratio) ? item->ratio > 1 : item->shift > 0;
    if (!isnan(compared_seconds(item, 1)))
        return rose ? "slower" : "faster";
    if (unit.data && unit_ends(unit, "/s"))
        return rose ? "faster" : "slower";
    return rose ? "higher" : "lower";
}

/* Between sides that cannot be compared there is no change, whatever their figures are. */
static void hide_change(struct compared *item)
{
    item->ratio = item->ratio_low = item->ratio_high = NAN;
    item->shift = item->shift_low = item->shift_high = NAN;
    item->p = item->p_adjusted = NAN;
}

const struct view *compared_row(
    struct report_builder *builder, const struct compared *item, struct slice side)
{
    struct view *row = view_object(builder->arena);
    finding_add(builder, row, &item->about);
    add_name(builder, row, "side", side);
    add_text(builder, row, "verdict", slice_of(verdict_name(item->verdict)));
    add_text(builder, row, "direction", slice_of(direction(item)));
    add_text(builder, row, "movement",
        compared_has_both(item) ? slice_of(movement(item)) : (struct slice){NULL, 0});
    add_flag(builder, row, "finding", compared_is_finding(item));
    add_flag(builder, row, "both", compared_has_both(item));
    add_side(builder, row, "base", &item->base, item->about.unit);
    add_side(builder, row, "head", &item->head, item->about.unit);
    struct compared shown = *item;
    if (!compared_has_both(item))
        hide_change(&shown);
    add_change(builder, row, &shown);
    add_differences(builder, row, item);
    add_text(builder, row, "test", item->test);
    add_p(builder, row, "p", shown.p);
    add_p(builder, row, "p_adjusted", shown.p_adjusted);
    add_note(builder, row, item);
    return row;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/check_view.h"

#include "base/memory.h"

/* ---- rows ---- */
/* "200 ms", or "40 to 60 tok/s". */
static void add_limit(struct report_builder *builder, struct view *row, const struct checked *item)
{
    if (item->limit_low == item->limit_high)
        quantity_add(&builder->text, item->limit_low, item->about.unit);
    else
        quantity_add_interval(&builder->text, item->limit_low, item->limit_high, item->about.unit);
    view_set(builder->arena, row, "limit", buffer_view(builder));
}

/* How far the value is from the nearer end of the limit, as a change of that. */
static void add_distance(
    struct report_builder *builder, struct view *row, const struct checked *item)
{
    double limit = item->limit_high;
    if (isnan(limit) || fabs(item->value - item->limit_low) < fabs(item->value - item->limit_high))
        limit = item->limit_low;
    quantity_add_change(&builder->text, limit > 0 && item->value >= 0 ? item->value / limit : NAN);
    view_set(builder->arena, row, "distance", buffer_view(builder));
}

/* What a ratio is of: "ours 31.5 tok/s, theirs 60.1 tok/s". */
static void add_parts(struct report_builder *builder, struct view *row, const struct checked *item)
{
    struct buffer *text = &builder->text;
    if (isfinite(item->ours) && isfinite(item->theirs)) {
        quantity_add(text, item->ours, item->parts_unit);
        buffer_add_text(text, " / ");
        quantity_add(text, item->theirs, item->parts_unit);
    }
    add_text(builder, row, "parts", text->size ? buffer_slice(text) : (struct slice){NULL, 0});
    buffer_reset(text);
}

static void add_part(struct buffer *text, struct slice part)
{
    if (!part.data)
        return;
    if (text->size)
        buffer_add_text(text, "; ");
    buffer_add_slice(text, part);
}

static void add_note(struct report_builder *builder, struct view *row, const struct checked *item)
{
    struct buffer *text = &builder->text;
    add_part(text, item->grade);
    for (size_t i = 0; i < item->reason_count; i++)
        add_part(text, item->reasons[i]);
    add_text(builder, row, "note", text->size ? buffer_slice(text) : (struct slice){NULL, 0});
    buffer_reset(text);
}

static const char *verdict(const struct checked *item)
{
    if (item->outcome == CHECK_FAIL)
        return "missed";
    if (isnan(item->value))
        return "no value";
    if (item->outcome == CHECK_PASS)
        return "met";
    return item->missed ? "missed: not proven" : "not proven";
}

static const struct view *check_row(struct report_builder *builder, const struct checked *item)
{
    static const char *const betters[] = {NULL, "lower", "higher"};
    struct view *row = view_object(builder->arena);
    add_name(builder, row, "target", item->target);
    add_text(builder, row, "title", item->name);
    finding_add(builder, row, &item->about);
    add_text(builder, row, "statistic", item->statistic);
    add_name(builder, row, "side", item->side);
    add_text(builder, row, "reference", item->reference);
    add_text(builder, row, "better", slice_of(betters[item->about.better]));
    add_text(builder, row, "outcome", slice_of(check_outcome_text(item->outcome)));
    add_text(builder, row, "verdict", slice_of(verdict(item)));
    add_flag(builder, row, "missed", item->missed);
    view_set(builder->arena, row, "value", quantity_view(builder, item->value, item->about.unit));
    quantity_add_interval(&builder->text, item->low, item->high, item->about.unit);
    view_set(builder->arena, row, "interval", buffer_view(builder));
    add_limit(builder, row, item);
    add_distance(builder, row, item);
    add_parts(builder, row, item);
    add_note(builder, row, item);
    if (isfinite(item->n) && item->n >= 0)
        add_count(builder, row, "n", (uint64_t)item->n);
    if (isfinite(item->runs) && item->runs >= 0)
        add_count(builder, row, "runs", (uint64_t)item->runs);
    return row;
}

/* ---- the lists ---- */
static bool is_missed(const struct checked *item)
{
    return item->missed;
}

static bool is_open(const struct checked *item)
{
    return !item->missed && item->outcome == CHECK_UNPROVEN;
}

static bool is_met(const struct checked *item)
{
    return !item->missed && item->outcome == CHECK_PASS;
}

static bool is_any(const struct checked *item)
{
    (void)item;
    return true;
}

struct tally {
    uint64_t missed, open, met;
};

/* Null where it would be empty. */
static uint64_t add_list(struct report_builder *builder, struct view *root,
    const struct checks *checks, const struct view *const *rows, const char *key,
    bool (*belongs)(const struct checked *item))
{
    static const struct view none = {.type = VIEW_NULL};
    struct view *list = view_list(builder->arena), *object = view_object(builder->arena);
    for (size_t i = 0; i < checks->count; i++)
        if (belongs(&checks->items[i]))
            view_append(builder->arena, list, rows[i]);
    uint64_t count = view_count(list);
    add_count(builder, object, "count", count);
    view_set(builder->arena, object, "rows", list);
    view_set(builder->arena, root, key, count > 0 ? object : &none);
    return count;
}

static struct tally add_lists(
    struct report_builder *builder, struct view *root, const struct checks *checks)
{
    const struct view **rows = memory_zero(checks->count + 1, sizeof *rows);
    struct tally tally;
    for (size_t i = 0; i < checks->count; i++)
        rows[i] = check_row(builder, &checks->items[i]);
    tally.missed = add_list(builder, root, checks, rows, "missed", is_missed);
    tally.open = add_list(builder, root, checks, rows, "open", is_open);
    tally.met = add_list(builder, root, checks, rows, "met", is_met);
    add_list(builder, root, checks, rows, "all", is_any);
    free(rows);
    return tally;
}

/* ---- words ---- */
static const char *targets(uint64_t count)
{
    return count == 1 ? "target" : "targets";
}

static void add_headline(
    struct report_builder *builder, struct view *root, const struct tally *tally, size_t all)
{
    struct buffer *text = &builder->text;
    if (tally->missed > 0)
        buffer_add_format(
            text, "%llu of %zu %s missed", (unsigned long long)tally->missed, all, targets(all));
    else if (tally->met == all)
        buffer_add_format(
            text, all == 1 ? "the one target is met" : "all %zu targets are met", all);
    else
        buffer_add_text(text, "no target missed");
    if (tally->open > 0)
        buffer_add_format(text, ", %llu met but not proven", (unsigned long long)tally->open);
    if (text->data[0] >= 'a' && text->data[0] <= 'z')
        text->data[0] = (char)(text->data[0] - 'a' + 'A');
    add_text(builder, root, "headline", buffer_slice(text));
    buffer_reset(text);
}

static void add_action(struct report_builder *builder, struct view *root, const struct tally *tally)
{
    const char *action = "Nothing needs to be done.";
    if (tally->missed > 0)
        action = "Look at what is missed; the first table has it.";
    else if (tally->open > 0)
        action = "Take more samples of what is not proven.";
    add_text(builder, root, "action", slice_of(action));
}

/* How much of the time an interval holds the value: 95.0%. */
static void add_coverage(struct report_builder *builder, struct view *root, double alpha)
{
    static const struct view unknown = {.type = VIEW_NULL};
    if (isnan(alpha)) {
        view_set(builder->arena, root, "coverage", &unknown);
        return;
    }
    quantity_add_share(&builder->text, 1 - alpha);
    view_set(builder->arena, root, "coverage", buffer_view(builder));
}

struct view *check_view(
    struct arena *arena, const struct checks *checks, const struct report_options *options)
{
    struct report_builder builder = {.arena = arena, .front = options->front};
    struct view *root = view_object(arena), *counts = view_object(arena);
    add_text(&builder, root, "title", options->front ? options->front->title : slice_of(NULL));
    add_text(&builder, root, "generated", slice_of(options->generated));
    add_name(&builder, root, "targets", checks->targets);
    add_coverage(&builder, root, checks->summarised ? checks->alpha : NAN);
    struct tally tally = add_lists(&builder, root, checks);
    add_count(&builder, counts, "all", checks->count);
    add_count(&builder, counts, "missed", tally.missed);
    add_count(&builder, counts, "open", tally.open);
    add_count(&builder, counts, "met", tally.met);
    view_set(arena, root, "counts", counts);
    add_flag(&builder, root, "bad", tally.missed > 0);
    add_flag(&builder, root, "good", tally.missed + tally.open == 0 && checks->count > 0);
    add_headline(&builder, root, &tally, checks->count);
    add_action(&builder, root, &tally);
    if (options->bad_lines > 0)
        add_count(&builder, root, "bad_lines", options->bad_lines);
    arena_release(&builder.scratch);
    buffer_release(&builder.text);
    return root;
}

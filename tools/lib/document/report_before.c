/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

/*
 * What the machine did in an earlier run, beside what it does in this one: over
 * the benchmarks that both have and nothing else, each variant of one counting
 * once however often it ran, so that like stands by like.
 */
enum { BEFORE, NOW, TIMES };

/* The means of all results of one variant of a benchmark, and the extremes of their readings. */
struct activity_pair {
    struct extent means[TIMES][READING_COLUMNS];
    struct extent extremes[READING_COLUMNS]; /* of the earlier run */
};

struct activity_before {
    struct dictionary keys;
    struct activity_pair *pairs; /* by key */
    uint64_t readings;           /* of the earlier run */
};

/* ---- like by like ---- */
static void add_key(
    struct buffer *out, const struct collection *collection, const struct item *item)
{
    buffer_add_slice(out, dictionary_text(&collection->keys, item->benchmark));
    buffer_add_char(out, '\0');
    buffer_add_slice(out, collection_text(collection, item->variant));
}

/* NULL where this run has nothing of it. */
static struct activity_pair *pair_of(const struct activity_before *before,
    const struct collection *collection, const struct item *item)
{
    struct buffer key = BUFFER_INIT;
    add_key(&key, collection, item);
    uint32_t id = dictionary_find(&before->keys, buffer_slice(&key));
    buffer_release(&key);
    return id == UINT32_MAX ? NULL : &before->pairs[id];
}

static void make_pairs(struct activity_before *before, const struct collection *now)
{
    struct buffer key = BUFFER_INIT;
    for (size_t i = 0; i < now->item_count; i++) {
        buffer_reset(&key);
        add_key(&key, now, &now->items[i]);
        (void)dictionary_id(&before->keys, buffer_slice(&key));
    }
    buffer_release(&key);
    before->pairs = memory_zero(before->keys.count + 1, sizeof *before->pairs);
    for (uint32_t i = 0; i < before->keys.count; i++)
        for (int column = 0; column < READING_COLUMNS; column++) {
            struct activity_pair *pair = &before->pairs[i];
            pair->means[BEFORE][column] = pair->means[NOW][column] = EXTENT_NONE;
            pair->extremes[column] = EXTENT_NONE;
        }
}

static void add_windows(
    struct activity_before *before, int time, const struct collection *collection)
{
    for (size_t i = 0; i < collection->item_count; i++) {
        const struct item *item = &collection->items[i];
        struct activity_pair *pair = pair_of(before, collection, item);
        if (!pair || item->outcome == OUTCOME_SKIPPED || isnan(item->started) || isnan(item->ended))
            continue;
        struct reading_window window = item_window(collection, item);
        for (int column = 0; column < READING_COLUMNS; column++) {
            const struct reading_extent *extent = &window.columns[column];
            extent_add(&pair->means[time][column], extent->mean);
            if (time == BEFORE) {
                extent_add(&pair->extremes[column], extent->least);
                extent_add(&pair->extremes[column], extent->most);
            }
        }
    }
}

struct activity_before *activity_before_create(
    const struct collection *earlier, const struct collection *now)
{
    struct activity_before *before = memory_zero(1, sizeof *before);
    before->readings = earlier->readings.count;
    make_pairs(before, now);
    add_windows(before, BEFORE, earlier);
    add_windows(before, NOW, now);
    return before;
}

void activity_before_free(struct activity_before *before)
{
    if (!before)
        return;
    dictionary_release(&before->keys);
    free(before->pairs);
    free(before);
}

/* ---- a result ---- */
static double mean_of(const struct extent *extent)
{
    return extent->count ? extent->sum / (double)extent->count : NAN;
}

static void add_was(struct report_builder *builder, struct view *row, const char *key,
    const char *statistic, double value, const char *unit)
{
    struct view *object = view_change_member(row, slice_of(key));
    if (!isnan(value))
        add_quantity(builder, view_change_member(object, slice_of(statistic)), "was", value, unit);
}

void add_activity_was(struct report_builder *builder, struct view *row, const struct item *item)
{
    const struct activity_pair *pair =
        builder->before ? pair_of(builder->before, builder->collection, item) : NULL;
    if (!pair)
        return;
    const struct extent *was = pair->means[BEFORE], *extremes = pair->extremes;
    add_was(builder, row, "gpu", "mean", mean_of(&was[READING_GPU]), "%");
    add_was(builder, row, "renderer", "mean", mean_of(&was[READING_RENDERER]), "%");
    add_was(builder, row, "cpu_user", "mean", mean_of(&was[READING_CPU_USER]), "%");
    add_was(builder, row, "cpu_system", "mean", mean_of(&was[READING_CPU_SYSTEM]), "%");
    add_was(builder, row, "memory", "least", extremes[READING_MEMORY].least, "By");
    if (extremes[READING_PRESSURE].count > 0)
        add_text(builder, row, "pressure_was", pressure_word(extremes[READING_PRESSURE].most));
}

/* ---- all of them ---- */
/* The change of a share in per cent is told in points: per cent of per cent mislead. */
static void add_shift(
    struct report_builder *builder, struct view *row, double shift, const char *unit)
{
    bool share = unit[0] == '%';
    quantity_add_shift(&builder->text, shift, slice_of(share ? "{points}" : unit));
    view_set(builder->arena, row, "change", buffer_view(builder));
}

/* NULL where no benchmark has the measure in both runs. */
static struct view *measure_row(
    struct report_builder *builder, const struct activity_measure *measure)
{
    struct extent sums[TIMES] = {EXTENT_NONE, EXTENT_NONE};
    for (uint32_t i = 0; i < builder->before->keys.count; i++) {
        const struct activity_pair *pair = &builder->before->pairs[i];
        double was = mean_of(&pair->means[BEFORE][measure->column]);
        double is = mean_of(&pair->means[NOW][measure->column]);
        if (isnan(was) || isnan(is))
            continue;
        extent_add(&sums[BEFORE], was);
        extent_add(&sums[NOW], is);
    }
    if (sums[NOW].count == 0)
        return NULL;
    double was = mean_of(&sums[BEFORE]), is = mean_of(&sums[NOW]);
    struct view *row = view_object(builder->arena);
    add_text(builder, row, "title", slice_of(measure->title));
    add_count(builder, row, "common", sums[NOW].count);
    add_quantity(builder, row, "was", was, measure->unit);
    add_quantity(builder, row, "now", is, measure->unit);
    add_shift(builder, row, is - was, measure->unit);
    return row;
}

static const char *why_nothing(const struct report_builder *builder)
{
    if (builder->collection->readings.count == 0)
        return "This run has no readings";
    return builder->before->readings == 0 ? "The earlier run has no readings"
                                          : "No benchmark has readings in both runs";
}

void add_activity_before(struct report_builder *builder, struct view *activity)
{
    if (!builder->before)
        return;
    struct view *object = view_object(builder->arena), *rows = view_list(builder->arena);
    for (size_t i = 0; i < ACTIVITY_MEASURES; i++) {
        struct view *row = measure_row(builder, &activity_measures[i]);
        if (row)
            view_append(builder->arena, rows, row);
    }
    bool any = view_count(rows) > 0;
    add_flag(builder, object, "any", any);
    add_text(
        builder, object, "why", any ? (struct slice){NULL, 0} : slice_of(why_nothing(builder)));
    view_set(builder->arena, object, "rows", rows);
    view_set(builder->arena, activity, "before", object);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/report_parts.h"

#include "base/memory.h"

/*
 * How the machine was doing while it was measured. A result whose health is not
 * known counts neither as clean nor as degraded.
 */
struct tally {
    uint64_t clean, degraded, unknown, low_memory, zombies;
    struct extent ram, swap, zombie, load;
    struct dictionary flags;
    uint64_t *flag_counts;
    size_t flag_count, flag_capacity;
};

static void count_flags(
    struct tally *tally, const struct collection *collection, const struct item *item)
{
    for (uint32_t i = 0; i < item->flag_count; i++) {
        uint32_t index = dictionary_id(&tally->flags, collection_text(collection, item->flags[i]));
        if (index == tally->flag_count) {
            MEMORY_GROW(tally->flag_counts, tally->flag_count, tally->flag_capacity);
            tally->flag_counts[tally->flag_count++] = 0;
        }
        tally->flag_counts[index]++;
    }
}

static void count(struct tally *tally, const struct collection *collection, const struct item *item)
{
    bool low = item->ram<LOW_MEMORY, zombies = item->zombies> 0;
    bool known = isfinite(item->ram) || isfinite(item->zombies) || item->flags_known;
    extent_add(&tally->ram, item->ram);
    extent_add(&tally->swap, item->swap);
    extent_add(&tally->zombie, item->zombies);
    extent_add(&tally->load, item->load);
    tally->low_memory += low;
    tally->zombies += zombies;
    if (!known)
        tally->unknown++;
    else if (low || zombies || item->flag_count > 0)
        tally->degraded++;
    else
        tally->clean++;
    count_flags(tally, collection, item);
}

/* {least, most, mean}, or nothing where no result knows it. */
static void add_extent(struct report_builder *builder, struct view *object, const char *key,
    const struct extent *extent, const char *unit)
{
    if (extent->count == 0)
        return;
    struct view *three = view_object(builder->arena);
    add_quantity(builder, three, "least", extent->least, unit);
    add_quantity(builder, three, "most", extent->most, unit);
    add_quantity(builder, three, "mean", extent->sum / (double)extent->count, unit);
    view_set(builder->arena, object, key, three);
}

static void add_flags(
    struct report_builder *builder, struct view *health, const struct tally *tally)
{
    struct view *flags = view_list(builder->arena);
    for (uint32_t i = 0; i < tally->flag_count; i++) {
        struct view *row = view_object(builder->arena);
        add_name(builder, row, "flag", dictionary_text(&tally->flags, i));
        add_count(builder, row, "count", tally->flag_counts[i]);
        view_append(builder->arena, flags, row);
    }
    view_set(builder->arena, health, "flags", flags);
}

static void add_tally(struct report_builder *builder, struct view *root, const struct tally *tally)
{
    struct view *health = view_object(builder->arena);
    uint64_t known = tally->clean + tally->degraded;
    add_count(builder, health, "known", known);
    add_count(builder, health, "clean", tally->clean);
    add_count(builder, health, "degraded", tally->degraded);
    add_count(builder, health, "low_memory", tally->low_memory);
    add_count(builder, health, "with_zombies", tally->zombies);
    if (tally->unknown > 0)
        add_count(builder, health, "unknown", tally->unknown);
    add_flag(builder, health, "all_clean", tally->degraded == 0);
    quantity_add_share(&builder->text, (double)tally->clean / (double)known);
    view_set(builder->arena, health, "clean_share", buffer_view(builder));
    buffer_add_format(&builder->text, "%g GB", LOW_MEMORY / 1e9);
    view_set(builder->arena, health, "memory_limit", buffer_view(builder));
    add_extent(builder, health, "ram", &tally->ram, "By");
    add_extent(builder, health, "swap", &tally->swap, "By");
    add_extent(builder, health, "zombies", &tally->zombie, "1");
    add_extent(builder, health, "load", &tally->load, "1");
    add_flags(builder, health, tally);
    view_set(builder->arena, root, "health", health);
}

void report_add_health(struct report_builder *builder, struct view *root)
{
    const struct collection *collection = builder->collection;
    struct tally tally = {
        .ram = EXTENT_NONE, .swap = EXTENT_NONE, .zombie = EXTENT_NONE, .load = EXTENT_NONE};
    for (size_t i = 0; i < collection->item_count; i++)
        count(&tally, collection, &collection->items[i]);
    if (tally.clean + tally.degraded > 0)
        add_tally(builder, root, &tally);
    dictionary_release(&tally.flags);
    free(tally.flag_counts);
}

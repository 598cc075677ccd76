/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/collection_parts.h"

#include "base/memory.h"

#include <string.h>

/*
 * Labels of results. Results that have other labels are measurements of something
 * else, side by side: they are sides of their own, which are called by the labels
 * that tell them apart.
 */
static void sort_by_name(struct item_label *labels, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct item_label label = labels[i];
        size_t at = i;
        for (; at > 0 && labels[at - 1].name > label.name; at--)
            labels[at] = labels[at - 1];
        labels[at] = label;
    }
}

uint32_t collection_label_set(struct collection *collection, const struct report_result *result)
{
    size_t count = result->label_count;
    if (count == 0)
        return NO_TEXT;
    struct item_label *labels = arena_zero(&collection->line, count, sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = (struct item_label){collection_keep(collection, result->labels[i].name),
            collection_keep(collection, result->labels[i].value)};
    sort_by_name(labels, count);
    return dictionary_id(
        &collection->label_sets, (struct slice){(const char *)labels, count * sizeof *labels});
}

const struct item_label *collection_labels(
    const struct collection *collection, uint32_t set, size_t *count)
{
    struct slice bytes = {NULL, 0};
    if (set != NO_TEXT)
        bytes = dictionary_text(&collection->label_sets, set);
    *count = bytes.size / sizeof(struct item_label);
    return (const struct item_label *)(const void *)bytes.data;
}

/* NO_TEXT where the side has no such label. */
static uint32_t value_of(
    const struct collection *collection, const struct side *side, uint32_t name)
{
    size_t count;
    const struct item_label *labels = collection_labels(collection, side->labels, &count);
    for (size_t i = 0; i < count; i++)
        if (labels[i].name == name)
            return labels[i].value;
    return NO_TEXT;
}

/* The names of the labels in which a side differs from the first. */
struct telling {
    uint32_t *names;
    size_t count, capacity;
};

static void note_name(struct telling *telling, uint32_t name)
{
    for (size_t i = 0; i < telling->count; i++)
        if (telling->names[i] == name)
            return;
    MEMORY_GROW(telling->names, telling->count, telling->capacity);
    telling->names[telling->count++] = name;
}

static void note_differences(struct telling *telling, const struct collection *collection,
    const struct side *a, const struct side *b)
{
    size_t count;
    const struct item_label *labels = collection_labels(collection, a->labels, &count);
    for (size_t i = 0; i < count; i++)
        if (value_of(collection, b, labels[i].name) != labels[i].value)
            note_name(telling, labels[i].name);
}

static void add_piece(struct buffer *text, struct slice piece)
{
    if (text->size)
        buffer_add_text(text, ", ");
    buffer_add_slice(text, piece);
}

/* "old, single", or with several labels that tell "mode=single, size=5". */
static void name_side(
    struct collection *collection, struct side *side, const struct telling *telling)
{
    struct buffer text = BUFFER_INIT;
    if (side->variant != NO_TEXT)
        add_piece(&text, collection_text(collection, side->variant));
    for (size_t i = 0; i < telling->count; i++) {
        uint32_t value = value_of(collection, side, telling->names[i]);
        if (value == NO_TEXT)
            continue;
        if (telling->count > 1) {
            add_piece(&text, collection_text(collection, telling->names[i]));
            buffer_add_char(&text, '=');
            buffer_add_slice(&text, collection_text(collection, value));
        } else {
            add_piece(&text, collection_text(collection, value));
        }
    }
    if (text.size > 0)
        side->variant = collection_keep(collection, buffer_slice(&text));
    buffer_release(&text);
}

static void name_sides(struct collection *collection, struct benchmark *benchmark)
{
    struct telling telling = {.names = NULL};
    const struct side *first = benchmark->sides;
    for (const struct side *side = first ? first->next : NULL; side; side = side->next) {
        note_differences(&telling, collection, side, first);
        note_differences(&telling, collection, first, side);
    }
    for (struct side *side = benchmark->sides; side && telling.count > 0; side = side->next)
        name_side(collection, side, &telling);
    free(telling.names);
}

void collection_name_sides(struct collection *collection)
{
    if (collection->label_sets.count == 0)
        return;
    for (size_t i = 0; i < collection->benchmark_count; i++)
        name_sides(collection, &collection->benchmarks[i]);
    for (size_t i = 0; i < collection->item_count; i++)
        collection->items[i].variant = collection->items[i].side->variant;
}

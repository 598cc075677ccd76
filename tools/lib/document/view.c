/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    FIRST_ROOM = 4,
    SEARCHED_BY_HAND = 16 /* members; an object with more gets a table of hashes */
};

struct view_entry {
    struct slice key;
    const struct view *value;
};

struct view_members {
    struct view_entry *entries;
    size_t count, capacity;
    uint32_t *slots;   /* index + 1 of an entry, 0 is free; NULL in a small object */
    size_t slot_count; /* a power of two, at least twice the entries */
};

static struct view *value_of(struct arena *arena, enum view_type type)
{
    struct view *value = arena_zero(arena, 1, sizeof *value);
    value->type = type;
    return value;
}

struct view *view_null(struct arena *arena)
{
    return value_of(arena, VIEW_NULL);
}

struct view *view_bool(struct arena *arena, bool value)
{
    return value_of(arena, value ? VIEW_TRUE : VIEW_FALSE);
}

struct view *view_number(struct arena *arena, struct slice text)
{
    struct view *value = value_of(arena, VIEW_NUMBER);
    value->as.text = arena_slice(arena, text);
    return value;
}

struct view *view_integer(struct arena *arena, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    return view_number(arena, slice_of(text));
}

struct view *view_slice(struct arena *arena, struct slice text)
{
    struct view *value = value_of(arena, VIEW_TEXT);
    value->as.text = arena_slice(arena, text);
    return value;
}

struct view *view_text(struct arena *arena, const char *text)
{
    return view_slice(arena, slice_of(text));
}

struct view *view_list(struct arena *arena)
{
    return value_of(arena, VIEW_LIST);
}

struct view *view_object(struct arena *arena)
{
    struct view *value = value_of(arena, VIEW_OBJECT);
    value->as.members = arena_zero(arena, 1, sizeof *value->as.members);
    return value;
}

struct view *view_lambda(struct arena *arena, const struct view_lambda *lambda)
{
    struct view *value = value_of(arena, VIEW_LAMBDA);
    value->as.lambda = lambda;
    return value;
}

/* The array with room for twice as many; the old one stays in the arena until its end. */
static void *grown(
    struct arena *arena, const void *array, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? 2 * *capacity : FIRST_ROOM;
    void *larger = arena_zero(arena, wanted, size);
    if (count)
        memcpy(larger, array, count * size);
    *capacity = wanted;
    return larger;
}

void view_append(struct arena *arena, struct view *list, const struct view *item)
{
    struct view_list *at = &list->as.list;
    if (at->count == at->capacity)
        at->items = grown(arena, at->items, at->count, &at->capacity, sizeof *at->items);
    at->items[at->count++] = item;
}

/* FNV-1a, 32 bits. */
static uint32_t hash_of(struct slice key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * 16777619u;
    return hash;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t slot_of(const struct view_members *members, struct slice key)
{
    size_t slot = hash_of(key) & (members->slot_count - 1);
    while (members->slots[slot] != 0 &&
           !slice_equal(members->entries[members->slots[slot] - 1].key, key))
        slot = (slot + 1) & (members->slot_count - 1);
    return slot;
}

static void hash_again(struct arena *arena, struct view_members *members)
{
    members->slot_count = 4 * members->capacity;
    members->slots = arena_zero(arena, members->slot_count, sizeof *members->slots);
    for (size_t i = 0; i < members->count; i++)
        members->slots[slot_of(members, members->entries[i].key)] = (uint32_t)i + 1;
}

static struct view_entry *entry_of(const struct view_members *members, struct slice key)
{
    if (members->slots) {
        uint32_t found = members->slots[slot_of(members, key)];
        return found ? &members->entries[found - 1] : NULL;
    }
    for (size_t i = 0; i < members->count; i++)
        if (slice_equal(members->entries[i].key, key))
            return &members->entries[i];
    return NULL;
}

static void set(struct arena *arena, struct view *object, struct slice key, bool borrowed,
    const struct view *value)
{
    struct view_members *members = object->as.members;
    struct view_entry *known = entry_of(members, key);
    if (known) {
        known->value = value;
        return;
    }
    if (members->count == members->capacity) {
        members->entries = grown(
            arena, members->entries, members->count, &members->capacity, sizeof *members->entries);
        if (members->capacity > SEARCHED_BY_HAND)
            hash_again(arena, members);
    }
    members->entries[members->count++] =
        (struct view_entry){borrowed ? key : arena_slice(arena, key), value};
    if (members->slots)
        members->slots[slot_of(members, key)] = (uint32_t)members->count;
}

void view_set(struct arena *arena, struct view *object, const char *key, const struct view *value)
{
    set(arena, object, slice_of(key), true, value);
}

void view_set_slice(
    struct arena *arena, struct view *object, struct slice key, const struct view *value)
{
    set(arena, object, key, false, value);
}

/* All values of a tree were built mutable; they are const for those who only read. */
struct view *view_change(struct view *list, size_t index)
{
    return index < view_count(list) ? (struct view *)view_item(list, index) : NULL;
}

struct view *view_change_member(struct view *object, struct slice key)
{
    return (struct view *)view_get(object, key);
}

bool view_truth(const struct view *value)
{
    switch (value->type) {
    case VIEW_NULL:
    case VIEW_FALSE: return false;
    case VIEW_LIST: return value->as.list.count > 0;
    case VIEW_TRUE:
    case VIEW_NUMBER:
    case VIEW_TEXT:
    case VIEW_OBJECT:
    case VIEW_LAMBDA: return true;
    }
    return false;
}

const struct view *view_get(const struct view *value, struct slice key)
{
    if (value->type != VIEW_OBJECT)
        return NULL;
    const struct view_entry *entry = entry_of(value->as.members, key);
    return entry ? entry->value : NULL;
}

size_t view_count(const struct view *value)
{
    if (value->type == VIEW_LIST)
        return value->as.list.count;
    return value->type == VIEW_OBJECT ? value->as.members->count : 0;
}

const struct view *view_item(const struct view *list, size_t index)
{
    return list->as.list.items[index];
}

const struct view *view_member(const struct view *object, size_t index, struct slice *key)
{
    *key = object->as.members->entries[index].key;
    return object->as.members->entries[index].value;
}

const char *view_type_name(enum view_type type)
{
    static const char *const names[] = {
        "null", "false", "true", "a number", "a text", "a list", "an object", "a lambda"};
    return names[type];
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/dictionary.h"

#include "base/memory.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

struct dictionary_slot {
    uint32_t number; /* id + 1, 0 is free */
    uint32_t hash;
};

/* Eight bytes at a time, each mixed in by a multiplication (as FNV does for bytes). */
static uint32_t hash_of(struct slice text)
{
    static const uint64_t factor = 0x9E3779B97F4A7C15u;
    uint64_t hash = text.size + 1;
    size_t at = 0;
    if (!text.data)
        return 0;
    for (; at + 8 <= text.size; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        hash = (hash ^ eight) * factor;
        hash ^= hash >> 29;
    }
    if (at < text.size) {
        uint64_t rest = 0;
        memcpy(&rest, text.data + at, text.size - at);
        hash = (hash ^ rest) * factor;
    }
    hash ^= hash >> 32;
    return (uint32_t)(hash * factor >> 32);
}

static bool is_same(struct slice a, struct slice b)
{
    return a.data && b.data ? slice_equal(a, b) : !a.data && !b.data;
}

static uint32_t slot_of(const struct dictionary *dictionary, struct slice text, uint32_t hash)
{
    uint32_t mask = dictionary->slot_count - 1, slot = hash & mask;
    for (; dictionary->slots[slot].number != 0; slot = (slot + 1) & mask) {
        if (dictionary->slots[slot].hash != hash)
            continue;
        struct slice known = dictionary->texts[dictionary->slots[slot].number - 1];
        if (is_same(known, text))
            break;
    }
    return slot;
}

static void grow(struct dictionary *dictionary)
{
    struct dictionary_slot *old = dictionary->slots;
    uint32_t old_count = dictionary->slot_count;
    dictionary->slot_count = old_count ? 2 * old_count : FIRST_SLOTS;
    dictionary->slots = memory_zero(dictionary->slot_count, sizeof *dictionary->slots);
    for (uint32_t i = 0; i < old_count; i++) {
        uint32_t slot = old[i].hash & (dictionary->slot_count - 1);
        if (old[i].number == 0)
            continue;
        while (dictionary->slots[slot].number != 0)
            slot = (slot + 1) & (dictionary->slot_count - 1);
        dictionary->slots[slot] = old[i];
    }
    free(old);
}

uint32_t dictionary_id(struct dictionary *dictionary, struct slice text)
{
    if (2 * dictionary->count >= dictionary->slot_count)
        grow(dictionary);
    uint32_t hash = hash_of(text), slot = slot_of(dictionary, text, hash);
    if (dictionary->slots[slot].number != 0)
        return dictionary->slots[slot].number - 1;
    MEMORY_GROW(dictionary->texts, dictionary->count, dictionary->capacity);
    dictionary->texts[dictionary->count] = text.data ? arena_slice(&dictionary->arena, text) : text;
    dictionary->slots[slot] = (struct dictionary_slot){dictionary->count + 1, hash};
    return dictionary->count++;
}

uint32_t dictionary_find(const struct dictionary *dictionary, struct slice text)
{
    if (dictionary->slot_count == 0)
        return UINT32_MAX;
    uint32_t found = dictionary->slots[slot_of(dictionary, text, hash_of(text))].number;
    return found ? found - 1 : UINT32_MAX;
}

size_t dictionary_memory(const struct dictionary *dictionary)
{
    return dictionary->capacity * sizeof *dictionary->texts +
           dictionary->slot_count * sizeof *dictionary->slots;
}

void dictionary_release(struct dictionary *dictionary)
{
    arena_release(&dictionary->arena);
    free(dictionary->texts);
    free(dictionary->slots);
    *dictionary = (struct dictionary){.texts = NULL};
}

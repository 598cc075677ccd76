/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/dictionary.h"

#include "base/memory.h"

enum { FIRST_SLOTS = 64 };

/* FNV-1a, 32 bits. */
static uint32_t hash_of(struct slice text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
    return hash;
}

static uint32_t slot_of(const struct dictionary *dictionary, struct slice text)
{
    uint32_t slot = hash_of(text) & (dictionary->slot_count - 1);
    for (; dictionary->slots[slot] != 0; slot = (slot + 1) & (dictionary->slot_count - 1)) {
        struct slice known = dictionary->texts[dictionary->slots[slot] - 1];
        if (!known.data == !text.data && slice_equal(known, text))
            break;
    }
    return slot;
}

static void grow(struct dictionary *dictionary)
{
    dictionary->slot_count = dictionary->slot_count ? 2 * dictionary->slot_count : FIRST_SLOTS;
    free(dictionary->slots);
    dictionary->slots = memory_zero(dictionary->slot_count, sizeof *dictionary->slots);
    for (uint32_t i = 0; i < dictionary->count; i++)
        dictionary->slots[slot_of(dictionary, dictionary->texts[i])] = i + 1;
}

uint32_t dictionary_id(struct dictionary *dictionary, struct slice text)
{
    if (2 * dictionary->count >= dictionary->slot_count)
        grow(dictionary);
    uint32_t slot = slot_of(dictionary, text);
    if (dictionary->slots[slot] != 0)
        return dictionary->slots[slot] - 1;
    MEMORY_GROW(dictionary->texts, dictionary->count, dictionary->capacity);
    dictionary->texts[dictionary->count] = text.data ? arena_slice(&dictionary->arena, text) : text;
    dictionary->slots[slot] = dictionary->count + 1;
    return dictionary->count++;
}

uint32_t dictionary_find(const struct dictionary *dictionary, struct slice text)
{
    if (dictionary->slot_count == 0)
        return UINT32_MAX;
    uint32_t found = dictionary->slots[slot_of(dictionary, text)];
    return found ? found - 1 : UINT32_MAX;
}

void dictionary_release(struct dictionary *dictionary)
{
    arena_release(&dictionary->arena);
    free(dictionary->texts);
    free(dictionary->slots);
    *dictionary = (struct dictionary){.texts = NULL};
}

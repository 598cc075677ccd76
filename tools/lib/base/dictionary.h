/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_DICTIONARY_H
#define BASE_DICTIONARY_H

#include "base/arena.h"
#include "base/slice.h"

#include <stdint.h>

/*
 * Texts kept once each and named by the order in which they first came: 0, 1, …
 * A missing text (data NULL) is a text of its own, unlike "".
 */
struct dictionary {
    struct arena arena;
    struct slice *texts;
    uint32_t count, capacity;
    struct dictionary_slot *slots;
    uint32_t slot_count;
};

uint32_t dictionary_id(struct dictionary *dictionary, struct slice text);
/* The text's number, or UINT32_MAX where it never came. */
uint32_t dictionary_find(const struct dictionary *dictionary, struct slice text);
/* What it takes beside the texts' own bytes. */
size_t dictionary_memory(const struct dictionary *dictionary);
void dictionary_release(struct dictionary *dictionary);

static inline struct slice dictionary_text(const struct dictionary *dictionary, uint32_t id)
{
    return dictionary->texts[id];
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/counter.h"

#include "base/arena.h"
#include "base/memory.h"

struct entry {
    struct slice key; /* data NULL: free */
    uint64_t hash, count;
};

/* Open addressing; the table is at most half full and its size a power of two. */
struct counter {
    struct arena arena;
    struct entry *entries;
    size_t size, used;
};

enum { FIRST_SIZE = 64 };

struct counter *counter_create(void)
{
    struct counter *counter = memory_zero(1, sizeof *counter);
    counter->size = FIRST_SIZE;
    counter->entries = memory_zero(counter->size, sizeof *counter->entries);
    return counter;
}

void counter_free(struct counter *counter)
{
    if (!counter)
        return;
    arena_release(&counter->arena);
    free(counter->entries);
    free(counter);
}

void counter_reset(struct counter *counter)
{
    memset(counter->entries, 0, counter->size * sizeof *counter->entries);
    counter->used = 0;
    arena_reset(&counter->arena);
}

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
static uint64_t hash_of(struct slice key)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (unsigned char)key.data[i]) * 0x100000001b3u;
    return hash;
}

static struct entry *find(struct entry *entries, size_t size, struct slice key, uint64_t hash)
{
    for (size_t at = hash & (size - 1);; at = (at + 1) & (size - 1)) {
        struct entry *entry = &entries[at];
        if (!entry->key.data || (entry->hash == hash && slice_equal(entry->key, key)))
            return entry;
    }
}

static void grow(struct counter *counter)
{
    size_t size = 2 * counter->size;
    struct entry *entries = memory_zero(size, sizeof *entries);
    for (size_t i = 0; i < counter->size; i++) {
        const struct entry *old = &counter->entries[i];
        if (old->key.data)
            *find(entries, size, old->key, old->hash) = *old;
    }
    free(counter->entries);
    counter->entries = entries;
    counter->size = size;
}

uint64_t counter_next(struct counter *counter, struct slice key)
{
    uint64_t hash = hash_of(key);
    struct entry *entry = find(counter->entries, counter->size, key, hash);
    if (entry->key.data)
        return ++entry->count;
    if (2 * (counter->used + 1) > counter->size) {
        grow(counter);
        entry = find(counter->entries, counter->size, key, hash);
    }
    entry->key = arena_slice(&counter->arena, key);
    entry->hash = hash;
    counter->used++;
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/counter.h"

#include "base/dictionary.h"
#include "base/memory.h"

/* The keys have numbers, and the numbers counts. */
struct counter {
    struct dictionary keys;
    uint64_t *counts;
    size_t count, capacity;
};

struct counter *counter_create(void)
{
    return memory_zero(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    if (!counter)
        return;
    dictionary_release(&counter->keys);
    free(counter->counts);
    free(counter);
}

void counter_reset(struct counter *counter)
{
    dictionary_release(&counter->keys);
    counter->count = 0;
}

uint64_t counter_next(struct counter *counter, struct slice key)
{
    /* A missing text is a key of the dictionary's own; here it is the empty one. */
    uint32_t number = dictionary_id(&counter->keys, key.data ? key : slice_of(""));
    if (number < counter->count)
        return ++counter->counts[number];
    MEMORY_GROW(counter->counts, counter->count, counter->capacity);
    counter->counts[counter->count++] = 0;
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_TABLE_H
#define SCHEMA_TABLE_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * From hashes to numbers, for what is looked up while a schema is compiled. Two
 * different things may have one hash: the caller compares and goes on.
 *
 *     for (struct table_cursor at = table_find(&table, hash); table_next(&table, &at);)
 *         if (things[at.value] is the one) …
 */
struct table_slot {
    uint64_t hash;
    uint32_t value; /* one more than what was added; 0 is a free place */
};

struct table {
    struct table_slot *slots;
    uint32_t count, capacity;
};

struct table_cursor {
    uint64_t hash;
    uint32_t place, value;
};

#define TABLE_INIT                                                                                 \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

void table_add(struct table *table, uint64_t hash, uint32_t value);
struct table_cursor table_find(const struct table *table, uint64_t hash);
bool table_next(const struct table *table, struct table_cursor *cursor);
void table_release(struct table *table);

/* FNV-1a (Fowler, Noll, Vo) with a final mix; seed joins several parts to one hash. */
uint64_t table_hash(uint64_t seed, struct slice bytes);
uint64_t table_hash_numbers(uint32_t a, uint32_t b);

#endif

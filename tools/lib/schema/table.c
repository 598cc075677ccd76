/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/table.h"

#include "base/memory.h"

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

uint64_t table_hash(uint64_t seed, struct slice bytes)
{
    uint64_t hash = 0xcbf29ce484222325u ^ seed;
    for (size_t i = 0; i < bytes.size; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 0x100000001b3u;
    return mix(hash);
}

uint64_t table_hash_numbers(uint32_t a, uint32_t b)
{
    return mix(((uint64_t)a << 32 | b) * 0xff51afd7ed558ccdu);
}

static void place(struct table *table, uint64_t hash, uint32_t value)
{
    uint32_t mask = table->capacity - 1, at = (uint32_t)hash & mask;
    while (table->slots[at].value)
        at = (at + 1) & mask;
    table->slots[at] = (struct table_slot){hash, value};
}

void table_add(struct table *table, uint64_t hash, uint32_t value)
{
    if (4 * (table->count + 1) > 3 * table->capacity) {
        struct table old = *table;
        table->capacity = old.capacity ? 2 * old.capacity : 32;
        table->slots = memory_zero(table->capacity, sizeof *table->slots);
        for (uint32_t i = 0; i < old.capacity; i++)
            if (old.slots[i].value)
                place(table, old.slots[i].hash, old.slots[i].value);
        free(old.slots);
    }
    place(table, hash, value + 1);
    table->count++;
}

struct table_cursor table_find(const struct table *table, uint64_t hash)
{
    uint32_t place_before = table->capacity ? ((uint32_t)hash - 1) & (table->capacity - 1) : 0;
    return (struct table_cursor){hash, place_before, 0};
}

bool table_next(const struct table *table, struct table_cursor *cursor)
{
    if (!table->capacity)
        return false;
    uint32_t mask = table->capacity - 1;
    for (;;) {
        cursor->place = (cursor->place + 1) & mask;
        const struct table_slot *slot = &table->slots[cursor->place];
        if (!slot->value)
            return false;
        if (slot->hash == cursor->hash) {
            cursor->value = slot->value - 1;
            return true;
        }
    }
}

void table_release(struct table *table)
{
    free(table->slots);
    *table = (struct table)TABLE_INIT;
}

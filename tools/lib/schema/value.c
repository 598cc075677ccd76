/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/value.h"

#include "schema/number.h"
#include "schema/table.h"

uint64_t value_hash_string(struct slice string)
{
    return table_hash(7, string);
}

static uint64_t join(uint64_t a, uint64_t b)
{
    return (a ^ b >> 31) * 0x9e3779b97f4a7c15u + b;
}

static uint64_t hash_at(
    const struct json_document *document, uint32_t node, struct arena *arena, unsigned depth)
{
    enum json_type type = json_type(document, node);
    uint64_t hash = 11 + (uint64_t)type;
    if (type == JSON_STRING)
        return value_hash_string(json_string(document, node, arena));
    if (type == JSON_NUMBER)
        return number_hash(json_raw(document, node));
    if (depth == VALUE_DEPTH)
        return hash;
    if (type == JSON_ARRAY)
        for (uint32_t item = json_first(document, node); item != json_end(document, node);
             item = json_after(document, item))
            hash = join(hash, hash_at(document, item, arena, depth + 1));
    if (type == JSON_OBJECT) {
        for (uint32_t key = json_first(document, node); key != json_end(document, node);
             key = json_after(document, key + 1)) {
            if (document->nodes[key].flags & JSON_SHADOWED)
                continue;
            uint64_t name = value_hash_string(json_string(document, key, arena));
            hash += join(name, hash_at(document, key + 1, arena, depth + 1));
        }
    }
    return hash;
}

uint64_t value_hash(const struct json_document *document, uint32_t node, struct arena *arena)
{
    return hash_at(document, node, arena, 0);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "json/scan.h"
#include "json/string.h"

/*
 * Duplicate keys. While an object is read, each key sets a bit chosen by its
 * hash; only where two keys met at a bit are the keys looked at again, in a
 * table, when the object closes. So the search costs the common object nothing
 * and an object of any size a time in proportion to its bytes.
 */

enum { FEW_KEYS = 64 };

uint32_t json_key_hash(struct slice value)
{
    char padded[16] = {0};
    if (value.size >= 8)
        return key_hash(value.data, value.size);
    if (value.size)
        memcpy(padded, value.data, value.size);
    return key_hash(padded, value.size);
}

uint32_t json_scan_escaped_hash(struct scan *scan, struct slice raw)
{
    struct buffer *decoded = &scan->scratch->decoded;
    buffer_reset(decoded);
    string_decode(decoded, raw);
    return json_key_hash(buffer_slice(decoded));
}

/*
 * A hash of all bytes, for objects so large that an input made of keys alike to
 * key_hash would cost time. The seed differs between runs (it is an address);
 * nothing that is reported depends on it.
 */
static uint64_t whole_hash(uint64_t seed, struct slice value)
{
    uint64_t hash = seed ^ (value.size * UINT64_C(0x9e3779b97f4a7c15));
    for (size_t at = 0; at < value.size; at += 8) {
        char part[8] = {0};
        size_t left = value.size - at;
        memcpy(part, value.data + at, left < 8 ? left : 8);
        struct wide product =
            multiply_wide(hash ^ load_64(part), UINT64_C(0xa0761d6478bd642f) ^ (seed | 1));
        hash = product.high ^ product.low ^ (hash << 7 | hash >> 57);
    }
    struct wide product = multiply_wide(hash, UINT64_C(0xe7037ed1a0b428db));
    return product.high ^ product.low;
}

static uint64_t slot_hash(struct scan *scan, uint32_t key, bool few)
{
    const struct json_node *node = &scan->document->nodes[key];
    if (few)
        return node->hash;
    struct slice value = json_raw(scan->document, key);
    if (node->flags & JSON_ESCAPED) {
        buffer_reset(&scan->scratch->decoded);
        string_decode(&scan->scratch->decoded, value);
        value = buffer_slice(&scan->scratch->decoded);
    }
    return whole_hash((uint64_t)(uintptr_t)scan->scratch, value);
}

static bool same_key(const struct json_document *document, uint32_t a, uint32_t b)
{
    if (document->nodes[a].hash != document->nodes[b].hash)
        return false;
    struct slice left = json_raw(document, a), right = json_raw(document, b);
    if ((document->nodes[a].flags | document->nodes[b].flags) & JSON_ESCAPED)
        return string_same(left, right);
    return slice_equal(left, right);
}

static size_t empty_slots(struct json_scratch *scratch, uint32_t keys)
{
    size_t slots = 2 * FEW_KEYS;
    while (slots < 2 * (size_t)keys)
        slots *= 2;
    if (slots > scratch->slot_capacity) {
        scratch->slots = memory_resize(scratch->slots, slots, sizeof *scratch->slots);
        scratch->slot_capacity = slots;
    }
    memset(scratch->slots, 0, slots * sizeof *scratch->slots);
    return slots;
}

int json_scan_keys(struct scan *scan, uint32_t object, uint32_t end)
{
    struct json_document *document = scan->document;
    uint32_t count = 0;
    for (uint32_t key = object + 1; key < end; key = document->nodes[key + 1].after)
        count++;
    size_t mask = empty_slots(scan->scratch, count) - 1;
    uint32_t *slots = scan->scratch->slots;
    for (uint32_t key = object + 1; key < end; key = document->nodes[key + 1].after) {
        size_t at = slot_hash(scan, key, count <= FEW_KEYS) & mask;
        while (slots[at] && !same_key(document, slots[at], key))
            at = (at + 1) & mask;
        if (slots[at] && scan->keys == JSON_KEYS_ERROR) {
            scan->first = slots[at];
            json_scan_fail(scan, FAULT_DUPLICATE, scan->text + document->nodes[key].start);
            return -1;
        }
        if (slots[at])
            document->nodes[slots[at]].flags |= JSON_SHADOWED;
        slots[at] = key;
    }
    return 0;
}

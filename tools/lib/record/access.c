/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/access.h"

#include <math.h>

static uint32_t member(const struct json_document *document, uint32_t object, const char *name)
{
    if (object == JSON_NONE)
        return JSON_NONE;
    return json_get(document, object == ACCESS_ROOT ? 0 : object, name);
}

/* The name that a key is, or count; first looked for where it is expected. */
static size_t find_name(const struct json_document *document, uint32_t key,
    const struct slice *names, size_t count, size_t expected)
{
    bool escaped = document->nodes[key].flags & JSON_ESCAPED;
    struct slice raw = json_raw(document, key);
    for (size_t i = 0; i < count; i++) {
        size_t at = expected + i < count ? expected + i : expected + i - count;
        if (escaped ? json_string_is(document, key, names[at]) : slice_equal(raw, names[at]))
            return at;
    }
    return count;
}

void access_members(uint32_t *nodes, const struct json_document *document, uint32_t object,
    const struct slice *names, size_t count)
{
    uint32_t node = object == ACCESS_ROOT ? 0 : object;
    size_t expected = 0;
    for (size_t i = 0; i < count; i++)
        nodes[i] = JSON_NONE;
    if (object == JSON_NONE || json_type(document, node) != JSON_OBJECT)
        return;
    for (uint32_t key = json_first(document, node); key != json_end(document, node);
         key = json_after(document, key + 1)) {
        if (document->nodes[key].flags & JSON_SHADOWED)
            continue;
        size_t found = find_name(document, key, names, count, expected);
        if (found == count)
            continue;
        nodes[found] = key + 1;
        expected = found + 1 < count ? found + 1 : 0;
    }
}

uint32_t access_typed(const struct json_document *document, uint32_t node, enum json_type type)
{
    return node != JSON_NONE && json_type(document, node) == type ? node : JSON_NONE;
}

struct slice access_text_of(
    const struct json_document *document, uint32_t node, struct arena *arena)
{
    if (access_typed(document, node, JSON_STRING) == JSON_NONE)
        return (struct slice){NULL, 0};
    return arena_slice(arena, json_string(document, node, arena));
}

double access_number_of(const struct json_document *document, uint32_t node)
{
    bool known = access_typed(document, node, JSON_NUMBER) != JSON_NONE;
    return known ? json_double(document, node) : NAN;
}

int access_bool_of(const struct json_document *document, uint32_t node)
{
    if (access_typed(document, node, JSON_TRUE) != JSON_NONE)
        return 2;
    return access_typed(document, node, JSON_FALSE) != JSON_NONE ? 1 : 0;
}

double *access_numbers_of(
    const struct json_document *document, uint32_t node, size_t *count, struct arena *arena)
{
    *count = 0;
    if (access_typed(document, node, JSON_ARRAY) == JSON_NONE)
        return NULL;
    double *numbers = arena_take(arena, json_count(document, node) * sizeof *numbers);
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        numbers[(*count)++] = access_number_of(document, item);
    return numbers;
}

uint32_t access_node(
    const struct json_document *document, uint32_t object, const char *name, enum json_type type)
{
    return access_typed(document, member(document, object, name), type);
}

struct slice access_text(
    const struct json_document *document, uint32_t object, const char *name, struct arena *arena)
{
    return access_text_of(document, member(document, object, name), arena);
}

double access_number(const struct json_document *document, uint32_t object, const char *name)
{
    return access_number_of(document, member(document, object, name));
}

int access_bool(const struct json_document *document, uint32_t object, const char *name)
{
    return access_bool_of(document, member(document, object, name));
}

double *access_numbers(const struct json_document *document, uint32_t object, const char *name,
    size_t *count, struct arena *arena)
{
    return access_numbers_of(document, member(document, object, name), count, arena);
}

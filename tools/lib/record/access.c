/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/access.h"

#include <math.h>

static uint32_t member(const struct json_document *document, uint32_t object, const char *name)
{
    if (object == JSON_NONE)
        return JSON_NONE;
    return json_get(document, object == ACCESS_ROOT ? 0 : object, name);
}

uint32_t access_node(
    const struct json_document *document, uint32_t object, const char *name, enum json_type type)
{
    uint32_t node = member(document, object, name);
    return node != JSON_NONE && json_type(document, node) == type ? node : JSON_NONE;
}

struct slice access_text(
    const struct json_document *document, uint32_t object, const char *name, struct arena *arena)
{
    uint32_t node = access_node(document, object, name, JSON_STRING);
    if (node == JSON_NONE)
        return (struct slice){NULL, 0};
    return arena_slice(arena, json_string(document, node, arena));
}

double access_number(const struct json_document *document, uint32_t object, const char *name)
{
    uint32_t node = access_node(document, object, name, JSON_NUMBER);
    return node == JSON_NONE ? NAN : json_double(document, node);
}

int access_bool(const struct json_document *document, uint32_t object, const char *name)
{
    if (access_node(document, object, name, JSON_TRUE) != JSON_NONE)
        return 2;
    return access_node(document, object, name, JSON_FALSE) != JSON_NONE ? 1 : 0;
}

double *access_numbers(const struct json_document *document, uint32_t object, const char *name,
    size_t *count, struct arena *arena)
{
    uint32_t list = access_node(document, object, name, JSON_ARRAY);
    *count = 0;
    if (list == JSON_NONE)
        return NULL;
    double *numbers = arena_zero(arena, json_count(document, list), sizeof *numbers);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        numbers[(*count)++] =
            json_type(document, item) == JSON_NUMBER ? json_double(document, item) : NAN;
    return numbers;
}

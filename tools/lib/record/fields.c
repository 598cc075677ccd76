/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"

#include "record/scale.h"

#include <math.h>
#include <string.h>

struct carry carry_of(const struct json_document *document, uint32_t parent, const char *name)
{
    struct carry carry = {.document = document, .object = json_get(document, parent, name)};
    carry.there = carry.object != JSON_NONE && json_type(document, carry.object) == JSON_OBJECT;
    return carry;
}

static bool is_texts(const struct json_document *document, uint32_t node)
{
    if (json_type(document, node) != JSON_ARRAY)
        return false;
    for (uint32_t item = json_first(document, node); item != json_end(document, node);
         item = json_after(document, item))
        if (json_type(document, item) != JSON_STRING)
            return false;
    return true;
}

static bool is_kind(const struct json_document *document, uint32_t node, enum field_kind kind)
{
    enum json_type type = json_type(document, node);
    int64_t whole;
    switch (kind) {
    case FIELD_TEXT: return type == JSON_STRING && json_raw(document, node).size > 0;
    case FIELD_COUNT:
        return type == JSON_NUMBER && json_int64(document, node, &whole) && whole >= 0;
    case FIELD_SCALED:
    case FIELD_BYTES: return type == JSON_NUMBER && json_double(document, node) >= 0;
    case FIELD_BOOL: return type == JSON_TRUE || type == JSON_FALSE;
    case FIELD_TEXTS: return is_texts(document, node);
    }
    return false;
}

uint32_t carry_find(const struct carry *carry, const char *old_name, enum field_kind kind)
{
    if (!carry->there)
        return JSON_NONE;
    uint32_t node = json_get(carry->document, carry->object, old_name);
    return node != JSON_NONE && is_kind(carry->document, node, kind) ? node : JSON_NONE;
}

void carry_take(struct carry *carry, uint32_t node)
{
    if (carry->taken_count < FIELDS_MOST)
        carry->taken[carry->taken_count++] = node;
}

static bool is_taken(const struct carry *carry, uint32_t node)
{
    for (size_t i = 0; i < carry->taken_count; i++)
        if (carry->taken[i] == node)
            return true;
    return false;
}

bool carry_has(const struct carry *carry, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (carry_find(carry, fields[i].old_name, fields[i].kind) != JSON_NONE)
            return true;
    return false;
}

void carry_scaled(struct json_writer *writer, const struct json_document *document, uint32_t node,
    int places, bool whole)
{
    struct buffer text = BUFFER_INIT;
    double value = json_double(document, node) * pow(10, places);
    bool exact = scale_decimal(json_raw(document, node), places, &text);
    if (exact && !(whole && memchr(text.data, '.', text.size)))
        json_write_raw(writer, buffer_slice(&text));
    else if (whole && value < 9e18)
        json_write_integer(writer, (int64_t)llround(value));
    else
        json_write_double(writer, value);
    buffer_release(&text);
}

/* A size in whole bytes says all that the old figure said. */
static bool loses_digits(const struct json_document *document, uint32_t node, int places)
{
    struct buffer text = BUFFER_INIT;
    bool exact = scale_decimal(json_raw(document, node), places, &text) &&
                 !memchr(text.data, '.', text.size);
    buffer_release(&text);
    return !exact;
}

static void write_value(
    struct carry *carry, struct json_writer *writer, const struct field *field, uint32_t node)
{
    json_write_key(writer, field->new_name);
    switch (field->kind) {
    case FIELD_SCALED:
    case FIELD_BYTES:
        carry_scaled(writer, carry->document, node, field->places, field->kind == FIELD_BYTES);
        break;
    case FIELD_TEXT:
    case FIELD_COUNT:
    case FIELD_BOOL:
    case FIELD_TEXTS: json_write_copy(writer, carry->document, node); break;
    }
    if (field->kind != FIELD_BYTES || !loses_digits(carry->document, node, field->places))
        carry_take(carry, node);
}

void carry_fields(
    struct carry *carry, struct json_writer *writer, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t node = carry_find(carry, fields[i].old_name, fields[i].kind);
        bool written = false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(fields[j].new_name, fields[i].new_name) == 0 &&
                carry_find(carry, fields[j].old_name, fields[j].kind) != JSON_NONE)
                written = true;
        if (node != JSON_NONE && !written)
            write_value(carry, writer, &fields[i], node);
    }
}

bool carry_has_leftover(const struct carry *carry)
{
    const struct json_document *document = carry->document;
    if (!carry->there)
        return false;
    for (uint32_t key = json_first(document, carry->object);
         key != json_end(document, carry->object); key = json_after(document, key + 1))
        if (!is_taken(carry, key + 1))
            return true;
    return false;
}

bool carry_left(const struct carry *carry, struct slice name)
{
    if (!carry->there)
        return false;
    uint32_t node = json_get_slice(carry->document, carry->object, name);
    return node != JSON_NONE && !is_taken(carry, node);
}

static void write_key(
    struct json_writer *writer, struct slice name, const struct carry *beside, struct arena *arena)
{
    if (beside && carry_left(beside, name))
        name = slice_of(arena_format(arena, "line_%.*s", (int)name.size, name.data));
    json_write_key_slice(writer, name);
}

void carry_leftover(
    const struct carry *carry, const struct carry *beside, struct json_writer *writer)
{
    const struct json_document *document = carry->document;
    struct arena arena = ARENA_INIT;
    if (!carry_has_leftover(carry))
        return;
    for (uint32_t key = json_first(document, carry->object);
         key != json_end(document, carry->object); key = json_after(document, key + 1)) {
        if (is_taken(carry, key + 1))
            continue;
        write_key(writer, json_string(document, key, &arena), beside, &arena);
        json_write_copy(writer, document, key + 1);
    }
    arena_release(&arena);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"

#include "record/scale.h"

#include <assert.h>
#include <math.h>
#include <string.h>

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

static bool is_positive(const struct json_document *document, uint32_t node)
{
    return json_type(document, node) == JSON_NUMBER &&
           (!(document->nodes[node].flags & JSON_NEGATIVE) || json_double(document, node) == 0);
}

static bool is_kind(const struct json_document *document, uint32_t node, enum field_kind kind)
{
    enum json_type type = json_type(document, node);
    int64_t whole;
    switch (kind) {
    case FIELD_TEXT: return type == JSON_STRING && json_raw(document, node).size > 0;
    case FIELD_STRING: return type == JSON_STRING;
    case FIELD_COUNT:
        return is_positive(document, node) &&
               (json_is_integer_text(document, node) || json_int64(document, node, &whole));
    case FIELD_SCALED:
    case FIELD_BYTES: return is_positive(document, node);
    case FIELD_BOOL: return type == JSON_TRUE || type == JSON_FALSE;
    case FIELD_TEXTS: return is_texts(document, node);
    case FIELD_OBJECT: return type == JSON_OBJECT;
    }
    return false;
}

/* The field that a key names, or the table's count. Writers keep the table's order, mostly. */
static size_t find_field(const struct carry *carry, uint32_t key, size_t expected)
{
    const struct json_document *document = carry->document;
    bool escaped = document->nodes[key].flags & JSON_ESCAPED;
    struct slice raw = json_raw(document, key);
    for (size_t i = 0; i < carry->count; i++) {
        size_t at = expected + i < carry->count ? expected + i : expected + i - carry->count;
        struct slice name = carry->fields[at].old_name;
        if (escaped ? json_string_is(document, key, name) : slice_equal(raw, name))
            return at;
    }
    return carry->count;
}

static void bind_members(struct carry *carry)
{
    const struct json_document *document = carry->document;
    size_t expected = 0;
    for (uint32_t key = json_first(document, carry->object);
         key != json_end(document, carry->object); key = json_after(document, key + 1)) {
        if (document->nodes[key].flags & JSON_SHADOWED)
            continue;
        size_t field = find_field(carry, key, expected);
        if (field == carry->count || !is_kind(document, key + 1, carry->fields[field].kind)) {
            carry->strangers = true;
            continue;
        }
        carry->nodes[field] = key + 1;
        carry->found |= UINT32_C(1) << field;
        expected = field + 1 < carry->count ? field + 1 : 0;
    }
}

static void init(struct carry *carry, const struct json_document *document, bool there,
    uint32_t object, const struct field *fields, size_t count)
{
    assert(count <= FIELDS_MOST);
    carry->document = document;
    carry->fields = fields;
    carry->count = count;
    carry->there = there;
    carry->strangers = false;
    carry->object = object;
    carry->found = carry->taken = 0;
    carry->beside = NULL;
    carry->depth = 0;
    for (size_t i = 0; i < count; i++)
        carry->nodes[i] = JSON_NONE;
    if (there)
        bind_members(carry);
}

void carry_init(struct carry *carry, const struct json_document *document, uint32_t object,
    const struct field *fields, size_t count)
{
    bool there = object != JSON_NONE && json_type(document, object) == JSON_OBJECT;
    init(carry, document, there, object, fields, count);
}

void carry_init_line(struct carry *carry, const struct json_document *document,
    const struct field *fields, size_t count)
{
    init(carry, document, json_type(document, 0) == JSON_OBJECT, 0, fields, count);
}

static uint32_t bits(size_t first, size_t count)
{
    return ((UINT32_C(1) << count) - 1) << first;
}

bool carry_has(const struct carry *carry, size_t first, size_t count)
{
    return carry->found & bits(first, count);
}

/* Writes the value; true where it says all that the old one said. */
static bool write_scaled(const struct carry *carry, struct json_writer *writer, size_t field)
{
    const struct field *table = &carry->fields[field];
    uint32_t node = carry->nodes[field];
    bool whole = table->kind == FIELD_BYTES;
    char text[SCALE_TEXT];
    if (table->places == 0 && !whole) {
        json_write_copy(writer, carry->document, node);
        return true;
    }
    size_t size = scale_decimal(json_raw(carry->document, node), table->places, text);
    bool exact = size > 0 && !(whole && memchr(text, '.', size));
    double value = exact ? 0 : json_double(carry->document, node) * pow(10, table->places);
    if (exact)
        json_write_raw(writer, (struct slice){text, size});
    else if (whole && value < 9e18)
        json_write_integer(writer, (int64_t)llround(value));
    else
        json_write_double(writer, value);
    return exact;
}

void carry_write_scaled(const struct carry *carry, struct json_writer *writer, size_t field)
{
    write_scaled(carry, writer, field);
}

static void write_field(struct carry *carry, struct json_writer *writer, size_t field)
{
    const struct field *table = &carry->fields[field];
    bool whole = true;
    json_write_key_slice(writer, table->new_name);
    if (table->kind == FIELD_SCALED || table->kind == FIELD_BYTES)
        whole = write_scaled(carry, writer, field);
    else
        json_write_copy(writer, carry->document, carry->nodes[field]);
    if (whole)
        carry_take(carry, field);
}

void carry_write(struct carry *carry, struct json_writer *writer, size_t first, size_t count)
{
    struct slice written = {NULL, 0};
    if (!carry_has(carry, first, count))
        return;
    for (size_t i = first; i < first + count; i++) {
        struct slice name = carry->fields[i].new_name;
        if (carry->nodes[i] == JSON_NONE || (written.data && slice_equal(name, written)))
            continue;
        write_field(carry, writer, i);
        written = name;
    }
}

bool carry_has_leftover(const struct carry *carry)
{
    return carry->strangers || (carry->found & ~carry->taken);
}

static bool is_taken(const struct carry *carry, uint32_t node)
{
    for (size_t i = 0; i < carry->count; i++)
        if (carry->nodes[i] == node)
            return carry->taken >> i & 1;
    return false;
}

bool carry_left(const struct carry *carry, struct slice name)
{
    if (!carry->there)
        return false;
    uint32_t node = json_get_slice(carry->document, carry->object, name);
    return node != JSON_NONE && !is_taken(carry, node);
}

static void add_longer(struct buffer *out, struct slice name, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        buffer_add_text(out, "line_");
    buffer_add_slice(out, name);
}

void carry_write_key(const struct carry *carry, struct slice name, struct json_writer *writer)
{
    struct buffer longer = BUFFER_INIT;
    if (!carry->beside || !carry_left(carry->beside, name)) {
        json_write_key_slice(writer, name);
        return;
    }
    add_longer(&longer, name, carry->depth);
    json_write_key_slice(writer, buffer_slice(&longer));
    buffer_release(&longer);
}

void carry_leftover(const struct carry *carry, struct json_writer *writer)
{
    const struct json_document *document = carry->document;
    if (!carry_has_leftover(carry))
        return;
    struct arena arena = ARENA_INIT; /* takes memory for escaped names only */
    for (uint32_t key = json_first(document, carry->object);
         key != json_end(document, carry->object); key = json_after(document, key + 1)) {
        if ((document->nodes[key].flags & JSON_SHADOWED) || is_taken(carry, key + 1))
            continue;
        carry_write_key(carry, json_string(document, key, &arena), writer);
        json_write_copy(writer, document, key + 1);
    }
    arena_release(&arena);
}

/* Whether a name that has to be longer is then that of something else. */
static bool collides(const struct carry *carry, struct slice name)
{
    struct buffer longer = BUFFER_INIT;
    if (!carry_left(carry->beside, name))
        return false;
    add_longer(&longer, name, carry->depth);
    bool found = carry_left(carry->beside, buffer_slice(&longer)) ||
                 carry_left(carry, buffer_slice(&longer));
    buffer_release(&longer);
    return found;
}

static bool any_collides(const struct carry *carry, struct slice more)
{
    const struct json_document *document = carry->document;
    struct arena arena = ARENA_INIT;
    bool found = collides(carry, more);
    for (uint32_t key = json_first(document, carry->object);
         key != json_end(document, carry->object) && !found; key = json_after(document, key + 1))
        if (!(document->nodes[key].flags & JSON_SHADOWED) && !is_taken(carry, key + 1))
            found = collides(carry, json_string(document, key, &arena));
    arena_release(&arena);
    return found;
}

void carry_beside(struct carry *carry, const struct carry *beside, struct slice more)
{
    carry->beside = beside;
    carry->depth = 1;
    if (!carry->there || !carry_has_leftover(beside))
        return;
    while (any_collides(carry, more))
        carry->depth++;
}

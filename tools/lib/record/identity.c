/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/identity.h"

#include "base/memory.h"
#include "json/canonical.h"
#include "json/writer.h"

enum { FIELDS_LIMIT = 32, PARTS_LIMIT = 16 };

struct identity_field {
    struct slice parts[PARTS_LIMIT]; /* names; an item of a list cannot be meant */
    size_t count;
};

/* to: in canonical form. */
struct identity_name {
    struct slice from, to;
};

struct identity {
    struct arena arena;
    struct identity_field fields[FIELDS_LIMIT];
    size_t count;
    struct identity_name *names;
    size_t name_count, name_capacity;
};

static const char usual[] = "benchmark.suite,benchmark.name,benchmark.params,model.id,modality";

static int read_field(
    struct identity *identity, struct slice name, const char *text, struct error *error)
{
    struct identity_field *field = &identity->fields[identity->count];
    bool pointer = name.size > 0 && name.data[0] == '/';
    char separator = pointer ? '/' : '.';
    size_t from = pointer;
    if (identity->count == FIELDS_LIMIT)
        return error_set(
            error, ERROR_USAGE, "%s: at most %d fields can be named", text, (int)FIELDS_LIMIT);
    for (size_t at = from; at <= name.size; at++) {
        if (at < name.size && name.data[at] != separator)
            continue;
        if (at == from || field->count == PARTS_LIMIT)
            return error_set(error, ERROR_USAGE,
                "%s: \"%.*s\" is no field; expected names with dots between, as benchmark.name",
                text, (int)name.size, name.data);
        field->parts[field->count++] = (struct slice){name.data + from, at - from};
        from = at + 1;
    }
    identity->count++;
    return 0;
}

int identity_create(
    struct identity **out, const char *fields, const char *text, struct error *error)
{
    struct identity *identity = memory_zero(1, sizeof *identity);
    struct slice all = arena_slice(&identity->arena, slice_of(fields ? fields : usual));
    size_t from = 0;
    for (size_t at = 0; at <= all.size; at++) {
        if (at < all.size && all.data[at] != ',')
            continue;
        struct slice name = {all.data + from, at - from};
        if (read_field(identity, name, text, error) != 0) {
            identity_free(identity);
            return -1;
        }
        from = at + 1;
    }
    *out = identity;
    return 0;
}

void identity_free(struct identity *identity)
{
    if (!identity)
        return;
    arena_release(&identity->arena);
    free(identity->names);
    free(identity);
}

void identity_rename(struct identity *identity, struct slice from, struct slice to)
{
    struct buffer text = BUFFER_INIT;
    struct json_writer writer = json_writer(&text, 0);
    json_write_slice(&writer, to);
    MEMORY_GROW(identity->names, identity->name_count, identity->name_capacity);
    identity->names[identity->name_count++] = (struct identity_name){
        arena_slice(&identity->arena, from), arena_slice(&identity->arena, buffer_slice(&text))};
    buffer_release(&text);
}

/* The new name of a node that is benchmark.name, where it has one. */
static const struct slice *new_name(const struct identity *identity,
    const struct identity_field *field, const struct json_document *document, uint32_t node)
{
    if (identity->name_count == 0 || field->count != 2 || node == JSON_NONE ||
        json_type(document, node) != JSON_STRING || !slice_is(field->parts[0], "benchmark") ||
        !slice_is(field->parts[1], "name"))
        return NULL;
    for (size_t i = 0; i < identity->name_count; i++)
        if (json_string_is(document, node, identity->names[i].from))
            return &identity->names[i].to;
    return NULL;
}

static uint32_t find(const struct json_document *document, const struct identity_field *field)
{
    uint32_t node = 0;
    for (size_t i = 0; i < field->count; i++) {
        node = json_get_slice(document, node, field->parts[i]);
        if (node == JSON_NONE)
            return JSON_NONE;
    }
    return node;
}

void identity_write(
    const struct identity *identity, const struct json_document *result, struct buffer *out)
{
    for (size_t i = 0; i < identity->count; i++) {
        uint32_t node = find(result, &identity->fields[i]);
        enum json_type type = node == JSON_NONE ? JSON_NULL : json_type(result, node);
        bool container = type == JSON_ARRAY || type == JSON_OBJECT;
        const struct slice *name = new_name(identity, &identity->fields[i], result, node);
        if (name)
            buffer_add_slice(out, *name);
        else if (type == JSON_ARRAY && json_count(result, node) == 1)
            json_canonical(result, json_first(result, node), out);
        else if (node != JSON_NONE && !(container && json_count(result, node) == 0))
            json_canonical(result, node, out);
        buffer_add_char(out, '\n');
    }
}

struct slice identity_text(
    const struct identity *identity, const struct json_document *line, struct arena *arena)
{
    uint32_t node = find(line, &identity->fields[0]);
    if (node == JSON_NONE)
        return (struct slice){NULL, 0};
    if (json_type(line, node) == JSON_STRING)
        return arena_slice(arena, json_string(line, node, arena));
    return arena_slice(arena, json_raw(line, node));
}

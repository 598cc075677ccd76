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

/* All in canonical form. */
struct identity_name {
    struct identity_benchmark from, to;
    bool onward; /* applies behind others, too */
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

static struct slice canonical_name(struct identity *identity, struct slice name)
{
    struct buffer text = BUFFER_INIT;
    struct json_writer writer = json_writer(&text, 0);
    if (!name.data)
        return name;
    json_write_slice(&writer, name);
    name = arena_slice(&identity->arena, buffer_slice(&text));
    buffer_release(&text);
    return name;
}

static struct slice copy_suite(struct identity *identity, struct slice suite)
{
    return suite.data ? arena_slice(&identity->arena, suite) : suite;
}

static void add_name(struct identity *identity, struct identity_benchmark from,
    struct identity_benchmark to, bool onward)
{
    MEMORY_GROW(identity->names, identity->name_count, identity->name_capacity);
    identity->names[identity->name_count++] = (struct identity_name){
        {copy_suite(identity, from.suite), canonical_name(identity, from.name)},
        {copy_suite(identity, to.suite), canonical_name(identity, to.name)}, onward};
}

void identity_rename(struct identity *identity, struct slice from, struct slice to)
{
    static const struct slice any = {NULL, 0};
    add_name(identity, (struct identity_benchmark){any, from}, (struct identity_benchmark){any, to},
        false);
}

int identity_rename_text(
    struct identity *identity, const char *text, const char *option, struct error *error)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || equals[1] == '\0')
        return error_set(error, ERROR_USAGE, "%s: \"%s\" is not OLD=NEW, the names of a benchmark",
            option, text);
    identity_rename(identity, (struct slice){text, (size_t)(equals - text)}, slice_of(equals + 1));
    return 0;
}

void identity_rename_onward(
    struct identity *identity, struct identity_benchmark from, struct identity_benchmark to)
{
    add_name(identity, from, to, true);
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

static void add_canonical(struct buffer *out, const struct json_document *document, uint32_t node)
{
    enum json_type type = node == JSON_NONE ? JSON_NULL : json_type(document, node);
    bool container = type == JSON_ARRAY || type == JSON_OBJECT;
    if (type == JSON_ARRAY && json_count(document, node) == 1)
        json_canonical(document, json_first(document, node), out);
    else if (node != JSON_NONE && !(container && json_count(document, node) == 0))
        json_canonical(document, node, out);
}

/* ---- renames ------------------------------------------------------------------------ */

/* Borrowed from the two buffers and the identity. */
static struct identity_benchmark new_names(const struct identity *identity,
    const struct json_document *document, struct buffer *suite, struct buffer *name)
{
    static const struct identity_field fields[] = {
        {{{"benchmark", 9}, {"suite", 5}}, 2}, {{{"benchmark", 9}, {"name", 4}}, 2}};
    bool found = false;
    add_canonical(suite, document, find(document, &fields[0]));
    add_canonical(name, document, find(document, &fields[1]));
    struct identity_benchmark now = {buffer_slice(suite), buffer_slice(name)};
    for (size_t i = 0; i < identity->name_count; i++) {
        const struct identity_name *step = &identity->names[i];
        if ((found && !step->onward) ||
            (step->from.suite.data && !slice_equal(step->from.suite, now.suite)) ||
            (step->from.name.data && !slice_equal(step->from.name, now.name)))
            continue;
        found = true;
        now.suite = step->to.suite.data ? step->to.suite : now.suite;
        now.name = step->to.name.data ? step->to.name : now.name;
    }
    return now;
}

static bool is_field(const struct identity_field *field, const char *member)
{
    return field->count == 2 && slice_is(field->parts[0], "benchmark") &&
           slice_is(field->parts[1], member);
}

static void write_renamed(
    const struct identity *identity, const struct json_document *result, struct buffer *out)
{
    struct buffer suite = BUFFER_INIT, name = BUFFER_INIT;
    struct identity_benchmark now = new_names(identity, result, &suite, &name);
    for (size_t i = 0; i < identity->count; i++) {
        const struct identity_field *field = &identity->fields[i];
        if (is_field(field, "suite"))
            buffer_add_slice(out, now.suite);
        else if (is_field(field, "name"))
            buffer_add_slice(out, now.name);
        else
            add_canonical(out, result, find(result, field));
        buffer_add_char(out, '\n');
    }
    buffer_release(&suite);
    buffer_release(&name);
}

void identity_write(
    const struct identity *identity, const struct json_document *result, struct buffer *out)
{
    if (identity->name_count > 0) {
        write_renamed(identity, result, out);
        return;
    }
    for (size_t i = 0; i < identity->count; i++) {
        add_canonical(out, result, find(result, &identity->fields[i]));
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

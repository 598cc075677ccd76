/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/front.h"

#include "record/access.h"
#include "record/kind.h"

#include <string.h>

/* The line at an offset, without its newline. */
static struct slice line_at(struct slice text, size_t at)
{
    const char *newline = memchr(text.data + at, '\n', text.size - at);
    size_t end = newline ? (size_t)(newline - text.data) : text.size;
    size_t size = end - at;
    if (size > 0 && text.data[end - 1] == '\r')
        size--;
    return (struct slice){text.data + at, size};
}

static size_t after_line(struct slice text, size_t at)
{
    const char *newline = memchr(text.data + at, '\n', text.size - at);
    return newline ? (size_t)(newline - text.data) + 1 : text.size;
}

struct front_parts front_split(struct slice text)
{
    struct front_parts parts = {{NULL, 0}, text, 1};
    if (text.size == 0 || !slice_is(line_at(text, 0), "---"))
        return parts;
    size_t start = after_line(text, 0);
    unsigned line = 2;
    for (size_t at = start; at < text.size; at = after_line(text, at), line++) {
        if (!slice_is(line_at(text, at), "---"))
            continue;
        size_t body = after_line(text, at);
        parts.yaml = (struct slice){text.data + start, at - start};
        parts.body = (struct slice){text.data + body, text.size - body};
        parts.body_line = line + 1;
        return parts;
    }
    return parts;
}

/* ---- reading ---- */
static void read_kinds(struct front *front, const struct json_document *document)
{
    uint32_t list = access_node(document, ACCESS_ROOT, "kinds", JSON_ARRAY);
    if (list == JSON_NONE)
        return;
    front->kinds = 0;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        front->kinds |= 1u << record_kind_read(json_raw(document, item));
}

/* A list of texts; NULL where there is none. */
static struct slice *read_texts(
    const struct json_document *document, const char *name, size_t *count, struct arena *arena)
{
    uint32_t list = access_node(document, ACCESS_ROOT, name, JSON_ARRAY);
    *count = 0;
    if (list == JSON_NONE)
        return NULL;
    struct slice *texts = arena_zero(arena, json_count(document, list), sizeof *texts);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        texts[(*count)++] = arena_slice(arena, json_string(document, item, arena));
    return texts;
}

static void read_format(
    struct front *front, const struct json_document *document, struct arena *arena)
{
    static const char *const names[] = {"markdown", "svg", "json", "text"};
    struct slice name = access_text(document, ACCESS_ROOT, "format", arena);
    for (size_t i = 0; name.data && i < ARRAY_SIZE(names); i++)
        if (slice_is(name, names[i]))
            front->format = (enum front_format)i;
}

static void read_bytes(struct front *front, const struct json_document *document)
{
    uint32_t bytes = json_get(document, 0, "bytes");
    if (bytes == JSON_NONE || !json_int64(document, bytes, &front->bytes))
        front->bytes = 0;
}

static void read_lists(
    struct front *front, const struct json_document *document, struct arena *arena)
{
    uint32_t map = access_node(document, ACCESS_ROOT, "lists", JSON_OBJECT);
    if (map == JSON_NONE)
        return;
    front->lists = arena_zero(arena, json_count(document, map), sizeof *front->lists);
    for (uint32_t key = json_first(document, map); key != json_end(document, map);
         key = json_after(document, key + 1)) {
        struct front_list *list = &front->lists[front->list_count++];
        uint32_t limit = json_get(document, key + 1, "limit");
        list->path = arena_slice(arena, json_string(document, key, arena));
        list->sort = access_text(document, key + 1, "sort", arena);
        list->group = access_text(document, key + 1, "group", arena);
        list->descending = access_bool(document, key + 1, "descending") == 2;
        if (limit == JSON_NONE || !json_int64(document, limit, &list->limit))
            list->limit = -1;
    }
}

/* Faults are told with the lines of the file, where the YAML begins in the second. */
struct shifted {
    const struct config_faults *faults;
};

static void tell_shifted(void *context, const struct error *error)
{
    const struct shifted *shifted = context;
    struct error moved = *error;
    moved.line += moved.line > 0;
    shifted->faults->fault(shifted->faults->context, &moved);
}

int front_read(struct front *front, struct slice yaml_text, const char *file,
    const struct schema *schema, const struct config_faults *faults, struct arena *arena,
    struct error *error)
{
    struct yaml yaml = YAML_INIT;
    struct shifted shifted = {faults};
    const struct config_faults moved = {tell_shifted, &shifted};

    *front = (struct front){.kinds = 1u << RECORD_RESULT};
    if (!yaml_text.data)
        return 0;
    int result = yaml_read(&yaml, yaml_text, error);
    if (result != 0) {
        error->line += error->line > 0;
        error_place(error, file, 0, 0);
    } else if (json_type(&yaml.document, 0) != JSON_NULL) {
        result = config_check(&yaml, schema, file, &moved, error);
        if (result == 0) {
            front->title = access_text(&yaml.document, ACCESS_ROOT, "title", arena);
            front->description = access_text(&yaml.document, ACCESS_ROOT, "description", arena);
            front->page = access_text(&yaml.document, ACCESS_ROOT, "page", arena);
            read_kinds(front, &yaml.document);
            read_format(front, &yaml.document, arena);
            front->llm = access_bool(&yaml.document, ACCESS_ROOT, "llm") == 2;
            read_bytes(front, &yaml.document);
            front->columns = read_texts(&yaml.document, "columns", &front->column_count, arena);
            front->columns_given = front->columns != NULL;
            front->shorten = read_texts(&yaml.document, "shorten", &front->shorten_count, arena);
            read_lists(front, &yaml.document, arena);
        }
    }
    yaml_release(&yaml);
    return result;
}

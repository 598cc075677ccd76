/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "labels.h"

#include "json/writer.h"

#include <string.h>

/* An item is checked: it has a '='. */
static struct slice name_of(const char *item)
{
    return (struct slice){item, (size_t)(strchr(item, '=') - item)};
}

int labels_check(const struct option_list *labels, struct error *error)
{
    for (size_t i = 0; i < labels->count; i++) {
        const char *equals = strchr(labels->items[i], '=');
        if (!equals || equals == labels->items[i])
            return error_set(error, ERROR_USAGE, "--label: \"%s\" is no label; expected NAME=VALUE",
                labels->items[i]);
        for (size_t j = 0; j < i; j++)
            if (slice_equal(name_of(labels->items[i]), name_of(labels->items[j])))
                return error_set(error, ERROR_USAGE, "--label: %.*s is given twice",
                    (int)(equals - labels->items[i]), labels->items[i]);
    }
    return 0;
}

static bool is_set(const struct json_document *line, uint32_t key, const struct option_list *labels)
{
    for (size_t i = 0; i < labels->count; i++)
        if (json_string_is(line, key, name_of(labels->items[i])))
            return true;
    return false;
}

static void write_labels(struct json_writer *writer, const struct json_document *line, uint32_t old,
    const struct option_list *labels)
{
    struct arena arena = ARENA_INIT;
    json_member_object(writer, "labels");
    if (old != JSON_NONE && json_type(line, old) == JSON_OBJECT)
        for (uint32_t key = json_first(line, old); key != json_end(line, old);
             key = json_after(line, key + 1)) {
            if (is_set(line, key, labels))
                continue;
            json_write_key_slice(writer, json_string(line, key, &arena));
            json_write_copy(writer, line, key + 1);
        }
    for (size_t i = 0; i < labels->count; i++) {
        json_write_key_slice(writer, name_of(labels->items[i]));
        json_write_text(writer, strchr(labels->items[i], '=') + 1);
    }
    json_end_object(writer);
    arena_release(&arena);
}

void labels_write(
    const struct json_document *line, const struct option_list *labels, struct buffer *out)
{
    struct json_writer writer = json_writer(out, 0);
    struct arena arena = ARENA_INIT;
    uint32_t old = json_get(line, 0, "labels");
    json_begin_object(&writer);
    for (uint32_t key = json_first(line, 0); key != json_end(line, 0);
         key = json_after(line, key + 1)) {
        if (key + 1 == old) {
            write_labels(&writer, line, old, labels);
            continue;
        }
        json_write_key_slice(&writer, json_string(line, key, &arena));
        json_write_copy(&writer, line, key + 1);
    }
    if (old == JSON_NONE)
        write_labels(&writer, line, old, labels);
    json_end_object(&writer);
    arena_release(&arena);
}

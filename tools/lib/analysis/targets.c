/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/targets.h"

#include "base/plural.h"
#include "record/access.h"
#include "record/report.h"

#include <stdio.h>
#include <string.h>

struct reading {
    struct targets *targets;
    const struct yaml *yaml;
    const char *file;
    const struct config_faults *faults;
    size_t bad;
};

/* The fault of an expression, told at its node. */
static void tell(struct reading *reading, uint32_t node, const struct error *fault)
{
    struct error error = ERROR_INIT;
    struct buffer pointer = BUFFER_INIT;
    struct yaml_place place = yaml_place(reading->yaml, node);
    json_pointer_of(&reading->yaml->document, node, &pointer);
    error_set(&error, ERROR_CONTENT, "column %zu of the expression: %s", (size_t)fault->column,
        fault->text);
    error_place(&error, reading->file, place.line, place.column);
    error_pointer(&error, buffer_text(&pointer));
    reading->faults->fault(reading->faults->context, &error);
    buffer_release(&pointer);
    reading->bad++;
}

static void read_query(
    struct reading *reading, struct query **out, uint32_t object, const char *member)
{
    const struct json_document *document = &reading->yaml->document;
    uint32_t node = json_get(document, object, member);
    struct error fault = ERROR_INIT;
    if (node == JSON_NONE)
        return;
    struct arena *arena = &reading->targets->arena;
    struct slice text = arena_slice(arena, json_string(document, node, arena));
    if (memchr(text.data, '\0', text.size))
        error_set(&fault, ERROR_CONTENT, "byte 0x00 means nothing here");
    if (fault.code != ERROR_NONE || query_compile_short(out, NULL, text.data, &fault) != 0)
        tell(reading, node, &fault);
}

/* Where the expression of an item stands: the item itself, or its member. */
static uint32_t expression_of(const struct json_document *document, uint32_t item)
{
    return json_type(document, item) == JSON_OBJECT ? json_get(document, item, "target") : item;
}

static void read_item(struct reading *reading, uint32_t item)
{
    const struct json_document *document = &reading->yaml->document;
    struct arena *arena = &reading->targets->arena;
    struct target *target = &reading->targets->items[reading->targets->count];
    uint32_t expression = expression_of(document, item);
    struct error fault = ERROR_INIT;
    if (target_parse(target, json_string(document, expression, arena), arena, &fault) != 0) {
        tell(reading, expression, &fault);
        return;
    }
    reading->targets->count++;
    if (expression == item)
        return;
    target->name = access_text(document, item, "name", arena);
    target->prove = (enum known)access_bool(document, item, "prove") == KNOWN_TRUE;
    read_query(reading, &target->scope, item, "where");
}

static void read_items(struct reading *reading)
{
    const struct json_document *document = &reading->yaml->document;
    uint32_t list = json_get(document, 0, "targets");
    struct targets *targets = reading->targets;
    targets->items =
        arena_zero(&targets->arena, json_count(document, list), sizeof *targets->items);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        read_item(reading, item);
}

static void read_sides(struct reading *reading)
{
    struct arena *arena = &reading->targets->arena;
    struct slice sides = access_text(&reading->yaml->document, ACCESS_ROOT, "sides", arena);
    if (sides.data && !slice_is(sides, "variant"))
        reading->targets->label = arena_text_n(arena, sides.data, sides.size);
}

int targets_read(struct targets *targets, const char *file, const char *schema,
    const struct source_options *source, const struct config_faults *faults, struct error *error)
{
    struct yaml yaml = YAML_INIT;
    struct reading reading = {targets, &yaml, file, faults, 0};
    int result = config_read(&yaml, file, schema, source, faults, error);
    if (result == 0) {
        read_sides(&reading);
        read_query(&reading, &targets->where, 0, "where");
        read_items(&reading);
        if (reading.bad > 0) {
            error_place(error, file, 0, 0);
            result = error_set(error, ERROR_CONTENT, "%zu expression%s cannot be read", reading.bad,
                plural(reading.bad));
        }
    }
    yaml_release(&yaml);
    return result;
}

void targets_release(struct targets *targets)
{
    for (size_t i = 0; i < targets->count; i++)
        target_release(&targets->items[i]);
    query_free(targets->where);
    arena_release(&targets->arena);
    *targets = (struct targets){.label = NULL};
}

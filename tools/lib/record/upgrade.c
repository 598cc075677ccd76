/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/upgrade.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/memory.h"
#include "record/counter.h"
#include "record/time.h"
#include "record/upgrade_parts.h"
#include "json/canonical.h"

struct upgrade {
    bool in_run;
    char run_id[DIGEST_TEXT];
    struct buffer run_system;       /* the run line's `system`, as JSON */
    struct json_document run_facts; /* the same, read */
    struct counter *seen;           /* how often each test and model came in this run */
    struct buffer key, system;      /* scratch */
    struct json_document facts;
};

struct upgrade *upgrade_create(void)
{
    struct upgrade *upgrade = memory_zero(1, sizeof *upgrade);
    upgrade->seen = counter_create();
    return upgrade;
}

void upgrade_free(struct upgrade *upgrade)
{
    if (!upgrade)
        return;
    buffer_release(&upgrade->run_system);
    buffer_release(&upgrade->key);
    buffer_release(&upgrade->system);
    json_release(&upgrade->run_facts);
    json_release(&upgrade->facts);
    counter_free(upgrade->seen);
    free(upgrade);
}

void upgrade_new_run(struct upgrade *upgrade)
{
    upgrade->in_run = false;
}

static int require_string(const struct json_document *line, const char *name, struct error *error)
{
    uint32_t node = json_type(line, 0) == JSON_OBJECT ? json_get(line, 0, name) : JSON_NONE;
    if (node != JSON_NONE && json_type(line, node) == JSON_STRING)
        return 0;
    error_place(error, NULL, 0, node == JSON_NONE ? 1 : line->nodes[node].start + 1);
    error_set(error, ERROR_CONTENT, "%s; expected a string in every line of version 0.x",
        node == JSON_NONE ? "a member is missing" : "the value is not a string");
    struct buffer pointer = BUFFER_INIT;
    json_pointer_add(&pointer, slice_of(name));
    error_pointer(error, buffer_text(&pointer));
    buffer_release(&pointer);
    return -1;
}

/* The id: a digest of the first line's facts. Its version is none of them. */
static void name_run(struct upgrade *upgrade, const struct json_document *line)
{
    struct buffer facts = BUFFER_INIT, text = BUFFER_INIT;
    struct json_writer writer = json_writer(&facts, 0);
    json_begin_object(&writer);
    for (uint32_t key = json_first(line, 0); key != json_end(line, 0);
         key = json_after(line, key + 1)) {
        if (json_string_is(line, key, slice_of("schema_version")))
            continue;
        struct arena arena = ARENA_INIT;
        json_write_key_slice(&writer, json_string(line, key, &arena));
        json_write_copy(&writer, line, key + 1);
        arena_release(&arena);
    }
    json_end_object(&writer);

    struct json_document document = JSON_DOCUMENT_INIT;
    struct error ignored = ERROR_INIT;
    if (json_parse_copy(&document, buffer_slice(&facts), NULL, &ignored) == 0)
        json_canonical(&document, 0, &text);
    digest_text(buffer_slice(&text), upgrade->run_id);
    upgrade->run_id[32] = '\0'; /* 128 bits tell runs apart */
    json_release(&document);
    buffer_release(&facts);
    buffer_release(&text);
}

/* The program that was measured also wrote the report. */
static void write_program(
    struct json_writer *writer, const char *key, const struct json_document *line, uint32_t version)
{
    json_write_key(writer, key);
    json_begin_object(writer);
    json_member_text(writer, "name", "mlx-knife");
    if (json_raw(line, version).size > 0)
        json_member_copy(writer, "version", line, version);
    json_end_object(writer);
}

static int begin_run(struct upgrade *upgrade, const struct json_document *line,
    const struct window *window, struct buffer *out, struct error *error)
{
    struct json_writer writer = json_writer(out, 0);
    uint32_t version = json_get(line, 0, "mlx_knife_version");
    int64_t begin;

    name_run(upgrade, line);
    counter_reset(upgrade->seen);
    buffer_reset(&upgrade->run_system);
    upgrade_system(line, &upgrade->run_system);
    if (json_parse_copy(&upgrade->run_facts, buffer_slice(&upgrade->run_system), NULL, error) != 0)
        return -1;

    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "1.0.0");
    json_member_text(&writer, "kind", "run");
    json_member_text(&writer, "run_id", upgrade->run_id);
    if (window_begin(window, line, &begin)) {
        char text[TIME_TEXT];
        time_text(begin, text);
        json_member_text(&writer, "started_at", text);
    } else {
        json_write_key(&writer, "started_at");
        json_write_null(&writer); /* what the line says instead stays in its metadata */
    }
    write_program(&writer, "producer", line, version);
    write_program(&writer, "subject", line, version);
    if (upgrade->run_facts.count > 1) {
        json_write_key(&writer, "system");
        json_write_raw(&writer, buffer_slice(&upgrade->run_system));
    }
    json_end_object(&writer);
    buffer_add_char(out, '\n');
    upgrade->in_run = true;
    return 0;
}

/* The members of this line's system that the run's has not, or has otherwise. */
static int write_system(struct upgrade *upgrade, const struct json_document *line,
    struct json_writer *writer, struct error *error)
{
    const struct json_document *run = &upgrade->run_facts, *facts = &upgrade->facts;
    struct arena arena = ARENA_INIT;
    bool any = false;

    buffer_reset(&upgrade->system);
    upgrade_system(line, &upgrade->system);
    if (json_parse_copy(&upgrade->facts, buffer_slice(&upgrade->system), NULL, error) != 0)
        return -1;
    for (uint32_t key = json_first(facts, 0); key != json_end(facts, 0);
         key = json_after(facts, key + 1)) {
        struct slice name = json_string(facts, key, &arena);
        uint32_t same = json_get_slice(run, 0, name);
        if (same != JSON_NONE && json_equal(run, same, facts, key + 1))
            continue;
        if (!any) {
            json_write_key(writer, "system");
            json_begin_object(writer);
            any = true;
        }
        json_write_key_slice(writer, name);
        json_write_copy(writer, facts, key + 1);
    }
    if (any)
        json_end_object(writer);
    arena_release(&arena);
    return 0;
}

/* How often this test and model came before in this run. */
static uint64_t repetition(struct upgrade *upgrade, const struct json_document *line)
{
    static const char *const pointers[] = {"/test", "/model/id", "/metadata/inference_modality"};
    buffer_reset(&upgrade->key);
    for (size_t i = 0; i < ARRAY_SIZE(pointers); i++) {
        uint32_t node;
        if (json_pointer_find(line, slice_of(pointers[i]), &node))
            json_canonical(line, node, &upgrade->key);
        buffer_add_char(&upgrade->key, '\n');
    }
    return counter_next(upgrade->seen, buffer_slice(&upgrade->key));
}

static int write_result(struct upgrade *upgrade, const struct json_document *line,
    const struct window *window, struct buffer *out, struct error *error)
{
    struct json_writer writer = json_writer(out, 0);
    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "1.0.0");
    json_member_text(&writer, "kind", "result");
    json_member_text(&writer, "run_id", upgrade->run_id);
    upgrade_benchmark(line, &writer);
    json_member_integer(&writer, "repetition", (int64_t)repetition(upgrade, line));
    upgrade_facts(line, window, &writer);
    if (write_system(upgrade, line, &writer, error) != 0)
        return -1;
    json_end_object(&writer);
    buffer_add_char(out, '\n');
    return 0;
}

int upgrade_line(struct upgrade *upgrade, const struct json_document *line, struct buffer *out,
    struct error *error)
{
    static const char *const required[] = {"timestamp", "mlx_knife_version", "test", "outcome"};
    for (size_t i = 0; i < ARRAY_SIZE(required); i++)
        if (require_string(line, required[i], error) != 0)
            return -1;
    struct window window = window_of(line);
    if (!upgrade->in_run && begin_run(upgrade, line, &window, out, error) != 0)
        return -1;
    return write_result(upgrade, line, &window, out, error);
}

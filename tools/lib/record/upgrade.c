/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/upgrade.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/memory.h"
#include "record/counter.h"
#include "record/time.h"
#include "record/upgrade_parts.h"
#include "json/canonical.h"

enum { RUN_ID_DIGITS = 32 }; /* 128 bits tell runs apart */

struct upgrade {
    bool in_run;
    char run_id[DIGEST_TEXT];
    struct buffer tool;             /* the version that the run line names */
    struct buffer run_system;       /* the run line's `system`, as JSON */
    struct json_document run_facts; /* the same, read */
    struct counter *seen;           /* how often each test and model came in this run */
    struct arena arena;             /* of the line */
    /* The last line's `system` as it stood, and what of it differs from the run's: lines of one
     * machine mostly say the same again. */
    struct buffer last_system, difference;
    struct buffer key, system; /* scratch */
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
    struct buffer *buffers[] = {&upgrade->tool, &upgrade->run_system, &upgrade->last_system,
        &upgrade->difference, &upgrade->key, &upgrade->system};
    for (size_t i = 0; i < ARRAY_SIZE(buffers); i++)
        buffer_release(buffers[i]);
    arena_release(&upgrade->arena);
    json_release(&upgrade->run_facts);
    json_release(&upgrade->facts);
    counter_free(upgrade->seen);
    free(upgrade);
}

void upgrade_new_run(struct upgrade *upgrade)
{
    upgrade->in_run = false;
}

static int missing(const struct json_document *line, const char *name, struct error *error)
{
    uint32_t node = json_type(line, 0) == JSON_OBJECT ? json_get(line, 0, name) : JSON_NONE;
    error_place(error, NULL, 0, node == JSON_NONE ? 1 : line->nodes[node].start + 1);
    error_set(error, ERROR_CONTENT, "%s; expected a string in every line of version 0.x",
        node == JSON_NONE ? "a member is missing" : "the value is not a string");
    struct buffer pointer = BUFFER_INIT;
    json_pointer_add(&pointer, slice_of(name));
    error_pointer(error, buffer_text(&pointer));
    buffer_release(&pointer);
    return -1;
}

static int check_required(const struct old_line *old, struct error *error)
{
    static const struct {
        enum line_field field;
        const char *name;
    } required[] = {{LINE_TIMESTAMP, "timestamp"}, {LINE_TOOL, "mlx_knife_version"},
        {LINE_TEST, "test"}, {LINE_OUTCOME, "outcome"}};
    for (size_t i = 0; i < ARRAY_SIZE(required); i++)
        if (carry_node(&old->line, required[i].field) == JSON_NONE)
            return missing(old->document, required[i].name, error);
    static const char *const outcomes[] = {"passed", "failed", "skipped"};
    uint32_t outcome = carry_node(&old->line, LINE_OUTCOME);
    for (size_t i = 0; i < ARRAY_SIZE(outcomes); i++)
        if (json_string_is(old->document, outcome, slice_of(outcomes[i])))
            return 0;
    error_place(error, NULL, 0, old->document->nodes[outcome].start + 1);
    error_pointer(error, "/outcome");
    return error_set(
        error, ERROR_CONTENT, "the outcome is unknown; expected passed, failed or skipped");
}

/* The facts of a line: all but its version. */
static void write_line_facts(
    const struct json_document *line, struct arena *arena, struct buffer *out)
{
    struct json_writer writer = json_writer(out, 0);
    json_begin_object(&writer);
    for (uint32_t key = json_first(line, 0); key != json_end(line, 0);
         key = json_after(line, key + 1)) {
        if ((line->nodes[key].flags & JSON_SHADOWED) ||
            json_string_is(line, key, slice_of("schema_version")))
            continue;
        json_write_key_slice(&writer, json_string(line, key, arena));
        json_write_copy(&writer, line, key + 1);
    }
    json_end_object(&writer);
}

/* The id: a digest of the first line's facts in canonical form. */
static int name_run(struct upgrade *upgrade, const struct json_document *line, struct error *error)
{
    struct buffer facts = BUFFER_INIT, text = BUFFER_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    write_line_facts(line, &upgrade->arena, &facts);
    int result = json_parse_copy(&document, buffer_slice(&facts), NULL, error);
    if (result == 0) {
        json_canonical(&document, 0, &text);
        digest_text(buffer_slice(&text), upgrade->run_id);
        upgrade->run_id[RUN_ID_DIGITS] = '\0';
    }
    json_release(&document);
    buffer_release(&facts);
    buffer_release(&text);
    return result;
}

/* The program that was measured also wrote the report. */
static void write_program(struct json_writer *writer, const char *key, const struct old_line *old)
{
    uint32_t version = carry_node(&old->line, LINE_TOOL);
    json_member_object(writer, key);
    json_member_text(writer, "name", "mlx-knife");
    if (json_raw(old->document, version).size > 0)
        json_member_copy(writer, "version", old->document, version);
    json_end_object(writer);
}

static void write_run(struct upgrade *upgrade, const struct old_line *old, struct buffer *out)
{
    struct json_writer writer = json_writer(out, 0);
    int64_t begin;
    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "1.0.0");
    json_member_text(&writer, "kind", "run");
    json_member_text(&writer, "run_id", upgrade->run_id);
    json_write_key(&writer, "started_at");
    if (window_begin(&old->window, old->document, &begin)) {
        char text[TIME_TEXT];
        time_text(begin, text);
        json_write_text(&writer, text);
    } else {
        json_write_null(&writer); /* what the line says instead stays in its metadata */
    }
    write_program(&writer, "producer", old);
    write_program(&writer, "subject", old);
    if (upgrade->run_facts.count > 1) {
        json_write_key(&writer, "system");
        json_write_raw(&writer, buffer_slice(&upgrade->run_system));
    }
    json_end_object(&writer);
    buffer_add_char(out, '\n');
}

static int begin_run(
    struct upgrade *upgrade, const struct old_line *old, struct buffer *out, struct error *error)
{
    counter_reset(upgrade->seen);
    buffer_reset(&upgrade->last_system);
    buffer_reset(&upgrade->difference);
    buffer_reset(&upgrade->run_system);
    upgrade_system(old->document, carry_node(&old->line, LINE_SYSTEM), &upgrade->run_system);
    buffer_reset(&upgrade->tool);
    buffer_add_slice(&upgrade->tool,
        json_string(old->document, carry_node(&old->line, LINE_TOOL), &upgrade->arena));
    if (json_parse_copy(&upgrade->run_facts, buffer_slice(&upgrade->run_system), NULL, error) !=
            0 ||
        name_run(upgrade, old->document, error) != 0)
        return -1;
    write_run(upgrade, old, out);
    upgrade->in_run = true;
    return 0;
}

/* The members of this line's system that the run's has not, or has otherwise; "" for none. */
static int find_difference(
    struct upgrade *upgrade, const struct json_document *line, uint32_t system, struct error *error)
{
    const struct json_document *run = &upgrade->run_facts, *facts = &upgrade->facts;
    struct json_writer writer = json_writer(&upgrade->difference, 0);

    buffer_reset(&upgrade->difference);
    buffer_reset(&upgrade->system);
    upgrade_system(line, system, &upgrade->system);
    if (json_parse_copy(&upgrade->facts, buffer_slice(&upgrade->system), NULL, error) != 0)
        return -1;
    for (uint32_t key = json_first(facts, 0); key != json_end(facts, 0);
         key = json_after(facts, key + 1)) {
        struct slice name = json_string(facts, key, &upgrade->arena);
        uint32_t same = json_get_slice(run, 0, name);
        if (same != JSON_NONE && json_equal(run, same, facts, key + 1))
            continue;
        if (writer.depth == 0)
            json_begin_object(&writer);
        json_write_key_slice(&writer, name);
        json_write_copy(&writer, facts, key + 1);
    }
    if (writer.depth > 0)
        json_end_object(&writer);
    return 0;
}

static int write_system(struct upgrade *upgrade, const struct old_line *old,
    struct json_writer *writer, struct error *error)
{
    uint32_t system = carry_node(&old->line, LINE_SYSTEM);
    if (system == JSON_NONE)
        return 0;
    struct slice raw = json_raw(old->document, system);
    if (!slice_equal(raw, buffer_slice(&upgrade->last_system))) {
        if (find_difference(upgrade, old->document, system, error) != 0)
            return -1;
        buffer_reset(&upgrade->last_system);
        buffer_add_slice(&upgrade->last_system, raw);
    }
    if (upgrade->difference.size > 0) {
        json_write_key(writer, "system");
        json_write_raw(writer, buffer_slice(&upgrade->difference));
    }
    return 0;
}

/* How often this test and model came before in this run. */
static uint64_t repetition(struct upgrade *upgrade, struct slice test, const struct old_line *old)
{
    const struct slice parts[] = {
        test, old_line_model(old, &upgrade->arena), old_line_modality(old, &upgrade->arena)};
    buffer_reset(&upgrade->key);
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        buffer_add(&upgrade->key, &parts[i].size, sizeof parts[i].size);
        buffer_add_slice(&upgrade->key, parts[i]);
    }
    return counter_next(upgrade->seen, buffer_slice(&upgrade->key));
}

static int write_result(
    struct upgrade *upgrade, struct old_line *old, struct buffer *out, struct error *error)
{
    struct json_writer writer = json_writer(out, 0);
    struct slice test = old_line_test(old, &upgrade->arena);
    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "1.0.0");
    json_member_text(&writer, "kind", "result");
    json_member_text(&writer, "run_id", upgrade->run_id);
    upgrade_benchmark(test, &writer);
    json_member_integer(&writer, "repetition", (int64_t)repetition(upgrade, test, old));
    upgrade_facts(old, &writer);
    if (write_system(upgrade, old, &writer, error) != 0)
        return -1;
    json_end_object(&writer);
    buffer_add_char(out, '\n');
    return 0;
}

int upgrade_line(struct upgrade *upgrade, const struct json_document *line, struct buffer *out,
    struct error *error)
{
    struct old_line old;
    size_t before = out->size;
    arena_reset(&upgrade->arena);
    old_line_read(&old, line);
    if (check_required(&old, error) != 0)
        return -1;
    bool begins = !upgrade->in_run;
    if (begins && begin_run(upgrade, &old, out, error) != 0)
        return -1;
    old.same_tool =
        json_string_is(line, carry_node(&old.line, LINE_TOOL), buffer_slice(&upgrade->tool));
    if (write_result(upgrade, &old, out, error) == 0 && !out->overflow)
        return 0;
    out->size = before;
    upgrade->in_run &= !begins;
    return error_set(error, ERROR_CONTENT, "the line is too long in its new form");
}

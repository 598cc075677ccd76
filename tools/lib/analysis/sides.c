/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/sides.h"

#include "analysis/sides_parts.h"
#include "base/memory.h"
#include "record/access.h"
#include "record/time.h"

#include <math.h>
#include <string.h>

enum { SLOTS_FIRST = 64 };

struct sides *sides_create(const struct sides_options *options)
{
    struct sides *sides = memory_zero(1, sizeof *sides);
    sides->options = options;
    return sides;
}

void sides_free(struct sides *sides)
{
    if (!sides)
        return;
    arena_release(&sides->arena);
    buffer_release(&sides->text);
    free(sides->runs);
    free(sides->slots);
    free(sides->results);
    free(sides);
}

/* ---- runs by their names ---------------------------------------------------- */

static size_t slot_of(const struct sides *sides, struct slice run_id)
{
    size_t at = json_key_hash(run_id) & (sides->slot_count - 1);
    while (sides->slots[at] != 0 &&
           !slice_equal(sides->runs[sides->slots[at] - 1]->facts.run_id, run_id))
        at = (at + 1) & (sides->slot_count - 1);
    return at;
}

static void widen_slots(struct sides *sides)
{
    if (sides->slot_count > 2 * sides->run_count + 2)
        return;
    free(sides->slots);
    sides->slot_count = sides->slot_count ? 2 * sides->slot_count : SLOTS_FIRST;
    sides->slots = memory_zero(sides->slot_count, sizeof *sides->slots);
    for (size_t i = 0; i < sides->run_count; i++)
        sides->slots[slot_of(sides, sides->runs[i]->facts.run_id)] = (uint32_t)i + 1;
}

static struct sides_run *run_called(struct sides *sides, struct slice run_id)
{
    widen_slots(sides);
    size_t at = slot_of(sides, run_id);
    if (sides->slots[at] != 0)
        return sides->runs[sides->slots[at] - 1];
    struct sides_run *run = arena_zero(&sides->arena, 1, sizeof *run);
    run->key = sides->run_count;
    run->facts.run_id = arena_slice(&sides->arena, run_id);
    run->facts.cores_physical = run->facts.cores_logical = run->facts.memory_bytes = NAN;
    run->started_ns = run->committed_ns = INT64_MIN;
    run->looks = run->looks_most = run->continued = NAN;
    MEMORY_GROW(sides->runs, sides->run_count, sides->run_capacity);
    sides->runs[sides->run_count++] = run;
    sides->slots[at] = (uint32_t)sides->run_count;
    return run;
}

/* ---- lines ------------------------------------------------------------------ */

static struct slice line_of(const struct record *record)
{
    struct slice line = {record->document->text, record->document->size};
    while (line.size > 0 && strchr(" \t\r\n", line.data[line.size - 1]))
        line.size--;
    return line;
}

static int64_t time_or_unknown(struct slice text)
{
    int64_t time;
    return text.data && time_read(text, &time, NULL) ? time : INT64_MIN;
}

/* What was measured, in words that tell a commit from a version from a run. */
static struct slice state_of(struct sides *sides, const struct report_run *run)
{
    struct buffer *out = &sides->text;
    buffer_reset(out);
    if (run->commit.data) {
        buffer_add_text(out, run->dirty == KNOWN_TRUE ? "dirty " : "commit ");
        buffer_add_slice(out, run->commit);
    } else if (run->subject.version.data) {
        buffer_add_text(out, "version ");
        buffer_add_slice(out, run->subject.version);
    } else {
        buffer_add_text(out, "run ");
        buffer_add_slice(out, run->run_id);
    }
    return arena_slice(&sides->arena, buffer_slice(out));
}

static void read_stopping(struct sides_run *run, const struct record *record, struct arena *arena)
{
    const struct json_document *document = record->document;
    uint32_t stopping = access_node(document, ACCESS_ROOT, "stopping", JSON_OBJECT);
    if (stopping == JSON_NONE)
        return;
    struct slice rule = access_text(document, stopping, "rule", arena);
    double looks = access_number(document, stopping, "looks");
    double most =
        access_number(document, access_node(document, stopping, "max", JSON_OBJECT), "looks");
    if (rule.data)
        run->stopping_rule = rule;
    double continued = access_number(document, stopping, "continued");
    /* Looking at the width of an interval is no look at the difference. */
    if (!isnan(looks) && rule.data && slice_is(rule, "conclusive"))
        run->looks = looks;
    if (!isnan(continued))
        run->continued = fmax(0, continued);
    if (!isnan(most))
        run->looks_most = most;
}

/* A list of texts; NULL where there is none. */
static struct slice *texts_of(
    const struct json_document *document, uint32_t list, size_t *count, struct arena *arena)
{
    *count = 0;
    if (list == JSON_NONE)
        return NULL;
    struct slice *texts = arena_zero(arena, json_count(document, list) + 1, sizeof *texts);
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (json_type(document, item) == JSON_STRING)
            texts[(*count)++] = arena_slice(arena, json_string(document, item, arena));
    return texts;
}

/* The same run may be told by several files; which of two different lines counts must not depend
 * on their order. */
static int take_run(struct sides *sides, const struct record *record, struct error *error)
{
    struct report_run facts;
    char digest[DIGEST_TEXT];
    struct slice line = line_of(record);
    if (report_run_read(&facts, record, &sides->arena, error) != 0)
        return -1;
    struct sides_run *run = run_called(sides, facts.run_id);
    digest_text(line, digest);
    if (run->known && strcmp(digest, run->digest) <= 0)
        return 0;
    memcpy(run->digest, digest, sizeof digest);
    uint32_t vcs = access_node(record->document, ACCESS_ROOT, "vcs", JSON_OBJECT);
    struct slice committed = access_text(record->document, vcs, "committed_at", &sides->arena);
    run->facts = facts;
    run->facts.file = arena_text(&sides->arena, record->file);
    run->known = true;
    uint32_t config = access_node(record->document, ACCESS_ROOT, "config", JSON_OBJECT);
    run->suites =
        texts_of(record->document, access_node(record->document, config, "suites", JSON_ARRAY),
            &run->suite_count, &sides->arena);
    run->started_ns = time_or_unknown(facts.started_at);
    run->committed_ns = time_or_unknown(committed);
    if (sides->options->where || sides->options->keep_text)
        run->text = arena_slice(&sides->arena, line);
    if (!run->stopping_rule.data)
        read_stopping(run, record, &sides->arena);
    return 0;
}

static void take_end(struct sides *sides, const struct record *record)
{
    struct slice run_id = access_text(record->document, ACCESS_ROOT, "run_id", &sides->arena);
    if (!run_id.data)
        return;
    struct sides_run *run = run_called(sides, run_id);
    if ((enum known)access_bool(record->document, ACCESS_ROOT, "interrupted") == KNOWN_TRUE)
        run->interrupted = true;
    read_stopping(run, record, &sides->arena);
}

static void count_requests(struct sides_result *result, const struct json_document *document)
{
    uint32_t observations = access_node(document, ACCESS_ROOT, "observations", JSON_OBJECT);
    uint32_t list = access_node(document, observations, "ok", JSON_ARRAY);
    if (list == JSON_NONE)
        return;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        bool answered = json_type(document, item) == JSON_TRUE;
        result->requests += answered || json_type(document, item) == JSON_FALSE;
        result->answered += answered;
    }
}

static void read_outputs(
    struct sides_result *result, const struct record *record, struct arena *arena)
{
    const struct json_document *document = record->document;
    struct slice one = access_text(document, ACCESS_ROOT, "output_sha256", arena);
    uint32_t list = access_node(document, ACCESS_ROOT, "output_sha256", JSON_ARRAY);
    result->outputs = texts_of(document, list, &result->output_count, arena);
    if (!one.data)
        return;
    result->outputs = arena_zero(arena, 1, sizeof *result->outputs);
    result->outputs[result->output_count++] = one;
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

static int take_result(struct sides *sides, const struct record *record, enum side_of side,
    bool of_many, struct error *error)
{
    struct arena *arena = &sides->arena;
    const struct json_document *document = record->document;
    struct sides_result *result = arena_zero(arena, 1, sizeof *result);
    if (report_result_read(&result->facts, record, arena, error) != 0)
        return -1;
    uint32_t metadata = access_node(document, ACCESS_ROOT, "metadata", JSON_OBJECT);
    struct slice line = line_of(record);
    buffer_reset(&sides->text);
    identity_write(sides->options->identities[side == SIDE_HEAD ? SIDE_HEAD : SIDE_BASE], document,
        &sides->text);
    result->key = arena_slice(arena, buffer_slice(&sides->text));
    result->run = run_called(sides, result->facts.run_id);
    result->facts.repetition = or_zero(result->facts.repetition);
    result->facts.part = or_zero(result->facts.part);
    result->facts.file = arena_text(arena, record->file);
    result->side = side;
    result->of_many = of_many;
    result->command = access_text(document, metadata, "command", arena);
    result->machine.host = access_text(document, ACCESS_ROOT, "host", arena);
    count_requests(result, record->document);
    read_outputs(result, record, arena);
    digest_text(line, result->digest);
    if (sides->options->where || sides->options->keep_text)
        result->text = arena_slice(arena, line);
    MEMORY_GROW(sides->results, sides->result_count, sides->result_capacity);
    sides->results[sides->result_count++] = result;
    return 0;
}

int sides_take(struct sides *sides, const struct record *record, enum side_of side, bool of_many,
    struct error *error)
{
    switch (record->kind) {
    case RECORD_RUN: return take_run(sides, record, error);
    case RECORD_RESULT: return take_result(sides, record, side, of_many, error);
    case RECORD_END: take_end(sides, record); return 0;
    default: return 0;
    }
}

/* ---- all of it ---------------------------------------------------------------- */

/* What follows from the run, which may come behind its results. */
static void know_runs(struct sides *sides)
{
    for (size_t i = 0; i < sides->run_count; i++)
        sides->runs[i]->state = state_of(sides, &sides->runs[i]->facts);
    for (size_t i = 0; i < sides->result_count; i++) {
        struct sides_result *result = sides->results[i];
        result->machine = sides_machine_of(&result->run->facts, result->machine.host);
        result->machine_name = sides_machine_name(&result->machine, &sides->text, &sides->arena);
    }
}

void sides_match(struct sides *sides)
{
    know_runs(sides);
    sides_select(sides);
    sides_group(sides);
}

const struct sides_group *sides_groups(const struct sides *sides, size_t *count)
{
    *count = sides->group_count;
    return sides->groups;
}

const struct sides_notes *sides_notes(const struct sides *sides)
{
    return &sides->notes;
}

size_t sides_count(const struct sides *sides, enum side_of side)
{
    size_t count = 0;
    for (size_t i = 0; i < sides->result_count; i++)
        count += sides->results[i]->side == side;
    return count;
}

const struct sides_run *const *sides_runs(const struct sides *sides, size_t *count)
{
    *count = sides->left_run_count;
    return sides->left_runs;
}

const struct slice *sides_machines(const struct sides *sides, size_t *count)
{
    *count = sides->machine_count;
    return sides->machines;
}

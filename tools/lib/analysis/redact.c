/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/redact.h"

#include "analysis/privacy.h"
#include "base/dictionary.h"
#include "base/digest.h"
#include "base/memory.h"
#include "record/access.h"
#include "json/writer.h"

enum { DIGEST_SHOWN = 8, ROUNDS = 8 };

struct redaction {
    struct arena arena; /* for the line at hand */
    struct buffer string;
    struct json_document again;
    struct dictionary changed; /* runs, by their run_id */
    uint64_t signatures;
};

struct redaction *redaction_create(void)
{
    return memory_zero(1, sizeof(struct redaction));
}

void redaction_free(struct redaction *redaction)
{
    if (!redaction)
        return;
    arena_release(&redaction->arena);
    buffer_release(&redaction->string);
    json_release(&redaction->again);
    dictionary_release(&redaction->changed);
    free(redaction);
}

uint64_t redaction_signatures(const struct redaction *redaction)
{
    return redaction->signatures;
}

/* By a name results and machines are told apart, wherever it stands; by a home hardly. */
static bool needs_digest(const struct private_span *span, struct slice key)
{
    if (span->kind == PRIVATE_NAME)
        return true;
    return span->kind == PRIVATE_HOME && key.data &&
           (slice_is(key, "run_id") || slice_is(key, "session"));
}

static void add_instead(
    struct buffer *out, const struct private_span *span, struct slice key, struct slice text)
{
    char digest[DIGEST_TEXT];
    buffer_add_text(out, span->instead);
    if (!needs_digest(span, key))
        return;
    digest_text((struct slice){text.data + span->start, span->size}, digest);
    buffer_add_format(out, "-%.*s", DIGEST_SHOWN, digest);
}

/* One time through a text, into redaction->string; whether there was something to take out. */
static bool redact_once(struct redaction *redaction, struct slice key, struct slice text)
{
    struct private_span span;
    size_t at = 0;
    buffer_reset(&redaction->string);
    while (private_next(&span, key, text, at)) {
        buffer_add(&redaction->string, text.data + at, span.start - at);
        add_instead(&redaction->string, &span, key, text);
        at = span.start + span.size;
    }
    if (at > 0)
        buffer_add(&redaction->string, text.data + at, text.size - at);
    return at > 0;
}

/* What stands in a span's place may make one with what stands beside it: a@b@c. */
static bool redact_string(struct redaction *redaction, struct slice key, struct slice *text)
{
    bool changed = false;
    for (int round = 0; round < ROUNDS && redact_once(redaction, key, *text); round++) {
        *text = arena_slice(&redaction->arena, buffer_slice(&redaction->string));
        changed = true;
    }
    return changed;
}

/* Appends the line with other strings in it; false, and nothing, where there are none. */
static bool rewrite(
    struct redaction *redaction, const struct json_document *line, struct buffer *out)
{
    const uint32_t *keys = private_keys(line, &redaction->arena);
    uint32_t written = line->nodes[0].start;
    bool changed = false;
    for (uint32_t node = 0; node < line->count; node++) {
        if (json_type(line, node) != JSON_STRING)
            continue;
        struct slice text = json_string(line, node, &redaction->arena), key = {NULL, 0};
        if (keys[node] != JSON_NONE)
            key = json_string(line, keys[node], &redaction->arena);
        if (!redact_string(redaction, key, &text))
            continue;
        struct json_writer writer = json_writer(out, 0);
        buffer_add(out, line->text + written, line->nodes[node].start - written);
        json_write_slice(&writer, text);
        written = line->nodes[node].end;
        changed = true;
    }
    if (changed)
        buffer_add(out, line->text + written, line->nodes[0].end - written);
    return changed;
}

/* Names of members that have become the same would make the line invalid. */
static int check_names(struct redaction *redaction, struct slice line, struct error *error)
{
    struct error twice = ERROR_INIT;
    if (json_parse_copy(&redaction->again, line, NULL, &twice) == 0)
        return 0;
    error_pointer(error, twice.pointer);
    return error_set(error, ERROR_CONTENT,
        "without personal data two members have the same name; expected names that differ");
}

int redaction_line(struct redaction *redaction, const struct json_document *line,
    struct buffer *out, struct error *error)
{
    size_t before = out->size;
    arena_reset(&redaction->arena);
    struct slice run_id = access_text(line, ACCESS_ROOT, "run_id", &redaction->arena);
    uint32_t kind = access_node(line, ACCESS_ROOT, "kind", JSON_STRING);
    if (kind != JSON_NONE && json_string_is(line, kind, slice_of("signature")) && run_id.data &&
        dictionary_find(&redaction->changed, run_id) != UINT32_MAX) {
        redaction->signatures++;
        return REDACTION_LEFT_OUT;
    }
    if (!rewrite(redaction, line, out))
        return REDACTION_NONE;
    struct slice made = {out->data + before, out->size - before};
    if (check_names(redaction, made, error) != 0)
        return -1;
    if (run_id.data)
        dictionary_id(&redaction->changed, run_id);
    return REDACTION_CHANGED;
}

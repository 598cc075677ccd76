/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a report: each is reviewed; what is found has its place in a line that
 * came by. Without personal data a line is still one, has the same shape, and
 * nothing personal is found in it again.
 *
 * Covers: tools/lib/analysis/review*.c tools/lib/analysis/privacy.c tools/lib/analysis/redact.c
 */
#include "analysis/privacy.h"
#include "analysis/redact.h"
#include "analysis/review.h"
#include "base/memory.h"
#include "fuzz.h"

#include <string.h>

static void take_finding(void *context, const struct review_finding *finding)
{
    const struct line *line = context;
    MUST(finding->code < REVIEW_CODES && finding->message[0] != '\0' && finding->pointer != NULL);
    MUST(finding->line >= 1 && finding->line <= line->number);
}

static bool is_private(const struct json_document *line)
{
    struct arena arena = ARENA_INIT;
    const uint32_t *keys = private_keys(line, &arena);
    bool found = false;
    for (uint32_t node = 0; node < line->count; node++) {
        struct slice key = {NULL, 0};
        struct private_span span;
        if (json_type(line, node) != JSON_STRING)
            continue;
        if (keys[node] != JSON_NONE)
            key = json_string(line, keys[node], &arena);
        found = found || private_next(&span, key, json_string(line, node, &arena), 0);
    }
    arena_release(&arena);
    return found;
}

static void check_redaction(struct redaction *redaction, const struct line *line)
{
    struct json_document before = JSON_DOCUMENT_INIT, after = JSON_DOCUMENT_INIT;
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    if (json_parse(&before, line->text, line->size, NULL, &error) == 0 &&
        redaction_line(redaction, &before, &text, &error) == REDACTION_CHANGED) {
        MUST(json_parse_copy(&after, buffer_slice(&text), NULL, &error) == 0);
        MUST(after.count == before.count);
        MUST(!is_private(&after));
    }
    json_release(&before);
    json_release(&after);
    buffer_release(&text);
}

static void take_line(struct record_reader *reader, struct review *review, const struct line *line)
{
    struct record record;
    struct error error = ERROR_INIT;
    int got = record_take(reader, line, &record, &error);
    while (got > 0) {
        review_take(review, &record);
        got = record_next(reader, &record, &error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = memory_zero(size + LINE_PADDING, 1);
    struct line line = {.file = "fuzz", .last_part = true};
    const struct review_sink sink = {take_finding, &line};
    struct record_reader *reader = record_reader_create(NULL, NULL);
    struct review *review = review_create(REVIEW_MEANING | REVIEW_PRIVACY, &sink);
    struct redaction *redaction = redaction_create();
    if (size > 0)
        memcpy(text, bytes, size);
    for (size_t at = 0; at < size; at += line.size) {
        const char *newline = memchr(text + at, '\n', size - at);
        line.text = text + at;
        line.size = newline ? (size_t)(newline - line.text) + 1 : size - at;
        line.number++;
        take_line(reader, review, &line);
        check_redaction(redaction, &line);
    }
    review_finish(review);
    redaction_free(redaction);
    review_free(review);
    record_reader_free(reader);
    free(text);
    return 0;
}

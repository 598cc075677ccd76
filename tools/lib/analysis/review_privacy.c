/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/privacy.h"
#include "analysis/review_parts.h"

static const char *pointer_of(struct review *review, uint32_t node)
{
    buffer_reset(&review->text);
    json_pointer_of(review->record->document, node, &review->text);
    return arena_text(&review->line, buffer_text(&review->text));
}

/* What a secret is, is not said again. */
static void say(
    struct review *review, uint32_t node, struct slice text, const struct private_span *span)
{
    struct slice shown = {text.data + span->start, span->size};
    const char *pointer = pointer_of(review, node);
    if (span->kind == PRIVATE_HOME)
        review_say(review, REVIEW_HOME_FOLDER, pointer,
            "%.*s is somebody's home; expected no personal path in a public report",
            REVIEW_TEXT(shown));
    else if (span->kind == PRIVATE_NAME)
        review_say(review, REVIEW_USER_OR_HOST, pointer,
            "%.*s names a person, an account or a host; expected none in a public report",
            REVIEW_TEXT(shown));
    else
        review_say(review, REVIEW_SECRET, pointer,
            "a token, password or key of %zu bytes; expected none in a report", span->size);
}

void review_privacy(struct review *review)
{
    const struct json_document *document = review->record->document;
    const uint32_t *keys = private_keys(document, &review->line);
    struct private_span span;
    for (uint32_t node = 0; node < document->count; node++) {
        if (json_type(document, node) != JSON_STRING)
            continue;
        struct slice text = json_string(document, node, &review->line), key = {NULL, 0};
        if (keys[node] != JSON_NONE)
            key = json_string(document, keys[node], &review->line);
        for (size_t at = 0; private_next(&span, key, text, at); at = span.start + span.size)
            say(review, node, text, &span);
    }
}

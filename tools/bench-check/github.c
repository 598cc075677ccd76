/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/workflow.h"

#include "words.h"

/* Errors for what is missed, warnings for what is unproven, and a notice with the counts. */

static void add_part(struct buffer *text, const char *before, const struct judgement *judgement,
    void (*words)(struct buffer *, const struct judgement *))
{
    size_t start = text->size;
    buffer_add_text(text, before);
    size_t filled = text->size;
    words(text, judgement);
    if (text->size == filled)
        text->size = start;
}

static void add_row(struct buffer *out, const struct judgement *judgement, struct buffer *text)
{
    if (judgement->outcome == TARGET_PASS)
        return;
    buffer_reset(text);
    words_target(text, judgement);
    add_part(text, ": ", judgement, words_benchmark);
    add_part(text, ": ", judgement, words_value);
    add_part(text, ", ", judgement, words_interval);
    add_part(text, "; limit ", judgement, words_limit);
    add_part(text, "; ", judgement, words_note);
    workflow_text(out, judgement->missed ? "error" : "warning",
        judgement->outcome == TARGET_FAIL ? "target missed" : "target unproven",
        buffer_slice(text));
}

void write_github(struct buffer *out, const struct report *report)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < report->row_count; i++)
        add_row(out, report->rows[i], &text);
    buffer_reset(&text);
    words_counts(&text, report);
    buffer_add_text(&text, "\n");
    words_footer(&text, report);
    workflow_sentences(out, "notice", "bench-check", buffer_slice(&text));
    buffer_release(&text);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "document/workflow.h"

/* Workflow commands, which show as annotations: errors for what is worse, warnings for what could
 * not be judged, and a notice with the counts. */

static const char *level_of(const struct contrast *contrast)
{
    if (contrast->importance == IMPORTANCE_INFORMATIONAL)
        return NULL;
    switch (contrast->comparison.verdict) {
    case VERDICT_NEWLY_FAILING:
    case VERDICT_REGRESSION: return "error";
    case VERDICT_UNRELIABLE:
    case VERDICT_INCOMPARABLE:
    case VERDICT_REMOVED: return "warning";
    case VERDICT_CHANGED:
    case VERDICT_IMPROVEMENT:
    case VERDICT_FIXED: return "notice";
    default: return NULL;
    }
}

static void add_part(struct buffer *text, const char *before, const struct contrast *contrast,
    void (*words)(struct buffer *, const struct contrast *))
{
    size_t start = text->size;
    buffer_add_text(text, before);
    size_t filled = text->size;
    words(text, contrast);
    if (text->size == filled)
        text->size = start;
}

static void add_row(struct buffer *out, const struct contrast *contrast, struct buffer *text)
{
    const char *level = level_of(contrast);
    if (!level)
        return;
    buffer_reset(text);
    words_benchmark(text, contrast);
    if (contrast->metric.data) {
        buffer_add_char(text, ' ');
        buffer_add_slice(text, contrast->metric);
    }
    add_part(text, ": ", contrast, words_change);
    add_part(text, ", ", contrast, words_interval);
    add_part(text, "; ", contrast, words_note);
    workflow_text(out, level, verdict_name(contrast->comparison.verdict), buffer_slice(text));
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
    workflow_sentences(out, "notice", "bench-diff", buffer_slice(&text));
    buffer_release(&text);
}

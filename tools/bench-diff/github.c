/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

/* Workflow commands, which show as annotations: errors for what is worse, warnings for what could
 * not be judged, and a notice with the counts. */

/* A line feed is written here alone, never by a report. */
static void add_encoded(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '%' || byte == '\r' || byte == '\n')
            buffer_add_format(out, "%%%02X", (unsigned char)byte);
        else
            buffer_add_char(out, byte);
    }
}

static const char *level_of(enum verdict verdict)
{
    switch (verdict) {
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

static void add_note(struct buffer *text, const struct contrast *contrast, struct buffer *note)
{
    words_note(note, contrast);
    if (note->size == 0)
        return;
    buffer_add_text(text, "; ");
    words_safe(text, buffer_slice(note));
}

static void add_row(struct buffer *out, const struct contrast *contrast, struct buffer *text)
{
    const char *level = level_of(contrast->comparison.verdict);
    if (!level)
        return;
    struct buffer name = BUFFER_INIT;
    buffer_reset(text);
    words_benchmark(&name, contrast);
    if (contrast->metric.data) {
        buffer_add_char(&name, ' ');
        buffer_add_slice(&name, contrast->metric);
    }
    words_safe(text, buffer_slice(&name));
    buffer_reset(&name);
    add_part(text, ": ", contrast, words_change);
    add_part(text, ", ", contrast, words_interval);
    add_note(text, contrast, &name);
    buffer_release(&name);
    buffer_add_format(out, "::%s title=%s::", level, verdict_name(contrast->comparison.verdict));
    add_encoded(out, buffer_slice(text));
    buffer_add_char(out, '\n');
}

/* Each on a line of its own. */
static void add_sentences(struct buffer *out, struct slice text)
{
    struct buffer safe = BUFFER_INIT;
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] != '\n')
            continue;
        if (from > 0)
            buffer_add_text(out, "%0A");
        buffer_reset(&safe);
        words_safe(&safe, (struct slice){text.data + from, at - from});
        add_encoded(out, buffer_slice(&safe));
        from = at + 1;
    }
    buffer_release(&safe);
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
    buffer_add_text(out, "::notice title=bench-diff::");
    add_sentences(out, buffer_slice(&text));
    buffer_add_char(out, '\n');
    buffer_release(&text);
}

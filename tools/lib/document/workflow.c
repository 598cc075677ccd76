/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/workflow.h"

#include "document/character.h"

static void begin(struct buffer *out, const char *level, const char *title)
{
    buffer_add_format(out, "::%s title=%s::", level, title);
}

static void encode(struct buffer *out, struct slice text)
{
    struct buffer safe = BUFFER_INIT;
    text_safe(&safe, text);
    for (size_t i = 0; i < safe.size; i++)
        if (safe.data[i] == '%')
            buffer_add_text(out, "%25");
        else
            buffer_add_char(out, safe.data[i]);
    buffer_release(&safe);
}

void workflow_text(struct buffer *out, const char *level, const char *title, struct slice text)
{
    begin(out, level, title);
    encode(out, text);
    buffer_add_char(out, '\n');
}

void workflow_sentences(
    struct buffer *out, const char *level, const char *title, struct slice sentences)
{
    size_t from = 0;
    begin(out, level, title);
    for (size_t at = 0; at < sentences.size; at++) {
        if (sentences.data[at] != '\n')
            continue;
        if (from > 0)
            buffer_add_text(out, "%0A");
        encode(out, (struct slice){sentences.data + from, at - from});
        from = at + 1;
    }
    buffer_add_char(out, '\n');
}

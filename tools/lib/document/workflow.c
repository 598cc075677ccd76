/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/workflow.h"

#include "document/character.h"

void workflow_begin(struct buffer *out, const char *level, const char *title)
{
    buffer_add_format(out, "::%s title=%s::", level, title);
}

void workflow_text(struct buffer *out, struct slice text)
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

void workflow_sentences(struct buffer *out, struct slice sentences)
{
    size_t from = 0;
    for (size_t at = 0; at < sentences.size; at++) {
        if (sentences.data[at] != '\n')
            continue;
        if (from > 0)
            buffer_add_text(out, "%0A");
        workflow_text(out, (struct slice){sentences.data + from, at - from});
        from = at + 1;
    }
}

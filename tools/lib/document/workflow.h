/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_WORKFLOW_H
#define DOCUMENT_WORKFLOW_H

#include "base/buffer.h"
#include "base/slice.h"

/*
 * Workflow commands of GitHub Actions, a line each, which it shows as annotations:
 *
 *     ::error title=regression::parse: +5.2%, +4.1% to +6.3%
 *
 * level is error, warning or notice; the title is ours. The text is made safe
 * (text_safe) and encoded, so that nothing in it begins another command.
 */
void workflow_text(struct buffer *out, const char *level, const char *title, struct slice text);
/* Of sentences that end in line feeds, each on a line of its own in the annotation. */
void workflow_sentences(
    struct buffer *out, const char *level, const char *title, struct slice sentences);

#endif

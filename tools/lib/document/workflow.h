/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_WORKFLOW_H
#define DOCUMENT_WORKFLOW_H

#include "base/buffer.h"
#include "base/slice.h"

/*
 * Workflow commands of GitHub Actions, which it shows as annotations:
 *
 *     ::error title=regression::parse: +5.2%, +4.1% to +6.3%
 *
 * A text is made safe (text_safe) and encoded, so that nothing in it begins
 * another command; only a line feed breaks the line, as %0A.
 */
void workflow_begin(struct buffer *out, const char *level, const char *title);
void workflow_text(struct buffer *out, struct slice text);
/* Sentences that end in line feeds, each on a line of its own. */
void workflow_sentences(struct buffer *out, struct slice sentences);

#endif

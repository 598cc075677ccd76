/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_REDACT_H
#define ANALYSIS_REDACT_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "json/document.h"

#include <stdint.h>

/*
 * Takes what analysis/privacy.h finds out of report lines; what was measured
 * stays byte for byte. The same text gets the same in its place everywhere, so
 * that results are matched as before. Behind what stands for a name is the begin
 * of its digest, so that two hosts do not become one; all homes are one, but in
 * run_id and session.
 *
 * A signature over a run whose lines were changed is void, and left out.
 */
struct redaction;

struct redaction *redaction_create(void);
void redaction_free(struct redaction *redaction);

enum redaction_result { REDACTION_NONE, REDACTION_CHANGED, REDACTION_LEFT_OUT };

/*
 * Where the line is CHANGED, its new text, without a newline, is appended to out.
 * -1 (ERROR_CONTENT, with the place in the line) where two members would have the
 * same name.
 */
int redaction_line(struct redaction *redaction, const struct json_document *line,
    struct buffer *out, struct error *error) MUST_USE;

/* How many of the signatures were left out. */
uint64_t redaction_signatures(const struct redaction *redaction);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LINT_H
#define LINT_H

#include "report.h"

#include <stdint.h>

/*
 * --lint: what a schema cannot say, told in the same reports. It looks at the
 * lines in their order, beside the check and after it, and keeps none from
 * passing: what is wrong with a line may be known only at the end.
 */
struct lint;

/* subjects: of enum review_subject. report is borrowed until lint_free. */
struct lint *lint_create(unsigned subjects, const struct json_options *json, struct report *report);
void lint_free(struct lint *lint);

/* A line that is no record is passed over: the check has said so. */
int lint_line(struct lint *lint, const struct line *line, struct error *error) MUST_USE;
/* After the last line. */
int lint_finish(struct lint *lint, struct error *error) MUST_USE;

/* What was found so far. */
uint64_t lint_errors(const struct lint *lint);
uint64_t lint_warnings(const struct lint *lint);

/* --lint=list: a line a code, with its severity, its subject and what it means. */
void lint_list(struct buffer *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WORDS_H
#define WORDS_H

#include "report.h"

/* What the forms say, in the same words; text from a report is not made safe here. */

/* The target's name, else the target. */
void words_target(struct buffer *out, const struct judgement *judgement);
/* suite/name a=1 model modality (side) on machine; nothing where it is of all. */
void words_benchmark(struct buffer *out, const struct judgement *judgement);
/* "196 ms", "0.95×", "98.2%"; "n/a" where there is a gap. */
void words_value(struct buffer *out, const struct judgement *judgement);
/* "189 to 203 ms", ">= 189 ms", or nothing. */
void words_interval(struct buffer *out, const struct judgement *judgement);
/* "< 200 ms", "40.0 to 60.0 tok/s", "<= 1.20×" */
void words_limit(struct buffer *out, const struct judgement *judgement);
/* "lower", "higher" or nothing. */
void words_better(struct buffer *out, const struct judgement *judgement);
/* Why it is not proven, what it is made of, what limits it. */
void words_note(struct buffer *out, const struct judgement *judgement);

/* "metric" of a line: the metric's name, else success_rate, failures or
 * degraded. */
struct slice words_metric(const struct target *target);
/* The reasons of a line, one after the other from 0; NULL behind the last. */
const char *words_reason(const struct judgement *judgement, size_t index);

/* "1 missed of 12: 10 pass, 1 fails, 1 unproven" */
void words_counts(struct buffer *out, const struct report *report);
/* The sentences below a table; each ends with a line feed. */
void words_footer(struct buffer *out, const struct report *report);

#endif

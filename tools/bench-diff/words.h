/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WORDS_H
#define WORDS_H

#include "report.h"

/* What the forms for people say, in the same words; text from a report is not made safe here. */

/* suite/name a=1 model modality (variant) on machine */
void words_benchmark(struct buffer *out, const struct contrast *contrast);
/* The median, or "n/a". */
void words_side(struct buffer *out, const struct contrast *contrast, enum side_of side);
/* "+5.2%", on the raw scale "+3 ms"; nothing where there is no change to show. */
void words_change(struct buffer *out, const struct contrast *contrast);
/* "+4.1% to +6.3%", or nothing. */
void words_interval(struct buffer *out, const struct contrast *contrast);
/* "0.032", "<0.001", "<1e-16"; nothing without a test. */
void words_p(struct buffer *out, double p);
/* What would settle it, and what limits the verdict: "67 samples a side; raw-scale". */
void words_note(struct buffer *out, const struct contrast *contrast);

/* "2 regressions, 1 improvement, 30 unchanged" */
void words_counts(struct buffer *out, const struct report *report);
/* The sentences below a table, one after the other; each ends with a line feed. */
void words_footer(struct buffer *out, const struct report *report);

/*
 * The bench-run command that would settle what is open, where the input says
 * which commands it was, and the sentence that stands before it; NULL where it
 * cannot be told.
 */
const char *words_advice(struct buffer *out, const struct report *report);

#endif

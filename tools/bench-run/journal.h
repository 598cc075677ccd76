/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "base/output.h"
#include "calibrate.h"
#include "context.h"
#include "plan.h"
#include "series.h"
#include "settings.h"
#include "stopping.h"
#include "subject.h"

/* The report's lines, each written whole. Without an output nothing is written. */
struct journal;

/* All borrowed until journal_free; output may be NULL. */
struct journal *journal_create(struct output *output, const struct context *context,
    const struct settings *settings, const struct plan *plan);
void journal_free(struct journal *journal);

int journal_run(
    struct journal *journal, const struct calibration *calibration, struct error *error) MUST_USE;
/* Instead of a run line: so many lines of the run are written already. What was calibrated for the
 * samples to come (borrowed) stands in the end line. */
void journal_continue(
    struct journal *journal, int64_t lines, const struct calibration *calibration);
/* What is pending of a subject, or how it failed; its series then counts as written. */
int journal_result(struct journal *journal, struct subject *subject, struct error *error) MUST_USE;
int journal_end(struct journal *journal, const struct subject *subjects, size_t count,
    const struct stopping *stopping, bool interrupted, struct error *error) MUST_USE;

#endif

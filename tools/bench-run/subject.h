/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "base/digest.h"
#include "extract.h"
#include "plan.h"
#include "process/tail.h"
#include "record/report.h"
#include "series.h"

#include <stdbool.h>

/* As many different outputs of one command are kept apart. */
enum { DIGESTS_MOST = 16 };

/* A cell while it is measured. */
struct subject {
    const struct cell *cell;
    const struct process_spec *spec; /* NULL where it is skipped */
    struct series series;
    enum outcome outcome;
    bool over;      /* it failed or is skipped: no more runs */
    bool untold;    /* what became of it is not yet in a line */
    bool paired;    /* its samples are taken in rounds with others */
    int64_t taken;  /* runs that became samples, discarded ones too */
    int64_t wanted; /* how many of them there are to be */
    /* Of the run that failed. */
    bool has_failure;
    struct process_result failure;
    char *failure_errors; /* the end of what it wrote to its standard error */
    size_t failure_errors_size;
    char *reason;
    /* Things to know, and no failures. */
    int64_t ignored_failures, left_behind;
    char digests[DIGESTS_MOST][DIGEST_TEXT]; /* of its outputs, as they came up */
    size_t digest_count;
    char units[METRICS_MOST][EXTRACT_UNIT]; /* of metrics from the output, as it has them */
};

/* The first reason stays. reason is taken. */
void subject_end(struct subject *subject, enum outcome outcome, char *reason);
/* Keeps what the run that failed leaves; errors is copied. */
void subject_fail(
    struct subject *subject, const struct process_result *result, struct slice errors);
/* A hook that failed: nothing can be said of the command itself. */
void subject_fail_hook(struct subject *subject, enum hook hook, const struct process_spec *spec,
    const struct process_result *result, struct slice errors);
/* Notes the hash of an output; false where it differs from the one before. */
bool subject_add_digest(struct subject *subject, const char *digest);
/* The unit of a metric from its output: as it is said, else as it stands there, else 1. */
const char *subject_unit(const struct subject *subject, size_t index);
void subject_release(struct subject *subject);

#endif

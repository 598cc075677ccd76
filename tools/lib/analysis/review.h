/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_REVIEW_H
#define ANALYSIS_REVIEW_H

#include "record/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a schema cannot say about reports: records go in, in the order of their
 * lines, and findings come out, each with a code, a place and a reason. A finding
 * about a line comes while that line is taken, or, where only what follows can
 * tell (a run without its end), at the run's end or the end of it all.
 *
 * Memory grows with runs, benchmarks and metrics, not with lines or samples.
 */
enum review_code {
    /* runs and their lines */
    REVIEW_UNKNOWN_RUN,
    REVIEW_LATE_RUN,
    REVIEW_RUN_TWICE,
    REVIEW_NO_END,
    REVIEW_PART_MISSING,
    REVIEW_PART_ORDER,
    REVIEW_DIRTY_TAG,
    REVIEW_TWO_MACHINES,
    /* times */
    REVIEW_ENDED_BEFORE_STARTED,
    REVIEW_WINDOW_OVERLAP,
    REVIEW_DURATION,
    /* metrics */
    REVIEW_UNIT_CONFLICT,
    REVIEW_UNIT_DIFFERS,
    REVIEW_UNIT_NAME,
    REVIEW_BETTER_CONFLICT,
    REVIEW_NEGATIVE_SAMPLE,
    REVIEW_CONSTANT_SERIES,
    REVIEW_ALL_ZERO,
    REVIEW_ALL_FAILED,
    REVIEW_NO_METRICS,
    /* summaries */
    REVIEW_SUMMARY,
    REVIEW_FEW_SAMPLES,
    /* health */
    REVIEW_HEALTH,
    /* names */
    REVIEW_TWO_SPELLINGS,
    /* personal data */
    REVIEW_HOME_FOLDER,
    REVIEW_USER_OR_HOST,
    REVIEW_SECRET,
    REVIEW_CODES
};

/* What is looked for; added up. */
enum review_subject { REVIEW_MEANING = 1, REVIEW_PRIVACY = 2 };

struct review_rule {
    const char *name; /* "unknown-run": never changes */
    bool error;       /* else a warning: what a good report may have, too */
    enum review_subject subject;
    const char *meaning; /* one phrase */
};

const struct review_rule *review_rule(enum review_code code);

struct review_finding {
    enum review_code code;
    const char *file;
    uint64_t line;
    /* From 1, in bytes; 0 in a line of a version before 1.0.0, whose pointer is into its new form.
     */
    uint64_t column;
    const char *pointer; /* "" for the line as a whole */
    const char *message; /* "what is wrong; what was expected" */
};

struct review_sink {
    /* Texts are borrowed during the call. */
    void (*finding)(void *context, const struct review_finding *finding);
    void *context;
};

struct review;

/* subjects: of enum review_subject. */
struct review *review_create(unsigned subjects, const struct review_sink *sink);
void review_free(struct review *review);

/* A record may have any types: what a schema would refuse is passed over. record->file is kept. */
void review_take(struct review *review, const struct record *record);
/* After the last record. */
void review_finish(struct review *review);

#endif

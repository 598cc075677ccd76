/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_CHECKS_H
#define DOCUMENT_CHECKS_H

#include "document/finding.h"

/*
 * What a document needs of check lines, as bench-check writes them. Texts lie in
 * the arena; unknown is NaN, data NULL.
 */
enum check_outcome { CHECK_FAIL, CHECK_UNPROVEN, CHECK_PASS, CHECK_OUTCOMES };

struct checked {
    struct finding about;
    struct slice target, name, side, reference, statistic, grade;
    enum check_outcome outcome;
    bool missed; /* fails, has no value, or should have been proven */
    double value, low, high, limit_low, limit_high; /* a limit of one end: both the same */
    double ours, theirs;                            /* the parts of a ratio */
    struct slice parts_unit;
    double n, runs;
    struct slice *reasons;
    size_t reason_count;
};

struct checks {
    struct arena arena;
    struct checked *items;
    size_t count, capacity;
    struct slice targets; /* where they stand, of the last summary */
    double alpha;
    bool summarised;
};

void checks_release(struct checks *checks);

/* Takes a check that has an outcome, and a summary of bench-check; passes over all else. */
void checks_add(struct checks *checks, const struct record *record);

const char *check_outcome_text(enum check_outcome outcome);

#endif

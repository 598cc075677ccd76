/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "plan.h"
#include "process/tail.h"
#include "record/report.h"
#include "series.h"

#include <stdbool.h>

/* A cell while it is measured. */
struct subject {
    const struct cell *cell;
    const struct process_spec *spec;
    struct series series;
    enum outcome outcome;
    bool over;   /* it failed: no more runs */
    bool untold; /* what became of it is not yet in a line */
    bool paired; /* its samples are taken in rounds with others */
    /* Of the run that failed. */
    struct process_result failure;
    char *failure_errors; /* the end of what it wrote to its standard error */
    size_t failure_errors_size;
    char *reason;
};

/* Keeps what the run that failed leaves; errors is copied. */
void subject_fail(
    struct subject *subject, const struct process_result *result, struct slice errors);
void subject_release(struct subject *subject);

#endif

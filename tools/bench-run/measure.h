/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MEASURE_H
#define MEASURE_H

#include "against.h"
#include "base/output.h"
#include "calibrate.h"
#include "context.h"
#include "journal.h"
#include "plan.h"
#include "progress.h"
#include "resume.h"
#include "runner.h"
#include "settings.h"
#include "subject.h"

/* Everything that measuring needs, all borrowed. */
struct measurement {
    const struct settings *settings;
    const struct plan *plan;
    struct context *context;
    struct output *output;
    struct journal *journal;
    struct runner *runner;
    struct progress *progress;
    struct calibration calibration;
    const struct against *against; /* what is compared with; NULL */
    const struct resume *resume;   /* the run that is continued; NULL for a new one */
    struct subject *subjects;      /* one for each cell of the plan */
};

/* The subjects of a plan, plan->count of them. */
struct subject *subjects_create(const struct plan *plan);
void subjects_free(struct subject *subjects, size_t count);

/*
 * Runs the plan and writes a result line for each subject, in parts at least
 * once a second, and the end line. -1 where the measurement itself cannot go on.
 */
int measure(const struct measurement *measurement, struct error *error) MUST_USE;

#endif

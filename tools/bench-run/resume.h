/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESUME_H
#define RESUME_H

#include "base/arena.h"
#include "machine/facts.h"
#include "plan.h"
#include "subject.h"

#include <stdint.h>

/* The last run of a report, as far as going on with it needs it. */
struct resume {
    struct arena arena;
    const char *run_id;
    int64_t lines;     /* it has so far */
    int64_t rounds;    /* the next round's number */
    int64_t continued; /* how often it was gone on with before */
    bool cut;          /* the file ends inside a line */
};

/*
 * Reads the report at path into resume, and what was measured into the subjects
 * of the plan: their times, so that a rule sees all of them, and the number of
 * their next part. Fails where the report has no run, or one of other commands,
 * other benchmarks, another machine or other conditions.
 */
int resume_read(struct resume *resume, const char *path, const struct settings *settings,
    const struct plan *plan, const struct machine_facts *facts, struct subject *subjects,
    struct error *error) MUST_USE;
void resume_release(struct resume *resume);

#endif

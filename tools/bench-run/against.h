/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGAINST_H
#define AGAINST_H

#include "analysis/compare.h"
#include "plan.h"

#include <stddef.h>

/* The wall times of an earlier report, for each cell of a plan. */
struct against_run {
    const char *run_id;
    double *values;
    size_t count, capacity;
};

struct against_cell {
    struct against_run *runs;
    size_t count, capacity;
};

struct against {
    struct arena arena;
    struct against_cell *cells; /* one for each of the plan's */
    size_t count;
};

/*
 * A result belongs to a cell of its benchmark with its variant; where the report
 * has no variants, to each cell of the benchmark. A report that has nothing of
 * the plan is an error.
 */
int against_read(struct against *against, const char *path, const struct plan *plan,
    struct error *error) MUST_USE;
void against_release(struct against *against);

#endif

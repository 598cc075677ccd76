/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGAINST_H
#define AGAINST_H

#include "analysis/compare.h"
#include "plan.h"

#include <stddef.h>

/* The wall times of an earlier report, for each cell of a plan. */
struct against_run {
    const char *run_id;
    const char *variant; /* NULL for none */
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
 * A result belongs to the cell of its benchmark; where the report or the plan has
 * several variants of that, to the one with its own variant, none being one too.
 * That is how bench-diff will match them. A report that has nothing of the plan is
 * an error; a cell that it has nothing of is told.
 */
int against_read(struct against *against, const char *path, const struct plan *plan,
    struct error *error) MUST_USE;
void against_release(struct against *against);

#endif

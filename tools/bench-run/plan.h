/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PLAN_H
#define PLAN_H

#include "base/arena.h"
#include "base/error.h"
#include "base/options.h"
#include "process/process.h"
#include "settings.h"

#include <stddef.h>

/*
 * What is to be measured: a cell for each benchmark and variant, and the
 * programs that the spawner starts for them.
 */
struct cell {
    const char *name;
    const char *variant; /* NULL for none */
    const char *command; /* as the user would type it */
    int64_t repetition;  /* from 0, of the same name and variant */
    size_t spec;         /* its program, in plan.specs */
};

struct plan {
    struct arena arena;
    struct cell *cells;
    size_t count;
    struct process_spec *specs;
    size_t spec_count, spec_capacity;
};

/* From the operands: each a command line, or all after "--" the words of one. */
int plan_create(struct plan *plan, const struct settings *settings, const struct operands *operands,
    char *const *environment, struct error *error) MUST_USE;
void plan_release(struct plan *plan);

#endif

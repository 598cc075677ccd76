/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PLAN_H
#define PLAN_H

#include "base/arena.h"
#include "base/error.h"
#include "bench.h"
#include "process/process.h"
#include "settings.h"
#include "suite.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What is to be measured: a cell for each benchmark, variant and point of the
 * parameters, and the programs that the spawner starts for them.
 */
enum hook { HOOK_SETUP, HOOK_PREPARE, HOOK_CONCLUDE, HOOK_CLEANUP, HOOKS };

enum { CELLS_MOST = 10000 };
#define NO_SPEC SIZE_MAX

struct cell {
    const struct bench *bench;
    const char *name;
    const char *variant;  /* NULL for none */
    const char *command;  /* as the user would type it */
    const size_t *chosen; /* the value of each of bench->parameters */
    int64_t repetition;   /* from 0, of the same name, parameters and variant */
    int64_t runs, warmup; /* runs 0: as many as the time asks for */
    size_t spec;          /* its program, in plan.specs; NO_SPEC where it is skipped */
    size_t hooks[HOOKS];  /* NO_SPEC for none */
};

struct plan {
    struct arena arena;
    struct benches benches;
    struct suite_labels labels; /* of the suites */
    struct cell *cells;
    size_t count, capacity;
    struct process_spec *specs;
    size_t spec_count, spec_capacity;
    size_t empty, empty_shell; /* the specs of --calibrate, or NO_SPEC */
    const unsigned *cpus;      /* of --pin */
    size_t cpu_count;
};

/* The operands' benchmarks, or those of the suites, expanded; environment is the tool's own. */
int run_plan_create(struct plan *plan, const struct settings *settings,
    const struct operands *operands, char *const *environment, struct error *error) MUST_USE;
void run_plan_release(struct plan *plan);

/* Whether two cells measure the same work: suite, name and parameters. */
bool cell_same_benchmark(const struct cell *a, const struct cell *b);

/* "setup", … */
const char *hook_name(enum hook hook);

#endif

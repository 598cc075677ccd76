/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CALIBRATE_CELLS_H
#define CALIBRATE_CELLS_H

#include "../unit/analysis/tally.h"

/* What is simulated: conditions, each with no change and with true shifts. */
enum condition {
    CONDITION_PAIRED,     /* independent noise, in turns, as bench-run measures it */
    CONDITION_TURNS,      /* the same without pairs */
    CONDITION_MOMENTS,    /* the machine's moments, which both samples of a pair share */
    CONDITION_CORRELATED, /* each sample knows of the one before it */
    CONDITION_RUNS,       /* runs differ as much as samples do; each side has its own */
    CONDITION_HISTORY,    /* the same with ten earlier runs */
    CONDITION_HEAVY,      /* heavy tails */
    CONDITION_CLOCK,      /* a coarse clock makes ties */
    CONDITION_DRIFT,      /* the machine drifts by two sd over the run */
    CONDITIONS
};

struct cell {
    enum condition condition;
    size_t group; /* cells that differ only in the shift have the same */
    double shift; /* of five of the fifty benchmarks; 0: of none */
    struct report_plan plan;
};

enum { CELLS_MOST = 400 };

size_t cells_make(struct cell cells[CELLS_MOST]);

/* "paired", "turns", …; a noise's and an order's name. */
const char *condition_name(enum condition condition);
const char *noise_name(enum simulated_noise noise);
const char *order_name(enum report_order order);

/* A cell in which nothing is wrong with the measurement: no warning is due. */
bool cell_is_clean(const struct cell *cell);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MEASURE_H
#define MEASURE_H

#include "base/output.h"
#include "context.h"
#include "interrupt.h"
#include "journal.h"
#include "plan.h"
#include "process/spawner.h"
#include "settings.h"

/* Everything that measuring needs, all borrowed. */
struct measurement {
    const struct settings *settings;
    const struct plan *plan;
    struct spawner *spawner;
    struct context *context;
    struct output *output;
    struct journal *journal;
    struct interrupt *interrupt;
};

/*
 * Runs the plan and writes a result line for each cell, in parts at least once a
 * second, and the end line. *status is STATUS_FOUND where a cell failed. -1
 * where the measurement itself cannot go on.
 */
int measure(const struct measurement *measurement, int *status, struct error *error) MUST_USE;

#endif

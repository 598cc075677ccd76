/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CALIBRATE_H
#define CALIBRATE_H

#include "runner.h"
#include "stats/interval.h"

#include <stdbool.h>
#include <stdint.h>

/* What measuring itself costs, and a shell on top of it. */
struct calibration {
    bool done, has_shell;
    int64_t n;
    double overhead_s, shell_overhead_s; /* medians of the wall time */
    struct interval overhead_ci, shell_overhead_ci;
    struct overhead subtracted; /* of the shell; zero without one */
};

/* In rounds of its own: the empty program, and the shell with nothing to do. 1, 0 when the tool
 * was told to stop, -1. */
int calibrate(struct calibration *calibration, struct runner *runner, int64_t rounds,
    struct error *error) MUST_USE;

#endif

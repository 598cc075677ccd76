/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGET_SERIAL_H
#define ANALYSIS_TARGET_SERIAL_H

#include "analysis/target_cells.h"
#include "stats/autocorrelation.h"

/*
 * How much each sample resembles the one before it, over all series together: of
 * each result that passed, each metric that a target which is about the result
 * names. Uses scratch from its start.
 */
struct serial_pooled target_serial_pool(
    const struct target_cells *cells, const struct targets *targets, struct arena *scratch);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SHARED_RUNS_H
#define ANALYSIS_SHARED_RUNS_H

#include "analysis/pairing.h"
#include "analysis/side.h"

/*
 * Runs that measure both sides in turns have their own state, but it is the same for
 * both sides. Where it is not (a process each, that got another memory layout) each
 * run has a difference of its own, and samples of few runs know less than their
 * number says.
 */

/* Of the differences within pairs, by the run that they are from. */
struct run_agreement shared_runs_of_pairs(
    const struct pairing *pairing, enum scale scale, struct arena *scratch);

/* Of both sides' samples; a run that holds none of one side is passed over. */
struct run_agreement shared_runs_of_sides(const struct compare_input *input,
    const struct side *base, const struct side *head, enum scale scale, struct arena *scratch);

#endif

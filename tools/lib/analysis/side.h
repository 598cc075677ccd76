/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SIDE_H
#define ANALYSIS_SIDE_H

#include "analysis/compare.h"

/* One side made ready: all its samples joined, and those of each run. */
struct side {
    struct samples all;   /* as measured */
    struct samples *runs; /* as measured; runs that hold samples only */
    size_t runs_count;
};

/* Fails as compare_measure() says; name is "base" or "head". */
int side_prepare(struct side *side, const struct compare_input_side *input, const char *name,
    struct arena *keep, struct error *error) MUST_USE;

/* On the scale: logarithms, or the samples themselves. */
struct samples side_scaled(const struct samples *samples, enum scale scale, struct arena *arena);

/* Every sample less its run's median, on the scale: what is left without the runs' own levels. */
struct samples side_centred(const struct side *side, enum scale scale, struct arena *arena);

struct run_effects side_effects(const struct side *side, enum scale scale, struct arena *scratch);

struct comparison_side side_summary(
    const struct side *side, const struct compare_input_side *input);

/* The series of one run; trend: does a trend matter? */
struct comparison_series side_series(
    const struct samples *run, enum scale scale, bool trend, struct compare_memory *memory);

#endif

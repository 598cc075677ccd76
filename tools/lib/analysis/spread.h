/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H

#include "analysis/sides.h"

/*
 * What earlier reports tell of how much runs differ: their results, by benchmark
 * and run, and `trend` lines, which somebody drew from more of them. Benchmarks
 * are matched as the sides match theirs.
 */
struct spread;

/* One trend line. */
struct spread_noise {
    struct slice key, machine, variant, metric;
    double cv, points;
};

/* options are borrowed; the base's identity is used. */
struct spread *spread_create(const struct sides_options *options);
void spread_free(struct spread *spread);

/* -1 for a line without what every line of its kind has; it is left out. */
int spread_take(struct spread *spread, const struct record *record, struct error *error) MUST_USE;
/* Once all are taken. */
void spread_match(struct spread *spread);

/* How many earlier runs and trend lines there are. */
size_t spread_runs(const struct spread *spread);
size_t spread_trends(const struct spread *spread);

/* The groups of a benchmark, *count of them; each holds its results on the base's side. */
const struct sides_group *spread_groups(
    const struct spread *spread, struct slice key, size_t *count);
/* What the newest line about that metric says, or NULL; an unknown machine may be any. */
const struct spread_noise *spread_noise(const struct spread *spread,
    const struct sides_result *shown, struct slice key, struct slice metric);

#endif

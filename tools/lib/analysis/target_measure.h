/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGET_MEASURE_H
#define ANALYSIS_TARGET_MEASURE_H

#include "analysis/target_cells.h"
#include "analysis/verdict.h"
#include "stats/precision.h"

/* Why a target has no value to judge. */
enum target_gap {
    GAP_NONE,
    GAP_NO_RESULT,      /* nothing in the input is what the target is about */
    GAP_NO_METRIC,      /* its results lack the metric */
    GAP_FAILED,         /* they failed, and have no value */
    GAP_NO_REFERENCE,   /* the other side has no value */
    GAP_NO_COUNTERPART, /* the reference has a value, and nothing to hold against it */
    GAP_TOO_FEW,        /* so few samples have no such statistic */
    GAP_NO_SAMPLES,     /* a summary of a foreign source does not tell it */
    GAP_MIXED_UNITS,    /* the units of its results cannot be converted */
    GAP_UNIT,           /* the limit's unit cannot be converted into the metric's */
    GAP_NOT_POSITIVE,   /* a ratio of values that are not above 0 */
    GAPS
};

/* A statistic of one cell, with its interval. */
struct measured {
    struct estimated figure; /* NaN where there is a gap; ends may be infinite */
    size_t n, runs;
    double closes_at;  /* so many samples close an interval that is open; NaN where it is closed */
    struct slice unit; /* of the figure */
    enum better better;
    bool fact;        /* of what was measured, not of what it stands for: it has no interval */
    uint32_t reasons; /* what limits it: bits of enum reason */
    enum target_gap gap;
    const struct sides_result *shown; /* the newest result with the metric, else the newest */
    const struct sides_run *run;      /* where there is one only */
};

/* How sure an interval of samples is to be, and one over runs: samples that resemble those before
 * them ask for more of the former. */
struct target_confidence {
    double samples, runs;
};

/*
 * Measures what the target names in the rows of a cell that it wants; there is one
 * at least. The interval has the confidence asked for:
 *
 *     median, p95, …  order statistics (stats/order.h), exact
 *     mean            Student's
 *     sd, cv          of normal samples: chi-square; modified McKay
 *     min, max, count facts
 *
 * With several runs it is made at least as wide as Student's interval of the
 * mean over the runs of the same statistic: the samples of a run share its
 * machine's state. A percentile that so few samples do not have (p95 of fewer
 * than 20, p99 of fewer than 100) is a gap. Only results that passed count.
 *
 * Fails (ERROR_CONTENT) at a sample that cannot be worked with, with the file and
 * the line of a result.
 */
int target_measure(struct measured *out, const struct target *target,
    const struct target_cells *cells, const struct target_cell *cell, size_t target_index,
    struct target_confidence confidence, struct arena *arena, struct error *error) MUST_USE;

/* The result passed and has the metric. */
bool target_measures(const struct target *target, const struct sides_result *result);

/* "no-result", …; NULL for GAP_NONE. */
const char *target_gap_name(enum target_gap gap);

#endif

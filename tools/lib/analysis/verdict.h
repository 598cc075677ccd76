/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_VERDICT_H
#define ANALYSIS_VERDICT_H

#include <stdint.h>

/* What follows from a comparison; the words are those of a comparison line. */
enum verdict {
    VERDICT_REGRESSION,      /* adjusted p < alpha, interval beyond the band on the worse side */
    VERDICT_IMPROVEMENT,     /* the same on the better side */
    VERDICT_CHANGED,         /* the same where neither side is better, or without a band */
    VERDICT_UNCHANGED,       /* the 90 % interval lies inside the band: an equivalence */
    VERDICT_INCONCLUSIVE,    /* neither; `needed` says what would settle it */
    VERDICT_TOO_FEW_SAMPLES, /* no arrangement of so few samples could be significant */
    VERDICT_UNRELIABLE,      /* the measurement itself is broken; a reason says how */
    VERDICT_INCOMPARABLE,    /* units, definitions or machines differ */
    VERDICT_ADDED,
    VERDICT_REMOVED,
    VERDICT_NEWLY_FAILING,
    VERDICT_FIXED,
    VERDICTS
};

/* Why a verdict is what it is, or what limits it: bits of a set. */
enum reason {
    REASON_ACCEPTED,
    REASON_AT_BAND,
    REASON_AUTOCORRELATED,
    REASON_BETWEEN_RUN_UNKNOWN,
    REASON_BLOCKED_ORDER,
    REASON_COARSE_CLOCK,
    REASON_CONSTANT,
    REASON_DEGRADED_HEALTH,
    REASON_DIFFERENT_DEFINITIONS,
    REASON_DIFFERENT_MACHINES,
    REASON_DIFFERENT_SAMPLING,
    REASON_DRIFT,
    REASON_FEW_PAIRS,
    REASON_FEW_RUNS,
    REASON_IGNORED,
    REASON_INTERRUPTED,
    REASON_MISSING_SAMPLES,
    REASON_MIXED_DIRECTIONS,
    REASON_MIXED_UNITS,
    REASON_NO_BAND,
    REASON_NO_INTERVAL,
    REASON_OUTPUT_DIFFERS,
    REASON_PAIRS_DROPPED,
    REASON_PARTLY_FAILED,
    REASON_RAW_SCALE,
    REASON_SEQUENTIAL_LOOKS,
    REASON_SHAPE_CHANGED,
    REASON_SPREAD_CHANGED,
    REASON_SPREAD_FROM_HISTORY,
    REASON_SUMMARY_ONLY,
    REASONS
};

static inline uint32_t reason_bit(enum reason reason)
{
    return (uint32_t)1 << reason;
}

/* The words, in the order of the enums: "too-few-samples", "between-run-unknown". */
const char *verdict_name(enum verdict verdict);
const char *reason_name(enum reason reason);

#endif

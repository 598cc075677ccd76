/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/verdict.h"

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICTS] = {
        [VERDICT_REGRESSION] = "regression",
        [VERDICT_IMPROVEMENT] = "improvement",
        [VERDICT_CHANGED] = "changed",
        [VERDICT_UNCHANGED] = "unchanged",
        [VERDICT_INCONCLUSIVE] = "inconclusive",
        [VERDICT_TOO_FEW_SAMPLES] = "too-few-samples",
        [VERDICT_UNRELIABLE] = "unreliable",
        [VERDICT_INCOMPARABLE] = "incomparable",
        [VERDICT_ADDED] = "added",
        [VERDICT_REMOVED] = "removed",
        [VERDICT_NEWLY_FAILING] = "newly-failing",
        [VERDICT_FIXED] = "fixed",
    };
    return names[verdict];
}

const char *reason_name(enum reason reason)
{
    static const char *const names[REASONS] = {
        [REASON_ACCEPTED] = "accepted",
        [REASON_AT_BAND] = "at-band",
        [REASON_AUTOCORRELATED] = "autocorrelated",
        [REASON_BETWEEN_RUN_UNKNOWN] = "between-run-unknown",
        [REASON_BLOCKED_ORDER] = "blocked-order",
        [REASON_COARSE_CLOCK] = "coarse-clock",
        [REASON_CONSTANT] = "constant",
        [REASON_DEGRADED_HEALTH] = "degraded-health",
        [REASON_DIFFERENT_DEFINITIONS] = "different-definitions",
        [REASON_DIFFERENT_MACHINES] = "different-machines",
        [REASON_DIFFERENT_SAMPLING] = "different-sampling",
        [REASON_DRIFT] = "drift",
        [REASON_FEW_PAIRS] = "few-pairs",
        [REASON_FEW_RUNS] = "few-runs",
        [REASON_IGNORED] = "ignored",
        [REASON_INTERRUPTED] = "interrupted",
        [REASON_MISSING_SAMPLES] = "missing-samples",
        [REASON_MIXED_DIRECTIONS] = "mixed-directions",
        [REASON_MIXED_UNITS] = "mixed-units",
        [REASON_NO_BAND] = "no-band",
        [REASON_NO_INTERVAL] = "no-interval",
        [REASON_OUTPUT_DIFFERS] = "output-differs",
        [REASON_PAIRS_DROPPED] = "pairs-dropped",
        [REASON_PARTLY_FAILED] = "partly-failed",
        [REASON_RAW_SCALE] = "raw-scale",
        [REASON_SEQUENTIAL_LOOKS] = "sequential-looks",
        [REASON_SHAPE_CHANGED] = "shape-changed",
        [REASON_SPREAD_CHANGED] = "spread-changed",
        [REASON_SPREAD_FROM_HISTORY] = "spread-from-history",
        [REASON_SUMMARY_ONLY] = "summary-only",
    };
    return names[reason];
}

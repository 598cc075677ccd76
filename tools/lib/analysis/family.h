/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_FAMILY_H
#define ANALYSIS_FAMILY_H

#include "analysis/compare.h"

/*
 * Judges all comparisons of a report together.
 *
 * p_adjusted: the test's p, widened for the autocorrelation that all series of the
 * report share, combined with the spread between runs that history knows, scaled
 * by the look's share of alpha, then corrected for the number of comparisons:
 * Benjamini-Hochberg, or Holm where strict. Direct comparisons have no p and are
 * no members of the family.
 *
 * The interval of the change is at 1 - alpha (strict: widened to the false
 * coverage rate), with the same widenings. A regression needs p_adjusted < alpha
 * and the whole interval beyond the band; unchanged needs the interval at 90 %
 * inside it. alpha is that of the comparison where it has one of its own.
 *
 * What decides nothing (compare_input.informal) is a family of its own: it must
 * not take from what decides.
 */
struct family_rules {
    double alpha; /* .05 */
    bool strict;
};

/* What the report as a whole knows. */
struct family_findings {
    size_t tests;          /* members of the family */
    size_t informal_tests; /* members of that which decides nothing */
    size_t significant;    /* of tests, with p_adjusted < alpha */
    double rho, rho_p;     /* pooled lag-1 autocorrelation; NaN where no series can say */
    bool autocorrelated;
    struct run_agreement agreement; /* of runs that both sides share; NaN where none are shared */
    bool runs_disagree;
    struct variance_prior between_runs; /* of run centres, on logarithms */
    size_t verdicts[VERDICTS];
};

/* The chance that a report without any problem carries a warning of one kind: together with the
 * pooled autocorrelation there are five kinds. */
#define FAMILY_WARNING_ALPHA 0.01

/* More than that many samples or runs a side is no advice: the estimate is at the band's edge. */
#define NEEDED_SAMPLES_MOST 10000
#define NEEDED_RUNS_MOST    100
/* What settles a comparison of single runs whose spread nobody knows. */
#define NEEDED_RUNS_UNKNOWN 3

/* Uses memory->scratch from its start. */
void family_settle(struct comparison *comparisons, size_t count, const struct family_rules *rules,
    struct family_findings *findings, struct compare_memory *memory);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SETTLE_H
#define ANALYSIS_SETTLE_H

#include "analysis/family.h"
#include "stats/hodges_lehmann.h"

/* What family_settle() has found out about one comparison. */
struct settling {
    const struct family_rules *rules;
    double level;     /* what p_adjusted has to be below */
    double alpha;     /* of the interval, before widening */
    double lonely_p;  /* what p has to be below to be significant when no other comparison is */
    double needed_p;  /* the same beside those that are */
    double inflation; /* of the variance, by autocorrelation or by runs that do not agree */
    bool by_runs;     /* by the latter */
    double unchanged; /* the share of false findings, were this one and all clearer ones findings */
    bool series_bad;  /* one of its series correlates more than the report's correction covers */
    double drift;     /* the largest rise inside a run, where the trend is significant; else 0 */
    struct variance_prior between_runs;
    struct compare_memory *memory;
};

/* p, and the alpha of an interval, when the variance is so many times larger. */
double settle_widen(double p, double inflation);

/* The p that the spread between runs, as history knows it, gives the estimate; NaN without. */
double settle_history_p(const struct comparison *comparison, const struct settling *settling);

/* The Welch test of run means; fills test. */
void settle_runs_test(struct comparison *comparison, const struct settling *settling);

/* Of the interval that has to lie inside the band: two one-sided tests at .05, the interval at 90 %
 * (Schuirmann 1987). */
#define SETTLE_EQUIVALENCE 0.05

/* The change on the scale, with the two intervals that a verdict needs. */
struct settle_shift {
    struct shift of;  /* intervals[0] for a finding, [1] for an equivalence */
    double alphas[2]; /* theirs */
    bool by_runs;     /* their width is by what runs differ, not by what samples do */
};

/* Fills needed of a comparison that is open. */
void settle_needed(struct comparison *comparison, const struct settling *settling,
    const struct settle_shift *shift);

/* Fills change, verdict, reasons and needed; p_adjusted is there. */
void settle(struct comparison *comparison, const struct settling *settling);

#endif

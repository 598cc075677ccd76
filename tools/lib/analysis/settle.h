/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SETTLE_H
#define ANALYSIS_SETTLE_H

#include "analysis/family.h"

/* What family_settle() has found out about one comparison. */
struct settling {
    const struct family_rules *rules;
    double alpha;     /* of the interval, before widening */
    double lonely_p;  /* what p has to be below to be significant when no other comparison is */
    double needed_p;  /* the same beside those that are */
    double inflation; /* of the variance, by autocorrelation */
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

/* Fills change, verdict, reasons and needed; p_adjusted is there. */
void settle(struct comparison *comparison, const struct settling *settling);

#endif

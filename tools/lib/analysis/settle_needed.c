/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/settle.h"

#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/needed.h"
#include "stats/welch.h"

#include <math.h>

/* What a single run of each side finds is as likely the runs' as the program's. */
static const double UNCHANGED_WHERE_UNKNOWN = 0.5;

/* ---- for a test that could be significant at all ---------------------------------- */

static double smallest_p(enum test test, double n)
{
    if (test == TEST_SIGNED_RANK)
        return exp2(1 - n);
    return 2 * exp(-choose_log(2 * n, n));
}

/* The least number a side with which the test could be significant in this family. */
static double needed_for_test(const struct comparison *comparison, const struct settling *settling)
{
    double limit = settling->lonely_p * comparison->work.look_share;
    if (settling->rules->strict)
        limit = fmin(limit, settling->alpha);
    for (int n = 2; n <= NEEDED_SAMPLES_MOST; n++)
        if (settle_widen(smallest_p(comparison->test.name, n), settling->inflation) < limit)
            return n;
    return NAN;
}

/* ---- the standard error ------------------------------------------------------------- */

/* Where so few samples have no interval: by their moments, as wide as Student's is. */
static double error_by_moments(const struct comparison *comparison, const struct settling *settling)
{
    const struct comparison_work *work = &comparison->work;
    struct estimate none = {0, 0, 0, INFINITY};
    struct welch test =
        comparison->test.name == TEST_SIGNED_RANK
            ? welch(none, estimate_of_samples(&work->differences))
            : welch(estimate_of_samples(&work->base), estimate_of_samples(&work->head));
    double alpha = 2 * SETTLE_EQUIVALENCE;
    return test.error * sqrt(settling->inflation) * student_critical(alpha, test.degrees) /
           normal_critical(alpha);
}

/* The error that makes an interval so wide. */
static double error_of(const struct comparison *comparison, const struct settling *settling,
    const struct settle_shift *shift)
{
    for (int i = 0; i < 2; i++) {
        struct interval interval = shift->of.intervals[i];
        if (interval_exists(interval))
            return (interval.high - interval.low) / (2 * normal_critical(shift->alphas[i]));
    }
    return error_by_moments(comparison, settling);
}

/* ---- all of it ------------------------------------------------------------------------ */

static double units_a_side(const struct comparison *comparison, bool by_runs)
{
    double n = (double)comparison->base.n, m = (double)comparison->head.n;
    if (by_runs) {
        n = (double)comparison->base.runs;
        m = (double)comparison->head.runs;
    } else if (comparison->test.name == TEST_SIGNED_RANK) {
        return (double)comparison->pairs;
    }
    return 2 * n * m / (n + m);
}

static double chance_unchanged(const struct comparison *comparison, const struct settling *settling)
{
    bool unknown = comparison->reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN);
    if (unknown && settling->rules->strict)
        return fmax(settling->unchanged, UNCHANGED_WHERE_UNKNOWN);
    return settling->unchanged;
}

void settle_needed(struct comparison *comparison, const struct settling *settling,
    const struct settle_shift *shift)
{
    bool too_few = comparison->verdict == VERDICT_TOO_FEW_SAMPLES;
    if (comparison->work.resolution > 0)
        return; /* more of the same clock would not tell */
    double units = units_a_side(comparison, shift->by_runs);
    struct needed_question question = {
        .estimate = shift->of.estimate,
        .error = error_of(comparison, settling, shift),
        .count = units,
        .low = comparison->work.low,
        .high = comparison->work.high,
        .alpha = fmin(settling->needed_p, shift->alphas[0]),
        .equivalence = SETTLE_EQUIVALENCE,
        .unchanged = chance_unchanged(comparison, settling),
    };
    double count = needed_count(&question, shift->by_runs ? NEEDED_RUNS_MOST : NEEDED_SAMPLES_MOST);
    if (isnan(count) && !isnan(question.error) && !too_few &&
        !(comparison->reasons & reason_bit(REASON_NO_BAND)))
        comparison->reasons |= reason_bit(REASON_AT_BAND);
    /* It was not enough this time: no less is an answer. */
    if (!isnan(count))
        count = fmax(count, floor(units) + 1);
    if (too_few && !shift->by_runs)
        count = fmax(count, needed_for_test(comparison, settling));
    if (shift->by_runs)
        comparison->needed.runs = count;
    else
        comparison->needed.samples = count;
}

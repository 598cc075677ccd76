/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/settle.h"

#include "stats/distribution.h"
#include "stats/welch.h"

#include <math.h>

static void add_reason(struct comparison *comparison, enum reason reason)
{
    comparison->reasons |= reason_bit(reason);
}

static bool has_reason(const struct comparison *comparison, enum reason reason)
{
    return comparison->reasons & reason_bit(reason);
}

double settle_widen(double p, double inflation)
{
    if (!(inflation > 1) || isnan(p))
        return p;
    return p_value(normal_two_sided(normal_critical(p) / sqrt(inflation)));
}

/* The alpha at which an interval for independent samples is wide enough for these. */
static double narrow_alpha(double alpha, double inflation)
{
    return inflation > 1 ? normal_two_sided(normal_critical(alpha) * sqrt(inflation)) : alpha;
}

/* ---- the estimate and its intervals, on the scale ------------------------------ */

/* The difference of two single runs by the spread that history knows. */
static bool history_welch(struct welch *test, const struct comparison *comparison,
    const struct settling *settling, double estimate)
{
    const struct comparison_work *work = &comparison->work;
    if (isnan(work->history_variance) || work->same_runs)
        return false;
    struct variance_moderated one =
        variance_moderate(&settling->between_runs, work->history_variance, work->history_degrees);
    double runs =
        1 / fmax(1, (double)comparison->base.runs) + 1 / fmax(1, (double)comparison->head.runs);
    *test = welch((struct estimate){0, 0, 0, one.degrees},
        (struct estimate){estimate, 0, one.variance * runs + work->history_within, one.degrees});
    return true;
}

static struct interval around(double estimate, double error, double degrees, double alpha)
{
    double half = student_critical(alpha, degrees) * error;
    return isnan(half) ? interval_none()
                       : (struct interval){estimate - half, estimate + half, 1 - alpha};
}

/* The wider of both on each side; none where history cannot say. */
static struct interval widest(struct interval a, struct interval b)
{
    return (struct interval){
        fmin(a.low, b.low), fmax(a.high, b.high), fmin(a.coverage, b.coverage)};
}

/* What the clock hides speaks against an equivalence. A test that is significant is so with ties.
 */
static void widen_by_clock(struct settle_shift *shift, double resolution)
{
    struct interval *equivalence = &shift->of.intervals[1];
    equivalence->low -= resolution;
    equivalence->high += resolution;
    if (isinf(resolution))
        shift->of.intervals[0] = *equivalence = interval_none();
}

static void widen_by_history(struct settle_shift *shift, const struct welch *test)
{
    for (int i = 0; i < 2; i++) {
        struct interval *samples = &shift->of.intervals[i];
        struct interval runs =
            around(shift->of.estimate, test->error, test->degrees, shift->alphas[i]);
        shift->by_runs = shift->by_runs || runs.high - runs.low > samples->high - samples->low;
        *samples = widest(*samples, runs);
    }
}

static struct welch welch_of_runs(
    const struct comparison *comparison, const struct settling *settling)
{
    return welch(run_estimate(&comparison->work.base_runs, &settling->between_runs),
        run_estimate(&comparison->work.head_runs, &settling->between_runs));
}

static void shift_by_welch(struct settle_shift *shift, const struct welch *test)
{
    shift->of.estimate = test->difference;
    for (int i = 0; i < 2; i++)
        shift->of.intervals[i] =
            around(test->difference, test->error, test->degrees, shift->alphas[i]);
}

static void shift_by_ranks(struct shift *shift, const struct comparison *comparison,
    const struct settling *settling, const double *alphas)
{
    const struct comparison_work *work = &comparison->work;
    struct compare_memory *memory = settling->memory;
    double confidences[2];
    for (int i = 0; i < 2; i++)
        confidences[i] = 1 - narrow_alpha(alphas[i], settling->inflation);
    if (comparison->test.name == TEST_SIGNED_RANK)
        hodges_lehmann_paired(
            shift, &work->differences, confidences, 2, &memory->signs, &memory->scratch);
    else
        hodges_lehmann(
            shift, &work->base, &work->head, confidences, 2, &memory->ranks, &memory->scratch);
}

static void estimate_shift(struct settle_shift *shift, const struct comparison *comparison,
    const struct settling *settling)
{
    const struct comparison_work *work = &comparison->work;
    double share = work->look_share;
    struct welch test;
    *shift = (struct settle_shift){.of = {.estimate = NAN},
        .alphas = {settling->alpha * share, 2 * SETTLE_EQUIVALENCE * share},
        .by_runs = comparison->test.name == TEST_WELCH_RUNS || settling->by_runs};
    switch (comparison->test.name) {
    case TEST_WELCH_RUNS:
        test = welch_of_runs(comparison, settling);
        shift_by_welch(shift, &test);
        return;
    case TEST_WELCH_SUMMARY:
        test = welch(work->base_summary, work->head_summary);
        shift_by_welch(shift, &test);
        return;
    default: shift_by_ranks(&shift->of, comparison, settling, shift->alphas);
    }
    if (history_welch(&test, comparison, settling, shift->of.estimate))
        widen_by_history(shift, &test);
    widen_by_clock(shift, work->resolution);
}

double settle_history_p(const struct comparison *comparison, const struct settling *settling)
{
    struct shift shift;
    struct welch test;
    static const double alphas[] = {0.5, 0.5};
    if (isnan(comparison->work.history_variance) || comparison->test.name != TEST_MANN_WHITNEY)
        return NAN;
    shift_by_ranks(&shift, comparison, settling, alphas);
    return history_welch(&test, comparison, settling, shift.estimate) ? test.p : NAN;
}

void settle_runs_test(struct comparison *comparison, const struct settling *settling)
{
    struct welch test = welch_of_runs(comparison, settling);
    comparison->test.statistic = test.t;
    comparison->test.p = test.p;
}

/* ---- what the report shows of it ------------------------------------------------ */

static struct interval as_ratio(struct interval interval)
{
    return (struct interval){exp(interval.low), exp(interval.high), interval.coverage};
}

static struct interval as_shift(struct interval ratio, double base)
{
    double low = base * (ratio.low - 1), high = base * (ratio.high - 1);
    return (struct interval){fmin(low, high), fmax(low, high), ratio.coverage};
}

static void set_change(struct comparison *comparison, double estimate, struct interval interval)
{
    struct comparison_change *change = &comparison->change;
    double base = isnan(comparison->base.median) ? comparison->base.mean : comparison->base.median;
    if (comparison->scale == SCALE_RAW) {
        change->shift = estimate;
        change->shift_ci = interval;
        return;
    }
    change->ratio = exp(estimate);
    change->shift = base * (change->ratio - 1);
    if (!interval_exists(interval))
        return;
    change->ratio_ci = as_ratio(interval);
    change->shift_ci = as_shift(change->ratio_ci, base);
}

/* ---- the verdict -------------------------------------------------------------------- */

static enum verdict direction(const struct comparison *comparison, bool up)
{
    if (comparison->work.better == BETTER_NONE || has_reason(comparison, REASON_NO_BAND))
        return VERDICT_CHANGED;
    return up == (comparison->work.better == BETTER_LOWER) ? VERDICT_REGRESSION
                                                           : VERDICT_IMPROVEMENT;
}

static bool is_finding(enum verdict verdict)
{
    return verdict == VERDICT_REGRESSION || verdict == VERDICT_IMPROVEMENT ||
           verdict == VERDICT_CHANGED;
}

/* What the intervals say when each end may be off by `drift`. */
static enum verdict judge_intervals(
    const struct comparison *comparison, const struct shift *shift, bool significant, double drift)
{
    double low = comparison->work.low, high = comparison->work.high;
    bool band = !isnan(low);
    struct interval wide = shift->intervals[0], narrow = shift->intervals[1];
    if (significant && interval_above(wide, (band ? high : 0) + drift))
        return direction(comparison, true);
    if (significant && interval_below(wide, (band ? low : 0) - drift))
        return direction(comparison, false);
    if (band && interval_inside(narrow, low + drift, high - drift))
        return VERDICT_UNCHANGED;
    return VERDICT_INCONCLUSIVE;
}

static bool is_too_few(
    const struct comparison *comparison, const struct settling *settling, const struct shift *shift)
{
    if (comparison->test.name == TEST_NONE)
        return true;
    if (comparison->test.p_adjusted < settling->level)
        return settling->rules->strict && !interval_exists(shift->intervals[0]);
    if (isnan(comparison->test.p))
        return true;
    double smallest = settle_widen(comparison->work.smallest_p, settling->inflation) /
                      comparison->work.look_share;
    return smallest >= settling->lonely_p ||
           (settling->rules->strict && !interval_exists(shift->intervals[0]));
}

/* What would make the measurement itself broken, unless the finding stands in spite of it. */
static enum verdict doubt(struct comparison *comparison, const struct settling *settling,
    const struct shift *shift, bool significant, enum verdict verdict)
{
    bool settled = is_finding(verdict) || verdict == VERDICT_UNCHANGED;
    if (has_reason(comparison, REASON_DEGRADED_HEALTH))
        return VERDICT_UNRELIABLE;
    if (settling->series_bad) {
        add_reason(comparison, REASON_AUTOCORRELATED);
        if (!settled)
            return VERDICT_UNRELIABLE;
    }
    if (settling->drift > 0) {
        add_reason(comparison, REASON_DRIFT);
        if (judge_intervals(comparison, shift, significant, settling->drift) != verdict || !settled)
            return VERDICT_UNRELIABLE;
    }
    return verdict;
}

static bool is_incomparable(const struct comparison *comparison)
{
    return has_reason(comparison, REASON_MIXED_UNITS) ||
           has_reason(comparison, REASON_DIFFERENT_DEFINITIONS) ||
           has_reason(comparison, REASON_DIFFERENT_MACHINES);
}

/* One run a side says nothing of how much runs differ. */
static bool between_runs_unknown(const struct comparison *comparison)
{
    bool single = comparison->base.runs < 2 || comparison->head.runs < 2;
    bool by_samples =
        comparison->test.name == TEST_MANN_WHITNEY || comparison->test.name == TEST_WELCH_SUMMARY;
    return by_samples && single && !comparison->work.same_runs &&
           isnan(comparison->work.history_variance);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static void settle_direct(struct comparison *comparison)
{
    const struct comparison_work *work = &comparison->work;
    double estimate = work->head.sorted[0] - work->base.sorted[0];
    struct shift shift = {.estimate = estimate};
    shift.intervals[0] = shift.intervals[1] = (struct interval){estimate, estimate, 1};
    set_change(comparison, estimate, shift.intervals[0]);
    /* Known as it is, not by way of logarithms. */
    double change = comparison->head.median - comparison->base.median;
    comparison->change.shift = change;
    comparison->change.shift_ci = (struct interval){change, change, 1};
    comparison->verdict = judge_intervals(comparison, &shift, true, 0);
}

static void settle_tested(struct comparison *comparison, const struct settling *settling)
{
    struct settle_shift shift;
    estimate_shift(&shift, comparison, settling);
    set_change(comparison, shift.of.estimate, shift.of.intervals[0]);
    if (!interval_exists(shift.of.intervals[0]))
        add_reason(comparison, REASON_NO_INTERVAL);

    bool significant = comparison->test.p_adjusted < settling->level;
    enum verdict verdict = judge_intervals(comparison, &shift.of, significant, 0);
    if (verdict == VERDICT_INCONCLUSIVE && is_too_few(comparison, settling, &shift.of))
        verdict = VERDICT_TOO_FEW_SAMPLES;
    verdict = doubt(comparison, settling, &shift.of, significant, verdict);
    if (between_runs_unknown(comparison)) {
        add_reason(comparison, REASON_BETWEEN_RUN_UNKNOWN);
        if (settling->rules->strict && (is_finding(verdict) || verdict == VERDICT_UNCHANGED))
            verdict = VERDICT_INCONCLUSIVE;
    }
    comparison->verdict = verdict;
    if (verdict == VERDICT_INCONCLUSIVE || verdict == VERDICT_TOO_FEW_SAMPLES)
        settle_needed(comparison, settling, &shift);
}

void settle(struct comparison *comparison, const struct settling *settling)
{
    if (comparison->test.name == TEST_DIRECT)
        settle_direct(comparison);
    else if (comparison->test.name == TEST_NONE)
        comparison->verdict = VERDICT_TOO_FEW_SAMPLES;
    else
        settle_tested(comparison, settling);
    if (is_incomparable(comparison)) {
        comparison->verdict = VERDICT_INCOMPARABLE;
        comparison->needed.samples = comparison->needed.runs = NAN;
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/family.h"

#include "analysis/settle.h"
#include "stats/adjust.h"
#include "stats/moments.h"

#include <math.h>

/* Everything that one call works with; the arrays are parallel to the comparisons. */
struct family {
    struct comparison *comparisons;
    size_t count;
    const struct family_rules *rules;
    struct family_findings *findings;
    struct compare_memory *memory;
    struct arena keep;      /* the arrays here; memory->scratch is emptied in between */
    struct settling *ready; /* what each comparison is settled with */
};

static bool by_samples(const struct comparison *comparison)
{
    return comparison->test.name == TEST_MANN_WHITNEY || comparison->test.name == TEST_SIGNED_RANK;
}

static double level_of(const struct comparison *comparison, const struct family_rules *rules)
{
    return comparison->work.alpha > 0 ? comparison->work.alpha : rules->alpha;
}

/* ---- autocorrelation and drift ---------------------------------------------- */

/* All series of the report in one row. */
struct series_row {
    struct serial *serials;
    double *excess, *trends; /* p, then adjusted */
    size_t count;
};

static struct series_row row_of_series(struct family *family)
{
    struct series_row row = {.count = 0};
    size_t count = 0, at = 0;
    for (size_t i = 0; i < family->count; i++)
        count += family->comparisons[i].work.series_count;
    row.serials = arena_take(&family->keep, count * sizeof *row.serials);
    row.excess = arena_take(&family->keep, count * sizeof *row.excess);
    row.trends = arena_take(&family->keep, count * sizeof *row.trends);
    for (size_t i = 0; i < family->count; i++) {
        const struct comparison_work *work = &family->comparisons[i].work;
        for (size_t k = 0; k < work->series_count; k++) {
            row.serials[at] = work->series[k].serial;
            row.trends[at++] = work->series[k].trend_p;
        }
    }
    row.count = count;
    return row;
}

/* What one series says of its own rho, freed of the bias of short series. */
static double own_rho(const struct serial *serial)
{
    double n = (double)serial->n;
    return (serial->lag1 + 1 / n) / (1 - 4 / n);
}

/* A series with a trend correlates because of it: the trend is what is said of it. */
static bool has_trend(const struct series_row *row, size_t index)
{
    return row->trends[index] < FAMILY_WARNING_ALPHA;
}

static void ready_series(struct settling *ready, const struct comparison *comparison,
    const struct series_row *row, size_t first, double rho)
{
    for (size_t k = 0; k < comparison->work.series_count; k++) {
        const struct comparison_series *series = &comparison->work.series[k];
        if (has_trend(row, first + k)) {
            ready->drift = fmax(ready->drift, fabs(series->rise));
        } else if (row->excess[first + k] < FAMILY_WARNING_ALPHA) {
            ready->series_bad = true;
            rho = fmax(rho, own_rho(&series->serial));
        }
    }
    /* Where the run is the unit, what happens inside does not matter. */
    if (by_samples(comparison))
        ready->inflation = serial_inflation(rho);
    else
        ready->series_bad = false;
}

static void look_at_series(struct family *family)
{
    struct family_findings *findings = family->findings;
    struct series_row row = row_of_series(family);
    adjust_holm(row.trends, row.trends, row.count, &family->keep);
    for (size_t i = 0; i < row.count; i++)
        if (has_trend(&row, i))
            row.serials[i].lag1 = NAN;
    struct serial_pooled pooled = serial_pool(row.serials, row.count);
    findings->rho = pooled.rho;
    findings->rho_p = pooled.p;
    findings->autocorrelated = pooled.p < FAMILY_WARNING_ALPHA;
    double rho = findings->autocorrelated ? fmax(0, pooled.rho) : 0;
    for (size_t i = 0; i < row.count; i++)
        row.excess[i] = serial_excess(&row.serials[i], rho);
    adjust_holm(row.excess, row.excess, row.count, &family->keep);
    size_t first = 0;
    for (size_t i = 0; i < family->count; i++) {
        ready_series(&family->ready[i], &family->comparisons[i], &row, first, rho);
        first += family->comparisons[i].work.series_count;
    }
}

/* ---- runs that both sides share ---------------------------------------------------- */

/* Where they do not agree, that goes with each comparison by samples of several of them. */
static void look_at_shared_runs(struct family *family)
{
    struct family_findings *findings = family->findings;
    struct run_agreement *all = arena_take(&family->keep, (family->count + 1) * sizeof *all);
    for (size_t i = 0; i < family->count; i++)
        all[i] = family->comparisons[i].work.agreement;
    findings->agreement = run_agreement_pool(all, family->count);
    findings->runs_disagree = findings->agreement.p < FAMILY_WARNING_ALPHA;
    for (size_t i = 0; i < family->count && findings->runs_disagree; i++)
        if (!isnan(all[i].p)) {
            double inflation = family->ready[i].inflation;
            family->ready[i].by_runs = findings->agreement.ratio > inflation;
            family->ready[i].inflation = fmax(inflation, findings->agreement.ratio);
        }
}

/* ---- pairs that are too few ------------------------------------------------------ */

/* tests[informal]: how many tests that family has. */
static void count_tests(size_t tests[2], const struct family *family)
{
    tests[false] = tests[true] = 0;
    for (size_t i = 0; i < family->count; i++) {
        const struct comparison *comparison = &family->comparisons[i];
        tests[comparison->work.informal] +=
            comparison->test.name == TEST_WELCH_RUNS || !isnan(comparison->test.p);
    }
}

/* What both samples of a pair share makes more than two thirds of their variance. */
static bool pairs_share(const struct comparison_work *work)
{
    double base = moments_of(&work->base).sd, head = moments_of(&work->head).sd;
    double apart = moments_of(&work->differences).sd;
    return 3 * apart * apart <= base * base + head * head;
}

static void take_as_two_sides(struct comparison *comparison)
{
    struct comparison_work *work = &comparison->work;
    comparison->test = (struct comparison_test){
        TEST_MANN_WHITNEY, work->ranks.u, work->ranks.p, NAN, work->ranks.exact};
    work->smallest_p = work->ranks.smallest_p;
    comparison->reasons |= reason_bit(REASON_FEW_PAIRS);
}

/*
 * The signs of ten pairs cannot give a p below .002, however large the change; the
 * ranks of ten and ten can. What the pairs share, which is then lost, makes the
 * ranks' p larger and never smaller.
 */
static void drop_few_pairs(struct family *family)
{
    size_t tests[2];
    count_tests(tests, family);
    for (size_t i = 0; i < family->count; i++) {
        struct comparison *comparison = &family->comparisons[i];
        const struct comparison_work *work = &comparison->work;
        double inflation = family->ready[i].inflation;
        double level = level_of(comparison, family->rules) * work->look_share /
                       fmax(1, (double)tests[work->informal]);
        if (comparison->test.name == TEST_SIGNED_RANK && work->same_runs &&
            settle_widen(work->smallest_p, inflation) >= level &&
            settle_widen(work->ranks.smallest_p, inflation) < level && !pairs_share(work))
            take_as_two_sides(comparison);
    }
}

/* ---- the spread between runs --------------------------------------------------- */

static void fit_between_runs(struct family *family)
{
    size_t count = 0, most = 3 * family->count;
    double *variances = arena_take(&family->keep, most * sizeof *variances);
    double *degrees = arena_take(&family->keep, most * sizeof *degrees);
    for (size_t i = 0; i < family->count; i++) {
        const struct comparison *comparison = &family->comparisons[i];
        const struct comparison_work *work = &comparison->work;
        if (comparison->scale != SCALE_LOG)
            continue; /* raw differences have units of their own */
        if (comparison->test.name == TEST_WELCH_RUNS) {
            variances[count] = work->base_runs.variance_of_means;
            degrees[count++] = (double)work->base_runs.runs - 1;
            variances[count] = work->head_runs.variance_of_means;
            degrees[count++] = (double)work->head_runs.runs - 1;
        }
        if (!isnan(work->history_variance)) {
            variances[count] = work->history_variance;
            degrees[count++] = work->history_degrees;
        }
    }
    family->findings->between_runs = variance_prior_fit(variances, degrees, count, &family->keep);
}

/* ---- the corrections -------------------------------------------------------------- */

static double corrected_p(struct comparison *comparison, const struct settling *ready)
{
    if (comparison->test.name == TEST_WELCH_RUNS)
        settle_runs_test(comparison, ready);
    double p = settle_widen(comparison->test.p, ready->inflation);
    double by_history = settle_history_p(comparison, ready);
    if (!isnan(by_history)) {
        comparison->reasons |= reason_bit(REASON_SPREAD_FROM_HISTORY);
        p = fmax(p, by_history);
    }
    return isnan(p) ? NAN : fmin(1, p / comparison->work.look_share);
}

/* The family that decides, or the other. */
struct part {
    bool informal;
    size_t tests, significant;
};

/* p of all, of which those of the part are corrected. */
static void adjust_part(struct family *family, struct part *part, const double *p)
{
    double *own = arena_take(&family->keep, (family->count + 1) * sizeof *own);
    double *shares = arena_take(&family->keep, (family->count + 1) * sizeof *shares);
    size_t count = 0;
    for (size_t i = 0; i < family->count; i++)
        if (family->comparisons[i].work.informal == part->informal)
            own[count++] = p[i];
    adjust_benjamini_hochberg(shares, own, count, &family->keep);
    if (family->rules->strict)
        adjust_holm(own, own, count, &family->keep);
    count = 0;
    for (size_t i = 0; i < family->count; i++) {
        struct comparison *comparison = &family->comparisons[i];
        if (comparison->work.informal != part->informal)
            continue;
        comparison->test.p_adjusted = family->rules->strict ? own[count] : shares[count];
        part->tests += !isnan(p[i]);
        part->significant += comparison->test.p_adjusted < level_of(comparison, family->rules);
        family->ready[i].unchanged = shares[count++];
    }
}

/* The alpha of the intervals, and the p below which one more comparison would be significant. */
static void set_levels(struct family *family, const struct part *part)
{
    double tests = fmax(1, (double)part->tests), others = (double)part->significant;
    for (size_t i = 0; i < family->count; i++) {
        double alpha = level_of(&family->comparisons[i], family->rules), interval = alpha;
        double needed = alpha * fmin(1, (others + 1) / tests);
        if (family->comparisons[i].work.informal != part->informal)
            continue;
        if (family->rules->strict) {
            interval = adjust_false_coverage(alpha, part->significant, part->tests);
            needed = alpha / fmax(1, tests - others);
        }
        family->ready[i].level = alpha;
        family->ready[i].alpha = interval;
        family->ready[i].lonely_p = alpha / tests;
        family->ready[i].needed_p = needed;
    }
}

static void adjust(struct family *family)
{
    double *p = arena_take(&family->keep, (family->count + 1) * sizeof *p);
    struct part deciding = {.informal = false}, informal = {.informal = true};
    for (size_t i = 0; i < family->count; i++) {
        arena_reset(&family->memory->scratch);
        p[i] = corrected_p(&family->comparisons[i], &family->ready[i]);
    }
    adjust_part(family, &deciding, p);
    adjust_part(family, &informal, p);
    set_levels(family, &deciding);
    set_levels(family, &informal);
    family->findings->tests = deciding.tests;
    family->findings->significant = deciding.significant;
    family->findings->informal_tests = informal.tests;
}

/* ---- spread and shape ------------------------------------------------------------- */

static bool is_finding(const struct comparison *comparison)
{
    return comparison->verdict == VERDICT_REGRESSION ||
           comparison->verdict == VERDICT_IMPROVEMENT || comparison->verdict == VERDICT_CHANGED;
}

/* Each is a family of its own; said where the centre did not change, and of the shape where spread
 * and centre do not even hint at it: a shift changes the distribution too. */
static void warn_of_spread_and_shape(struct family *family)
{
    double *spread = arena_take(&family->keep, family->count * sizeof *spread);
    double *shape = arena_take(&family->keep, family->count * sizeof *shape);
    double alpha = family->rules->alpha;
    for (size_t i = 0; i < family->count; i++) {
        double inflation = family->ready[i].inflation;
        spread[i] = settle_widen(family->comparisons[i].spread_p, inflation);
        shape[i] = settle_widen(family->comparisons[i].shape_p, inflation);
    }
    adjust_benjamini_hochberg(spread, spread, family->count, &family->keep);
    adjust_benjamini_hochberg(shape, shape, family->count, &family->keep);
    for (size_t i = 0; i < family->count; i++) {
        struct comparison *comparison = &family->comparisons[i];
        if (is_finding(comparison))
            continue;
        if (spread[i] < FAMILY_WARNING_ALPHA)
            comparison->reasons |= reason_bit(REASON_SPREAD_CHANGED);
        else if (shape[i] < FAMILY_WARNING_ALPHA && !(comparison->work.ranks.p < alpha) &&
                 !(comparison->spread_p < alpha))
            comparison->reasons |= reason_bit(REASON_SHAPE_CHANGED);
    }
}

/* ---- all of it ---------------------------------------------------------------------- */

void family_settle(struct comparison *comparisons, size_t count, const struct family_rules *rules,
    struct family_findings *findings, struct compare_memory *memory)
{
    struct family family = {comparisons, count, rules, findings, memory, ARENA_INIT, NULL};
    *findings = (struct family_findings){.rho = NAN, .rho_p = NAN, .agreement = {NAN, NAN}};
    family.ready = arena_take(&family.keep, count * sizeof *family.ready);
    for (size_t i = 0; i < count; i++)
        family.ready[i] = (struct settling){.rules = rules, .inflation = 1, .memory = memory};
    look_at_series(&family);
    look_at_shared_runs(&family);
    drop_few_pairs(&family);
    fit_between_runs(&family);
    for (size_t i = 0; i < count; i++)
        family.ready[i].between_runs = comparisons[i].scale == SCALE_LOG
                                           ? findings->between_runs
                                           : (struct variance_prior){NAN, 0, 0};
    adjust(&family);
    for (size_t i = 0; i < count; i++) {
        arena_reset(&memory->scratch);
        settle(&comparisons[i], &family.ready[i]);
        findings->verdicts[comparisons[i].verdict]++;
    }
    warn_of_spread_and_shape(&family);
    arena_release(&family.keep);
}

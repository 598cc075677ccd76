/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/target_measure.h"

#include "analysis/contrast_parts.h"
#include "stats/moments.h"
#include "stats/order.h"

#include <math.h>
#include <string.h>

const char *target_gap_name(enum target_gap gap)
{
    static const char *const names[GAPS] = {[GAP_NO_RESULT] = "no-result",
        [GAP_NO_METRIC] = "no-metric",
        [GAP_FAILED] = "failed",
        [GAP_NO_REFERENCE] = "no-reference",
        [GAP_NO_COUNTERPART] = "no-counterpart",
        [GAP_TOO_FEW] = "too-few-samples",
        [GAP_NO_SAMPLES] = "no-samples",
        [GAP_MIXED_UNITS] = "mixed-units",
        [GAP_UNIT] = "unit-differs",
        [GAP_NOT_POSITIVE] = "not-positive"};
    return names[gap];
}

/* ---- the statistics ------------------------------------------------------------------- */

static double value_of(const struct target *target, const struct samples *samples)
{
    switch (target->statistic) {
    case STATISTIC_MEDIAN: return order_median(samples);
    case STATISTIC_MEAN: return moments_of(samples).mean;
    case STATISTIC_MIN: return samples->sorted[0];
    case STATISTIC_MAX: return samples->sorted[samples->count - 1];
    case STATISTIC_SD: return moments_of(samples).sd;
    case STATISTIC_CV: return moments_of(samples).cv;
    case STATISTIC_QUANTILE: return order_quantile(samples, target->quantile);
    case STATISTIC_COUNT: return (double)samples->count;
    case STATISTIC_SUCCESS_RATE:
    case STATISTIC_FAILURES:
    case STATISTIC_DEGRADED: break;
    }
    return NAN;
}

/* One that is open at both ends says nothing. */
static struct interval closed(struct interval interval)
{
    return isinf(interval.low) && isinf(interval.high) ? interval_none() : interval;
}

static struct interval interval_of(
    const struct target *target, const struct samples *samples, double confidence)
{
    switch (target->statistic) {
    case STATISTIC_MEDIAN: return closed(order_quantile_interval(samples, 0.5, confidence));
    case STATISTIC_MEAN: return mean_interval(samples, confidence);
    case STATISTIC_SD: return sd_interval(samples, confidence);
    case STATISTIC_CV: return cv_interval(samples, confidence);
    case STATISTIC_QUANTILE:
        return closed(order_quantile_interval(samples, target->quantile, confidence));
    default: return interval_none();
    }
}

static bool is_fact(enum statistic statistic)
{
    return statistic == STATISTIC_MIN || statistic == STATISTIC_MAX || statistic == STATISTIC_COUNT;
}

static bool is_spread(enum statistic statistic)
{
    return statistic == STATISTIC_SD || statistic == STATISTIC_CV;
}

/* How many samples close the interval of a quantile that these leave open. */
static double closing_count(
    const struct target *target, struct interval interval, double confidence)
{
    bool median = target->statistic == STATISTIC_MEDIAN;
    bool closed_twice = isfinite(interval.low) && isfinite(interval.high);
    if ((!median && target->statistic != STATISTIC_QUANTILE) || closed_twice)
        return NAN;
    return order_quantile_fewest(median ? 0.5 : target->quantile, confidence);
}

/* A quantile needs a sample beyond it, as the rule for p95 and p99 has it. */
static bool are_too_few(const struct target *target, size_t n)
{
    if (target->statistic == STATISTIC_QUANTILE) {
        double tail = fmin(target->quantile, 1 - target->quantile);
        return (double)n * tail < 1 - 1e-9;
    }
    return is_spread(target->statistic) && n < 2;
}

/* ---- of samples ------------------------------------------------------------------------ */

static int join(struct samples *out, const struct compare_input_side *side, struct arena *arena,
    struct error *error)
{
    size_t all = 0;
    for (size_t i = 0; i < side->runs_count; i++)
        all += side->runs[i].count;
    double *values = arena_take(arena, (all + 1) * sizeof *values);
    all = 0;
    for (size_t i = 0; i < side->runs_count; i++) {
        if (side->runs[i].count > 0)
            memcpy(values + all, side->runs[i].values, side->runs[i].count * sizeof *values);
        all += side->runs[i].count;
    }
    return samples_prepare(out, values, all, arena, error);
}

/* Student's interval of the statistic over the runs; none where one of them has no value. */
static int runs_interval(struct interval *out, const struct target *target,
    const struct compare_input_side *side, double confidence, struct arena *arena,
    struct error *error)
{
    double *values = arena_take(arena, (side->runs_count + 1) * sizeof *values);
    struct samples samples;
    size_t count = 0;
    *out = interval_none();
    for (size_t i = 0; i < side->runs_count; i++) {
        if (side->runs[i].count == 0)
            continue;
        if (samples_prepare(&samples, side->runs[i].values, side->runs[i].count, arena, error) != 0)
            return -1;
        values[count] = value_of(target, &samples);
        if (isnan(values[count++]))
            return 0;
    }
    if (samples_prepare(&samples, values, count, arena, error) != 0)
        return -1;
    *out = mean_interval(&samples, confidence);
    return 0;
}

static struct interval wider(struct interval a, struct interval b)
{
    if (!interval_exists(a) || !interval_exists(b))
        return a;
    return (struct interval){fmin(a.low, b.low), fmax(a.high, b.high), a.coverage};
}

static int measure_samples(struct measured *out, const struct target *target,
    const struct compare_input_side *side, struct target_confidence confidence, struct arena *arena,
    struct error *error)
{
    struct samples all;
    struct interval between;
    if (join(&all, side, arena, error) != 0)
        return -1;
    out->n = all.count;
    for (size_t i = 0; i < side->runs_count; i++)
        out->runs += side->runs[i].count > 0;
    if (are_too_few(target, all.count)) {
        out->gap = GAP_TOO_FEW;
        return 0;
    }
    out->figure =
        (struct estimated){value_of(target, &all), interval_of(target, &all, confidence.samples)};
    out->closes_at = closing_count(target, out->figure.interval, confidence.samples);
    if (out->runs < 2 || out->fact)
        return 0;
    if (runs_interval(&between, target, side, confidence.runs, arena, error) != 0)
        return -1;
    out->figure.interval = wider(out->figure.interval, between);
    return 0;
}

/* ---- of a summary ------------------------------------------------------------------------ */

static double percentile_of(const struct metric_summary *summary, double percent)
{
    for (size_t i = 0; summary && i < summary->percentile_count; i++)
        if (fabs(summary->percentiles[i].percent - percent) < 1e-9)
            return summary->percentiles[i].value;
    return NAN;
}

/* What a single entry's summary says; several are joined only for n, mean and sd. */
static double summary_value(
    const struct target *target, const struct run_summary *sum, const struct metric_summary *one)
{
    switch (target->statistic) {
    case STATISTIC_MEAN: return sum->mean;
    case STATISTIC_SD: return sum->sd;
    case STATISTIC_CV: return sum->mean != 0 ? sum->sd / fabs(sum->mean) : NAN;
    case STATISTIC_COUNT: return sum->n;
    case STATISTIC_QUANTILE: return percentile_of(one, 100 * target->quantile);
    case STATISTIC_MEDIAN: return one && !isnan(one->median) ? one->median : percentile_of(one, 50);
    case STATISTIC_MIN: return one ? one->min : NAN;
    case STATISTIC_MAX: return one ? one->max : NAN;
    default: return NAN;
    }
}

static void measure_summary(struct measured *out, const struct target *target,
    const struct run_summary *sum, const struct metric_summary *one, double confidence)
{
    out->figure.value = summary_value(target, sum, one);
    out->n = sum->n > 0 ? (size_t)sum->n : 0;
    out->reasons |= reason_bit(REASON_SUMMARY_ONLY);
    if (target->statistic == STATISTIC_MEAN)
        out->figure.interval = mean_interval_of(sum->n, sum->mean, sum->sd, confidence);
    if (isnan(out->figure.value))
        out->gap = GAP_NO_SAMPLES;
}

/* ---- the rows of a cell -------------------------------------------------------------------- */

static const struct metric *metric_of(
    const struct target *target, const struct sides_result *result)
{
    for (size_t i = 0; result->facts.outcome == OUTCOME_PASSED && i < result->facts.metric_count;
         i++)
        if (slice_equal(result->facts.metrics[i].name, target->metric))
            return &result->facts.metrics[i];
    return NULL;
}

bool target_measures(const struct target *target, const struct sides_result *result)
{
    return metric_of(target, result) != NULL;
}

/* The entries of the results that passed and have the metric; notes what the others are. */
static struct metric_entries collect(struct measured *out, const struct target *target,
    const struct target_cells *cells, const struct target_cell *cell, size_t target_index,
    struct arena *arena)
{
    struct metric_entries entries = {
        arena_zero(arena, cell->count + 1, sizeof *entries.items), {0, 0}};
    const struct sides_result *newest = NULL;
    for (size_t i = cell->first; i < cell->first + cell->count; i++) {
        const struct sides_result *result = cells->rows[i].result;
        if (!target_cells_wanted(cells, target_index, i))
            continue;
        newest = result;
        if (result->facts.outcome != OUTCOME_PASSED)
            out->reasons |= reason_bit(REASON_PARTLY_FAILED);
        if (result->facts.health.flag_count > 0)
            out->reasons |= reason_bit(REASON_DEGRADED_HEALTH);
        if (result->run->interrupted)
            out->reasons |= reason_bit(REASON_INTERRUPTED);
        const struct metric *metric = metric_of(target, result);
        if (!metric)
            continue;
        entries.items[entries.counts[SIDE_HEAD]++] = (struct metric_entry){metric, result};
        out->shown = result;
    }
    if (!out->shown)
        out->shown = newest;
    return entries;
}

static const struct sides_run *only_run(const struct metric_entries *entries)
{
    const struct sides_run *run = entries->items[0].result->run;
    for (size_t i = 1; i < entries->counts[SIDE_HEAD]; i++)
        if (entries->items[i].result->run != run)
            return NULL;
    return run;
}

static int measure_entries(struct measured *out, const struct target *target,
    const struct metric_entries *entries, struct target_confidence confidence, struct arena *arena,
    struct error *error)
{
    const struct policy_rule rule = {
        .band = {NAN, NAN, false}, .alpha = 1 - confidence.runs, .importance = IMPORTANCE_NORMAL};
    struct metric_input made;
    metric_input_make(&made, entries, &rule, arena);
    out->unit = target->statistic == STATISTIC_CV      ? slice_of("1")
                : target->statistic == STATISTIC_COUNT ? slice_of("1")
                                                       : made.unit;
    out->better = is_spread(target->statistic)           ? BETTER_LOWER
                  : target->statistic == STATISTIC_COUNT ? BETTER_NONE
                                                         : made.input.better;
    out->reasons |= made.input.reasons;
    out->run = only_run(entries);
    if (out->reasons & reason_bit(REASON_MIXED_UNITS)) {
        out->reasons &= ~reason_bit(REASON_MIXED_UNITS);
        out->gap = GAP_MIXED_UNITS;
        return 0;
    }
    if (!made.values[SIDE_HEAD]) {
        out->gap = GAP_NO_METRIC;
        return 0;
    }
    if (!isnan(made.input.head.summary.n)) {
        const struct metric_summary *one =
            entries->counts[SIDE_HEAD] == 1 ? &entries->items[0].metric->summary : NULL;
        measure_summary(out, target, &made.input.head.summary, one, confidence.samples);
        return 0;
    }
    if (measure_samples(out, target, &made.input.head, confidence, arena, error) == 0)
        return 0;
    error_place(error, out->shown->facts.file, out->shown->facts.line, 0);
    return -1;
}

int target_measure(struct measured *out, const struct target *target,
    const struct target_cells *cells, const struct target_cell *cell, size_t target_index,
    struct target_confidence confidence, struct arena *arena, struct error *error)
{
    *out = (struct measured){.figure = {NAN, interval_none()},
        .better = BETTER_NONE,
        .closes_at = NAN,
        .fact = is_fact(target->statistic)};
    struct metric_entries entries = collect(out, target, cells, cell, target_index, arena);
    if (entries.counts[SIDE_HEAD] > 0)
        return measure_entries(out, target, &entries, confidence, arena, error);
    bool failed = out->reasons & reason_bit(REASON_PARTLY_FAILED);
    out->gap = failed ? GAP_FAILED : GAP_NO_METRIC;
    out->reasons &= ~reason_bit(REASON_PARTLY_FAILED);
    return 0;
}

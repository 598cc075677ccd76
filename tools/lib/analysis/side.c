/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/side.h"

#include "stats/moments.h"
#include "stats/order.h"
#include "stats/sort.h"

#include <math.h>
#include <string.h>

/* Fewer samples have no such percentile but the maximum. */
enum { FEWEST_P95 = 20, FEWEST_P99 = 100, FEWEST_RISE = 8 };
/* A rise is worked out only where Holm could ever flag the trend. */
static const double TREND_WORTH_A_LOOK = 0.05;

static size_t count_runs(const struct compare_input_side *input, size_t *samples)
{
    size_t runs = 0;
    *samples = 0;
    for (size_t i = 0; i < input->runs_count; i++) {
        runs += input->runs[i].count > 0;
        *samples += input->runs[i].count;
    }
    return runs;
}

/* The samples of all runs in one array; those of a single run stay where they are unless kept. */
static const double *join(const struct compare_input_side *input, size_t count, struct arena *keep)
{
    double *values = arena_take(keep, count * sizeof *values);
    size_t start = 0;
    for (size_t i = 0; i < input->runs_count; i++) {
        if (input->runs[i].count > 0)
            memcpy(values + start, input->runs[i].values, input->runs[i].count * sizeof *values);
        start += input->runs[i].count;
    }
    return values;
}

int side_prepare(struct side *side, const struct compare_input_side *input, const char *name,
    struct arena *keep, struct error *error)
{
    size_t count;
    *side = (struct side){.runs_count = count_runs(input, &count)};
    const double *values = join(input, count, keep);
    struct error inner = ERROR_INIT;
    if (samples_prepare(&side->all, values, count, keep, &inner))
        return error_set(error, inner.code, "%s: %s", name, inner.text);
    if (side->runs_count <= 1) {
        side->runs = &side->all;
        return 0;
    }
    side->runs = arena_take(keep, side->runs_count * sizeof *side->runs);
    size_t run = 0;
    for (size_t i = 0; i < input->runs_count; i++) {
        if (input->runs[i].count == 0)
            continue;
        if (samples_prepare(&side->runs[run++], values, input->runs[i].count, keep, error))
            return -1;
        values += input->runs[i].count;
    }
    return 0;
}

struct samples side_scaled(const struct samples *samples, enum scale scale, struct arena *arena)
{
    struct samples scaled = *samples;
    if (scale == SCALE_LOG && samples->count > 0)
        samples_logs(&scaled, samples, arena);
    return scaled;
}

struct samples side_centred(const struct side *side, enum scale scale, struct arena *arena)
{
    double *values = arena_take(arena, side->all.count * sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < side->runs_count; i++) {
        struct samples run = side_scaled(&side->runs[i], scale, arena);
        double median = order_median(&run);
        for (size_t k = 0; k < run.count; k++)
            values[count++] = run.sorted[k] - median;
    }
    sort_numbers(values, count, arena);
    return (struct samples){values, values, count};
}

struct run_effects side_effects(const struct side *side, enum scale scale, struct arena *scratch)
{
    struct run_summary *runs = arena_take(scratch, side->runs_count * sizeof *runs);
    for (size_t i = 0; i < side->runs_count; i++) {
        struct samples run = side_scaled(&side->runs[i], scale, scratch);
        runs[i] = run_summary_of(&run);
    }
    return run_effects_of(runs, side->runs_count);
}

static struct comparison_side summary_without_samples(const struct compare_input_side *input)
{
    const struct run_summary *summary = &input->summary;
    double n = summary->n > 0 ? summary->n : 0, mean = n > 0 ? summary->mean : NAN;
    double sd = n > 0 ? summary->sd : NAN;
    return (struct comparison_side){
        .n = (size_t)n,
        .runs = input->runs_count,
        .median = NAN,
        .mean = mean,
        .sd = sd,
        .cv = mean != 0 ? sd / fabs(mean) : NAN,
        .mad = NAN,
        .min = NAN,
        .max = NAN,
        .median_ci = interval_none(),
        .p95 = NAN,
        .p99 = NAN,
    };
}

struct comparison_side side_summary(const struct side *side, const struct compare_input_side *input)
{
    const struct samples *all = &side->all;
    if (all->count == 0)
        return summary_without_samples(input);
    struct moments moments = moments_of(all);
    return (struct comparison_side){
        .n = all->count,
        .runs = side->runs_count,
        .median = order_median(all),
        .mean = moments.mean,
        .sd = moments.sd,
        .cv = moments.cv,
        .mad = order_mad(all),
        .min = all->sorted[0],
        .max = all->sorted[all->count - 1],
        .median_ci = order_median_interval(all, 0.95),
        .p95 = all->count < FEWEST_P95 ? NAN : order_quantile(all, 0.95),
        .p99 = all->count < FEWEST_P99 ? NAN : order_quantile(all, 0.99),
    };
}

static double median_of_part(const double *values, size_t count, struct arena *scratch)
{
    double *sorted = arena_take(scratch, count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    sort_numbers(sorted, count, scratch);
    return order_median_of(sorted, count);
}

/* How far a straight trend would go over the run: its halves' medians lie half of that apart. */
static double rise_of(const struct samples *run, enum scale scale, struct arena *scratch)
{
    size_t half = run->count / 2;
    if (run->count < FEWEST_RISE)
        return 0;
    double first = median_of_part(run->values, half, scratch);
    double second = median_of_part(run->values + (run->count - half), half, scratch);
    return 2 * (scale == SCALE_LOG ? log(second / first) : second - first);
}

struct comparison_series side_series(
    const struct samples *run, enum scale scale, bool trend, struct compare_memory *memory)
{
    struct comparison_series series = {
        .serial = {run->count, autocorrelation(run, 1)}, .trend_p = NAN};
    if (!trend)
        return series;
    series.trend_p = mann_kendall(run, &memory->orders, &memory->scratch).p;
    if (series.trend_p < TREND_WORTH_A_LOOK)
        series.rise = rise_of(run, scale, &memory->scratch);
    return series;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/compare.h"

#include "analysis/pairing.h"
#include "analysis/shared_runs.h"
#include "analysis/side.h"
#include "stats/brown_forsythe.h"
#include "stats/kolmogorov_smirnov.h"
#include "stats/mann_whitney.h"
#include "stats/signed_rank.h"
#include "stats/ties.h"
#include "stats/welch.h"

#include <math.h>

void compare_memory_release(struct compare_memory *memory)
{
    arena_release(&memory->scratch);
}

const char *test_name(enum test test)
{
    static const char *const names[] = {[TEST_NONE] = NULL,
        [TEST_MANN_WHITNEY] = "mann-whitney",
        [TEST_SIGNED_RANK] = "signed-rank",
        [TEST_WELCH_RUNS] = "welch-runs",
        [TEST_WELCH_SUMMARY] = "welch-summary",
        [TEST_DIRECT] = "direct"};
    return names[test];
}

/* Everything that one call works with. */
struct measuring {
    struct comparison *comparison;
    const struct compare_input *input;
    struct side base, head;
    struct pairing pairing;
    struct arena *keep;
    struct compare_memory *memory;
};

static void add_reason(struct comparison *comparison, enum reason reason)
{
    comparison->reasons |= reason_bit(reason);
}

/* Does every run of base stand among those of head too, and the other way round? */
static bool covers(const struct compare_input_side *some, const struct compare_input_side *others)
{
    for (size_t i = 0; i < some->runs_count; i++) {
        bool found = false;
        for (size_t j = 0; j < others->runs_count && !found; j++)
            found = some->runs[i].key == others->runs[j].key;
        if (!found)
            return false;
    }
    return true;
}

static bool same_runs(const struct compare_input *input)
{
    return input->interleaved && input->base.runs_count > 0 && covers(&input->base, &input->head) &&
           covers(&input->head, &input->base);
}

/* ---- the band -------------------------------------------------------------- */

/* The band as a difference; NaN without one. */
static void set_raw_band(
    struct comparison_work *work, double relative, double absolute, double centre)
{
    double half = centre > 0 || relative == 0 ? fmax(relative * centre, absolute) : absolute;
    work->low = -half;
    work->high = half;
}

/* On logarithms; what is smaller than an absolute band may fall to nothing. */
static void set_log_band(
    struct comparison_work *work, double relative, double absolute, double centre)
{
    work->low = -log1p(relative);
    work->high = log1p(relative);
    if (isnan(absolute))
        return;
    work->low = fmin(work->low, absolute < centre ? log1p(-absolute / centre) : -INFINITY);
    work->high = fmax(work->high, log1p(absolute / centre));
}

static void set_band(struct comparison *comparison, const struct compare_band *band)
{
    struct comparison_work *work = &comparison->work;
    double relative = band->relative, centre = fabs(comparison->base.median);
    bool direct = comparison->test.name == TEST_DIRECT;
    if (isnan(centre))
        centre = fabs(comparison->base.mean);
    /* A share of nothing is nothing, and what does not vary needs no room for noise. */
    if (direct && isnan(band->absolute) && (isnan(relative) || !band->given || centre == 0))
        relative = 0;
    comparison->band = interval_none();
    if (comparison->scale == SCALE_RAW)
        set_raw_band(work, relative, band->absolute, centre);
    else
        set_log_band(work, relative, band->absolute, centre);
    if (isnan(work->high))
        add_reason(comparison, REASON_NO_BAND);
    else if (comparison->scale == SCALE_RAW)
        comparison->band = (struct interval){work->low, work->high, NAN};
    else
        comparison->band = (struct interval){exp(work->low), exp(work->high), NAN};
}

/* ---- the test -------------------------------------------------------------- */

static bool is_constant(const struct samples *samples)
{
    return samples->count > 0 && samples_constant(samples);
}

static bool is_direct(const struct measuring *at)
{
    const struct samples *base = &at->base.all, *head = &at->head.all;
    if (!is_constant(base) || !is_constant(head))
        return false;
    return at->input->deterministic ||
           (at->input->countable && base->count >= 2 && head->count >= 2);
}

/* Pairs are worth more than what is lost with the samples that have none. */
static bool is_paired(const struct measuring *at)
{
    size_t n = at->base.all.count, m = at->head.all.count;
    return at->pairing.count > 0 && 2 * at->pairing.count >= (n < m ? n : m);
}

static enum test choose_test(const struct measuring *at)
{
    const struct comparison_work *work = &at->comparison->work;
    if (at->base.all.count == 0 || at->head.all.count == 0) {
        bool both = at->comparison->base.n > 0 && at->comparison->head.n > 0;
        return both ? TEST_WELCH_SUMMARY : TEST_NONE;
    }
    if (is_direct(at))
        return TEST_DIRECT;
    if (is_paired(at))
        return TEST_SIGNED_RANK;
    if (!work->same_runs && at->base.runs_count >= 2 && at->head.runs_count >= 2)
        return TEST_WELCH_RUNS;
    return TEST_MANN_WHITNEY;
}

static void test_pairs(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    const struct pairing *pairing = &at->pairing;
    double *differences = arena_take(at->keep, pairing->count * sizeof *differences);
    for (size_t i = 0; i < pairing->count; i++)
        differences[i] = comparison->scale == SCALE_LOG ? log(pairing->head[i] / pairing->base[i])
                                                        : pairing->head[i] - pairing->base[i];
    struct samples *samples = &comparison->work.differences;
    struct error never = ERROR_INIT; /* differences of checked samples are in the limits or 0 */
    if (samples_prepare(samples, differences, pairing->count, at->keep, &never))
        return;
    struct signed_rank test;
    signed_rank(&test, samples, &at->memory->signs, &at->memory->scratch);
    comparison->test.statistic = test.v;
    comparison->test.p = test.p;
    comparison->test.exact = test.exact;
    comparison->work.smallest_p = test.smallest_p;
}

static void test_summaries(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    const struct comparison_side *base = &comparison->base, *head = &comparison->head;
    struct estimate left = estimate_of((double)base->n, base->mean, base->sd);
    struct estimate right = estimate_of((double)head->n, head->mean, head->sd);
    struct welch test = welch(left, right);
    comparison->test.statistic = test.t;
    comparison->test.p = test.p;
    /* The logarithm of a mean has the mean's relative error, near enough (delta method). */
    if (comparison->scale == SCALE_LOG) {
        left = estimate_of((double)base->n, log(base->mean), base->sd / base->mean);
        right = estimate_of((double)head->n, log(head->mean), head->sd / head->mean);
    }
    comparison->work.base_summary = left;
    comparison->work.head_summary = right;
    add_reason(comparison, REASON_SUMMARY_ONLY);
}

static void make_test(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    const struct mann_whitney *ranks = &comparison->work.ranks;
    switch (comparison->test.name) {
    case TEST_NONE: add_reason(comparison, REASON_MISSING_SAMPLES); break;
    case TEST_MANN_WHITNEY:
        comparison->test.statistic = ranks->u;
        comparison->test.p = ranks->p;
        comparison->test.exact = ranks->exact;
        comparison->work.smallest_p = ranks->smallest_p;
        break;
    case TEST_SIGNED_RANK: test_pairs(at); break;
    case TEST_WELCH_SUMMARY: test_summaries(at); break;
    case TEST_WELCH_RUNS: break; /* family_settle() knows the variance of all runs */
    case TEST_DIRECT:
        if (!at->input->deterministic)
            add_reason(comparison, REASON_CONSTANT);
        break;
    }
    if (at->pairing.offered) {
        comparison->pairs = at->pairing.count;
        comparison->pairs_dropped = at->pairing.dropped;
        if (at->pairing.dropped > 0)
            add_reason(comparison, REASON_PAIRS_DROPPED);
        if (comparison->test.name == TEST_MANN_WHITNEY)
            add_reason(comparison, REASON_FEW_PAIRS);
    }
}

/* ---- a coarse clock ------------------------------------------------------------ */

/* The samples of the pairs, on the scale, in the order taken. */
static struct samples pair_side(
    const double *values, size_t count, enum scale scale, struct arena *arena)
{
    double *scaled = arena_take(arena, count * sizeof *scaled);
    struct samples samples = {NULL, NULL, 0};
    struct error never = ERROR_INIT; /* they were checked */
    for (size_t i = 0; i < count; i++)
        scaled[i] = scale == SCALE_LOG ? log(values[i]) : values[i];
    return samples_prepare(&samples, scaled, count, arena, &never) == 0
               ? samples
               : (struct samples){NULL, NULL, 0};
}

static void spread_differences(struct measuring *at)
{
    struct comparison_work *work = &at->comparison->work;
    const struct pairing *pairing = &at->pairing;
    struct arena *scratch = &at->memory->scratch;
    enum scale scale = at->comparison->scale;
    struct samples base = pair_side(pairing->base, pairing->count, scale, scratch), spread_base;
    struct samples head = pair_side(pairing->head, pairing->count, scale, scratch), spread_head;
    struct error never = ERROR_INIT;
    if (base.count == 0 || head.count == 0)
        return;
    ties_spread(&spread_base, &base, &head, TIES_RISING, scratch);
    ties_spread(&spread_head, &head, &base, TIES_MIXED, scratch);
    double *differences = arena_take(at->keep, pairing->count * sizeof *differences);
    for (size_t i = 0; i < pairing->count; i++)
        differences[i] = spread_head.values[i] - spread_base.values[i];
    struct samples spread;
    if (samples_prepare(&spread, differences, pairing->count, at->keep, &never) == 0)
        work->differences = spread;
}

/*
 * The tests know what to do with ties; the change and its intervals do not. Counts
 * are what they are: nothing was rounded.
 */
static void spread_ties(struct measuring *at)
{
    struct comparison_work *work = &at->comparison->work;
    enum test test = at->comparison->test.name;
    if ((test != TEST_MANN_WHITNEY && test != TEST_SIGNED_RANK) || at->input->countable ||
        at->input->deterministic || !ties_are_heavy(&work->base, &work->head))
        return;
    work->resolution = ties_resolution(&work->base, &work->head, &at->memory->scratch) +
                       ties_resolution(&work->head, &work->base, &at->memory->scratch);
    if (work->resolution > 0)
        add_reason(at->comparison, REASON_COARSE_CLOCK);
    if (test == TEST_SIGNED_RANK)
        spread_differences(at);
    struct samples base = work->base;
    ties_spread(&work->base, &base, &work->head, TIES_RISING, at->keep);
    ties_spread(&work->head, &work->head, &base, TIES_RISING, at->keep);
}

/* ---- spread, shape, series -------------------------------------------------- */

/* Where a side has several runs, inside the runs: their levels differ by themselves. */
static void compare_spread_and_shape(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    struct arena *scratch = &at->memory->scratch;
    struct samples base = comparison->work.base, head = comparison->work.head;
    if (at->base.runs_count > 1 || at->head.runs_count > 1) {
        base = side_centred(&at->base, comparison->scale, scratch);
        head = side_centred(&at->head, comparison->scale, scratch);
    }
    comparison->spread_p = brown_forsythe(&base, &head).p;
    comparison->shape_p = kolmogorov_smirnov(&base, &head, scratch).p;
}

static void look_at_shared_runs(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    if (!comparison->work.same_runs)
        return;
    if (comparison->test.name == TEST_SIGNED_RANK)
        comparison->work.agreement =
            shared_runs_of_pairs(&at->pairing, comparison->scale, &at->memory->scratch);
    if (comparison->test.name == TEST_MANN_WHITNEY)
        comparison->work.agreement = shared_runs_of_sides(
            at->input, &at->base, &at->head, comparison->scale, &at->memory->scratch);
}

/* The differences of the pairs of each run: what runs do not agree on is no correlation. */
static size_t look_at_pairs(struct measuring *at)
{
    struct comparison_work *work = &at->comparison->work;
    const struct pairing *pairing = &at->pairing;
    size_t count = 0;
    for (size_t from = 0, end; from < pairing->count; from = end) {
        struct samples run;
        struct error never = ERROR_INIT;
        for (end = from + 1; end < pairing->count && pairing->runs[end] == pairing->runs[from];)
            end++;
        if (samples_prepare(&run, work->differences.values + from, end - from, &at->memory->scratch,
                &never) == 0)
            work->series[count++] = side_series(&run, SCALE_RAW, false, at->memory);
    }
    return count;
}

/*
 * What correlates with itself: the differences of pairs, else every run. Where the
 * sides were measured in turns a trend takes both along and does no harm.
 */
static void look_at_series(struct measuring *at)
{
    struct comparison_work *work = &at->comparison->work;
    size_t most = at->base.runs_count + at->head.runs_count, count = 0;
    if (at->comparison->test.name == TEST_DIRECT || at->comparison->test.name == TEST_NONE)
        return;
    work->series = arena_take(at->keep, (most + 1) * sizeof *work->series);
    if (at->comparison->test.name == TEST_SIGNED_RANK)
        count = look_at_pairs(at);
    else
        for (size_t i = 0; i < most; i++) {
            const struct samples *run = i < at->base.runs_count
                                            ? &at->base.runs[i]
                                            : &at->head.runs[i - at->base.runs_count];
            work->series[count++] =
                side_series(run, at->comparison->scale, !work->same_runs, at->memory);
        }
    work->series_count = count;
}

/* ---- history ----------------------------------------------------------------- */

enum { HISTORY_FEWEST = 3 };

/* Of the mean square of the steps between so many neighbours (von Neumann 1941). */
static double history_degrees(double count)
{
    return 2 * (count - 1) * (count - 1) / (3 * count - 4);
}

/* A cv says of logarithms what it says of values, near enough. */
static void learn_from_noise(struct comparison *comparison, const struct compare_noise *noise)
{
    double centre = comparison->scale == SCALE_LOG ? 1 : fabs(comparison->base.median);
    if (noise->points < HISTORY_FEWEST || isnan(centre) || !(noise->cv > 0))
        return;
    comparison->work.history_variance = noise->cv * noise->cv * centre * centre;
    comparison->work.history_degrees = history_degrees(noise->points);
}

/*
 * The variance of one run's centre, from the steps between neighbours, which a
 * slow change of the program over its history hardly touches.
 */
static void learn_from_history(struct comparison *comparison, const struct compare_input *input)
{
    struct comparison_work *work = &comparison->work;
    size_t count = input->history_count;
    work->history_variance = NAN;
    if (count < HISTORY_FEWEST) {
        learn_from_noise(comparison, &input->history_noise);
        return;
    }
    double squares = 0, shares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        shares += 1 / input->history[i].n / n;
        if (i > 0) {
            double step = input->history[i].mean - input->history[i - 1].mean;
            squares += step * step;
        }
    }
    if (!(squares > 0))
        return; /* the clock was too coarse to tell */
    work->history_variance = squares / (2 * (n - 1));
    work->history_degrees = history_degrees(n);
    double within = run_effects_of(input->history, count).within_sd;
    if (isnan(within))
        return;
    double base = 1 / (double)work->base.count, head = 1 / (double)work->head.count;
    work->history_within = within * within * (fmax(0, base - shares) + fmax(0, head - shares));
}

/* ---- all of it ----------------------------------------------------------------- */

static enum scale choose_scale(const struct measuring *at)
{
    const struct samples *base = &at->base.all, *head = &at->head.all;
    bool positive = base->count > 0 ? samples_positive(base) : at->comparison->base.mean > 0;
    positive =
        positive && (head->count > 0 ? samples_positive(head) : at->comparison->head.mean > 0);
    return positive ? SCALE_LOG : SCALE_RAW;
}

static void start(struct comparison *comparison, const struct compare_input *input)
{
    *comparison = (struct comparison){
        .change = {NAN, interval_none(), NAN, interval_none()},
        .test = {TEST_NONE, NAN, NAN, NAN, false},
        .spread_p = NAN,
        .shape_p = NAN,
        .cliffs_delta = NAN,
        .verdict = VERDICT_INCONCLUSIVE,
        .reasons = input->reasons,
        .needed = {NAN, NAN},
        .work = {.base_summary = {NAN, 0, NAN, NAN},
            .head_summary = {NAN, 0, NAN, NAN},
            .agreement = {NAN, NAN},
            .smallest_p = NAN,
            .history_variance = NAN,
            .look_share = input->look_share,
            .alpha = input->alpha,
            .informal = input->informal,
            .same_runs = same_runs(input),
            .better = input->better},
    };
    if (input->look_share < 1)
        add_reason(comparison, REASON_SEQUENTIAL_LOOKS);
}

static void measure(struct measuring *at)
{
    struct comparison *comparison = at->comparison;
    struct comparison_work *work = &comparison->work;
    comparison->base = side_summary(&at->base, &at->input->base);
    comparison->head = side_summary(&at->head, &at->input->head);
    comparison->scale = choose_scale(at);
    if (comparison->scale == SCALE_RAW && comparison->base.n > 0 && comparison->head.n > 0)
        add_reason(comparison, REASON_RAW_SCALE);
    work->base = side_scaled(&at->base.all, comparison->scale, at->keep);
    work->head = side_scaled(&at->head.all, comparison->scale, at->keep);
    at->pairing = pairing_match(&at->input->base, &at->input->head, &at->memory->scratch);
    comparison->test.name = choose_test(at);
    set_band(comparison, &at->input->band);

    mann_whitney(
        &work->ranks, &at->base.all, &at->head.all, &at->memory->ranks, &at->memory->scratch);
    comparison->cliffs_delta = cliffs_delta(work->ranks.u, work->base.count, work->head.count);
    work->base_runs = side_effects(&at->base, comparison->scale, &at->memory->scratch);
    work->head_runs = side_effects(&at->head, comparison->scale, &at->memory->scratch);
    make_test(at);
    if (comparison->test.name != TEST_DIRECT)
        compare_spread_and_shape(at);
    look_at_shared_runs(at);
    look_at_series(at);
    learn_from_history(comparison, at->input);
    spread_ties(at);
}

int compare_measure(struct comparison *comparison, const struct compare_input *input,
    struct arena *keep, struct compare_memory *memory, struct error *error)
{
    struct measuring at = {
        .comparison = comparison, .input = input, .keep = keep, .memory = memory};
    start(comparison, input);
    arena_reset(&memory->scratch);
    if (side_prepare(&at.base, &input->base, "base", keep, error) ||
        side_prepare(&at.head, &input->head, "head", keep, error))
        return -1;
    measure(&at);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../stats/simulate.h"
#include "../unit.h"
#include "analysis/family.h"

#include <string.h>

enum { MOST = 400 };

/* One comparison with everything around it. */
struct bench {
    double base[MOST], head[MOST];
    uint64_t pairs[2][MOST];
    struct compare_run runs[2][8];
    struct compare_input input;
    struct comparison comparison;
    struct family_findings findings;
    struct family_rules rules;
    struct compare_memory memory;
    struct arena keep;
};

static void single_run(struct bench *bench, size_t n, size_t m)
{
    bench->runs[0][0] = (struct compare_run){1, bench->base, n, NULL};
    bench->runs[1][0] = (struct compare_run){1, bench->head, m, NULL};
    bench->input.base = (struct compare_input_side){bench->runs[0], 1, {NAN, NAN, NAN}};
    bench->input.head = (struct compare_input_side){bench->runs[1], 1, {NAN, NAN, NAN}};
}

/* Two interleaved variants of one run: n samples about 1 and about exp(change). */
static void bench_start(struct bench *bench, size_t n, double change, double sd)
{
    struct simulation simulation = simulation_start(17);
    *bench = (struct bench){.rules = {0.05, false}};
    for (size_t i = 0; i < n; i++) {
        bench->base[i] = exp(sd * simulate_normal(&simulation));
        bench->head[i] = exp(change + sd * simulate_normal(&simulation));
    }
    single_run(bench, n, n);
    bench->input.better = BETTER_LOWER;
    bench->input.band = (struct compare_band){.relative = 0.01, .absolute = NAN};
    bench->input.interleaved = true;
    bench->input.look_share = 1;
}

static void bench_settle(struct bench *bench)
{
    struct error error = ERROR_INIT;
    assert_int_equal(
        compare_measure(&bench->comparison, &bench->input, &bench->keep, &bench->memory, &error),
        0);
    family_settle(&bench->comparison, 1, &bench->rules, &bench->findings, &bench->memory);
}

static void bench_end(struct bench *bench)
{
    compare_memory_release(&bench->memory);
    arena_release(&bench->keep);
}

static enum verdict verdict_of(struct bench *bench)
{
    bench_settle(bench);
    bench_end(bench);
    return bench->comparison.verdict;
}

static bool has(const struct bench *bench, enum reason reason)
{
    return bench->comparison.reasons & reason_bit(reason);
}

static void the_direction_says_what_a_change_is(void **state)
{
    (void)state;
    static const enum better betters[] = {BETTER_LOWER, BETTER_HIGHER, BETTER_NONE};
    static const enum verdict up[] = {VERDICT_REGRESSION, VERDICT_IMPROVEMENT, VERDICT_CHANGED};
    static const enum verdict down[] = {VERDICT_IMPROVEMENT, VERDICT_REGRESSION, VERDICT_CHANGED};
    struct bench bench;
    for (size_t i = 0; i < 3; i++) {
        bench_start(&bench, 20, 0.1, 0.02);
        bench.input.better = betters[i];
        assert_int_equal(verdict_of(&bench), up[i]);
        bench_start(&bench, 20, -0.1, 0.02);
        bench.input.better = betters[i];
        assert_int_equal(verdict_of(&bench), down[i]);
    }
}

static void a_change_inside_the_band_is_no_regression_however_significant(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 300, 0.006, 0.01);
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
    assert_true(bench.comparison.test.p_adjusted < 1e-6);
    bench_start(&bench, 300, 0.006, 0.01);
    bench.input.band.relative = 0.001;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
}

static void what_cannot_be_told_says_how_many_samples_would_tell(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 12, 0.01, 0.05);
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
    assert_true(bench.comparison.needed.samples > 12);
    assert_true(isnan(bench.comparison.needed.runs));
}

static void three_samples_are_too_few_and_four_are_needed(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 3, 0.5, 0.01);
    assert_int_equal(verdict_of(&bench), VERDICT_TOO_FEW_SAMPLES);
    assert_true(bench.comparison.needed.samples == 4);
    assert_true(has(&bench, REASON_NO_INTERVAL));
    bench_start(&bench, 1, 0.5, 0.01);
    assert_int_equal(verdict_of(&bench), VERDICT_TOO_FEW_SAMPLES);
    bench_start(&bench, 4, 0.5, 0.01);
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
}

static void a_side_without_samples_has_too_few(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 5, 0, 0.01);
    bench.runs[1][0].count = 0;
    assert_int_equal(verdict_of(&bench), VERDICT_TOO_FEW_SAMPLES);
    assert_true(has(&bench, REASON_MISSING_SAMPLES));
    assert_int_equal(bench.comparison.test.name, TEST_NONE);
    assert_true(isnan(bench.comparison.head.median) && isnan(bench.comparison.change.ratio));
}

static void a_number_that_is_none_is_an_error_with_side_and_index(void **state)
{
    (void)state;
    struct bench bench;
    struct error error = ERROR_INIT;
    bench_start(&bench, 5, 0, 0.01);
    bench.head[3] = NAN;
    assert_int_equal(
        compare_measure(&bench.comparison, &bench.input, &bench.keep, &bench.memory, &error), -1);
    assert_non_null(strstr(error.text, "head: sample 3 is not a number"));
    bench_end(&bench);
}

static void a_metric_that_does_not_vary_is_compared_directly(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 1, 0, 0);
    bench.base[0] = 1000;
    bench.head[0] = 1001;
    bench.input.deterministic = true;
    bench.input.band.relative = NAN;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_int_equal(bench.comparison.test.name, TEST_DIRECT);
    assert_true(isnan(bench.comparison.test.p) && bench.findings.tests == 0);
    assert_true(bench.comparison.change.ratio == bench.comparison.change.ratio_ci.low);
    bench_start(&bench, 1, 0, 0);
    bench.input.deterministic = true;
    bench.input.band.relative = NAN;
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
}

static void constant_counts_are_compared_directly_but_constant_times_are_not(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 2, 0, 0);
    bench.input.countable = true;
    bench_settle(&bench);
    assert_int_equal(bench.comparison.test.name, TEST_DIRECT);
    assert_true(has(&bench, REASON_CONSTANT));
    bench_end(&bench);
    bench_start(&bench, 2, 0, 0);
    bench_settle(&bench);
    assert_int_equal(bench.comparison.test.name, TEST_MANN_WHITNEY);
    bench_end(&bench);
    bench_start(&bench, 1, 0, 0);
    bench.input.countable = true;
    assert_int_equal(verdict_of(&bench), VERDICT_TOO_FEW_SAMPLES);
}

static void a_count_of_nothing_has_no_room_for_noise_whatever_share_is_given(void **state)
{
    (void)state;
    for (int more = 0; more < 2; more++) {
        struct bench bench;
        bench_start(&bench, 3, 0, 0);
        for (size_t i = 0; i < 3; i++) {
            bench.base[i] = 0;
            bench.head[i] = more;
        }
        bench.input.countable = true;
        bench.input.band = (struct compare_band){.relative = 0.02, .absolute = NAN, .given = true};
        assert_int_equal(verdict_of(&bench), more ? VERDICT_REGRESSION : VERDICT_UNCHANGED);
        assert_false(has(&bench, REASON_NO_BAND));
    }
}

static void values_at_or_below_zero_are_compared_on_the_raw_scale(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0, 0.01);
    for (size_t i = 0; i < 20; i++)
        bench.head[i] += 5;
    bench.head[0] = -1;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_int_equal(bench.comparison.scale, SCALE_RAW);
    assert_true(isnan(bench.comparison.change.ratio));
    assert_true(fabs(bench.comparison.change.shift - 5) < 0.02);
    assert_true(fabs(bench.comparison.band.high - 0.01) < 0.001);
    assert_true(has(&bench, REASON_RAW_SCALE));
}

static void without_a_band_a_change_is_only_a_change(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0, 0.01);
    for (size_t i = 0; i < 20; i++) {
        bench.base[i] = i % 2 ? -1 : 1;
        bench.head[i] = 5 + (double)(i * 7 % 20);
    }
    assert_int_equal(verdict_of(&bench), VERDICT_CHANGED);
    assert_true(has(&bench, REASON_NO_BAND) && isnan(bench.comparison.band.low));
    bench_start(&bench, 20, 0, 0.01);
    bench.base[0] = bench.head[0] = 0;
    bench.input.band.relative = NAN;
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
}

static void an_absolute_band_holds_on_both_scales(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0.1, 0.01);
    bench.input.band.absolute = 0.5;
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
    assert_true(fabs(bench.comparison.band.high - 1.5) < 0.01);
    assert_true(fabs(bench.comparison.band.low - 0.5) < 0.01);
    bench_start(&bench, 20, 0.1, 0.01);
    bench.input.band.absolute = 0.5;
    bench.base[0] = 0;
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
    assert_true(bench.comparison.band.high == 0.5);
}

/* The same noise on both sides of a pair: alone it hides the change. */
static void make_pairs(struct bench *bench, size_t n, double change)
{
    struct simulation simulation = simulation_start(23);
    bench_start(bench, n, 0, 0);
    for (size_t i = 0; i < n; i++) {
        double round = 0.2 * simulate_normal(&simulation);
        bench->base[i] = exp(round + 0.005 * simulate_normal(&simulation));
        bench->head[n - 1 - i] = exp(round + change + 0.005 * simulate_normal(&simulation));
        bench->pairs[0][i] = i;
        bench->pairs[1][n - 1 - i] = i;
    }
    bench->runs[0][0].pairs = bench->pairs[0];
    bench->runs[1][0].pairs = bench->pairs[1];
}

static void pairs_find_what_the_sides_alone_do_not(void **state)
{
    (void)state;
    struct bench bench;
    make_pairs(&bench, 20, 0.05);
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_int_equal(bench.comparison.test.name, TEST_SIGNED_RANK);
    assert_true(fabs(bench.comparison.change.ratio - exp(0.05)) < 0.005);
    make_pairs(&bench, 20, 0.05);
    bench.runs[0][0].pairs = NULL;
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
    assert_int_equal(bench.comparison.test.name, TEST_MANN_WHITNEY);
}

static void pairs_without_a_partner_are_dropped_and_counted(void **state)
{
    (void)state;
    struct bench bench;
    make_pairs(&bench, 20, 0.05);
    bench.pairs[0][3] = 1000;
    bench.pairs[1][4] = PAIR_NONE;
    bench_settle(&bench);
    assert_int_equal(bench.comparison.pairs, 18);
    assert_int_equal(bench.comparison.pairs_dropped, 3);
    assert_true(has(&bench, REASON_PAIRS_DROPPED));
    bench_end(&bench);
}

static void pairs_of_other_runs_do_not_match_and_few_pairs_are_not_used(void **state)
{
    (void)state;
    struct bench bench;
    make_pairs(&bench, 20, 0.05);
    bench.runs[1][0].key = 2;
    bench_settle(&bench);
    assert_int_equal(bench.comparison.test.name, TEST_MANN_WHITNEY);
    assert_int_equal(bench.comparison.pairs, 0);
    bench_end(&bench);
    make_pairs(&bench, 20, 0.05);
    for (size_t i = 0; i < 12; i++)
        bench.pairs[0][i] += 100;
    bench_settle(&bench);
    assert_int_equal(bench.comparison.test.name, TEST_MANN_WHITNEY);
    assert_true(has(&bench, REASON_FEW_PAIRS));
    bench_end(&bench);
}

static void split_into_runs(struct bench *bench, size_t runs, size_t samples, uint64_t head_key)
{
    for (size_t i = 0; i < runs; i++) {
        bench->runs[0][i] = (struct compare_run){i, bench->base + i * samples, samples, NULL};
        bench->runs[1][i] =
            (struct compare_run){head_key + i, bench->head + i * samples, samples, NULL};
    }
    bench->input.base.runs_count = bench->input.head.runs_count = runs;
}

static void with_several_runs_the_run_is_the_unit(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 0, 0.001);
    for (size_t i = 0; i < 60; i++)
        bench.head[i] *= 1.02 + 0.02 * (double)(i / 20); /* runs 2, 4 and 6 % above */
    split_into_runs(&bench, 3, 20, 100);
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
    assert_int_equal(bench.comparison.test.name, TEST_WELCH_RUNS);
    assert_int_equal(bench.comparison.head.runs, 3);
    assert_true(bench.comparison.work.head_runs.between_sd > 0.018);
    assert_true(bench.comparison.needed.runs > 3 && isnan(bench.comparison.needed.samples));
    assert_false(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
}

static void sides_that_share_their_runs_are_compared_by_samples(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 0.05, 0.01);
    split_into_runs(&bench, 3, 20, 0);
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_int_equal(bench.comparison.test.name, TEST_MANN_WHITNEY);
    assert_false(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
}

static void one_run_a_side_is_said_and_strict_does_not_believe_it(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0.1, 0.01);
    bench.runs[1][0].key = 2;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_true(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
    bench_start(&bench, 20, 0.1, 0.01);
    bench.runs[1][0].key = 2;
    bench.rules.strict = true;
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
    /* In turns in one run: how many runs apart it would take, nobody knows. */
    assert_true(bench.comparison.needed.samples > 20 && isnan(bench.comparison.needed.runs));
}

static void history_supplies_the_spread_between_runs(void **state)
{
    (void)state;
    struct run_summary history[10];
    struct bench bench;
    for (size_t i = 0; i < 10; i++)
        history[i] = (struct run_summary){20, i % 2 ? 0.05 : 0, 0.01};
    bench_start(&bench, 20, 0.1, 0.01);
    bench.runs[1][0].key = 2;
    bench.input.history = history;
    bench.input.history_count = 10;
    assert_int_equal(verdict_of(&bench), VERDICT_INCONCLUSIVE);
    assert_true(has(&bench, REASON_SPREAD_FROM_HISTORY));
    assert_false(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
    assert_true(bench.comparison.change.ratio_ci.low < 1);
    for (size_t i = 0; i < 10; i++)
        history[i].mean /= 50;
    bench_start(&bench, 20, 0.1, 0.01);
    bench.runs[1][0].key = 2;
    bench.input.history = history;
    bench.input.history_count = 10;
    bench.rules.strict = true;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
}

static enum verdict verdict_with_noise(struct bench *bench, double cv, double points)
{
    bench_start(bench, 20, 0.1, 0.01);
    bench->runs[1][0].key = 2;
    bench->input.history_noise = (struct compare_noise){cv, points};
    return verdict_of(bench);
}

static void so_does_the_noise_of_a_trend_of_three_points_or_more(void **state)
{
    (void)state;
    struct bench bench;
    assert_int_equal(verdict_with_noise(&bench, 0.05, 12), VERDICT_INCONCLUSIVE);
    assert_true(has(&bench, REASON_SPREAD_FROM_HISTORY));
    assert_int_equal(verdict_with_noise(&bench, 0.001, 12), VERDICT_REGRESSION);
    assert_false(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
    assert_int_equal(verdict_with_noise(&bench, 0.05, 2), VERDICT_REGRESSION);
    assert_true(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
    verdict_with_noise(&bench, 0, 12);
    assert_true(has(&bench, REASON_BETWEEN_RUN_UNKNOWN));
}

static void of_a_share_and_a_value_the_larger_band_counts(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0.1, 0.01);
    bench.input.band = (struct compare_band){0.01, 0.5, true};
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
    assert_true(fabs(bench.comparison.band.high - 1.5) < 0.01);
    bench.input.band = (struct compare_band){0.7, 0.5, true};
    verdict_of(&bench);
    assert_true(fabs(bench.comparison.band.high - 1.7) < 0.01);
    bench.input.band = (struct compare_band){NAN, 2, true};
    assert_int_equal(verdict_of(&bench), VERDICT_UNCHANGED);
    assert_true(bench.comparison.band.low == 0 && fabs(bench.comparison.band.high - 3) < 0.01);
}

static void what_decides_nothing_takes_nothing_from_the_others(void **state)
{
    (void)state;
    struct bench bench;
    struct comparison two[2];
    struct family_findings findings;
    bench_start(&bench, 20, 0.1, 0.01);
    bench_settle(&bench);
    double alone = bench.comparison.test.p_adjusted;
    two[0] = two[1] = bench.comparison;
    two[1].test.p = 0.9;
    two[1].work.series_count = 0;
    two[1].work.informal = true;
    family_settle(two, 2, &bench.rules, &findings, &bench.memory);
    assert_int_equal(findings.tests, 1);
    assert_int_equal(findings.informal_tests, 1);
    assert_true(two[0].test.p_adjusted < alone * 1.5);
    two[1].work.informal = false;
    family_settle(two, 2, &bench.rules, &findings, &bench.memory);
    assert_int_equal(findings.tests, 2);
    assert_true(two[0].test.p_adjusted > alone * 1.5);
    bench_end(&bench);
}

static void summaries_are_compared_by_welch(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 0, 0, 0);
    bench.input.base.summary = (struct run_summary){30, 100, 2};
    bench.input.head.summary = (struct run_summary){30, 110, 2};
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_int_equal(bench.comparison.test.name, TEST_WELCH_SUMMARY);
    assert_true(has(&bench, REASON_SUMMARY_ONLY));
    /* t.test: t = 10 / sqrt(4/30 + 4/30) */
    assert_true(fabs(bench.comparison.test.statistic - 19.364916731037084) < 1e-9);
    assert_true(fabs(bench.comparison.change.ratio - 1.1) < 1e-12);
    bench_start(&bench, 0, 0, 0);
    bench.input.base.summary = (struct run_summary){1, 100, NAN};
    bench.input.head.summary = (struct run_summary){1, 110, NAN};
    assert_int_equal(verdict_of(&bench), VERDICT_TOO_FEW_SAMPLES);
}

static void different_machines_are_incomparable_and_bad_health_is_unreliable(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 20, 0.1, 0.01);
    bench.input.reasons = reason_bit(REASON_DIFFERENT_MACHINES);
    assert_int_equal(verdict_of(&bench), VERDICT_INCOMPARABLE);
    bench_start(&bench, 20, 0.1, 0.01);
    bench.input.reasons = reason_bit(REASON_DEGRADED_HEALTH);
    assert_int_equal(verdict_of(&bench), VERDICT_UNRELIABLE);
}

static void add_drift(struct bench *bench, size_t n, double rise)
{
    for (size_t i = 0; i < n; i++)
        bench->head[i] *= exp(rise * (double)i / (double)n);
}

static void a_drift_that_could_make_the_change_is_unreliable(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 0, 0.01);
    add_drift(&bench, 60, 0.2);
    bench.runs[1][0].key = 2;
    assert_int_equal(verdict_of(&bench), VERDICT_UNRELIABLE);
    assert_true(has(&bench, REASON_DRIFT));
}

static void a_change_far_beyond_the_drift_stands_with_a_warning(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 1, 0.01);
    add_drift(&bench, 60, 0.1);
    bench.runs[1][0].key = 2;
    assert_int_equal(verdict_of(&bench), VERDICT_REGRESSION);
    assert_true(has(&bench, REASON_DRIFT));
}

static void drift_does_no_harm_where_sides_were_measured_in_turns(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 0, 0.01);
    add_drift(&bench, 60, 0.2);
    bench_settle(&bench);
    assert_false(has(&bench, REASON_DRIFT));
    bench_end(&bench);
}

static void half_of_the_samples_in_pairs_are_enough_for_pairs(void **state)
{
    (void)state;
    struct bench bench;
    for (size_t lost = 10; lost <= 11; lost++) {
        make_pairs(&bench, 20, 0.05);
        for (size_t i = 0; i < lost; i++)
            bench.pairs[0][i] += 100;
        bench_settle(&bench);
        assert_int_equal(
            bench.comparison.test.name, lost == 10 ? TEST_SIGNED_RANK : TEST_MANN_WHITNEY);
        bench_end(&bench);
    }
}

static void a_trend_is_not_taken_for_autocorrelation_of_the_report(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 60, 0, 0.01);
    add_drift(&bench, 60, 0.2);
    bench.runs[1][0].key = 2;
    bench_settle(&bench);
    assert_false(bench.findings.autocorrelated);
    assert_false(has(&bench, REASON_AUTOCORRELATED));
    bench_end(&bench);
}

static void raw_differences_do_not_teach_the_spread_of_runs(void **state)
{
    (void)state;
    struct bench bench;
    struct comparison comparisons[3];
    struct error error = ERROR_INIT;
    bench_start(&bench, 60, 0, 0.01);
    bench.base[0] = 0;
    split_into_runs(&bench, 3, 20, 100);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            compare_measure(&comparisons[i], &bench.input, &bench.keep, &bench.memory, &error), 0);
    family_settle(comparisons, 3, &bench.rules, &bench.findings, &bench.memory);
    assert_int_equal(comparisons[0].test.name, TEST_WELCH_RUNS);
    assert_true(bench.findings.between_runs.degrees == 0);
    bench_end(&bench);
}

static void a_history_of_larger_runs_counts_what_small_ones_add(void **state)
{
    (void)state;
    struct run_summary history[10];
    double widths[2];
    struct bench bench;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < 10; i++)
            history[i] = (struct run_summary){k ? 10000 : 20, i % 2 ? 0.001 : 0, 0.1};
        bench_start(&bench, 20, 0, 0.01);
        bench.runs[1][0].key = 2;
        bench.input.history = history;
        bench.input.history_count = 10;
        bench_settle(&bench);
        widths[k] = bench.comparison.change.ratio_ci.high - bench.comparison.change.ratio_ci.low;
        bench_end(&bench);
    }
    /* 2 sinh(t(.975; 6.23) × sqrt(.1² × 2 × (1/20 - 1/10000))) */
    assert_true(widths[0] < 0.03 && fabs(widths[1] - 0.1536) < 0.002);
}

static void series_that_correlate_widen_the_interval(void **state)
{
    (void)state;
    struct simulation simulation = simulation_start(29);
    struct bench bench;
    bench_start(&bench, 100, 0, 0.01);
    double plain, wide, x = 0, y = 0;
    bench_settle(&bench);
    plain = bench.comparison.change.ratio_ci.high - bench.comparison.change.ratio_ci.low;
    bench_end(&bench);
    bench_start(&bench, 100, 0, 0);
    for (size_t i = 0; i < 100; i++) {
        x = 0.6 * x + 0.008 * simulate_normal(&simulation);
        y = 0.6 * y + 0.008 * simulate_normal(&simulation);
        bench.base[i] = exp(x);
        bench.head[i] = exp(y);
    }
    bench_settle(&bench);
    wide = bench.comparison.change.ratio_ci.high - bench.comparison.change.ratio_ci.low;
    bench_end(&bench);
    assert_true(bench.findings.autocorrelated && fabs(bench.findings.rho - 0.6) < 0.15);
    assert_true(wide > 1.5 * plain && wide < 2.7 * plain);
}

static void looks_cost_their_share_of_alpha(void **state)
{
    (void)state;
    struct bench bench;
    bench_start(&bench, 5, 0.06, 0.02);
    bench_settle(&bench);
    double p = bench.comparison.test.p;
    assert_true(bench.comparison.test.p_adjusted == p);
    bench_end(&bench);
    bench_start(&bench, 5, 0.06, 0.02);
    bench.input.look_share = 0.25;
    bench_settle(&bench);
    assert_true(fabs(bench.comparison.test.p_adjusted - 4 * p) < 1e-12);
    assert_true(has(&bench, REASON_SEQUENTIAL_LOOKS));
    assert_true(bench.comparison.change.ratio_ci.coverage >= 1 - 0.0125);
    bench_end(&bench);
}

static void a_wider_spread_and_a_second_mode_are_said(void **state)
{
    (void)state;
    struct simulation simulation = simulation_start(31);
    struct bench bench;
    bench_start(&bench, 60, 0, 0.01);
    for (size_t i = 0; i < 60; i++)
        bench.head[i] = exp(0.05 * simulate_normal(&simulation));
    bench_settle(&bench);
    assert_true(has(&bench, REASON_SPREAD_CHANGED));
    bench_end(&bench);
    bench_start(&bench, 100, 0, 0.01);
    for (size_t i = 0; i < 100; i++)
        bench.head[i] = exp((i % 2 ? 0.0095 : -0.0095) + 0.001 * simulate_normal(&simulation));
    bench_settle(&bench);
    assert_true(has(&bench, REASON_SHAPE_CHANGED) && !has(&bench, REASON_SPREAD_CHANGED));
    bench_end(&bench);
}

static void percentiles_need_enough_samples(void **state)
{
    (void)state;
    static const size_t counts[] = {19, 20, 99, 100};
    struct bench bench;
    for (size_t i = 0; i < 4; i++) {
        bench_start(&bench, counts[i], 0, 0.01);
        bench_settle(&bench);
        assert_int_equal(isnan(bench.comparison.base.p95), counts[i] < 20);
        assert_int_equal(isnan(bench.comparison.base.p99), counts[i] < 100);
        bench_end(&bench);
    }
}

static void the_unit_changes_no_verdict_and_no_ratio(void **state)
{
    (void)state;
    struct bench small, large;
    bench_start(&small, 25, 0.03, 0.02);
    bench_start(&large, 25, 0.03, 0.02);
    for (size_t i = 0; i < 25; i++) {
        small.base[i] *= 1e-12;
        small.head[i] *= 1e-12;
        large.base[i] *= 1e12;
        large.head[i] *= 1e12;
    }
    assert_int_equal(verdict_of(&small), verdict_of(&large));
    assert_true(small.comparison.test.p == large.comparison.test.p);
    assert_true(fabs(small.comparison.change.ratio / large.comparison.change.ratio - 1) < 1e-12);
    assert_true(fabs(small.comparison.spread_p / large.comparison.spread_p - 1) < 1e-9);
}

static void fifty_small_regressions_are_not_called_too_few(void **state)
{
    (void)state;
    enum { COUNT = 50 };
    static struct comparison comparisons[COUNT];
    struct bench bench;
    struct error error = ERROR_INIT;
    struct simulation simulation = simulation_start(37);
    bench_start(&bench, 5, 0, 0);
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t k = 0; k < 5; k++) {
            bench.base[k] = exp(0.01 * simulate_normal(&simulation));
            bench.head[k] = exp(0.2 + 0.01 * simulate_normal(&simulation));
        }
        assert_int_equal(
            compare_measure(&comparisons[i], &bench.input, &bench.keep, &bench.memory, &error), 0);
    }
    family_settle(comparisons, COUNT, &bench.rules, &bench.findings, &bench.memory);
    assert_int_equal(bench.findings.verdicts[VERDICT_REGRESSION], COUNT);
    assert_true(fabs(comparisons[7].test.p_adjusted - 2.0 / 252) < 1e-12);
    bench_end(&bench);
}

static void no_comparisons_are_settled_too(void **state)
{
    (void)state;
    struct family_rules rules = {0.05, true};
    struct family_findings findings;
    struct compare_memory memory = COMPARE_MEMORY_INIT;
    family_settle(NULL, 0, &rules, &findings, &memory);
    assert_int_equal(findings.tests, 0);
    compare_memory_release(&memory);
}

UNIT_MAIN(cmocka_unit_test(the_direction_says_what_a_change_is),
    cmocka_unit_test(a_change_inside_the_band_is_no_regression_however_significant),
    cmocka_unit_test(what_cannot_be_told_says_how_many_samples_would_tell),
    cmocka_unit_test(three_samples_are_too_few_and_four_are_needed),
    cmocka_unit_test(a_side_without_samples_has_too_few),
    cmocka_unit_test(a_number_that_is_none_is_an_error_with_side_and_index),
    cmocka_unit_test(a_metric_that_does_not_vary_is_compared_directly),
    cmocka_unit_test(constant_counts_are_compared_directly_but_constant_times_are_not),
    cmocka_unit_test(a_count_of_nothing_has_no_room_for_noise_whatever_share_is_given),
    cmocka_unit_test(values_at_or_below_zero_are_compared_on_the_raw_scale),
    cmocka_unit_test(without_a_band_a_change_is_only_a_change),
    cmocka_unit_test(an_absolute_band_holds_on_both_scales),
    cmocka_unit_test(pairs_find_what_the_sides_alone_do_not),
    cmocka_unit_test(pairs_without_a_partner_are_dropped_and_counted),
    cmocka_unit_test(pairs_of_other_runs_do_not_match_and_few_pairs_are_not_used),
    cmocka_unit_test(with_several_runs_the_run_is_the_unit),
    cmocka_unit_test(sides_that_share_their_runs_are_compared_by_samples),
    cmocka_unit_test(one_run_a_side_is_said_and_strict_does_not_believe_it),
    cmocka_unit_test(history_supplies_the_spread_between_runs),
    cmocka_unit_test(so_does_the_noise_of_a_trend_of_three_points_or_more),
    cmocka_unit_test(of_a_share_and_a_value_the_larger_band_counts),
    cmocka_unit_test(what_decides_nothing_takes_nothing_from_the_others),
    cmocka_unit_test(summaries_are_compared_by_welch),
    cmocka_unit_test(different_machines_are_incomparable_and_bad_health_is_unreliable),
    cmocka_unit_test(a_drift_that_could_make_the_change_is_unreliable),
    cmocka_unit_test(a_change_far_beyond_the_drift_stands_with_a_warning),
    cmocka_unit_test(drift_does_no_harm_where_sides_were_measured_in_turns),
    cmocka_unit_test(half_of_the_samples_in_pairs_are_enough_for_pairs),
    cmocka_unit_test(a_trend_is_not_taken_for_autocorrelation_of_the_report),
    cmocka_unit_test(raw_differences_do_not_teach_the_spread_of_runs),
    cmocka_unit_test(a_history_of_larger_runs_counts_what_small_ones_add),
    cmocka_unit_test(series_that_correlate_widen_the_interval),
    cmocka_unit_test(looks_cost_their_share_of_alpha),
    cmocka_unit_test(a_wider_spread_and_a_second_mode_are_said),
    cmocka_unit_test(percentiles_need_enough_samples),
    cmocka_unit_test(the_unit_changes_no_verdict_and_no_ratio),
    cmocka_unit_test(fifty_small_regressions_are_not_called_too_few),
    cmocka_unit_test(no_comparisons_are_settled_too))

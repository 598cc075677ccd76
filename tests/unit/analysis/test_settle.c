/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "report.h"

/* What a report of many benchmarks decides about each of them. */
static struct report report;

static void settle_fifty(const struct report_plan *plan, bool strict)
{
    struct simulation simulation = simulation_start(7);
    report_draw(&report, &simulation, plan);
    report_settle(&report, report.comparisons, plan->benchmarks, strict);
}

static struct report_plan ten_pairs(void)
{
    return (struct report_plan){.benchmarks = REPORT_BENCHMARKS,
        .sd = 0.02,
        .samples = 10,
        .runs = 1,
        .order = ORDER_TURNS,
        .paired = true};
}

static size_t with_test(enum test test)
{
    size_t count = 0;
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++)
        count += report.comparisons[i].test.name == test;
    return count;
}

static bool has(const struct comparison *comparison, enum reason reason)
{
    return comparison->reasons & reason_bit(reason);
}

static void pairs_too_few_to_be_significant_are_compared_as_two_sides(void **state)
{
    (void)state;
    struct report_plan plan = ten_pairs();
    settle_fifty(&plan, false);
    assert_true(with_test(TEST_MANN_WHITNEY) >= 45);
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++) {
        const struct comparison *comparison = &report.comparisons[i];
        bool sides = comparison->test.name == TEST_MANN_WHITNEY;
        assert_int_equal(has(comparison, REASON_FEW_PAIRS), sides);
        assert_int_equal(comparison->pairs, 10);
        assert_true(!sides || comparison->verdict != VERDICT_TOO_FEW_SAMPLES);
    }
    plan.samples = 12; /* 2 / 2^12 is below .05 / 50 */
    settle_fifty(&plan, false);
    assert_int_equal(with_test(TEST_SIGNED_RANK), REPORT_BENCHMARKS);
}

static void few_pairs_that_share_much_stay_pairs(void **state)
{
    (void)state;
    struct report_plan plan = ten_pairs();
    plan.moment_sd = 0.1;
    settle_fifty(&plan, false);
    assert_int_equal(with_test(TEST_SIGNED_RANK), REPORT_BENCHMARKS);
}

static void too_few_samples_ask_for_what_settles_not_just_for_what_could_be_significant(
    void **state)
{
    (void)state;
    struct report_plan plan = ten_pairs();
    plan.samples = 4;
    settle_fifty(&plan, false);
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++) {
        assert_int_equal(report.comparisons[i].verdict, VERDICT_TOO_FEW_SAMPLES);
        assert_true(report.comparisons[i].needed.samples >= 11);
    }
    /* An sd of 2 % and a band of 1 % take some fifty. */
    double sum = 0;
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++)
        sum += report.comparisons[i].needed.samples / REPORT_BENCHMARKS;
    assert_true(sum > 30);
}

static void where_runs_make_the_error_runs_are_needed(void **state)
{
    (void)state;
    struct report_plan plan = {.benchmarks = REPORT_BENCHMARKS,
        .sd = 0.002,
        .run_sd = 0.02,
        .samples = 30,
        .runs = 1,
        .history = REPORT_HISTORY,
        .order = ORDER_APART};
    settle_fifty(&plan, false);
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++) {
        const struct comparison *comparison = &report.comparisons[i];
        if (comparison->verdict != VERDICT_INCONCLUSIVE)
            continue;
        assert_true(isnan(comparison->needed.samples));
        assert_true(comparison->needed.runs >= 2 || has(comparison, REASON_AT_BAND));
    }
    assert_true(report.findings.verdicts[VERDICT_INCONCLUSIVE] > 40);
}

static void what_is_needed_is_more_than_what_was_not_enough(void **state)
{
    (void)state;
    struct report_plan plan = ten_pairs();
    plan.samples = 30;
    plan.changed = 25;
    plan.change = 0.03;
    settle_fifty(&plan, false);
    for (size_t i = 0; i < REPORT_BENCHMARKS; i++)
        assert_false(report.comparisons[i].needed.samples <= 30);
}

/* A tick of two sd: order statistics alone would call a third of shifts by the band unchanged. */
static void a_coarse_clock_makes_nothing_unchanged(void **state)
{
    (void)state;
    for (int paired = 0; paired < 2; paired++) {
        struct report_plan plan = ten_pairs();
        plan.paired = paired;
        plan.samples = 15;
        plan.clock = 0.04;
        plan.changed = REPORT_BENCHMARKS;
        plan.change = 0.015;
        settle_fifty(&plan, false);
        assert_true(report.findings.verdicts[VERDICT_UNCHANGED] <= 1);
        plan.clock = 0.1; /* most samples are on one tick */
        settle_fifty(&plan, false);
        assert_int_equal(report.findings.verdicts[VERDICT_UNCHANGED], 0);
        assert_int_equal(report.findings.verdicts[VERDICT_REGRESSION], 0);
        for (size_t i = 0; i < REPORT_BENCHMARKS; i++) {
            const struct comparison *comparison = &report.comparisons[i];
            assert_true(!has(comparison, REASON_COARSE_CLOCK) || isnan(comparison->needed.samples));
        }
    }
}

static void a_clock_that_shows_one_value_shows_nothing(void **state)
{
    (void)state;
    struct report_plan plan = ten_pairs();
    plan.clock = 3;
    settle_fifty(&plan, false);
    assert_int_equal(report.findings.verdicts[VERDICT_TOO_FEW_SAMPLES], REPORT_BENCHMARKS);
    assert_true(has(&report.comparisons[0], REASON_COARSE_CLOCK));
    assert_true(isnan(report.comparisons[0].needed.samples));
}

static void strict_calls_nothing_unchanged_by_one_run_a_side(void **state)
{
    (void)state;
    struct report_plan plan = {.benchmarks = REPORT_BENCHMARKS,
        .sd = 0.002,
        .samples = 30,
        .runs = 1,
        .order = ORDER_APART};
    settle_fifty(&plan, false);
    assert_int_equal(report.findings.verdicts[VERDICT_UNCHANGED], REPORT_BENCHMARKS);
    settle_fifty(&plan, true);
    assert_int_equal(report.findings.verdicts[VERDICT_INCONCLUSIVE], REPORT_BENCHMARKS);
}

/* Processes of their own that each run starts once, say: 45 samples are only three of them. */
static void runs_that_do_not_agree_on_the_difference_count_as_runs(void **state)
{
    (void)state;
    for (int paired = 0; paired < 2; paired++) {
        struct report_plan plan = ten_pairs();
        plan.samples = 15;
        plan.runs = 3;
        plan.run_sd = 0.02;
        plan.paired = paired;
        settle_fifty(&plan, false);
        assert_false(report.findings.runs_disagree);
        plan.own_sd = 0.02;
        settle_fifty(&plan, false);
        assert_true(report.findings.runs_disagree);
        assert_true(report.findings.agreement.ratio > 5 && report.findings.agreement.ratio < 13);
        assert_int_equal(report.findings.verdicts[VERDICT_REGRESSION], 0);
        assert_int_equal(report.findings.verdicts[VERDICT_IMPROVEMENT], 0);
        for (size_t i = 0; i < REPORT_BENCHMARKS; i++)
            assert_true(isnan(report.comparisons[i].needed.samples));
    }
}

static int release(void **state)
{
    (void)state;
    report_release(&report);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_too_few_to_be_significant_are_compared_as_two_sides),
        cmocka_unit_test(few_pairs_that_share_much_stay_pairs),
        cmocka_unit_test(
            too_few_samples_ask_for_what_settles_not_just_for_what_could_be_significant),
        cmocka_unit_test(where_runs_make_the_error_runs_are_needed),
        cmocka_unit_test(what_is_needed_is_more_than_what_was_not_enough),
        cmocka_unit_test(a_coarse_clock_makes_nothing_unchanged),
        cmocka_unit_test(a_clock_that_shows_one_value_shows_nothing),
        cmocka_unit_test(runs_that_do_not_agree_on_the_difference_count_as_runs),
        cmocka_unit_test(strict_calls_nothing_unchanged_by_one_run_a_side)};
    return cmocka_run_group_tests(tests, NULL, release);
}

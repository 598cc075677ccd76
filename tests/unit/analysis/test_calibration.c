/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "report.h"

/*
 * A small part of the calibration, seeded: does a report keep its promises? The
 * bounds leave room for a few hundred draws, not for another method.
 */
static struct report report;

struct tally {
    double false_regression; /* share of reports with one */
    double power;            /* share of changed benchmarks found */
    double warned;           /* share of reports with a warning */
    double unknown;          /* share of comparisons with between-run-unknown */
};

static const uint32_t WARNINGS =
    (uint32_t)1 << REASON_AUTOCORRELATED | (uint32_t)1 << REASON_DRIFT |
    (uint32_t)1 << REASON_SPREAD_CHANGED | (uint32_t)1 << REASON_SHAPE_CHANGED;

static struct tally simulate(const struct report_plan *plan, int times)
{
    struct simulation simulation = simulation_start(2026);
    struct tally tally = {0, 0, 0, 0};
    for (int i = 0; i < times; i++) {
        report_simulate(&report, &simulation, plan);
        bool regression = false, warned = report.findings.autocorrelated;
        for (size_t k = 0; k < plan->benchmarks; k++) {
            const struct comparison *comparison = &report.comparisons[k];
            bool changed = k >= plan->benchmarks - plan->changed;
            bool found = comparison->verdict == VERDICT_REGRESSION;
            regression = regression || (found && !changed);
            tally.power += changed && found;
            warned = warned || (comparison->reasons & WARNINGS);
            tally.unknown += (comparison->reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN)) != 0;
        }
        tally.false_regression += regression;
        tally.warned += warned;
    }
    tally.false_regression /= times;
    tally.warned /= times;
    tally.power /= (double)plan->changed * times;
    tally.unknown /= (double)plan->benchmarks * times;
    return tally;
}

static struct report_plan interleaved(void)
{
    return (struct report_plan){.benchmarks = REPORT_BENCHMARKS,
        .changed = 5,
        .change = 0.04879016416943204, /* log 1.05 */
        .sd = 0.03,
        .samples = 30,
        .runs = 1,
        .interleaved = true};
}

static void fifty_benchmarks_under_independent_noise_seldom_regress(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.samples = 15; /* the worst cell */
    assert_true(simulate(&plan, 200).false_regression <= 0.20);
    plan.strict = true;
    assert_true(simulate(&plan, 200).false_regression <= 0.05);
}

static void strict_finds_five_percent_at_thirty_samples(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.strict = true;
    struct tally tally = simulate(&plan, 200);
    assert_true(tally.power >= 0.95);
    assert_true(tally.false_regression <= 0.05);
}

static void reports_without_a_problem_seldom_warn(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.changed = 0;
    assert_true(simulate(&plan, 200).warned <= 0.07);
}

static void autocorrelated_reports_seldom_regress(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.changed = 0;
    plan.rho = 0.6;
    assert_true(simulate(&plan, 100).false_regression <= 0.05);
}

static void runs_that_differ_seldom_regress_and_ten_percent_is_found(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.interleaved = false;
    plan.sd = plan.run_sd = 0.02;
    plan.samples = 10;
    plan.runs = 3;
    plan.changed = 0;
    assert_true(simulate(&plan, 100).false_regression <= 0.05);
    plan.runs = 2;
    assert_true(simulate(&plan, 100).false_regression <= 0.07);
    plan.runs = 3;
    plan.changed = 5;
    plan.change = 0.0953101798043249; /* log 1.1 */
    assert_true(simulate(&plan, 50).power >= 0.80);
}

static void single_runs_say_what_they_cannot_know(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.interleaved = false;
    plan.sd = plan.run_sd = 0.02;
    plan.samples = 15;
    plan.changed = 0;
    assert_true(simulate(&plan, 20).unknown == 1);
    plan.strict = true;
    assert_true(simulate(&plan, 50).false_regression == 0);
    plan.strict = false;
    plan.history = 10;
    struct tally tally = simulate(&plan, 100);
    assert_true(tally.false_regression <= 0.07 && tally.unknown == 0);
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
        cmocka_unit_test(fifty_benchmarks_under_independent_noise_seldom_regress),
        cmocka_unit_test(strict_finds_five_percent_at_thirty_samples),
        cmocka_unit_test(reports_without_a_problem_seldom_warn),
        cmocka_unit_test(autocorrelated_reports_seldom_regress),
        cmocka_unit_test(runs_that_differ_seldom_regress_and_ten_percent_is_found),
        cmocka_unit_test(single_runs_say_what_they_cannot_know)};
    return cmocka_run_group_tests(tests, NULL, release);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "tally.h"

/*
 * A small part of what `make calibrate` does, seeded: does a report keep its
 * promises? The bounds leave room for a few hundred draws, not for another method.
 */
static struct report report;

struct promises {
    struct tally usual, strict;
};

static struct promises simulate(const struct report_plan *plan, int times)
{
    struct simulation simulation = simulation_start(2026);
    struct tally tallies[2] = {{{0}, {0}}, {{0}, {0}}};
    for (int i = 0; i < times; i++)
        tally_draw(tallies, &report, &simulation, plan);
    return (struct promises){tallies[0], tallies[1]};
}

static struct report_plan interleaved(void)
{
    return (struct report_plan){.benchmarks = REPORT_BENCHMARKS,
        .changed = 5,
        .change = 0.04879016416943204, /* log 1.05 */
        .sd = 0.03,
        .samples = 30,
        .runs = 1,
        .order = ORDER_TURNS,
        .paired = true};
}

static struct report_plan runs_apart(size_t samples, size_t runs)
{
    struct report_plan plan = interleaved();
    plan.order = ORDER_APART;
    plan.paired = false;
    plan.sd = plan.run_sd = 0.02;
    plan.samples = samples;
    plan.runs = runs;
    plan.changed = 0;
    return plan;
}

static void fifty_benchmarks_under_independent_noise_seldom_regress(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.samples = 15; /* the worst cell */
    struct promises promises = simulate(&plan, 200);
    assert_true(tally_rate(&promises.usual, MEASURE_FALSE_ALARM) <= 0.20);
    assert_true(tally_rate(&promises.strict, MEASURE_FALSE_ALARM) <= 0.05);
    assert_true(tally_rate(&promises.usual, MEASURE_SETTLED) >= 0.70);
}

static void strict_finds_five_percent_at_thirty_samples(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    struct promises promises = simulate(&plan, 100);
    assert_true(tally_rate(&promises.strict, MEASURE_POWER) >= 0.95);
    assert_true(tally_rate(&promises.strict, MEASURE_FALSE_ALARM) <= 0.05);
}

static void reports_without_a_problem_seldom_warn(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.changed = 0;
    struct promises promises = simulate(&plan, 200);
    assert_true(tally_rate(&promises.usual, MEASURE_WARNED) <= 0.07);
}

static void autocorrelated_reports_seldom_regress(void **state)
{
    (void)state;
    struct report_plan plan = interleaved();
    plan.changed = 0;
    plan.rho = 0.6;
    struct promises promises = simulate(&plan, 100);
    assert_true(tally_rate(&promises.usual, MEASURE_FALSE_ALARM) <= 0.05);
}

static void runs_that_differ_seldom_regress_and_ten_percent_is_found(void **state)
{
    (void)state;
    struct report_plan plan = runs_apart(10, 3);
    struct promises promises = simulate(&plan, 100);
    assert_true(tally_rate(&promises.usual, MEASURE_FALSE_ALARM) <= 0.05);
    plan.runs = 2;
    promises = simulate(&plan, 100);
    assert_true(tally_rate(&promises.usual, MEASURE_FALSE_ALARM) <= 0.07);
    plan.runs = 3;
    plan.changed = 5;
    plan.change = 0.0953101798043249; /* log 1.1 */
    promises = simulate(&plan, 50);
    assert_true(tally_rate(&promises.usual, MEASURE_POWER) >= 0.80);
}

static void single_runs_say_what_they_cannot_know(void **state)
{
    (void)state;
    struct report_plan plan = runs_apart(15, 1);
    struct promises promises = simulate(&plan, 50);
    assert_true(tally_rate(&promises.usual, MEASURE_UNKNOWN) == 1);
    assert_true(tally_rate(&promises.strict, MEASURE_FALSE_ALARM) == 0);
    plan.history = REPORT_HISTORY;
    promises = simulate(&plan, 100);
    assert_true(tally_rate(&promises.usual, MEASURE_FALSE_ALARM) <= 0.07);
    assert_true(tally_rate(&promises.usual, MEASURE_UNKNOWN) == 0);
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/family.h"
#include "stats/adjust.h"
#include "stats/needed.h"
#include "stats/spending.h"

#include <math.h>

/* The numbers that docs/statistics.md prints. */

static bool prints(double value, double printed, double last_digit)
{
    return fabs(value - printed) <= 0.5 * last_digit * (1 + 1e-9);
}

/* One run that measured both sides in turns, or three runs a side. */
static struct comparison compare(
    const double *base, const double *head, size_t runs, size_t samples, const uint64_t *pairs)
{
    struct compare_run left[3], right[3];
    for (size_t i = 0; i < runs; i++) {
        left[i] = (struct compare_run){i, base + i * samples, samples, pairs};
        right[i] = (struct compare_run){runs > 1 ? 10 + i : 0, head + i * samples, samples, pairs};
    }
    struct compare_input input = {.base = {left, runs, {NAN, NAN, NAN}},
        .head = {right, runs, {NAN, NAN, NAN}},
        .better = BETTER_LOWER,
        .band = {.relative = 0.01, .absolute = NAN},
        .interleaved = runs == 1,
        .look_share = 1};
    struct comparison comparison;
    struct compare_memory memory = COMPARE_MEMORY_INIT;
    struct arena keep = ARENA_INIT;
    struct error error = ERROR_INIT;
    struct family_rules rules = {0.05, false};
    struct family_findings findings;
    assert_int_equal(compare_measure(&comparison, &input, &keep, &memory, &error), 0);
    family_settle(&comparison, 1, &rules, &findings, &memory);
    compare_memory_release(&memory);
    arena_release(&keep);
    return comparison;
}

static void the_two_sides_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    static const double base[] = {512, 508, 515, 510, 521, 509, 513, 511};
    static const double head[] = {498, 503, 495, 507, 499, 502, 496, 504};
    struct comparison c = compare(base, head, 1, 8, NULL);
    assert_true(c.base.median == 511.5 && c.head.median == 500.5);
    assert_true(c.base.median_ci.low == 508 && c.base.median_ci.high == 521);
    assert_true(c.head.median_ci.low == 495 && c.head.median_ci.high == 507);
    assert_true(prints(c.base.median_ci.coverage, 0.992, 0.001));
    assert_true(c.base.mean == 512.375 && prints(c.base.sd, 4.138, 0.001));
    assert_true(c.head.mean == 500.5 && prints(c.head.sd, 4.175, 0.001));
    assert_true(prints(c.base.cv, 0.0081, 0.0001) && prints(c.head.cv, 0.0083, 0.0001));
    assert_true(c.base.mad == 2 && c.head.mad == 3);
    assert_true(c.test.statistic == 0 && prints(c.test.p, 0.000155, 0.000001));
    assert_true(prints(c.change.ratio, 0.9766, 0.0001));
    assert_true(prints(c.change.ratio_ci.low, 0.9687, 0.0001));
    assert_true(prints(c.change.ratio_ci.high, 0.9863, 0.0001));
    assert_true(prints(c.change.ratio_ci.coverage, 0.9501, 0.0001));
    assert_true(prints(c.change.shift, -12.0, 0.1) && c.cliffs_delta == -1);
    assert_int_equal(c.verdict, VERDICT_IMPROVEMENT);
}

static void the_pairs_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    static const double base[] = {512, 540, 498, 561, 530, 507, 549, 520};
    static const double head[] = {519, 551, 504, 566, 541, 512, 560, 527};
    static const uint64_t ids[] = {0, 1, 2, 3, 4, 5, 6, 7};
    struct comparison c = compare(base, head, 1, 8, ids);
    assert_true(prints(c.change.ratio, 1.0149, 0.0001) && prints(c.test.p, 0.0078, 0.0001));
    assert_true(prints(c.change.ratio_ci.low, 1.0105, 0.0001));
    assert_true(prints(c.change.ratio_ci.high, 1.0204, 0.0001));
    assert_int_equal(c.verdict, VERDICT_REGRESSION);
    c = compare(base, head, 1, 8, NULL);
    assert_true(prints(c.change.ratio, 1.0136, 0.0001) && prints(c.test.p, 0.52, 0.01));
    assert_true(prints(c.change.ratio_ci.low, 0.9660, 0.0001));
    assert_true(prints(c.change.ratio_ci.high, 1.0671, 0.0001));
    assert_true(prints(c.cliffs_delta, 0.20, 0.01));
    assert_int_equal(c.verdict, VERDICT_INCONCLUSIVE);
}

static void the_runs_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    static const double base[] = {
        100, 101, 99, 100.5, 100.2, 103, 104, 102.5, 103.2, 103.4, 98, 98.5, 97.6, 98.2, 98.8};
    static const double head[] = {109, 110, 108.5, 109.4, 109.8, 112, 111.5, 112.8, 112.3, 111.9,
        107, 106.4, 107.5, 107.1, 106.8};
    struct comparison c = compare(base, head, 3, 5, NULL);
    assert_true(prints(c.work.base_runs.within_sd, 0.006, 0.001));
    assert_true(prints(c.work.head_runs.within_sd, 0.005, 0.001));
    assert_true(prints(c.work.base_runs.between_sd, 0.025, 0.001));
    assert_true(prints(c.work.head_runs.between_sd, 0.023, 0.001));
    assert_true(prints(c.change.ratio, 1.089, 0.001) && prints(c.test.p, 0.0127, 0.0001));
    assert_true(prints(c.change.ratio_ci.low, 1.031, 0.001));
    assert_true(prints(c.change.ratio_ci.high, 1.151, 0.001));
    assert_true(prints(c.test.statistic, 4.30, 0.01));
    assert_int_equal(c.verdict, VERDICT_REGRESSION);
}

static void the_corrections_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    static const double p[] = {0.001, 0.008, 0.039, 0.041, 0.6};
    static const double hochberg[] = {0.005, 0.020, 0.051, 0.051, 0.600};
    static const double holm[] = {0.005, 0.032, 0.117, 0.117, 0.600};
    struct arena arena = ARENA_INIT;
    double adjusted[5];
    adjust_benjamini_hochberg(adjusted, p, 5, &arena);
    for (size_t i = 0; i < 5; i++)
        assert_true(prints(adjusted[i], hochberg[i], 0.001));
    adjust_holm(adjusted, p, 5, &arena);
    for (size_t i = 0; i < 5; i++)
        assert_true(prints(adjusted[i], holm[i], 0.001));
    arena_release(&arena);
}

static void the_looks_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    static const double fractions[] = {0.2, 0.4, 0.6, 0.8, 1};
    static const double printed[] = {0.01477, 0.01523, 0.01594, 0.01655, 0.01703};
    struct arena arena = ARENA_INIT;
    double levels[5];
    assert_int_equal(spending_levels(levels, fractions, 5, 0.05, &arena), 0);
    for (size_t i = 0; i < 5; i++)
        assert_true(prints(levels[i], printed[i], 0.00001));
    arena_release(&arena);
}

static void the_needed_numbers_of_the_manual_print_as_they_do_there(void **state)
{
    (void)state;
    double band = log(1.01);
    struct needed_question question = {0.0247, 0.0085, 12, -band, band, 0.05, 0.05, 0};
    assert_true(needed_count(&question, 10000) == 63);
    question.error /= 10;
    question.count *= 100;
    assert_true(needed_count(&question, 10000) == 32);
}

UNIT_MAIN(cmocka_unit_test(the_two_sides_of_the_manual_print_as_they_do_there),
    cmocka_unit_test(the_pairs_of_the_manual_print_as_they_do_there),
    cmocka_unit_test(the_runs_of_the_manual_print_as_they_do_there),
    cmocka_unit_test(the_corrections_of_the_manual_print_as_they_do_there),
    cmocka_unit_test(the_looks_of_the_manual_print_as_they_do_there),
    cmocka_unit_test(the_needed_numbers_of_the_manual_print_as_they_do_there))

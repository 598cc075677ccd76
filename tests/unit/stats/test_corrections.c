/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulate.h"
#include "stats/adjust.h"
#include "stats/distribution.h"
#include "stats/needed.h"
#include "stats/spending.h"
#include "table.h"

static void benjamini_hochberg_and_holm_are_those_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "adjust"); table_next(&table);) {
        const struct table_row *p = table_row(&table, "p");
        double adjusted[200];
        adjust_benjamini_hochberg(adjusted, p->values, p->count, &table.scratch);
        table_expect_all(&table, "bh", adjusted, p->count, 0);
        adjust_holm(adjusted, p->values, p->count, &table.scratch);
        table_expect_all(&table, "holm", adjusted, p->count, 0);
    }
    table_close(&table, 7);
}

static void false_coverage_widens_by_the_share_selected(void **state)
{
    (void)state;
    assert_true(fabs(adjust_false_coverage(0.05, 5, 50) - 0.005) < 1e-15);
    assert_true(fabs(adjust_false_coverage(0.05, 0, 50) - 0.001) < 1e-15);
    assert_true(adjust_false_coverage(0.05, 50, 50) == 0.05);
    assert_true(adjust_false_coverage(0.05, 0, 0) == 0.05);
}

static void levels_of_looks_are_those_of_another_integration(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "spending"); table_next(&table);) {
        const struct table_row *fractions = table_row(&table, "fractions");
        double levels[64];
        assert_int_equal(spending_levels(levels, fractions->values, fractions->count,
                             table_number(&table, "alpha"), &table.scratch),
            0);
        const struct table_row *expected = table_row(&table, "levels");
        for (size_t k = 0; k < fractions->count; k++)
            assert_true(fabs(levels[k] / expected->values[k] - 1) < 1e-8);
    }
    table_close(&table, 7);
}

/* Five even looks of Pocock's kind, as printed by Lan & DeMets and by the packages in use. */
static void five_even_looks_have_the_published_edges(void **state)
{
    (void)state;
    static const double fractions[] = {0.2, 0.4, 0.6, 0.8, 1};
    static const double edges[] = {2.438, 2.4268, 2.4101, 2.3966, 2.3859};
    struct arena arena = ARENA_INIT;
    double levels[5];
    assert_int_equal(spending_levels(levels, fractions, 5, 0.05, &arena), 0);
    for (size_t k = 0; k < 5; k++)
        assert_true(fabs(normal_critical(levels[k]) - edges[k]) < 1e-4);
    arena_release(&arena);
}

static void six_looks_at_spent_levels_keep_five_percent(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct simulation simulation = simulation_start(6);
    double fractions[6], levels[6];
    for (size_t k = 0; k < 6; k++)
        fractions[k] = (double)(k + 1) / 6;
    assert_int_equal(spending_levels(levels, fractions, 6, 0.05, &arena), 0);
    int plain = 0, spent = 0;
    for (int i = 0; i < 20000; i++) {
        double sum = 0;
        bool at_plain = false, at_spent = false;
        for (size_t k = 0; k < 6; k++) {
            sum += simulate_normal(&simulation);
            double p = normal_two_sided(sum / sqrt((double)(k + 1)));
            at_plain |= p < 0.05;
            at_spent |= p < levels[k];
        }
        plain += at_plain;
        spent += at_spent;
    }
    assert_in_range(plain, 2600, 3200); /* what looking without a plan costs: about .14 */
    assert_in_range(spent, 880, 1120);
    arena_release(&arena);
}

static void looks_that_do_not_go_upward_are_refused(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    static const double bad[][2] = {{0.5, 0.5}, {0.5, 0.4}, {0, 1}, {0.5, 1.1}, {NAN, 1}};
    double levels[2];
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_int_equal(spending_levels(levels, bad[i], 2, 0.05, &arena), -1);
    arena_release(&arena);
}

static struct needed_question question_of(const struct table_row *row)
{
    const double *v = row->values;
    return (struct needed_question){.estimate = v[0],
        .error = v[1],
        .count = v[2],
        .low = v[3],
        .high = v[4],
        .alpha = v[5],
        .equivalence = v[6],
        .unchanged = v[7]};
}

static void needed_counts_are_those_of_the_formulas(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "needed"); table_next(&table);) {
        struct needed_question question = question_of(table_row(&table, "question"));
        double needed = needed_count(&question, 1e6), expected = table_number(&table, "chance");
        table_expect(&table, "needed", needed);
        assert_true(fabs(needed_chance(&question, needed) - expected) < 1e-9);
    }
    table_close(&table, 10);
}

static void an_estimate_known_to_be_at_the_edge_is_not_settled(void **state)
{
    (void)state;
    struct needed_question question = {0.01, 0.0005, 100, -0.01, 0.01, 0.05, 0.05, 0};
    assert_true(isnan(needed_count(&question, 1000)));
    question.estimate = NAN;
    assert_true(isnan(needed_count(&question, 1e6)));
    question.estimate = 0;
    question.low = question.high = 0;
    assert_true(isnan(needed_count(&question, 1e6)));
}

UNIT_MAIN(cmocka_unit_test(benjamini_hochberg_and_holm_are_those_of_r),
    cmocka_unit_test(false_coverage_widens_by_the_share_selected),
    cmocka_unit_test(levels_of_looks_are_those_of_another_integration),
    cmocka_unit_test(five_even_looks_have_the_published_edges),
    cmocka_unit_test(six_looks_at_spent_levels_keep_five_percent),
    cmocka_unit_test(looks_that_do_not_go_upward_are_refused),
    cmocka_unit_test(needed_counts_are_those_of_the_formulas),
    cmocka_unit_test(an_estimate_known_to_be_at_the_edge_is_not_settled))

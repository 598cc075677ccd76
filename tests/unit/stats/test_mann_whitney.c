/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulate.h"
#include "stats/mann_whitney.h"
#include "table.h"

static void u_and_p_are_those_of_r_and_of_counting_all_arrangements(void **state)
{
    (void)state;
    struct table table;
    struct rank_null null = {0};
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct mann_whitney test;
        mann_whitney(&test, &x, &y, &null, &table.scratch);
        table_expect(&table, "u", test.u);
        table_expect(&table, "p", test.p);
        table_expect(&table, "smallest_p", test.smallest_p);
        assert_int_equal(test.exact, x.count <= 50 && y.count <= 50);
        double delta = cliffs_delta(test.u, x.count, y.count);
        table_expect_all(&table, "delta", &delta, 1, 1e-15);
    }
    table_close(&table, 30);
}

static void swapping_the_sides_mirrors_u_and_keeps_p(void **state)
{
    (void)state;
    struct table table;
    struct rank_null null = {0};
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct mann_whitney there, back;
        mann_whitney(&there, &x, &y, &null, &table.scratch);
        mann_whitney(&back, &y, &x, &null, &table.scratch);
        assert_true(there.u + back.u == (double)x.count * (double)y.count);
        assert_true(fabs(there.p - back.p) <= 1e-12 * there.p);
        assert_true(fabs(there.smallest_p - back.smallest_p) <= 1e-12 * there.smallest_p);
    }
    table_close(&table, 30);
}

static void an_empty_side_has_no_test(void **state)
{
    (void)state;
    const double one = 1;
    struct samples none = {NULL, NULL, 0}, some = {&one, &one, 1};
    struct rank_null null = {0};
    struct arena arena = ARENA_INIT;
    struct mann_whitney test;
    mann_whitney(&test, &none, &some, &null, &arena);
    assert_true(isnan(test.u) && isnan(test.p) && isnan(test.smallest_p));
    assert_true(isnan(cliffs_delta(test.u, 0, 1)));
    arena_release(&arena);
}

static void a_p_too_small_for_a_double_stays_above_zero(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    double low[4000], high[4000];
    for (size_t i = 0; i < 4000; i++) {
        low[i] = (double)i;
        high[i] = 1e6 + (double)i;
    }
    struct samples x = {low, low, 4000}, y = {high, high, 4000};
    struct rank_null null = {0};
    struct mann_whitney test;
    mann_whitney(&test, &x, &y, &null, &arena);
    assert_true(test.p > 0 && test.p < 1e-300);
    assert_true(test.smallest_p > 0 && test.smallest_p < 1e-300);
    arena_release(&arena);
}

/* Under "nothing changed" the exact p of coarse data must not be below .05 more often than that. */
static void exact_p_with_ties_holds_its_level(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct simulation simulation = simulation_start(3);
    struct rank_null null = {0};
    struct error error = ERROR_INIT;
    int found = 0;
    for (int i = 0; i < 4000; i++) {
        double x[12], y[9];
        for (size_t k = 0; k < 12; k++)
            x[k] = floor(4 * simulate_uniform(&simulation));
        for (size_t k = 0; k < 9; k++)
            y[k] = floor(4 * simulate_uniform(&simulation));
        struct samples a, b;
        struct mann_whitney test;
        assert_int_equal(samples_prepare(&a, x, 12, &arena, &error), 0);
        assert_int_equal(samples_prepare(&b, y, 9, &arena, &error), 0);
        mann_whitney(&test, &a, &b, &null, &arena);
        found += test.p < 0.05;
        arena_reset(&arena);
    }
    assert_in_range(found, 100, 220);
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(u_and_p_are_those_of_r_and_of_counting_all_arrangements),
    cmocka_unit_test(swapping_the_sides_mirrors_u_and_keeps_p),
    cmocka_unit_test(an_empty_side_has_no_test),
    cmocka_unit_test(a_p_too_small_for_a_double_stays_above_zero),
    cmocka_unit_test(exact_p_with_ties_holds_its_level))

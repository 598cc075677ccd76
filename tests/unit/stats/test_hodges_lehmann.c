/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "simulate.h"
#include "stats/hodges_lehmann.h"
#include "table.h"

static const double CONFIDENCES[] = {0.90, 0.95, 0.999};

static void the_shift_and_its_intervals_are_order_statistics_of_all_differences(void **state)
{
    (void)state;
    struct table table;
    struct rank_null null = {0};
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct shift shift;
        hodges_lehmann(&shift, &x, &y, CONFIDENCES, 3, &null, &table.scratch);
        table_expect_all(&table, "shift", &shift.estimate, 1, 1e-300);
        table_expect_interval(&table, "shift_90", shift.intervals[0]);
        table_expect_interval(&table, "shift_95", shift.intervals[1]);
        table_expect_interval(&table, "shift_999", shift.intervals[2]);
        assert_false(interval_exists(shift.intervals[3]));
    }
    table_close(&table, 30);
}

static void the_paired_shift_and_its_intervals_are_those_of_all_averages(void **state)
{
    (void)state;
    struct table table;
    struct sign_null null = {0};
    for (table_open(&table, "paired"); table_next(&table);) {
        struct samples d = table_samples(&table, "d");
        struct shift shift;
        hodges_lehmann_paired(&shift, &d, CONFIDENCES, 2, &null, &table.scratch);
        table_expect(&table, "shift", shift.estimate);
        table_expect_interval(&table, "shift_90", shift.intervals[0]);
        table_expect_interval(&table, "shift_95", shift.intervals[1]);
    }
    table_close(&table, 15);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Samples that make the search for a threshold hard, by kind. */
static double hard(struct simulation *simulation, unsigned kind)
{
    double z = simulate_normal(simulation);
    switch (kind) {
    case 0: return z;
    case 1: return z / simulate_normal(simulation);              /* Cauchy */
    case 2: return floor(2 * z);                                 /* few values */
    case 3: return simulate_uniform(simulation) < 0.999 ? 5 : z; /* nearly constant */
    case 4: return exp(12 * z);                                  /* over ten powers of ten */
    default: return 1e9 + (simulate_uniform(simulation) < 0.5 ? 0 : 1000) + 1e-3 * z;
    }
}

static void large_sides_give_what_sorting_all_differences_gives(void **state)
{
    (void)state;
    enum { N = 400, M = 310 };
    struct arena arena = ARENA_INIT;
    struct rank_null null = {0};
    struct error error = ERROR_INIT;
    double *all = memory_take(sizeof *all * N * M);
    for (unsigned kind = 0; kind < 6; kind++) {
        struct simulation simulation = simulation_start(kind);
        double x[N], y[M];
        for (size_t i = 0; i < N; i++)
            x[i] = hard(&simulation, kind);
        for (size_t j = 0; j < M; j++)
            y[j] = hard(&simulation, kind);
        struct samples a, b;
        assert_int_equal(samples_prepare(&a, x, N, &arena, &error), 0);
        assert_int_equal(samples_prepare(&b, y, M, &arena, &error), 0);
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < M; j++)
                all[i * M + j] = y[j] - x[i];
        qsort(all, (size_t)N * M, sizeof *all, compare);
        struct shift shift;
        hodges_lehmann(&shift, &a, &b, CONFIDENCES, 3, &null, &arena);
        double middle = all[N * M / 2 - 1];
        assert_true(shift.estimate == middle + (all[N * M / 2] - middle) / 2);
        for (size_t k = 0; k < 3; k++) {
            const double *low = bsearch(&shift.intervals[k].low, all, N * M, sizeof *all, compare);
            assert_non_null(low);
            assert_true(interval_exists(shift.intervals[k]));
        }
        arena_reset(&arena);
    }
    free(all);
    arena_release(&arena);
}

static void a_million_equal_values_are_no_trouble(void **state)
{
    (void)state;
    enum { N = 1000000 };
    struct arena arena = ARENA_INIT;
    struct rank_null null = {0};
    double *values = memory_take(sizeof *values * N);
    for (size_t i = 0; i < N; i++)
        values[i] = i < N / 3 ? 1 : 2;
    struct samples x = {values, values, N};
    struct shift shift;
    hodges_lehmann(&shift, &x, &x, CONFIDENCES, 3, &null, &arena);
    assert_true(shift.estimate == 0);
    assert_true(shift.intervals[2].low == 0 && shift.intervals[2].high == 0);
    free(values);
    arena_release(&arena);
}

/* At n = 8 the 95 % interval covers .9504 of the time at least; 2,000 draws, three sd. */
static void intervals_cover_as_often_as_they_say(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct rank_null null = {0};
    struct error error = ERROR_INIT;
    struct simulation simulation = simulation_start(5);
    int covered = 0;
    double coverage = 0;
    for (int i = 0; i < 2000; i++) {
        double x[8], y[8];
        for (size_t k = 0; k < 8; k++) {
            x[k] = exp(simulate_normal(&simulation));
            y[k] = exp(simulate_normal(&simulation)) + 3;
        }
        struct samples a, b;
        struct shift shift;
        assert_int_equal(samples_prepare(&a, x, 8, &arena, &error), 0);
        assert_int_equal(samples_prepare(&b, y, 8, &arena, &error), 0);
        hodges_lehmann(&shift, &a, &b, CONFIDENCES, 2, &null, &arena);
        covered += interval_inside(
            (struct interval){3, 3, 0}, shift.intervals[1].low, shift.intervals[1].high);
        coverage = shift.intervals[1].coverage;
        arena_reset(&arena);
    }
    assert_true(coverage >= 0.95);
    assert_true(fabs(covered / 2000.0 - coverage) < 0.015);
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(the_shift_and_its_intervals_are_order_statistics_of_all_differences),
    cmocka_unit_test(the_paired_shift_and_its_intervals_are_those_of_all_averages),
    cmocka_unit_test(large_sides_give_what_sorting_all_differences_gives),
    cmocka_unit_test(a_million_equal_values_are_no_trouble),
    cmocka_unit_test(intervals_cover_as_often_as_they_say))

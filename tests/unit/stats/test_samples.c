/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "simulate.h"
#include "stats/moments.h"
#include "stats/samples.h"
#include "stats/sort.h"
#include "table.h"

static void a_number_that_is_none_is_refused_with_its_index(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct samples samples;
    const double bad[] = {NAN, INFINITY, -INFINITY, 1e200, -1e151, 1e-200};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        double values[] = {1, 2, bad[i], 3};
        struct error error = ERROR_INIT;
        assert_int_equal(samples_prepare(&samples, values, 4, &arena, &error), -1);
        assert_int_equal(error.code, ERROR_CONTENT);
        assert_non_null(strstr(error.text, "sample 2 is"));
    }
    arena_release(&arena);
}

static void samples_keep_their_order_beside_the_sorted_ones(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct samples samples;
    struct error error = ERROR_INIT;
    double values[] = {3, -0.0, 0.0, -5, 1e-130, 1e150};
    assert_int_equal(samples_prepare(&samples, values, 6, &arena, &error), 0);
    const double sorted[] = {-5, 0, 0, 1e-130, 3, 1e150};
    assert_ptr_equal(samples.values, values);
    for (size_t i = 0; i < 6; i++)
        assert_true(samples.sorted[i] == sorted[i] && !(sorted[i] == 0 && signbit(sorted[i])));
    assert_int_equal(samples_prepare(&samples, NULL, 0, &arena, &error), 0);
    assert_int_equal(samples.count, 0);
    arena_release(&arena);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void sorting_agrees_with_qsort_at_all_sizes(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct simulation simulation = simulation_start(7);
    static const size_t sizes[] = {0, 1, 2, 63, 64, 65, 66, 255, 1000, 70000};
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        size_t n = sizes[i];
        double *values = arena_take(&arena, n * sizeof *values);
        double *expected = arena_take(&arena, n * sizeof *expected);
        for (size_t k = 0; k < n; k++)
            values[k] = expected[k] =
                simulate_normal(&simulation) * (simulate_uniform(&simulation) < 0.3 ? 1e100 : 1e-9);
        qsort(expected, n, sizeof *expected, compare);
        sort_numbers(values, n, &arena);
        assert_true(n == 0 || memcmp(values, expected, n * sizeof *values) == 0);
    }
    arena_release(&arena);
}

static void sums_are_the_same_bits_in_any_order(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct simulation simulation = simulation_start(11);
    double values[101], turned[101];
    for (size_t i = 0; i < 101; i++)
        values[i] = turned[100 - i] = 1e9 + simulate_normal(&simulation);
    struct samples a, b;
    struct error error = ERROR_INIT;
    assert_int_equal(samples_prepare(&a, values, 101, &arena, &error), 0);
    assert_int_equal(samples_prepare(&b, turned, 101, &arena, &error), 0);
    struct moments first = moments_of(&a), second = moments_of(&b);
    assert_memory_equal(&first, &second, sizeof first);
    arena_release(&arena);
}

static void logarithms_stay_sorted(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    double values[2000];
    double value = 1;
    for (size_t i = 0; i < 2000; i++)
        values[i] = value = nextafter(value, 2);
    struct samples samples, logs;
    struct error error = ERROR_INIT;
    assert_int_equal(samples_prepare(&samples, values, 2000, &arena, &error), 0);
    samples_logs(&logs, &samples, &arena);
    for (size_t i = 1; i < 2000; i++)
        assert_true(logs.sorted[i - 1] <= logs.sorted[i]);
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(a_number_that_is_none_is_refused_with_its_index),
    cmocka_unit_test(samples_keep_their_order_beside_the_sorted_ones),
    cmocka_unit_test(sorting_agrees_with_qsort_at_all_sizes),
    cmocka_unit_test(sums_are_the_same_bits_in_any_order), cmocka_unit_test(logarithms_stay_sorted))

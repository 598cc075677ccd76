/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/sort.h"
#include "table.h"

static void moments_are_those_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "summaries"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        struct moments moments = moments_of(&x);
        table_expect(&table, "mean", moments.mean);
        table_expect(&table, "sd", moments.sd);
        table_expect(&table, "cv", moments.cv);
        table_expect(&table, "geometric_mean", moments_geometric_mean(&x));
    }
    table_close(&table, 60);
}

static void medians_and_quantiles_are_those_of_r(void **state)
{
    (void)state;
    static const double places[] = {0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};
    struct table table;
    for (table_open(&table, "summaries"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        double quantiles[ARRAY_SIZE(places)];
        for (size_t i = 0; i < ARRAY_SIZE(places); i++)
            quantiles[i] = order_quantile(&x, places[i]);
        table_expect_all(&table, "quantiles", quantiles, ARRAY_SIZE(places), 0);
        table_expect(&table, "median", order_median(&x));
        table_expect(&table, "mad", order_mad(&x));
    }
    table_close(&table, 60);
}

static void the_nine_types_of_quantiles_are_those_of_r(void **state)
{
    (void)state;
    static const double places[] = {
        0, 0.01, 0.05, 0.1, 0.25, 1. / 3, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 1};
    struct table table;
    for (table_open(&table, "quantiles"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        for (int type = 1; type <= 9; type++) {
            char key[] = {'t', 'y', 'p', 'e', (char)('0' + type), '\0'};
            double quantiles[ARRAY_SIZE(places)];
            for (size_t i = 0; i < ARRAY_SIZE(places); i++)
                quantiles[i] = order_quantile_type(&x, type, places[i]);
            table_expect_all(&table, key, quantiles, ARRAY_SIZE(places), 0);
        }
    }
    table_close(&table, 12);
}

static void the_medians_interval_has_the_exact_binomial_coverage(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "summaries"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        table_expect_interval(&table, "median_95", order_median_interval(&x, 0.95));
        table_expect_interval(&table, "median_99", order_median_interval(&x, 0.99));
    }
    table_close(&table, 60);
}

static void no_samples_have_no_summary(void **state)
{
    (void)state;
    struct samples none = {NULL, NULL, 0};
    assert_true(isnan(moments_of(&none).mean));
    assert_true(isnan(moments_geometric_mean(&none)));
    assert_true(isnan(order_median(&none)));
    assert_true(isnan(order_mad(&none)));
    assert_true(isnan(order_quantile(&none, 0.5)));
    assert_true(isnan(order_quantile_type(&none, 7, 0.5)));
    assert_false(interval_exists(order_median_interval(&none, 0.95)));
}

/* Numbers of few kinds, so that many are equal. */
static void selected_values_are_those_of_the_sorted_ones(void **state)
{
    double values[100], sorted[100];
    struct arena scratch = ARENA_INIT;
    (void)state;
    for (size_t count = 1; count <= ARRAY_SIZE(values); count++) {
        for (size_t i = 0; i < count; i++)
            sorted[i] = (double)((i * i * 31 + count) % (count % 2 ? 7 : 101));
        for (size_t rank = 0; rank < count; rank += count / 5 + 1) {
            memcpy(values, sorted, count * sizeof *values);
            double selected = order_select(values, count, rank);
            sort_numbers(values, count, &scratch);
            assert_true(selected == values[rank]);
        }
        memcpy(values, sorted, count * sizeof *values);
        sort_numbers(sorted, count, &scratch);
        assert_true(order_median_in_place(values, count) == order_median_of(sorted, count));
    }
    assert_true(isnan(order_median_in_place(values, 0)));
    arena_release(&scratch);
}

static void ninety_five_percent_of_a_median_need_six_samples(void **state)
{
    (void)state;
    const double values[] = {1, 2, 3, 4, 5, 6};
    struct samples five = {values, values, 5}, six = {values, values, 6};
    assert_false(interval_exists(order_median_interval(&five, 0.95)));
    assert_true(interval_exists(order_median_interval(&six, 0.95)));
}

UNIT_MAIN(cmocka_unit_test(moments_are_those_of_r),
    cmocka_unit_test(medians_and_quantiles_are_those_of_r),
    cmocka_unit_test(the_nine_types_of_quantiles_are_those_of_r),
    cmocka_unit_test(the_medians_interval_has_the_exact_binomial_coverage),
    cmocka_unit_test(no_samples_have_no_summary),
    cmocka_unit_test(selected_values_are_those_of_the_sorted_ones),
    cmocka_unit_test(ninety_five_percent_of_a_median_need_six_samples))

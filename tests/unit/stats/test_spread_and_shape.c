/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/brown_forsythe.h"
#include "stats/kolmogorov_smirnov.h"
#include "table.h"

static void brown_forsythe_is_the_analysis_of_variance_that_r_makes(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct brown_forsythe test = brown_forsythe(&x, &y);
        double answer[] = {test.f, test.p};
        table_expect_all(&table, "brown_forsythe", answer, 2, 0);
    }
    table_close(&table, 30);
}

static void kolmogorov_smirnov_is_that_of_r_with_ties_too(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct kolmogorov_smirnov test = kolmogorov_smirnov(&x, &y, &table.scratch);
        double answer[] = {test.d, test.p};
        table_expect_all(&table, "kolmogorov_smirnov", answer, 2, 0);
        assert_int_equal(test.exact, x.count * y.count <= KOLMOGOROV_EXACT);
    }
    table_close(&table, 30);
}

static void two_samples_a_side_say_nothing_of_spread(void **state)
{
    (void)state;
    const double low[] = {1, 2, 3}, high[] = {1, 9, 10};
    struct samples x = {low, low, 2}, y = {high, high, 3};
    assert_true(isnan(brown_forsythe(&x, &y).p));
    assert_true(isnan(brown_forsythe(&y, &x).p));
}

UNIT_MAIN(cmocka_unit_test(brown_forsythe_is_the_analysis_of_variance_that_r_makes),
    cmocka_unit_test(kolmogorov_smirnov_is_that_of_r_with_ties_too),
    cmocka_unit_test(two_samples_a_side_say_nothing_of_spread))

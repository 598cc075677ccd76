/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/distribution.h"
#include "table.h"

static void tails_and_quantiles_are_those_of_r(void **state)
{
    (void)state;
    static const double degrees[] = {0.7, 3, 40, INFINITY};
    static const double curvatures[] = {1e-8, 0.01, 0.7, 5, 1e4, 1e9};
    struct table table;
    for (table_open(&table, "distributions"); table_next(&table);) {
        if (strcmp(table.rows[0].key, "z") == 0) {
            double z = table_number(&table, "z");
            table_expect(&table, "upper", normal_upper(z));
            table_expect(&table, "two_sided", normal_two_sided(z));
            continue;
        }
        double p = table_number(&table, "p"), student[4], inverse[6];
        for (size_t i = 0; i < 4; i++)
            student[i] = student_critical(p, degrees[i]);
        for (size_t i = 0; i < 6; i++)
            inverse[i] = log_gamma_curvature_inverse(curvatures[i]);
        table_expect(&table, "normal", normal_quantile(p));
        table_expect(&table, "normal_critical", normal_critical(p));
        table_expect_all(&table, "student_critical", student, 4, 0);
        table_expect_all(&table, "curvature_inverse", inverse, 6, 0);
    }
    table_close(&table, 14);
}

static void what_lies_outside_the_domain_is_nan(void **state)
{
    (void)state;
    assert_true(
        isnan(normal_quantile(0)) && isnan(normal_quantile(1)) && isnan(normal_quantile(NAN)));
    assert_true(isnan(normal_critical(0)) && isnan(student_critical(0.05, 0)));
    assert_true(isnan(student_two_sided(NAN, 3)) && isnan(student_two_sided(1, NAN)));
    assert_true(isnan(fisher_upper(-1, 1, 1)) && isnan(chi_square_upper(1, 0)));
    assert_true(isnan(choose_log(2, 3)) && isnan(coin_lower(NAN, 3)));
    assert_true(isnan(log_gamma_slope(0)) && isnan(log_gamma_curvature(-1)));
    assert_true(isnan(log_gamma_curvature_inverse(0)));
}

static void a_p_value_is_never_zero_nor_above_one(void **state)
{
    (void)state;
    assert_true(p_value(0) > 0 && p_value(1e-320) > 1e-310);
    assert_true(p_value(1.0000001) == 1 && p_value(0.3) == 0.3 && isnan(p_value(NAN)));
}

UNIT_MAIN(cmocka_unit_test(tails_and_quantiles_are_those_of_r),
    cmocka_unit_test(what_lies_outside_the_domain_is_nan),
    cmocka_unit_test(a_p_value_is_never_zero_nor_above_one))

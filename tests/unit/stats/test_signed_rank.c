/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/signed_rank.h"
#include "table.h"

static void v_and_p_are_those_of_r_and_of_counting_all_signs(void **state)
{
    (void)state;
    struct table table;
    struct sign_null null = {0};
    for (table_open(&table, "paired"); table_next(&table);) {
        struct samples d = table_samples(&table, "d");
        struct signed_rank test;
        signed_rank(&test, &d, &null, &table.scratch);
        double answer[] = {test.v, test.p, test.smallest_p, (double)test.zeros};
        table_expect_all(&table, "signed_rank", answer, 4, 0);
        assert_int_equal(test.exact, d.count - test.zeros <= 50);
    }
    table_close(&table, 15);
}

static void the_sign_test_is_that_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "paired"); table_next(&table);) {
        const struct table_row *row = table_row(&table, "sign");
        struct sign_test test = sign_test((size_t)row->values[0], (size_t)row->values[1]);
        double answer[] = {row->values[0], row->values[1], test.p, test.smallest_p};
        table_expect_all(&table, "sign", answer, 4, 0);
    }
    table_close(&table, 15);
}

static void no_differences_have_no_test(void **state)
{
    (void)state;
    struct samples none = {NULL, NULL, 0};
    struct sign_null null = {0};
    struct arena arena = ARENA_INIT;
    struct signed_rank test;
    signed_rank(&test, &none, &null, &arena);
    assert_true(isnan(test.v) && isnan(test.p) && isnan(test.smallest_p));
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(v_and_p_are_those_of_r_and_of_counting_all_signs),
    cmocka_unit_test(the_sign_test_is_that_of_r), cmocka_unit_test(no_differences_have_no_test))

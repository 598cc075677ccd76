/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/moments.h"
#include "stats/welch.h"
#include "table.h"

static void expect(struct table *table, struct estimate base, struct estimate head)
{
    struct welch test = welch(base, head);
    struct interval interval = welch_interval(&test, 0.95);
    double answer[] = {test.t, test.degrees, test.p, interval.low, interval.high};
    table_expect_all(table, "welch", answer, 5, 0);
}

static void samples_give_the_t_test_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        expect(&table, estimate_of_samples(&x), estimate_of_samples(&y));
    }
    table_close(&table, 30);
}

static void summaries_give_what_their_samples_give(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "two_sides"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y");
        struct moments a = moments_of(&x), b = moments_of(&y);
        if (a.cv < 1e-6)
            continue; /* the digits of such a difference are not in the means */
        expect(&table, estimate_of((double)x.count, a.mean, a.sd),
            estimate_of((double)y.count, b.mean, b.sd));
    }
    table_close(&table, 30);
}

UNIT_MAIN(cmocka_unit_test(samples_give_the_t_test_of_r),
    cmocka_unit_test(summaries_give_what_their_samples_give))

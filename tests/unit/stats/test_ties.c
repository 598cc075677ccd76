/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/order.h"
#include "stats/ties.h"
#include "table.h"

#include <math.h>

struct sides {
    struct samples x, y;
    struct arena arena;
};

static void start(struct sides *sides, const double *x, size_t n, const double *y, size_t m)
{
    struct error error = ERROR_INIT;
    *sides = (struct sides){.arena = ARENA_INIT};
    assert_int_equal(samples_prepare(&sides->x, x, n, &sides->arena, &error), 0);
    assert_int_equal(samples_prepare(&sides->y, y, m, &sides->arena, &error), 0);
}

static void samples_of_a_tick_fill_its_cell_in_the_order_taken(void **state)
{
    (void)state;
    const double x[] = {10, 12, 10, 10, 12, 10}, y[] = {11};
    const double spread[] = {9.625, 11.75, 9.875, 10.125, 12.25, 10.375};
    struct sides sides;
    struct samples out;
    start(&sides, x, 6, y, 1);
    ties_spread(&out, &sides.x, &sides.y, TIES_RISING, &sides.arena);
    for (size_t i = 0; i < 6; i++)
        assert_true(fabs(out.values[i] - spread[i]) < 1e-12);
    for (size_t i = 1; i < 6; i++)
        assert_true(out.sorted[i - 1] < out.sorted[i]);
    arena_release(&sides.arena);
}

static void spread_ties_and_resolutions_are_those_that_r_makes(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "ties"); table_next(&table);) {
        struct samples x = table_samples(&table, "x"), y = table_samples(&table, "y"), spread;
        table_expect(&table, "heavy", ties_are_heavy(&x, &y));
        ties_spread(&spread, &x, &y, TIES_RISING, &table.scratch);
        table_expect_all(&table, "spread", spread.values, x.count, 0);
        double answer[] = {
            ties_resolution(&x, &y, &table.scratch), ties_resolution(&y, &x, &table.scratch)};
        table_expect_all(&table, "resolution", answer, 2, 0);
    }
    table_close(&table, 30);
}

/* 5 below, 10 in the cell 19.5 … 20.5, 3 above: 19.5 + (9 - 5)/10. */
static void the_median_is_that_of_grouped_data(void **state)
{
    (void)state;
    double x[18];
    for (size_t i = 0; i < 18; i++)
        x[i] = i < 5 ? 19 : i < 15 ? 20 : 21;
    struct sides sides;
    struct samples out;
    for (int order = TIES_RISING; order <= TIES_MIXED; order++) {
        start(&sides, x, 18, NULL, 0);
        ties_spread(&out, &sides.x, &sides.y, (enum ties_order)order, &sides.arena);
        assert_true(fabs(order_median(&out) - 19.9) < (order == TIES_RISING ? 1e-12 : 0.06));
        arena_release(&sides.arena);
    }
}

static void a_value_that_stands_alone_stays(void **state)
{
    (void)state;
    const double x[] = {3, 1, 2}, same[] = {7, 7, 7};
    struct sides sides;
    struct samples out;
    start(&sides, x, 3, x, 3);
    assert_false(ties_are_heavy(&sides.x, &(struct samples){NULL, NULL, 0}));
    assert_true(ties_are_heavy(&sides.x, &sides.y));
    ties_spread(&out, &sides.x, &sides.y, TIES_RISING, &sides.arena);
    for (size_t i = 0; i < 3; i++)
        assert_true(out.values[i] == x[i]);
    arena_release(&sides.arena);
    start(&sides, same, 3, same, 2);
    ties_spread(&out, &sides.x, &sides.y, TIES_RISING, &sides.arena);
    assert_true(out.sorted[0] == 7 && out.sorted[2] == 7);
    arena_release(&sides.arena);
}

static void the_resolution_is_half_a_cell_where_most_stand_on_one_tick(void **state)
{
    (void)state;
    const double x[] = {10, 10, 10, 10, 14}, y[] = {10, 10, 14, 14, 14}, same[] = {10, 10};
    struct sides sides;
    start(&sides, x, 5, y, 5);
    assert_true(ties_resolution(&sides.x, &sides.y, &sides.arena) == 2);
    assert_true(ties_resolution(&sides.y, &sides.x, &sides.arena) == 0);
    arena_release(&sides.arena);
    start(&sides, same, 2, same, 2);
    assert_true(isinf(ties_resolution(&sides.x, &sides.y, &sides.arena)));
    arena_release(&sides.arena);
}

UNIT_MAIN(cmocka_unit_test(spread_ties_and_resolutions_are_those_that_r_makes),
    cmocka_unit_test(samples_of_a_tick_fill_its_cell_in_the_order_taken),
    cmocka_unit_test(the_median_is_that_of_grouped_data),
    cmocka_unit_test(a_value_that_stands_alone_stays),
    cmocka_unit_test(the_resolution_is_half_a_cell_where_most_stand_on_one_tick))

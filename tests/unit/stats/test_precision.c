/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/order.h"
#include "stats/precision.h"
#include "table.h"

static void expect_ends(struct table *table, const char *key, struct interval interval)
{
    const double ends[] = {interval.low, interval.high};
    table_expect_all(table, key, ends, 2, 0);
}

static void expect_samples(struct table *table)
{
    struct samples x = table_samples(table, "x");
    expect_ends(table, "mean", mean_interval(&x, 0.95));
    expect_ends(table, "sd", sd_interval(&x, 0.95));
    expect_ends(table, "cv", cv_interval(&x, 0.95));
    table_expect_interval(table, "p50", order_quantile_interval(&x, 0.5, 0.95));
    table_expect_interval(table, "p90", order_quantile_interval(&x, 0.9, 0.95));
    table_expect_interval(table, "p95", order_quantile_interval(&x, 0.95, 0.9));
    table_expect_interval(table, "p99", order_quantile_interval(&x, 0.99, 0.95));
}

static void expect_share(struct table *table)
{
    const double *trials = table_row(table, "trials")->values;
    size_t hits = (size_t)trials[0], all = (size_t)trials[1];
    expect_ends(table, "share_95", share_interval(hits, all, 0.95));
    expect_ends(table, "share_90", share_interval(hits, all, 0.9));
}

static void expect_ratio(struct table *table)
{
    const double *parts = table_row(table, "parts")->values;
    const struct estimated over = {parts[0], {parts[1], parts[2], 0.95}};
    const struct estimated under = {parts[3], {parts[4], parts[5], 0.95}};
    expect_ends(table, "ratio", ratio_interval(&over, &under));
}

static void intervals_are_those_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "precision"); table_next(&table);) {
        const char *kind = table.rows[0].key;
        if (strcmp(kind, "x") == 0)
            expect_samples(&table);
        else if (strcmp(kind, "trials") == 0)
            expect_share(&table);
        else
            expect_ratio(&table);
    }
    table_close(&table, 70);
}

static void what_cannot_be_told_has_no_interval(void **state)
{
    (void)state;
    struct samples none = {NULL, NULL, 0};
    const double one = 1;
    struct samples single = {&one, &one, 1};
    const struct estimated known = {1, {0.5, 2, 0.95}}, zero = {0, {-1, 1, 0.95}},
                           unknown = {1, interval_none()};
    assert_false(interval_exists(order_quantile_interval(&none, 0.95, 0.95)));
    assert_false(interval_exists(mean_interval(&single, 0.95)));
    assert_false(interval_exists(sd_interval(&single, 0.95)));
    assert_false(interval_exists(cv_interval(&single, 0.95)));
    assert_false(interval_exists(share_interval(0, 0, 0.95)));
    assert_false(interval_exists(ratio_interval(&zero, &known)));
    assert_false(interval_exists(ratio_interval(&known, &zero)));
    assert_false(interval_exists(ratio_interval(&known, &unknown)));
}

/* The least number is the one at which the interval closes. */
static void closes_at(double p, size_t fewest)
{
    double values[600];
    struct arena arena = ARENA_INIT;
    struct error error = ERROR_INIT;
    assert_true(order_quantile_fewest(p, 0.95) == (double)fewest);
    for (size_t i = 0; i < fewest; i++)
        values[i] = (double)i;
    for (size_t n = fewest - 1; n <= fewest; n++) {
        struct samples samples;
        assert_int_equal(samples_prepare(&samples, values, n, &arena, &error), 0);
        struct interval interval = order_quantile_interval(&samples, p, 0.95);
        assert_int_equal(isfinite(interval.low) && isfinite(interval.high), n == fewest);
    }
    arena_release(&arena);
}

static void the_fewest_samples_of_a_quantile_close_its_interval(void **state)
{
    (void)state;
    closes_at(0.5, 6);
    closes_at(0.9, 36);
    closes_at(0.95, 72);
    closes_at(0.05, 72);
    closes_at(0.99, 368);
}

UNIT_MAIN(cmocka_unit_test(intervals_are_those_of_r),
    cmocka_unit_test(what_cannot_be_told_has_no_interval),
    cmocka_unit_test(the_fewest_samples_of_a_quantile_close_its_interval))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulate.h"
#include "stats/autocorrelation.h"
#include "stats/kendall.h"
#include "table.h"

static void autocorrelation_and_ljung_box_are_those_of_r(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "series"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        const struct table_row *row = table_row(&table, "ljung_box");
        struct ljung_box test = ljung_box(&x, (size_t)row->values[0]);
        double answer[] = {row->values[0], test.q, test.p};
        table_expect(&table, "lag1", autocorrelation(&x, 1));
        table_expect_all(&table, "ljung_box", answer, 3, 0);
    }
    table_close(&table, 20);
}

static void mann_kendall_is_that_of_r_and_of_counting_all_orders(void **state)
{
    (void)state;
    struct table table;
    struct kendall_null null = {0};
    for (table_open(&table, "series"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        struct mann_kendall test = mann_kendall(&x, &null, &table.scratch);
        double answer[] = {test.s, test.tau, test.p};
        table_expect_all(&table, "mann_kendall", answer, 3, 0);
        assert_int_equal(test.exact, x.count <= KENDALL_EXACT);
    }
    table_close(&table, 20);
}

static void theil_sen_is_the_median_of_all_slopes(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "series"); table_next(&table);) {
        struct samples x = table_samples(&table, "x");
        table_expect(&table, "theil_sen", theil_sen(&x, &table.scratch));
    }
    table_close(&table, 20);
}

static void the_pooled_rho_and_what_exceeds_it_are_those_of_the_formulas(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "serial"); table_next(&table);) {
        const struct table_row *n = table_row(&table, "n"), *lag1 = table_row(&table, "lag1");
        struct serial series[64];
        double excess[64];
        for (size_t i = 0; i < n->count; i++)
            series[i] = (struct serial){(size_t)n->values[i], lag1->values[i]};
        struct serial_pooled pooled = serial_pool(series, n->count);
        double answer[] = {pooled.rho, pooled.p};
        table_expect_all(&table, "pooled", answer, 2, 0);
        for (size_t i = 0; i < n->count; i++)
            excess[i] = serial_excess(&series[i], fmax(0, pooled.rho));
        table_expect_all(&table, "excess", excess, n->count, 0);
    }
    table_close(&table, 6);
}

enum { SERIES = 40, LENGTH = 30 };

/* Series of a first-order process with this rho. */
static void simulate_report(struct serial *series, struct simulation *simulation, double rho)
{
    struct arena arena = ARENA_INIT;
    struct error error = ERROR_INIT;
    for (size_t i = 0; i < SERIES; i++) {
        double values[LENGTH], last = simulate_normal(simulation) / sqrt(1 - rho * rho);
        for (size_t k = 0; k < LENGTH; k++)
            values[k] = last = rho * last + simulate_normal(simulation);
        struct samples samples;
        assert_int_equal(samples_prepare(&samples, values, LENGTH, &arena, &error), 0);
        series[i] = (struct serial){LENGTH, autocorrelation(&samples, 1)};
    }
    arena_release(&arena);
}

static void the_pooled_rho_is_free_of_the_bias_of_short_series(void **state)
{
    (void)state;
    static const double rhos[] = {0, 0.3, 0.6};
    struct simulation simulation = simulation_start(1);
    for (size_t i = 0; i < ARRAY_SIZE(rhos); i++) {
        double sum = 0;
        for (int k = 0; k < 50; k++) {
            struct serial series[SERIES];
            simulate_report(series, &simulation, rhos[i]);
            sum += serial_pool(series, SERIES).rho;
        }
        assert_true(fabs(sum / 50 - rhos[i]) < 0.02);
    }
}

static void independent_series_pool_to_an_even_p(void **state)
{
    (void)state;
    struct simulation simulation = simulation_start(2);
    int below_05 = 0, below_50 = 0, flagged = 0;
    for (int k = 0; k < 400; k++) {
        struct serial series[SERIES];
        simulate_report(series, &simulation, 0);
        double p = serial_pool(series, SERIES).p;
        below_05 += p < 0.05;
        below_50 += p < 0.5;
        for (size_t i = 0; i < SERIES; i++)
            flagged += serial_excess(&series[i], 0) < 0.05 / SERIES;
    }
    assert_in_range(below_05, 6, 36);
    assert_in_range(below_50, 160, 240);
    assert_in_range(flagged, 0, 32);
}

static void correlated_series_exceed_nothing_when_the_pooled_rho_covers_them(void **state)
{
    (void)state;
    struct simulation simulation = simulation_start(4);
    int flagged = 0, found = 0;
    for (int k = 0; k < 100; k++) {
        struct serial series[SERIES];
        simulate_report(series, &simulation, 0.6);
        struct serial_pooled pooled = serial_pool(series, SERIES);
        found += pooled.p < 0.01;
        for (size_t i = 0; i < SERIES; i++)
            flagged += serial_excess(&series[i], pooled.rho) < 0.05 / SERIES;
    }
    assert_int_equal(found, 100);
    assert_in_range(flagged, 0, 10);
}

static void only_positive_correlation_widens(void **state)
{
    (void)state;
    assert_true(serial_inflation(-0.5) == 1 && serial_inflation(NAN) == 1);
    assert_true(fabs(serial_inflation(0.6) - 4) < 1e-12);
    assert_true(serial_inflation(1) == serial_inflation(SERIAL_MOST));
}

UNIT_MAIN(cmocka_unit_test(autocorrelation_and_ljung_box_are_those_of_r),
    cmocka_unit_test(mann_kendall_is_that_of_r_and_of_counting_all_orders),
    cmocka_unit_test(theil_sen_is_the_median_of_all_slopes),
    cmocka_unit_test(the_pooled_rho_and_what_exceeds_it_are_those_of_the_formulas),
    cmocka_unit_test(the_pooled_rho_is_free_of_the_bias_of_short_series),
    cmocka_unit_test(independent_series_pool_to_an_even_p),
    cmocka_unit_test(correlated_series_exceed_nothing_when_the_pooled_rho_covers_them),
    cmocka_unit_test(only_positive_correlation_widens))

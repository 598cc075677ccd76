/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/runs.h"
#include "table.h"

static bool has(const struct table *table, const char *key)
{
    return strcmp(table->rows[0].key, key) == 0;
}

static void expect_effects(struct table *table)
{
    const struct table_row *sizes = table_row(table, "sizes"), *x = table_row(table, "x");
    struct run_summary runs[16];
    struct error error = ERROR_INIT;
    size_t start = 0;
    for (size_t i = 0; i < sizes->count; i++) {
        struct samples run;
        size_t n = (size_t)sizes->values[i];
        assert_int_equal(samples_prepare(&run, x->values + start, n, &table->arena, &error), 0);
        runs[i] = run_summary_of(&run);
        start += n;
    }
    struct run_effects effects = run_effects_of(runs, sizes->count);
    double answer[] = {
        effects.mean, effects.variance_of_means, effects.within_sd, effects.between_sd};
    table_expect_all(table, "effects", answer, 4, 0);
}

static void the_two_variances_of_runs_are_those_of_one_way_random_effects(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "runs"); table_next(&table);)
        if (has(&table, "sizes"))
            expect_effects(&table);
    table_close(&table, 16);
}

static void expect_prior(struct table *table)
{
    const struct table_row *v = table_row(table, "variances"), *d = table_row(table, "degrees");
    struct variance_prior prior =
        variance_prior_fit(v->values, d->values, v->count, &table->scratch);
    double fitted[] = {prior.variance, prior.degrees, prior.most}, moderated[200];
    table_expect_all(table, "prior", fitted, 3, 0);
    for (size_t i = 0; i < v->count; i++) {
        struct variance_moderated here = variance_moderate(&prior, v->values[i], d->values[i]);
        moderated[2 * i] = here.variance;
        moderated[2 * i + 1] = here.degrees;
    }
    table_expect_all(table, "moderated", moderated, 2 * v->count, 0);
}

static void variances_are_shrunk_toward_the_fitted_prior(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "runs"); table_next(&table);)
        if (has(&table, "variances"))
            expect_prior(&table);
    table_close(&table, 16);
}

static void the_run_is_the_unit_of_the_estimate(void **state)
{
    (void)state;
    struct run_summary runs[] = {{1000, 1, 0.1}, {1000, 2, 0.1}, {1000, 6, 0.1}};
    struct run_effects effects = run_effects_of(runs, 3);
    struct variance_prior nothing = {NAN, 0, 0};
    struct estimate estimate = run_estimate(&effects, &nothing);
    assert_true(estimate.mean == 3);
    assert_true(estimate.degrees == 2);
    assert_true(fabs(estimate.variance - 7.0 / 3) < 1e-12);
}

UNIT_MAIN(cmocka_unit_test(the_two_variances_of_runs_are_those_of_one_way_random_effects),
    cmocka_unit_test(variances_are_shrunk_toward_the_fitted_prior),
    cmocka_unit_test(the_run_is_the_unit_of_the_estimate))

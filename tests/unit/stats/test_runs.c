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
    table_close(&table, 20);
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
    table_close(&table, 20);
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

static struct run_summary next_run(struct table *table, const double **values, double size)
{
    struct samples run;
    struct error error = ERROR_INIT;
    assert_int_equal(samples_prepare(&run, *values, (size_t)size, &table->arena, &error), 0);
    *values += (size_t)size;
    return run_summary_of(&run);
}

static void expect_agreement(struct table *table, bool pairs)
{
    const struct table_row *sizes = table_row(table, pairs ? "pair_sizes" : "side_sizes");
    const double *values = table_row(table, "x")->values;
    struct run_summary summaries[16];
    struct run_difference runs[16];
    size_t count = pairs ? sizes->count : sizes->count / 2;
    for (size_t i = 0; i < sizes->count; i++)
        summaries[i] = next_run(table, &values, sizes->values[i]);
    for (size_t i = 0; i < count; i++) {
        struct run_summary a = summaries[i], b = pairs ? a : summaries[count + i];
        runs[i] = (struct run_difference){a.mean, 1 / a.n, a.n - 1, a.sd};
        if (!pairs)
            runs[i] = (struct run_difference){b.mean - a.mean, 1 / a.n + 1 / b.n, a.n + b.n - 2,
                sqrt(((a.n - 1) * a.sd * a.sd + (b.n - 1) * b.sd * b.sd) / (a.n + b.n - 2))};
    }
    struct run_agreement agreement = run_agreement_of(runs, count);
    double answer[] = {agreement.ratio, agreement.p};
    table_expect_all(table, "agreement", answer, 2, 0);
}

static void runs_agree_as_the_analysis_of_variance_says(void **state)
{
    (void)state;
    struct table table;
    for (table_open(&table, "runs"); table_next(&table);) {
        if (has(&table, "pair_sizes"))
            expect_agreement(&table, true);
        if (has(&table, "side_sizes"))
            expect_agreement(&table, false);
    }
    table_close(&table, 20);
}

static void agreements_pool_to_the_mean_ratio_and_stouffers_p(void **state)
{
    (void)state;
    struct run_agreement all[] = {{2, 0.05}, {NAN, NAN}, {3, 0.05}}, one = {NAN, NAN};
    struct run_agreement pooled = run_agreement_pool(all, 3);
    assert_true(pooled.ratio == 2.5);
    assert_true(fabs(pooled.p - 0.010004625) < 1e-8); /* 1 - pnorm(sqrt(2) × 1.644854) */
    assert_true(isnan(run_agreement_pool(&one, 1).p));
    struct run_difference single = {1, 0.1, 9, 1}, still[] = {{1, 0.1, 9, 0}, {2, 0.1, 9, 0}};
    assert_true(isnan(run_agreement_of(&single, 1).p) && isnan(run_agreement_of(still, 2).p));
}

UNIT_MAIN(cmocka_unit_test(the_two_variances_of_runs_are_those_of_one_way_random_effects),
    cmocka_unit_test(variances_are_shrunk_toward_the_fitted_prior),
    cmocka_unit_test(the_run_is_the_unit_of_the_estimate),
    cmocka_unit_test(runs_agree_as_the_analysis_of_variance_says),
    cmocka_unit_test(agreements_pool_to_the_mean_ratio_and_stouffers_p))

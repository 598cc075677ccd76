/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/trend.h"

#include <math.h>
#include <stdio.h>

enum { SERIES = 40, POINTS = 60 };

static struct history_run runs[POINTS];
static struct history_entry entries[POINTS * SERIES];
static size_t places[POINTS];
static char facts[SERIES][64];
static struct history_series kinds[2 * SERIES]; /* in ms, then in s */
static const struct history history = {runs, POINTS, kinds, 2 * SERIES, entries, POINTS *SERIES};

/* A level with noise; every third series steps halfway. */
static double median_at(size_t series, size_t point, uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    double noise = (double)(*state >> 8) / (1 << 24);
    return 1 + (series % 3 == 0 && point >= POINTS / 2 ? 0.2 : 0) + 0.02 * noise;
}

static int set_up(void **unused)
{
    uint32_t state = 7;
    (void)unused;
    for (size_t k = 0; k < SERIES; k++)
        snprintf(facts[k], sizeof facts[k], "{\"benchmark\":{\"name\":\"b%02zu\"}}", k);
    for (size_t k = 0; k < 2 * SERIES; k++)
        kinds[k] = (struct history_series){.facts = slice_of(facts[k % SERIES]),
            .machine = slice_of(""),
            .metric = slice_of("m"),
            .unit = slice_of(k < SERIES ? "ms" : "s"),
            .better = BETTER_LOWER,
            .better_known = true};
    for (size_t i = 0; i < POINTS; i++) {
        places[i] = i;
        runs[i] = (struct history_run){.run_id = slice_of("r")};
        for (size_t k = 0; k < SERIES; k++)
            entries[i * SERIES + k] = (struct history_entry){.run = (uint32_t)i,
                .series = (uint32_t)(i < 2 ? k : SERIES + k),
                .n = 1,
                .median = median_at(k, i, &state) * (i < 2 ? 1000 : 1),
                .low = NAN,
                .high = NAN};
    }
    return 0;
}

static struct trend *found_with(struct trend_options *options, size_t threads)
{
    const struct trend_point point = {.ns = INT64_MIN};
    options->threads = threads;
    struct trend *trend = trend_create(options);
    for (size_t i = 0; i < POINTS; i++)
        trend_add_point(trend, &point);
    trend_add(trend, &history, places);
    trend_find(trend);
    return trend;
}

static void the_answer_does_not_depend_on_the_number_of_threads(void **unused)
{
    struct trend_options options = {.band = 0.01};
    struct error error = ERROR_INIT;
    struct identity *identity;
    size_t count, same_count;
    (void)unused;
    assert_int_equal(identity_create(&identity, NULL, "", &error), 0);
    options.identity = identity;
    struct trend *one = found_with(&options, 0), *many = found_with(&options, 8);
    const struct trend_series *a = trend_all(one, &count), *b = trend_all(many, &same_count);
    assert_int_equal(count, SERIES);
    assert_int_equal(same_count, SERIES);
    for (size_t i = 0; i < SERIES; i++) {
        assert_int_equal(a[i].verdict, i % 3 == 0 ? TREND_REGRESSED : TREND_STABLE);
        assert_true(slice_equal(a[i].names.name, b[i].names.name));
        assert_int_equal(a[i].verdict, b[i].verdict);
        assert_int_equal(a[i].count, POINTS);
        assert_int_equal(a[i].change_count, b[i].change_count);
        for (size_t k = 0; k < POINTS; k++)
            assert_memory_equal(&a[i].values[k].median, &b[i].values[k].median, sizeof(double));
        for (size_t k = 0; k < a[i].change_count; k++)
            assert_memory_equal(&a[i].changes[k].ratio, &b[i].changes[k].ratio, sizeof(double));
        assert_memory_equal(&a[i].cv, &b[i].cv, sizeof(double));
    }
    trend_free(one);
    trend_free(many);
    identity_free(identity);
}

UNIT_MAIN(cmocka_unit_test_setup(the_answer_does_not_depend_on_the_number_of_threads, set_up))

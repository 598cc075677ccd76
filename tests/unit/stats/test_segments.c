/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/arena.h"
#include "histories.h"
#include "stats/segments.h"

#include <stdbool.h>
#include <string.h>

enum { POINTS = 100, TIMES = 300 };

static struct arena arena;
static double values[POINTS];

static struct segments find(size_t count)
{
    struct samples series;
    struct segments segments;
    arena_reset(&arena);
    assert_int_equal(samples_prepare(&series, values, count, &arena, NULL), 0);
    segments_find(&segments, &series, &arena);
    return segments;
}

static bool has_slope(const struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].slope != 0)
            return true;
    return false;
}

static bool steps_near(const struct segments *segments, size_t place)
{
    for (size_t i = 1; i < segments->count; i++)
        if (segments->items[i].from + 1 >= place && segments->items[i].from <= place + 1)
            return true;
    return false;
}

/* ---- a small part of the calibration; the bounds leave room for TIMES draws ---------------- */

static double false_steps(enum history_noise noise)
{
    struct simulation simulation = simulation_start(2026);
    int found = 0;
    for (int i = 0; i < TIMES; i++) {
        history_simulate(values, POINTS, noise, &simulation);
        found += find(POINTS).count > 1;
    }
    return (double)found / TIMES;
}

static void a_series_in_which_nothing_happens_seldom_shows_a_step(void **state)
{
    (void)state;
    assert_true(false_steps(HISTORY_NORMAL) <= 0.05);
    assert_true(false_steps(HISTORY_SPIKES) <= 0.08);
    assert_true(false_steps(HISTORY_AR_3) <= 0.15);
    assert_true(false_steps(HISTORY_AR_6) <= 0.25);
    assert_true(false_steps(HISTORY_COARSE) <= 0.05);
}

static void three_points_after_a_step_of_three_sd_are_enough_to_find_it(void **state)
{
    (void)state;
    for (size_t after = 3; after <= 50; after = after * 3 - 2) {
        struct simulation simulation = simulation_start(2026);
        int found = 0, placed = 0;
        for (int i = 0; i < TIMES; i++) {
            history_simulate(values, POINTS, HISTORY_NORMAL, &simulation);
            history_step(values, POINTS, POINTS - after, 3);
            struct segments segments = find(POINTS);
            found += segments.count > 1;
            placed += steps_near(&segments, POINTS - after);
        }
        assert_true(found >= 0.9 * TIMES);
        assert_true(placed >= 0.8 * TIMES);
    }
}

static void a_ramp_is_a_slope_and_no_staircase(void **state)
{
    (void)state;
    for (double rise = 4; rise < 100; rise *= 5) {
        struct simulation simulation = simulation_start(2026);
        int stairs = 0, slopes = 0;
        for (int i = 0; i < TIMES; i++) {
            history_simulate(values, POINTS, HISTORY_NORMAL, &simulation);
            history_ramp(values, POINTS, 0, POINTS, rise);
            struct segments segments = find(POINTS);
            stairs += segments.count > 1;
            slopes += has_slope(&segments);
        }
        assert_true(stairs <= 0.03 * TIMES);
        assert_true(slopes >= 0.95 * TIMES);
    }
}

/* ---- one series at a time ----------------------------------------------------------------- */

static void noisy(enum history_noise noise)
{
    struct simulation simulation = simulation_start(3);
    history_simulate(values, POINTS, noise, &simulation);
}

static void a_staircase_shows_each_of_its_steps(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    for (size_t i = 20; i < POINTS; i += 20)
        history_step(values, POINTS, i, 5);
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 5);
    for (size_t i = 1; i < 5; i++) {
        assert_true(steps_near(&segments, 20 * i));
        assert_true(fabs(segments.items[i].level - 5 * (double)i) < 1);
    }
    assert_false(has_slope(&segments));
}

static void a_ramp_between_two_levels_is_found_with_its_slope(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    history_ramp(values, POINTS, 40, 70, 15);
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 3);
    assert_true(segments.items[0].slope == 0 && segments.items[2].slope == 0);
    assert_true(fabs(segments.items[1].slope - 0.5) < 0.15);
    assert_true(segments.items[1].slope_p < 0.01);
}

static void the_answer_is_the_same_under_any_scale_and_offset(void **state)
{
    (void)state;
    double copy[POINTS];
    noisy(HISTORY_SPIKES);
    history_step(values, POINTS, 30, -6);
    history_ramp(values, POINTS, 50, 80, 10);
    memcpy(copy, values, sizeof copy);
    struct segments first = find(POINTS);
    struct segment items[8];
    assert_in_range(first.count, 2, 8);
    memcpy(items, first.items, first.count * sizeof *items);
    static const double scales[] = {1e-9, -1, 1e9, 1}, offsets[] = {0, 3, 1e12, 1e6};
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < POINTS; i++)
            values[i] = copy[i] * scales[k] + offsets[k];
        struct segments segments = find(POINTS);
        assert_int_equal(segments.count, first.count);
        assert_int_equal(segments.outlier_count, first.outlier_count);
        for (size_t i = 0; i < segments.count; i++)
            assert_int_equal(segments.items[i].from, items[i].from);
    }
}

static void spikes_are_outliers_and_no_steps(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    values[20] += 50;
    values[60] -= 50;
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 1);
    assert_int_equal(segments.outlier_count, 2);
    assert_int_equal(segments.outliers[0], 20);
    assert_int_equal(segments.outliers[1], 60);
}

static void spikes_that_come_close_together_are_no_level(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    for (size_t i = 50; i <= 55; i++)
        values[i] += i == 51 || i == 54 ? 0 : 15;
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 1);
    assert_int_equal(segments.outlier_count, 4);
}

static void one_or_two_points_at_the_end_stand_off_and_three_are_a_step(void **state)
{
    (void)state;
    for (size_t after = 1; after <= 3; after++) {
        noisy(HISTORY_NORMAL);
        history_step(values, POINTS, POINTS - after, 8);
        struct segments segments = find(POINTS);
        assert_int_equal(segments.tail, after < 3 ? after : 0);
        assert_int_equal(segments.count, after < 3 ? 1 : 2);
    }
}

static void three_points_far_off_are_a_step_behind_a_short_level_too(void **state)
{
    (void)state;
    static const double levels[] = {
        26194, 28354, 26057, 26294, 26226, 26178, 26356, 23844, 23111, 23166, 22942, 23335, 17109};
    memcpy(values, levels, sizeof levels);
    values[13] = 16838;
    struct segments segments = find(14);
    assert_int_equal(segments.count, 2);
    assert_int_equal(segments.tail, 2);
    values[14] = 17029;
    segments = find(15);
    assert_int_equal(segments.count, 3);
    assert_int_equal(segments.tail, 0);
    assert_int_equal(segments.items[1].from, 7);
    assert_int_equal(segments.items[1].to, 12);
    assert_float_equal(segments.items[1].level, 23166, 0);
    assert_int_equal(segments.items[2].from, 12);
    assert_int_equal(segments.items[2].to, 15);
    assert_float_equal(segments.items[2].level, 17029, 0);
}

static void constant_values_have_one_level_and_no_noise(void **state)
{
    (void)state;
    for (size_t i = 0; i < POINTS; i++)
        values[i] = 0.1;
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 1);
    assert_true(segments.items[0].level == 0.1 && segments.sd == 0);
    assert_int_equal(segments.tail + segments.outlier_count, 0);
}

static void two_constant_levels_are_a_step_at_its_very_point(void **state)
{
    (void)state;
    for (size_t i = 0; i < POINTS; i++)
        values[i] = i < 97 ? 100 : 103;
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 2);
    assert_int_equal(segments.items[1].from, 97);
    assert_true(segments.items[0].level == 100 && segments.items[1].level == 103);
}

static void noise_that_grows_with_the_level_is_no_step(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    for (size_t i = 0; i < POINTS; i++)
        values[i] = (i < 70 ? 1 : 10) * (1 + 0.05 * values[i]);
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 2);
    assert_int_equal(segments.items[1].from, 70);
}

static void noise_that_grows_alone_is_no_step(void **state)
{
    (void)state;
    struct simulation simulation = simulation_start(3);
    size_t stepped = 0;
    for (int time = 0; time < TIMES; time++) {
        history_simulate(values, POINTS, HISTORY_NORMAL, &simulation);
        for (size_t i = 0; i < POINTS; i++)
            values[i] *= i < POINTS / 2 ? 0.1 : 1;
        stepped += find(POINTS).count > 1;
    }
    assert_true(stepped <= 0.25 * TIMES); /* under the quieter half's noise it would be most */
}

static void a_small_step_shows_where_the_noise_has_become_less(void **state)
{
    (void)state;
    noisy(HISTORY_NORMAL);
    for (size_t i = 0; i < POINTS; i++)
        values[i] = (i < 60 ? 10 : 1) * (1 + 0.03 * values[i]) + (i < 80 ? 0 : 0.2);
    struct segments segments = find(POINTS);
    assert_int_equal(segments.count, 3);
    assert_true(steps_near(&segments, 60) && steps_near(&segments, 80));
}

static void few_points_say_nothing_and_six_can_say_something(void **state)
{
    (void)state;
    static const double six[] = {1, 1.01, 0.99, 2, 2.01, 1.99};
    memcpy(values, six, sizeof six);
    for (size_t count = 0; count < 6; count++)
        assert_int_equal(find(count).count, 0);
    assert_int_equal(find(6).count, 2);
}

static void values_that_do_not_vary_step_at_every_difference(void **state)
{
    (void)state;
    static const double sizes[] = {7, 7, 8, 8, 7};
    struct samples series;
    struct segments segments;
    arena_reset(&arena);
    assert_int_equal(samples_prepare(&series, sizes, 5, &arena, NULL), 0);
    segments_find_exact(&segments, &series, &arena);
    assert_int_equal(segments.count, 3);
    assert_int_equal(segments.items[1].from, 2);
    assert_int_equal(segments.items[2].from, 4);
    assert_int_equal(segments.items[2].to, 5);
}

static void ten_thousand_points_are_cut_where_they_step(void **state)
{
    (void)state;
    enum { MANY = 10000 };
    static double many[MANY];
    struct simulation simulation = simulation_start(5);
    struct samples series;
    struct segments segments;
    history_simulate(many, MANY, HISTORY_NORMAL, &simulation);
    history_step(many, MANY, 3000, 4);
    history_step(many, MANY, 7123, -4);
    arena_reset(&arena);
    assert_int_equal(samples_prepare(&series, many, MANY, &arena, NULL), 0);
    segments_find(&segments, &series, &arena);
    assert_int_equal(segments.count, 3);
    assert_true(steps_near(&segments, 3000) && steps_near(&segments, 7123));
    arena_release(&arena);
}

UNIT_MAIN(cmocka_unit_test(a_series_in_which_nothing_happens_seldom_shows_a_step),
    cmocka_unit_test(three_points_after_a_step_of_three_sd_are_enough_to_find_it),
    cmocka_unit_test(a_ramp_is_a_slope_and_no_staircase),
    cmocka_unit_test(a_staircase_shows_each_of_its_steps),
    cmocka_unit_test(a_ramp_between_two_levels_is_found_with_its_slope),
    cmocka_unit_test(the_answer_is_the_same_under_any_scale_and_offset),
    cmocka_unit_test(spikes_are_outliers_and_no_steps),
    cmocka_unit_test(spikes_that_come_close_together_are_no_level),
    cmocka_unit_test(one_or_two_points_at_the_end_stand_off_and_three_are_a_step),
    cmocka_unit_test(three_points_far_off_are_a_step_behind_a_short_level_too),
    cmocka_unit_test(constant_values_have_one_level_and_no_noise),
    cmocka_unit_test(two_constant_levels_are_a_step_at_its_very_point),
    cmocka_unit_test(noise_that_grows_with_the_level_is_no_step),
    cmocka_unit_test(noise_that_grows_alone_is_no_step),
    cmocka_unit_test(a_small_step_shows_where_the_noise_has_become_less),
    cmocka_unit_test(few_points_say_nothing_and_six_can_say_something),
    cmocka_unit_test(values_that_do_not_vary_step_at_every_difference),
    cmocka_unit_test(ten_thousand_points_are_cut_where_they_step))

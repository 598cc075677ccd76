/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "machine/health.h"

#include <math.h>
#include <string.h>

static struct arena arena = ARENA_INIT;

static struct machine_state read_tree(const char *name)
{
    char *root = arena_format(&arena, "tests/data/sysroots/%s", name);
    struct probe probe = {root, &arena};
    struct machine_state state;
    machine_state_read(&state, &probe, true);
    return state;
}

static const struct machine_flag *find(
    const struct machine_flags *flags, enum machine_flag_kind kind)
{
    for (size_t i = 0; i < flags->count; i++)
        if (flags->items[i].kind == kind)
            return &flags->items[i];
    return NULL;
}

static void the_state_is_read_from_proc_and_sys(void **unused)
{
    (void)unused;
    struct machine_state state = read_tree("clean");
    assert_int_equal(state.memory_total_bytes, 34359738368);
    assert_int_equal(state.memory_available_bytes, 27917287424);
    assert_int_equal(state.memory_free_bytes, 21474836480);
    assert_int_equal(state.memory_cached_bytes, 4294967296);
    assert_int_equal(state.swap_total_bytes, 8589934592);
    assert_int_equal(state.swap_used_bytes, 0);
    assert_true(state.load[0] == 0.04 && state.load[1] == 0.1 && state.load[2] == 0.08);
    assert_true(state.pressure_some[PRESSURE_CPU] == 0 && state.pressure_full[PRESSURE_IO] == 0);
    assert_int_equal(state.ticks[TICKS_USER], 1000);
    assert_int_equal(state.ticks[TICKS_IDLE], 98000);
    assert_int_equal(state.ticks[TICKS_STEAL], 0);
    assert_int_equal(state.processors, 4);
    assert_true(state.frequency_hz == 4.1e9 && state.frequency_highest_hz == 4.1e9);
    assert_int_equal(state.throttle_count, 4 * (3 + 2));
    assert_true(state.temperature_celsius == 41.5);
    assert_int_equal(state.zombies, 0);
    assert_int_equal(state.governor_other, 0);
    assert_int_equal(state.governor_all, 4);
    assert_int_equal(state.on_battery, MACHINE_NO);
}

static void what_cannot_be_read_is_unknown_and_raises_nothing(void **unused)
{
    (void)unused;
    struct machine_state before = read_tree("bare"), now = before;
    struct machine_flags flags;
    assert_true(now.memory_available_bytes == UNKNOWN_COUNT);
    assert_true(now.swap_used_bytes == UNKNOWN_COUNT);
    assert_true(isnan(now.load[0]) && isnan(now.pressure_some[0]) && isnan(now.frequency_hz));
    assert_true(isnan(now.temperature_celsius));
    assert_true(now.ticks[TICKS_USER] == UNKNOWN_COUNT);
    assert_true(now.throttle_count == UNKNOWN_COUNT);
    assert_true(now.zombies == UNKNOWN_COUNT);
    assert_int_equal(now.on_battery, MACHINE_UNKNOWN);
    now.time_ns += 2000000000;
    machine_health(&flags, &before, &now, 0);
    assert_int_equal(flags.count, 0);
}

static void a_fit_machine_raises_no_flag(void **unused)
{
    (void)unused;
    struct machine_state before = read_tree("clean"), now = before;
    struct machine_flags flags;
    now.time_ns += 1000000000;
    now.ticks[TICKS_USER] += 120; /* of which the measurement took 1.1 s */
    now.ticks[TICKS_IDLE] += 280;
    machine_health(&flags, &before, &now, 1.1);
    assert_int_equal(flags.count, 0);
}

static void each_flag_comes_with_its_evidence(void **unused)
{
    (void)unused;
    static const struct {
        enum machine_flag_kind kind;
        const char *name, *evidence;
        double value;
    } expected[] = {{FLAG_SWAP_IN_USE, "swap-in-use", "4295 MB of swap in use", 4294967296},
        {FLAG_LOW_MEMORY, "low-memory", "1074 MB of 34360 MB of memory available", 1073741824},
        {FLAG_ZOMBIES, "zombies", "1 ended process that nobody collected", 1},
        {FLAG_GOVERNOR, "governor-not-performance",
            "governor powersave, not performance, on 4 of 4 processors", 4},
        {FLAG_ON_BATTERY, "on-battery", "a battery feeds the machine", NAN},
        {FLAG_LOAD_FROM_OTHERS, "load-from-others", "other programs took 2.0 of 4 processors", 2},
        {FLAG_STEAL_TIME, "steal-time", "the host gave 5.0 % of the processors' time to others", 5},
        {FLAG_FREQUENCY_CHANGED, "frequency-changed", "the processors fell from 4100 to 2100 MHz",
            2.1e9},
        {FLAG_THERMAL_THROTTLING, "thermal-throttling", "throttled 8 times for their heat", 8}};
    struct machine_state before = read_tree("clean"), now = read_tree("busy");
    struct machine_flags flags;
    now.time_ns = before.time_ns + 5000000000; /* 15 s of processors' time, 5 of them ours */
    machine_health(&flags, &before, &now, 5);
    assert_int_equal(flags.count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        const struct machine_flag *flag = find(&flags, expected[i].kind);
        assert_non_null(flag);
        assert_string_equal(machine_flag_name(flag->kind), expected[i].name);
        assert_string_equal(flag->evidence, expected[i].evidence);
        assert_true(isnan(expected[i].value) ? isnan(flag->value)
                                             : fabs(flag->value - expected[i].value) < 1e-6);
    }
}

static void a_window_that_is_too_short_proves_nothing(void **unused)
{
    (void)unused;
    struct machine_state before = read_tree("clean"), now = before;
    struct machine_flags flags;
    now.time_ns += 400000000;
    now.ticks[TICKS_USER] += 150;
    now.throttle_count += 5;
    machine_health(&flags, &before, &now, 0);
    assert_int_equal(flags.count, 0);
    now.time_ns += 200000000;
    machine_health(&flags, &before, &now, 0);
    assert_non_null(find(&flags, FLAG_LOAD_FROM_OTHERS));
    assert_non_null(find(&flags, FLAG_THERMAL_THROTTLING));
}

static void the_limits_are_those_that_are_told(void **unused)
{
    (void)unused;
    struct machine_state now = read_tree("clean");
    struct machine_flags flags;
    now.swap_used_bytes = 100000000;
    now.memory_available_bytes = now.memory_total_bytes / 10 + 1;
    machine_health(&flags, NULL, &now, 0);
    assert_int_equal(flags.count, 0);
    now.swap_used_bytes++;
    now.memory_available_bytes -= 2;
    machine_health(&flags, NULL, &now, 0);
    assert_non_null(find(&flags, FLAG_SWAP_IN_USE));
    assert_non_null(find(&flags, FLAG_LOW_MEMORY));
    assert_int_equal(flags.count, 2);
}

static void the_measurement_itself_is_no_load_from_others(void **unused)
{
    (void)unused;
    struct machine_state before = read_tree("clean"), now = before;
    struct machine_flags flags;
    now.time_ns += 10000000000;
    now.ticks[TICKS_USER] += 2000;
    now.ticks[TICKS_IDLE] += 2000;
    machine_health(&flags, &before, &now, 17.6);
    assert_int_equal(flags.count, 0);
    machine_health(&flags, &before, &now, 17.4);
    assert_int_equal(flags.count, 1);
}

static void zombies_are_counted_only_on_request(void **unused)
{
    (void)unused;
    struct probe probe = {"tests/data/sysroots/busy", &arena};
    struct machine_state state;
    machine_state_read(&state, &probe, false);
    assert_true(state.zombies == UNKNOWN_COUNT);
    machine_state_read(&state, &probe, true);
    assert_int_equal(state.zombies, 1);
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_state_is_read_from_proc_and_sys),
        cmocka_unit_test(what_cannot_be_read_is_unknown_and_raises_nothing),
        cmocka_unit_test(a_fit_machine_raises_no_flag),
        cmocka_unit_test(each_flag_comes_with_its_evidence),
        cmocka_unit_test(a_window_that_is_too_short_proves_nothing),
        cmocka_unit_test(the_limits_are_those_that_are_told),
        cmocka_unit_test(the_measurement_itself_is_no_load_from_others),
        cmocka_unit_test(zombies_are_counted_only_on_request)};
    return cmocka_run_group_tests(tests, NULL, release);
}

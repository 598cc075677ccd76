/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/compiler.h"
#include "record/unit.h"

static double turned(double value, const char *from, const char *to)
{
    struct unit_step step;
    assert_true(unit_step_between(&step, slice_of(from), slice_of(to)));
    return unit_turn(step, value);
}

static void units_of_one_kind_are_turned_into_each_other_exactly(void **state)
{
    (void)state;
    assert_true(turned(1.5, "s", "ms") == 1500);
    assert_true(turned(0.1, "ms", "s") == 0.1 / 1000);
    assert_true(turned(7, "ns", "us") == 0.007);
    assert_true(turned(3, "\302\265s", "us") == 3);
    assert_true(turned(2, "h", "min") == 120);
    assert_true(turned(3, "KiBy", "By") == 3072);
    assert_true(turned(1, "MiBy", "kBy") == 1048.576);
    assert_true(turned(16, "bit", "By") == 2);
    assert_true(turned(12.5, "%", "1") == 0.125);
    assert_true(turned(2, "GHz", "MHz") == 2000);
}

static void rates_are_turned_above_and_below_the_line(void **state)
{
    (void)state;
    assert_true(turned(3, "GBy/s", "MBy/s") == 3000);
    assert_true(turned(3, "By/ms", "kBy/s") == 3);
    assert_true(turned(120, "{token}/min", "{token}/s") == 2);
    assert_true(turned(5, "{a/b}/s", "{a/b}/s") == 5);
}

static void what_measures_something_else_is_refused(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"s", "By"}, {"{token}/s", "{request}/s"},
        {"{token}/s", "{token}"}, {"s", "1/s"}, {"parsec", "s"}, {"", "1"}, {"Ms", "s"}};
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        struct unit_step step;
        assert_false(unit_step_between(&step, slice_of(pairs[i][0]), slice_of(pairs[i][1])));
        assert_false(unit_step_between(&step, slice_of(pairs[i][1]), slice_of(pairs[i][0])));
    }
}

static void an_unknown_unit_is_itself(void **state)
{
    (void)state;
    assert_true(turned(4, "parsec", "parsec") == 4);
    assert_true(turned(4, "parsec/ms", "parsec/s") == 4000);
}

static void counts_and_bytes_are_countable_and_nothing_else(void **state)
{
    (void)state;
    static const char *const yes[] = {"1", "By", "KiBy", "bit", "{token}", "{a b}"};
    static const char *const no[] = {"s", "%", "{token}/s", "By/s", "Hz", "", "{", "{a}{b}"};
    for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
        assert_true(unit_is_countable(slice_of(yes[i])));
    for (size_t i = 0; i < ARRAY_SIZE(no); i++)
        assert_false(unit_is_countable(slice_of(no[i])));
}

static void what_is_there_or_not_is_never_negative(void **state)
{
    (void)state;
    static const char *const yes[] = {"ms", "By", "GBy/s", "{token}", "{token}/s", "Hz", "mJ", "W"};
    static const char *const no[] = {"1", "%", "1/s", "Cel", "dB", ""};
    for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
        assert_true(unit_is_never_negative(slice_of(yes[i])));
    for (size_t i = 0; i < ARRAY_SIZE(no); i++)
        assert_false(unit_is_never_negative(slice_of(no[i])));
}

static void times_and_rates_take_time(void **state)
{
    (void)state;
    static const char *const yes[] = {"ns", "h", "{token}/s", "GBy/s", "1/min", "{a/b}/s"};
    static const char *const no[] = {"By", "{token}", "{token/s}", "J/{token}", "1", "%", ""};
    for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
        assert_true(unit_takes_time(slice_of(yes[i])));
    for (size_t i = 0; i < ARRAY_SIZE(no); i++)
        assert_false(unit_takes_time(slice_of(no[i])));
}

static void means(const char *written, const char *unit)
{
    struct buffer out = BUFFER_INIT;
    assert_int_equal(unit_read(&out, slice_of(written)), unit != NULL);
    assert_string_equal(buffer_text(&out), unit ? unit : "");
    buffer_release(&out);
}

static void what_people_write_is_a_unit_of_reports(void **state)
{
    (void)state;
    means("ms", "ms");
    means("tok/s", "{token}/s");
    means("tokens/min", "{token}/min");
    means("req/s", "{request}/s");
    means("GB", "GBy");
    means("MiB/s", "MiBy/s");
    means("{frame}/s", "{frame}/s");
    means("%", "%");
    means("mss", NULL);
    means("ms/fortnight", NULL);
    means("{}", NULL);
    means("ms/", NULL);
    means("", NULL);
}

UNIT_MAIN(cmocka_unit_test(units_of_one_kind_are_turned_into_each_other_exactly),
    cmocka_unit_test(rates_are_turned_above_and_below_the_line),
    cmocka_unit_test(what_measures_something_else_is_refused),
    cmocka_unit_test(an_unknown_unit_is_itself),
    cmocka_unit_test(counts_and_bytes_are_countable_and_nothing_else),
    cmocka_unit_test(what_is_there_or_not_is_never_negative),
    cmocka_unit_test(times_and_rates_take_time),
    cmocka_unit_test(what_people_write_is_a_unit_of_reports))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/options.h"

#include <string.h>

#define COUNT_MOST ((double)(1LL << 62))

static void expect_count(const char *text, double low, double high, int64_t expected)
{
    struct error error = ERROR_INIT;
    int64_t value = -77;
    assert_int_equal(option_read_count(&value, text, low, high, &error), 0);
    assert_int_equal(value, expected);
}

static void expect_no_count(const char *text, double low, double high, const char *why)
{
    struct error error = ERROR_INIT;
    int64_t value = -77;
    assert_int_equal(option_read_count(&value, text, low, high, &error), -1);
    assert_string_equal(error.text, why);
    assert_int_equal(error.code, ERROR_USAGE);
    assert_int_equal(value, -77);
}

static void counts_are_whole_numbers_in_their_range(void **state)
{
    (void)state;
    expect_count("0", 0, 10, 0);
    expect_count("10", 0, 10, 10);
    expect_count("-3", -5, 5, -3);
    expect_count("+3", -5, 5, 3);
    expect_count("007", 0, 10, 7);
    expect_no_count("11", 0, 10, "11 is out of range; expected 0 to 10");
    expect_no_count("-1", 0, COUNT_MOST, "-1 is out of range; expected 0 or more");
    expect_no_count(
        "99999999999999999999", 1, 10, "99999999999999999999 is out of range; expected 1 to 10");
    expect_no_count("", 0, 10, "\"\" is not a whole number");
    expect_no_count("1.5", 0, 10, "\"1.5\" is not a whole number");
    expect_no_count(" 1", 0, 10, "\" 1\" is not a whole number");
    expect_no_count("1 ", 0, 10, "\"1 \" is not a whole number");
    expect_no_count("0x10", 0, 100, "\"0x10\" is not a whole number");
    expect_no_count("-", 0, 10, "\"-\" is not a whole number");
}

static void expect_size(const char *text, uint64_t expected)
{
    struct error error = ERROR_INIT;
    uint64_t value = 77;
    assert_int_equal(option_read_size(&value, text, &error), 0);
    assert_int_equal(value, expected);
}

static void expect_no_size(const char *text)
{
    struct error error = ERROR_INIT;
    uint64_t value = 77;
    assert_int_equal(option_read_size(&value, text, &error), -1);
    assert_non_null(strstr(error.text, " is not a size; expected a number of bytes"));
    assert_int_equal(value, 77);
}

static void sizes_take_units_of_1024(void **state)
{
    (void)state;
    expect_size("0", 0);
    expect_size("100", 100);
    expect_size("64K", 65536);
    expect_size("64k", 65536);
    expect_size("64KiB", 65536);
    expect_size("10M", 10485760);
    expect_size("3G", UINT64_C(3) << 30);
    expect_size("1T", UINT64_C(1) << 40);
    expect_size("18446744073709551615", UINT64_MAX);
    static const char *const bad[] = {"", "K", "-1", "+1", "1.5M", "1KB", "1MM", "1X", "1 K",
        "18446744073709551616", "16777216T", " 1"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        expect_no_size(bad[i]);
}

static void numbers_are_decimal_and_finite(void **state)
{
    struct error error = ERROR_INIT;
    double value;
    (void)state;
    assert_int_equal(option_read_number(&value, "-2.5e-1", &error), 0);
    assert_true(value == -0.25);
    assert_int_equal(option_read_number(&value, ".5", &error), 0);
    assert_true(value == 0.5);
    static const char *const bad[] = {
        "", "x", "1x", "nan", "inf", "1e999", "0x10", "-", " 1", "1,5"};
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        error_clear(&error);
        value = 77;
        assert_int_equal(option_read_number(&value, bad[i], &error), -1);
        assert_non_null(strstr(error.text, " is not a number"));
        assert_true(value == 77);
    }
}

static void times_are_seconds_or_have_a_unit(void **state)
{
    static const struct {
        const char *text;
        double seconds;
    } good[] = {{"10", 10}, {"1.5s", 1.5}, {"200ms", 0.2}, {"5us", 5e-6}, {"2m", 120},
        {"2min", 120}, {"1h", 3600}, {"0", 0}, {"1e3", 1000}};
    static const char *const bad[] = {
        "", "s", "-1", "-0.1s", "1 s", "1d", "1sec", "nan", "inf", "0x10s", "1e999"};
    struct error error = ERROR_INIT;
    double value;
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
        assert_int_equal(option_read_seconds(&value, good[i].text, &error), 0);
        assert_true(value == good[i].seconds);
    }
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        error_clear(&error);
        assert_int_equal(option_read_seconds(&value, bad[i], &error), -1);
        assert_non_null(strstr(error.text, " is not a time; expected seconds"));
    }
}

UNIT_MAIN(cmocka_unit_test(counts_are_whole_numbers_in_their_range),
    cmocka_unit_test(sizes_take_units_of_1024), cmocka_unit_test(numbers_are_decimal_and_finite),
    cmocka_unit_test(times_are_seconds_or_have_a_unit))

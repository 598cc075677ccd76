/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"
#include "json/decimal.h"
#include "json/number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* The C library in the C locale is the judge here. */
static void check_double(const char *text)
{
    double expected = strtod(text, NULL), value = number_double(slice_of(text));
    if (memcmp(&expected, &value, sizeof value) != 0)
        fail_msg("%s reads as %.17g, not %.17g", text, value, expected);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double random_double(uint64_t *state)
{
    uint64_t bits = next_random(state);
    double value;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 1.5;
}

static void texts_read_as_the_nearest_double(void **state)
{
    (void)state;
    static const char *const cases[] = {"0", "-0", "0.0", "1", "-1.5", "0.1", "1e22", "1e23",
        "8.5e-324", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308",
        "1.7976931348623158e308", "9007199254740993", "9007199254740995",
        "9007199254740992.999999999999999999999999", "9007199254740993.00000000000000000000001",
        "9007199254740993.0000000000000000000000000000", "123456789012345678901234567890",
        "0.000000000000000000000000000000000000012345678901234567890123", "1e-400", "0e400",
        "1234567890123456789", "18446744073709551615", "6.631236846766476e-316", "5e-324",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203126", "3e-324", "1E+5",
        "1e0000000005"};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        check_double(cases[i]);
}

static void random_doubles_read_back_from_any_precision(void **state)
{
    (void)state;
    uint64_t random = 88172645463325252;
    char text[1200];
    for (int i = 0; i < 60000; i++) {
        double value = random_double(&random);
        int digits = (int)(next_random(&random) % 25);
        snprintf(text, sizeof text, "%.*e", digits, value);
        check_double(text);
        if (fabs(value) < 1e30 && fabs(value) > 1e-30) {
            snprintf(text, sizeof text, "%.*f", digits + 10, value);
            check_double(text);
        }
    }
}

static void a_value_between_two_doubles_goes_to_the_even_one(void **state)
{
    (void)state;
    uint64_t random = 1234567;
    char text[1300];
    for (int i = 0; i < 2000; i++) {
        double value = fabs(random_double(&random));
        /* The exact middle between value and the next, which long double holds. */
        long double middle = ((long double)value + (long double)nextafter(value, INFINITY)) / 2;
        if (!isfinite(nextafter(value, INFINITY)))
            continue;
        snprintf(text, sizeof text, "%.1100Le", middle);
        check_double(text);
        /* A digit far behind decides. */
        char *exponent = strchr(text, 'e');
        exponent[-1] = '1';
        check_double(text);
    }
}

/* ECMAScript wants the fewest digits that read back, and of these the nearest, then the even one.
 */
static void check_shortest(double value)
{
    char text[NUMBER_TEXT + 1], other[40];
    text[double_print(text, value)] = '\0';
    double back = strtod(text, NULL);
    if (memcmp(&back, &value, sizeof value) != 0)
        fail_msg("%.17g is printed as %s", value, text);
    int precision = 0, exponent;
    do
        snprintf(other, sizeof other, "%.*e", precision++, value);
    while (strtod(other, NULL) != value);
    struct number shortest = number_read(slice_of(text)), found = number_read(slice_of(other));
    /* At a power of two the interval is lopsided: the nearest of these digits may lie outside. */
    bool lopsided = frexp(fabs(value), &exponent) == 0.5 && shortest.count < found.count;
    if (!lopsided && decimal_compare(slice_of(text), slice_of(other)) != 0)
        fail_msg("%.17g is printed as %s, but it is %s", value, text, other);
}

static void a_double_is_printed_as_the_shortest_text(void **state)
{
    (void)state;
    uint64_t random = 4242;
    for (int i = 0; i < 40000; i++) {
        check_shortest(random_double(&random));
        check_shortest((double)(next_random(&random) % 2000000) / 1000);
    }
    /* Where the middle between two texts can be met. */
    for (int significand = 1; significand < 64; significand++)
        for (int exponent = -1074; exponent < 960; exponent++)
            check_shortest(ldexp(significand, exponent));
}

static void doubles_are_laid_out_as_in_ecmascript(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0, "0"}, {-0.0, "-0"}, {1, "1"}, {-1.5, "-1.5"}, {100, "100"},
        {1e20, "100000000000000000000"}, {1e21, "1e+21"},
        {123456789012345680000.0, "123456789012345680000"}, {1.5e300, "1.5e+300"},
        {0.000001, "0.000001"}, {0.0000001, "1e-7"}, {1.25e-7, "1.25e-7"}, {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"}, {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"}, {9007199254740993.0, "9007199254740992"},
        {333333333.33333329, "333333333.3333333"}, {1e23, "1e+23"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"}, {4.5, "4.5"}, {2e-3, "0.002"},
        {12.75, "12.75"}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char text[NUMBER_TEXT + 1];
        text[double_print(text, cases[i].value)] = '\0';
        assert_string_equal(text, cases[i].text);
    }
}

static void integers_are_read_where_int64_holds_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
        int64_t value;
    } cases[] = {{"0", true, 0}, {"-0", true, 0}, {"42", true, 42}, {"1.0", true, 1},
        {"1e3", true, 1000}, {"12.50e1", true, 125}, {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN}, {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0}, {"1.5", false, 0}, {"1e19", false, 0},
        {"1e-1", false, 0}, {"10e-1", true, 1}, {"0.000", true, 0}, {"0e999", true, 0},
        {"92233720368547758070", false, 0}, {"1e18", true, 1000000000000000000}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        int64_t value = 0;
        struct json_document document = parsed(cases[i].text);
        if (json_int64(&document, 0, &value) != cases[i].is || value != cases[i].value)
            fail_msg("%s", cases[i].text);
        json_release(&document);
    }
}

static void decimals_compare_by_exact_value(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {{"1", "1.0", 0}, {"1", "10e-1", 0}, {"-0", "0", 0}, {"0", "1e-999", -1},
        {"-1", "1", -1}, {"-2", "-1", -1}, {"2", "10", -1}, {"0.5", "0.05", 1},
        {"1e400", "1e399", 1}, {"9007199254740993", "9007199254740992", 1},
        {"0.1", "0.1000000000000000055511151231257827", -1}, {"1.10", "1.1", 0},
        {"123.456", "12345.6e-2", 0}, {"123.456", "123.4567", -1}, {"0.001", "1e-3", 0},
        {"0e999999999999999999", "0", 0}, {"1e-999999999999999999", "1e-999999999999999998", -1},
        {"100000000000000000000000000000001", "1e32", 1}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct slice a = slice_of(cases[i].a), b = slice_of(cases[i].b);
        if (decimal_compare(a, b) != cases[i].order || decimal_compare(b, a) != -cases[i].order)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
}

static void a_decimal_is_an_integer_by_value(void **state)
{
    (void)state;
    assert_true(decimal_is_integer(slice_of("1.0")));
    assert_true(decimal_is_integer(slice_of("1e2")));
    assert_true(decimal_is_integer(slice_of("0.0e-5")));
    assert_true(decimal_is_integer(slice_of("1.50e1")));
    assert_false(decimal_is_integer(slice_of("1.5")));
    assert_false(decimal_is_integer(slice_of("1e-1")));
    assert_true(decimal_is_integer(slice_of("10e-1")));
    assert_true(decimal_is_integer(slice_of("1e999999999999999999")));
}

static void a_multiple_is_decided_without_rounding(void **state)
{
    (void)state;
    static const struct {
        const char *value, *divisor;
        bool is;
    } cases[] = {{"0.07", "0.01", true}, {"19.99", "0.01", true}, {"19.995", "0.01", false},
        {"4.35", "0.05", true}, {"10", "3", false}, {"9", "3", true}, {"0", "7", true},
        {"-6", "3", true}, {"1e308", "0.123456789", false}, {"1e308", "2", true},
        {"1e308", "0.5", true}, {"1e300", "3", false}, {"3e300", "3", true},
        {"9007199254740993", "2", false}, {"12391239123912391239123912391239", "12391239", true},
        {"12391239123912391239123912391238", "12391239", false}, {"0.00751", "0.0001", false},
        {"0.0075", "0.0001", true}, {"7", "1e3", false}, {"7000", "1e3", true},
        {"1e400", "1e399", true},
        {"246913578024691357802469135780", "123456789012345678901234567890", true},
        {"246913578024691357802469135781", "123456789012345678901234567890", false},
        {"1e60", "1125899906842624", true}, {"1e49", "1125899906842624", false},
        {"1e60", "1208925819614629174706176e-20", true},
        {"1e3", "1208925819614629174706176", false}, {"1e90", "1208925819614629174706176", true},
        {"1e79", "1208925819614629174706176", false}, {"1", "1e-400", true},
        {"1e-400", "1", false}};
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        if (decimal_is_multiple(slice_of(cases[i].value), slice_of(cases[i].divisor)) !=
            cases[i].is)
            fail_msg("%s by %s", cases[i].value, cases[i].divisor);
}

UNIT_MAIN(cmocka_unit_test(texts_read_as_the_nearest_double),
    cmocka_unit_test(random_doubles_read_back_from_any_precision),
    cmocka_unit_test(a_value_between_two_doubles_goes_to_the_even_one),
    cmocka_unit_test(a_double_is_printed_as_the_shortest_text),
    cmocka_unit_test(doubles_are_laid_out_as_in_ecmascript),
    cmocka_unit_test(integers_are_read_where_int64_holds_them),
    cmocka_unit_test(decimals_compare_by_exact_value),
    cmocka_unit_test(a_decimal_is_an_integer_by_value),
    cmocka_unit_test(a_multiple_is_decided_without_rounding))

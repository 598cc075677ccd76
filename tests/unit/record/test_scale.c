/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/scale.h"

#include <string.h>

static void check(const char *number, int places, const char *expected)
{
    char out[SCALE_TEXT];
    size_t size = scale_decimal(slice_of(number), places, out);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(out, expected, size);
}

static void a_number_is_shifted_exactly(void **state)
{
    (void)state;
    check("2.8", 9, "2800000000");
    check("1234", -3, "1.234");
    check("0.001", -3, "0.000001");
    check("100", -3, "0.1");
    check("-12.50", 1, "-125");
    check("44", 9, "44000000000");
    check("8.1234567891234", 9, "8123456789.1234");
}

static void exponents_and_zeros_are_understood(void **state)
{
    (void)state;
    check("1e3", 0, "1000");
    check("1.5E-2", 0, "0.015");
    check("0", 9, "0");
    check("0.000", -3, "0");
    check("-0.0", 9, "0");
    check("00", 0, "0");
}

static void what_would_be_too_long_is_refused(void **state)
{
    (void)state;
    char out[SCALE_TEXT];
    assert_int_equal(scale_decimal(slice_of("1e500"), 0, out), 0);
    assert_int_equal(scale_decimal(slice_of("1e-99999"), 0, out), 0);
}

static void the_longest_fraction_fits(void **state)
{
    (void)state;
    char number[SCALE_DIGITS + 8] = "-", out[SCALE_TEXT];
    memset(number + 1, '7', SCALE_DIGITS);
    memcpy(number + 1 + SCALE_DIGITS, "e-800", 6);
    assert_int_equal(scale_decimal(slice_of(number), 0, out), 3 + 2 * SCALE_DIGITS);
    assert_memory_equal(out, "-0.000", 6);
}

UNIT_MAIN(cmocka_unit_test(a_number_is_shifted_exactly),
    cmocka_unit_test(exponents_and_zeros_are_understood),
    cmocka_unit_test(what_would_be_too_long_is_refused),
    cmocka_unit_test(the_longest_fraction_fits))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/compiler.h"
#include "document/quantity.h"

#include <math.h>

static void reads(double value, const char *unit, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    quantity_add(&out, value, slice_of(unit));
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void times_are_shown_in_the_unit_that_fits(void **state)
{
    (void)state;
    reads(12.3, "s", "12.3 s");
    reads(0.00456, "s", "4.56 ms");
    reads(4.56, "ms", "4.56 ms");
    reads(1500, "us", "1.50 ms");
    reads(2.5e-6, "s", "2.50 \xC2\xB5s");
    reads(250, "ns", "250 ns");
    reads(0.25, "ns", "0.250 ns");
    reads(0, "ms", "0 s");
    reads(-0.5, "s", "-500 ms");
    reads(1.5, "min", "90.0 s");
}

static void rounding_up_takes_the_next_unit(void **state)
{
    (void)state;
    reads(0.9996, "s", "1.00 s");
    reads(0.9994, "s", "999 ms");
    reads(999999, "By", "1.00 MB");
    reads(9.996, "s", "10.0 s");
    reads(92.55, "1", "92.6");
    reads(-0.0125, "s", "-12.5 ms");
}

static void long_times_read_as_a_clock(void **state)
{
    (void)state;
    reads(119.4, "s", "119 s");
    reads(119.6, "s", "2 min 0 s");
    reads(123, "s", "2 min 3 s");
    reads(1157.1, "s", "19 min 17 s");
    reads(3723, "s", "1 h 2 min 3 s");
    reads(-3723, "s", "-1 h 2 min 3 s");
    reads(90000, "s", "1 d 1 h");
    reads(2, "h", "2 h 0 min 0 s");
}

static void bytes_are_counted_in_thousands(void **state)
{
    (void)state;
    reads(8.1e9, "By", "8.10 GB");
    reads(512, "By", "512 B");
    reads(0, "By", "0 B");
    reads(1, "KiBy", "1.02 kB");
    reads(3200, "MBy", "3.20 GB");
    reads(1.5e8, "By/s", "150 MB/s");
    reads(12, "By/s", "12.0 B/s");
}

static void other_units_keep_their_names(void **state)
{
    (void)state;
    reads(45.2, "{token}/s", "45.2 tok/s");
    reads(15, "{token}", "15 tok");
    reads(3, "{request}/s", "3.00 req/s");
    reads(7.5, "{page}/s", "7.50 page/s");
    reads(42, "1", "42");
    reads(12.34, "%", "12.3%");
    reads(24, "{token}/s", "24.0 tok/s");
    reads(65, "W", "65.0 W");
    reads(1, "", "1");
}

static void whole_digits_are_never_cut(void **state)
{
    (void)state;
    reads(1234.5, "{token}/s", "1235 tok/s");
    reads(123456.7, "1", "123,457");
    reads(9999, "1", "9999");
    reads(10000, "1", "10,000");
    reads(-1234567, "1", "-1,234,567");
    reads(1e20, "1", "1e+20");
    reads(0.000123, "1", "0.000123");
    reads(1.23e-12, "1", "1.23e-12");
}

static void unknown_is_not_zero(void **state)
{
    (void)state;
    reads((double)NAN, "s", "n/a");
    reads((double)INFINITY, "s", "n/a");
    reads((double)NAN, "1", "n/a");
}

static void an_uncertainty_decides_the_digits(void **state)
{
    static const struct {
        double value, spread;
        const char *unit, *expected;
    } cases[] = {{0.012312, 0.000123, "s", "12.31 \xC2\xB1 0.12 ms"},
        {12.3, 4.56, "s", "12.3 \xC2\xB1 4.6 s"}, {1234, 56, "{token}/s", "1234 \xC2\xB1 56 tok/s"},
        {12.3, 0, "s", "12.3 s"}, {12.3, (double)NAN, "s", "12.3 s"}, {(double)NAN, 1, "s", "n/a"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer out = BUFFER_INIT;
        quantity_add_spread(&out, cases[i].value, cases[i].spread, slice_of(cases[i].unit));
        assert_string_equal(buffer_text(&out), cases[i].expected);
        buffer_release(&out);
    }
}

static void a_range_of_one_value_is_one_number(void **state)
{
    static const struct {
        double low, high;
        const char *unit, *expected;
    } cases[] = {{8.5e9, 8.7e9, "By", "8.50-8.70 GB"}, {8.5e9, 8.5e9, "By", "8.50 GB"},
        {8e8, 8.7e9, "By", "0.80-8.70 GB"}, {4.186e10, 4.19e10, "By", "41.9 GB"},
        {1, 12, "1", "1-12"}, {130, 130.2, "s", "2 min 10 s"}, {1, 3, "1", "1-3"},
        {-1, 3, "1", "-1 to 3"}, {(double)NAN, (double)NAN, "By", "n/a"},
        {(double)NAN, 5e9, "By", "5.00 GB"}, {60, 150, "s", "60.0 s - 2 min 30 s"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer out = BUFFER_INIT;
        quantity_add_range(&out, cases[i].low, cases[i].high, slice_of(cases[i].unit));
        assert_string_equal(buffer_text(&out), cases[i].expected);
        buffer_release(&out);
    }
}

static void an_interval_shows_both_ends(void **state)
{
    static const struct {
        double low, high;
        const char *expected;
    } cases[] = {{0.0121, 0.0125, "12.1 to 12.5 ms"}, {0.01, 0.01, "10.0 to 10.0 ms"},
        {(double)NAN, (double)NAN, "n/a"}, {(double)NAN, 0.0125, "n/a to 12.5 ms"},
        {0.9, 1.1, "0.90 to 1.10 s"}, {0.1206, 0.1213, "120.6 to 121.3 ms"},
        {0.12101, 0.12103, "121.01 to 121.03 ms"}, {0.121, 0.121000001, "121.00 to 121.00 ms"}};
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer out = BUFFER_INIT;
        quantity_add_interval(&out, cases[i].low, cases[i].high, slice_of("s"));
        assert_string_equal(buffer_text(&out), cases[i].expected);
        buffer_release(&out);
    }
}

static void counts_changes_and_ratios_have_their_forms(void **state)
{
    struct buffer out = BUFFER_INIT;
    (void)state;
    quantity_add_count(&out, 1234567);
    buffer_add_char(&out, ' ');
    quantity_add_count(&out, 9999);
    buffer_add_char(&out, ' ');
    quantity_add_change(&out, 1.052);
    buffer_add_char(&out, ' ');
    quantity_add_change(&out, 0.5);
    buffer_add_char(&out, ' ');
    quantity_add_change(&out, 0.99999);
    buffer_add_char(&out, ' ');
    quantity_add_change(&out, 201);
    buffer_add_char(&out, ' ');
    quantity_add_change(&out, (double)NAN);
    buffer_add_char(&out, ' ');
    quantity_add_ratio(&out, 1.0523);
    buffer_add_char(&out, ' ');
    quantity_add_ratio(&out, 12.34);
    buffer_add_char(&out, ' ');
    quantity_add_share(&out, 0.1234);
    assert_string_equal(buffer_text(&out), "1,234,567 9999 +5.2% -50.0% 0.0% +20,000.0% n/a "
                                           "1.05\xC3\x97 12.3\xC3\x97 12.3%");
    buffer_release(&out);
}

static void parts_and_limits_have_their_forms(void **state)
{
    struct buffer out = BUFFER_INIT;
    (void)state;
    quantity_add_part(&out, 49, 50);
    buffer_add_char(&out, ' ');
    quantity_add_part(&out, 0, 0);
    buffer_add_char(&out, ' ');
    quantity_add_part(&out, 3, 2);
    buffer_add_char(&out, ' ');
    quantity_add_part(&out, (double)NAN, 2);
    buffer_add_char(&out, ' ');
    quantity_add_limit(&out, 0.05);
    buffer_add_char(&out, ' ');
    quantity_add_limit(&out, 0.005);
    buffer_add_char(&out, ' ');
    quantity_add_limit(&out, (double)NAN);
    assert_string_equal(buffer_text(&out), "49 of 50 (98.0%) n/a n/a n/a 5% 0.5% n/a");
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(times_are_shown_in_the_unit_that_fits),
    cmocka_unit_test(rounding_up_takes_the_next_unit), cmocka_unit_test(long_times_read_as_a_clock),
    cmocka_unit_test(bytes_are_counted_in_thousands),
    cmocka_unit_test(other_units_keep_their_names), cmocka_unit_test(whole_digits_are_never_cut),
    cmocka_unit_test(unknown_is_not_zero), cmocka_unit_test(an_uncertainty_decides_the_digits),
    cmocka_unit_test(a_range_of_one_value_is_one_number),
    cmocka_unit_test(an_interval_shows_both_ends),
    cmocka_unit_test(counts_changes_and_ratios_have_their_forms),
    cmocka_unit_test(parts_and_limits_have_their_forms))

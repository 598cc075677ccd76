/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "document/svg.h"

#include <math.h>

static void ticks(double low, double high, int parts, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    struct svg_ticks ticks = svg_ticks(low, high, parts);
    for (double at; svg_tick(&ticks, &at);)
        buffer_add_format(&out, "%s%g", out.size > 0 ? " " : "", at);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void ticks_are_multiples_of_one_two_or_five(void **state)
{
    (void)state;
    ticks(0, 1, 5, "0 0.2 0.4 0.6 0.8 1");
    ticks(0.3, 9.9, 5, "2 4 6 8");
    ticks(-7, 17, 5, "-5 0 5 10 15");
    ticks(1.05e-6, 1.95e-6, 10,
        "1.1e-06 1.2e-06 1.3e-06 1.4e-06 1.5e-06 1.6e-06 1.7e-06 1.8e-06 "
        "1.9e-06");
}

static void an_axis_too_short_for_its_numbers_has_an_end(void **state)
{
    (void)state;
    struct svg_ticks ticks = svg_ticks(1, nextafter(1, 2), 5);
    int count = 0;
    for (double at; svg_tick(&ticks, &at);)
        count++;
    assert_true(count <= 7);
}

static void what_a_drawing_does_not_show_is_counted(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    svg_more(&out, 1, 2, 0, "benchmarks");
    assert_int_equal(out.size, 0);
    svg_more(&out, 1, 2, 12, "benchmarks");
    assert_non_null(strstr(buffer_text(&out), ">and 12 more benchmarks</text>"));
    buffer_release(&out);
}

UNIT_MAIN(cmocka_unit_test(ticks_are_multiples_of_one_two_or_five),
    cmocka_unit_test(an_axis_too_short_for_its_numbers_has_an_end),
    cmocka_unit_test(what_a_drawing_does_not_show_is_counted))

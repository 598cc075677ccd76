/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/time.h"

static int64_t seconds(const char *text)
{
    int64_t nanoseconds;
    assert_true(time_read(slice_of(text), &nanoseconds, NULL));
    assert_int_equal(nanoseconds % 1000000000, 0);
    return nanoseconds / 1000000000;
}

static void known_moments_have_their_unix_seconds(void **state)
{
    (void)state;
    assert_int_equal(seconds("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(seconds("2001-09-09T01:46:40Z"), 1000000000);
    assert_int_equal(seconds("2025-11-16T10:30:00Z"), 1763289000);
    assert_int_equal(seconds("2024-02-29T23:59:59+00:00"), 1709251199);
    assert_int_equal(seconds("1969-12-31T23:59:59Z"), -1);
    assert_int_equal(seconds("2016-12-31T23:59:60Z"), 1483228800);
}

static void an_offset_is_taken_off_and_told(void **state)
{
    (void)state;
    int64_t a, b;
    bool utc;
    assert_true(time_read(slice_of("2026-02-11T14:13:56.25+01:00"), &a, &utc));
    assert_false(utc);
    assert_true(time_read(slice_of("2026-02-11 13:13:56.250000000z"), &b, &utc));
    assert_true(utc);
    assert_int_equal(a, b);
    assert_true(time_read(slice_of("2026-02-11T13:13:56.25-00:00"), &b, &utc));
    assert_false(utc);
    assert_int_equal(a, b);
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "2026", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+1:00", "9999-01-01T00:00:00Z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t ignored;
        assert_false(time_read(slice_of(wrong[i]), &ignored, NULL));
    }
}

static void text_and_value_go_both_ways(void **state)
{
    (void)state;
    char text[TIME_TEXT];
    for (int64_t at = -8000000000000000000; at < 8000000000000000000; at += 123456789012345678) {
        int64_t again;
        size_t length = time_text(at, text);
        assert_true(time_read((struct slice){text, length}, &again, NULL));
        assert_int_equal(again, at);
    }
    time_text(1763289000250000000, text);
    assert_string_equal(text, "2025-11-16T10:30:00.25Z");
}

UNIT_MAIN(cmocka_unit_test(known_moments_have_their_unix_seconds),
    cmocka_unit_test(an_offset_is_taken_off_and_told), cmocka_unit_test(what_is_no_time_is_refused),
    cmocka_unit_test(text_and_value_go_both_ways))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/memory.h"
#include "document/readings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void add(struct readings *readings, const char *json)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct record record = {.kind = RECORD_READING, .document = &document};
    assert_int_equal(json_parse_copy(&document, slice_of(json), NULL, NULL), 0);
    readings_add(readings, &record);
    json_release(&document);
}

static struct slice nowhere(void)
{
    return (struct slice){NULL, 0};
}

static void a_window_takes_both_of_its_ends(void **state)
{
    (void)state;
    struct readings readings = {.count = 0};
    add(&readings, "{\"ts\":3,\"gpus\":[{\"device_percent\":30}]}");
    add(&readings, "{\"ts\":1,\"gpus\":[{\"device_percent\":10}]}");
    add(&readings, "{\"ts\":2,\"gpus\":[{\"device_percent\":20},{\"device_percent\":40}]}");
    readings_finish(&readings);
    struct reading_window window = readings_window(&readings, nowhere(), 1, 2);
    assert_int_equal(window.count, 2);
    assert_true(window.columns[READING_GPU].mean == 20);
    assert_true(window.columns[READING_GPU].least == 10);
    assert_true(window.columns[READING_GPU].most == 30);
    assert_int_equal(readings_window(&readings, nowhere(), 2.5, 2.9).count, 0);
    assert_int_equal(readings_window(&readings, nowhere(), 2, 1).count, 0);
    assert_int_equal(readings_window(&readings, nowhere(), (double)NAN, 2).count, 0);
    assert_true(readings_period(&readings) == 1);
    readings_release(&readings);
}

static void what_a_reading_does_not_say_is_not_zero(void **state)
{
    (void)state;
    struct readings readings = {.count = 0};
    add(&readings, "{\"ts\":1,\"gpus\":null,\"cpu\":{\"user_percent\":50}}");
    add(&readings,
        "{\"ts\":2,\"gpus\":[{\"device_percent\":null}],\"pressure\":{\"level\":\"warning\"}}");
    add(&readings, "{\"gpus\":[{\"device_percent\":1}]}");
    readings_finish(&readings);
    struct reading_window window = readings_window(&readings, nowhere(), 0, 9);
    assert_int_equal(window.count, 2);
    assert_int_equal(window.columns[READING_GPU].known, 0);
    assert_true(isnan(window.columns[READING_GPU].mean));
    assert_true(window.columns[READING_CPU_USER].mean == 50);
    assert_true(window.columns[READING_PRESSURE].most == 1);
    assert_int_equal(readings.without_time, 1);
    readings_release(&readings);
}

static void hosts_are_kept_apart(void **state)
{
    (void)state;
    struct readings readings = {.count = 0};
    add(&readings, "{\"ts\":1,\"host\":\"a\",\"memory\":{\"available_bytes\":5}}");
    add(&readings, "{\"ts\":1,\"host\":\"b\",\"memory\":{\"available_bytes\":7}}");
    readings_finish(&readings);
    assert_true(readings_window(&readings, slice_of("b"), 0, 2).columns[READING_MEMORY].least == 7);
    assert_true(readings_window(&readings, nowhere(), 0, 2).columns[READING_MEMORY].least == 5);
    assert_int_equal(readings_window(&readings, slice_of("c"), 0, 2).count, 0);
    readings_release(&readings);
}

static void windows_are_what_a_plain_loop_finds(void **state)
{
    enum { COUNT = 137 };
    static double values[COUNT];
    struct readings readings = {.count = 0};
    uint32_t random = 12345;
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        char json[100];
        random = random * 1664525u + 1013904223u;
        values[i] = random >> 24;
        snprintf(json, sizeof json, "{\"ts\":%d,\"swap\":{\"used_bytes\":%.0f}}", i, values[i]);
        add(&readings, json);
    }
    readings_finish(&readings);
    for (int first = 0; first < COUNT; first += 3)
        for (int last = first; last < COUNT; last += 2) {
            double least = INFINITY, most = -INFINITY, sum = 0;
            for (int i = first; i <= last; i++) {
                least = fmin(least, values[i]);
                most = fmax(most, values[i]);
                sum += values[i];
            }
            struct reading_window window = readings_window(&readings, nowhere(), first, last);
            assert_int_equal(window.count, last - first + 1);
            assert_true(window.columns[READING_SWAP].least == least);
            assert_true(window.columns[READING_SWAP].most == most);
            assert_true(fabs(window.columns[READING_SWAP].mean - sum / (last - first + 1)) < 1e-9);
        }
    readings_release(&readings);
}

UNIT_MAIN(cmocka_unit_test(a_window_takes_both_of_its_ends),
    cmocka_unit_test(what_a_reading_does_not_say_is_not_zero),
    cmocka_unit_test(hosts_are_kept_apart), cmocka_unit_test(windows_are_what_a_plain_loop_finds))

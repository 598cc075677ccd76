/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"
#include "json/writer.h"

#include <math.h>

static void write_sample(struct json_writer *writer)
{
    json_begin_object(writer);
    json_member_text(writer, "kind", "run");
    json_member_integer(writer, "count", -3);
    json_member_bool(writer, "dirty", false);
    json_member_double(writer, "ratio", 0.5);
    json_member_slice(writer, "name", (struct slice){"a\0b", 3});
    json_member_array(writer, "items");
    json_write_unsigned(writer, UINT64_MAX);
    json_write_integer(writer, INT64_MIN);
    json_write_null(writer);
    json_begin_object(writer);
    json_end_object(writer);
    json_begin_array(writer);
    json_end_array(writer);
    json_end_array(writer);
    json_end_object(writer);
}

static void one_line_has_no_blanks(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    write_sample(&writer);
    assert_string_equal(buffer_text(&out),
        "{\"kind\":\"run\",\"count\":-3,\"dirty\":false,\"ratio\":0.5,\"name\":\"a\\u0000b\","
        "\"items\":[18446744073709551615,-9223372036854775808,null,{},[]]}");
    buffer_release(&out);
}

static void members_of_a_ready_object_join_the_open_one(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    json_begin_object(&writer);
    json_write_members(&writer, slice_of("{}"));
    json_write_members(&writer, slice_of("{\"a\":1,\"b\":[2]}"));
    json_write_members(&writer, slice_of("{}"));
    json_member_integer(&writer, "c", 3);
    json_write_members(&writer, slice_of("{\"d\":4}"));
    json_end_object(&writer);
    assert_string_equal(buffer_text(&out), "{\"a\":1,\"b\":[2],\"c\":3,\"d\":4}");
    buffer_release(&out);
}

static void with_indent_each_entry_has_a_line(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 2);
    write_sample(&writer);
    assert_string_equal(buffer_text(&out),
        "{\n  \"kind\": \"run\",\n  \"count\": -3,\n  \"dirty\": false,\n  \"ratio\": 0.5,\n"
        "  \"name\": \"a\\u0000b\",\n  \"items\": [\n    18446744073709551615,\n"
        "    -9223372036854775808,\n    null,\n    {},\n    []\n  ]\n}");
    buffer_release(&out);
}

static void a_copy_keeps_its_bytes(void **state)
{
    (void)state;
    struct json_document document = parsed(
        "{\"a\": [1.50,  {\"b\": \"\\u0041 , ]\", \"c\": [ ], \"d\": { } }], \"e\": \"\\\\\"}");
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    json_begin_object(&writer);
    json_member_copy(&writer, "x", &document, json_get(&document, 0, "a"));
    json_member_copy(&writer, "y", &document, json_get(&document, 0, "e"));
    json_end_object(&writer);
    assert_string_equal(buffer_text(&out),
        "{\"x\":[1.50,  {\"b\": \"\\u0041 , ]\", \"c\": [ ], \"d\": { } }],\"y\":\"\\\\\"}");

    buffer_reset(&out);
    writer = json_writer(&out, 1);
    json_begin_array(&writer);
    json_write_copy(&writer, &document, 0);
    json_end_array(&writer);
    assert_string_equal(buffer_text(&out), "[\n {\n  \"a\": [\n   1.50,\n   {\n    \"b\": "
                                           "\"\\u0041 , ]\",\n    \"c\": [],\n    \"d\": "
                                           "{}\n   }\n  ],\n  \"e\": \"\\\\\"\n }\n]");
    buffer_release(&out);
    json_release(&document);
}

static void what_is_not_utf_8_is_replaced(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    json_begin_array(&writer);
    json_write_text(&writer, "a\xff\xc3\xa4\xc3z\xed\xa0\x80 and a long tail \xe2\x82");
    json_write_text(&writer, "quote \" backslash \\ \b\f\n\r\t\v\x1f");
    json_write_text(&writer, NULL);
    json_write_double(&writer, NAN);
    json_write_double(&writer, -INFINITY);
    json_end_array(&writer);
    assert_string_equal(buffer_text(&out),
        "[\"a\xef\xbf\xbd\xc3\xa4\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd and a long tail "
        "\xef\xbf\xbd\xef\xbf\xbd\",\"quote \\\" backslash \\\\ \\b\\f\\n\\r\\t\\u000b\\u001f\","
        "null,null,null]");
    buffer_release(&out);
}

static void a_raw_value_takes_its_place_among_others(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    json_begin_array(&writer);
    json_write_bool(&writer, true);
    json_write_raw(&writer, slice_of("{\"ready\":1}"));
    json_write_integer(&writer, 0);
    json_end_array(&writer);
    assert_string_equal(buffer_text(&out), "[true,{\"ready\":1},0]");
    buffer_release(&out);
}

static void a_raw_value_around_another_counts_as_one(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    json_begin_array(&writer);
    for (int i = 1; i < 3; i++) {
        json_begin_raw(&writer, slice_of("{\"ready\":["));
        json_write_integer(&writer, i);
        json_end_raw(&writer, slice_of("]}"));
    }
    json_end_array(&writer);
    assert_string_equal(buffer_text(&out), "[{\"ready\":[1]},{\"ready\":[2]}]");
    buffer_release(&out);
}

/* Texts are copied by words: each length, and in it each place of what needs an escape. */
static void an_escape_is_found_at_every_place_of_every_length(void **state)
{
    (void)state;
    static const struct {
        char byte;
        const char *written;
    } cases[] = {
        {'x', "x"}, {'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\xff', "\xef\xbf\xbd"}};
    struct buffer out = BUFFER_INIT, expected = BUFFER_INIT;
    for (size_t c = 0; c < ARRAY_SIZE(cases); c++) {
        for (size_t size = 1; size <= 33; size++) {
            for (size_t place = 0; place < size; place++) {
                char *text = test_malloc(size); /* exactly: no byte behind it may be read */
                memset(text, 'a', size);
                text[place] = cases[c].byte;
                struct json_writer writer = json_writer(&out, 0);
                buffer_reset(&out);
                buffer_reset(&expected);
                json_write_slice(&writer, (struct slice){text, size});
                buffer_add_format(&expected, "\"%.*s%s%.*s\"", (int)place,
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", cases[c].written, (int)(size - place - 1),
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
                assert_string_equal(buffer_text(&out), buffer_text(&expected));
                test_free(text);
            }
        }
    }
    buffer_release(&out);
    buffer_release(&expected);
}

UNIT_MAIN(cmocka_unit_test(one_line_has_no_blanks),
    cmocka_unit_test(members_of_a_ready_object_join_the_open_one),
    cmocka_unit_test(with_indent_each_entry_has_a_line), cmocka_unit_test(a_copy_keeps_its_bytes),
    cmocka_unit_test(what_is_not_utf_8_is_replaced),
    cmocka_unit_test(a_raw_value_takes_its_place_among_others),
    cmocka_unit_test(a_raw_value_around_another_counts_as_one),
    cmocka_unit_test(an_escape_is_found_at_every_place_of_every_length))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/fields.h"

#include <string.h>

enum { NAME, SIZE, SIZE_TOO, PAUSE, COUNT, FLAG, WORDS, FIELDS };
static const struct field fields[FIELDS] = {
    [NAME] = FIELD("name", "title", FIELD_TEXT, 0),
    [SIZE] = FIELD("size_gb", "size_bytes", FIELD_BYTES, 9),
    [SIZE_TOO] = FIELD("size_mb", "size_bytes", FIELD_BYTES, 6),
    [PAUSE] = FIELD("pause_ms", "pause_s", FIELD_SCALED, -3),
    [COUNT] = FIELD("count", "count", FIELD_COUNT, 0),
    [FLAG] = FIELD("flag", "flag", FIELD_BOOL, 0),
    [WORDS] = FIELD("words", "words", FIELD_TEXTS, 0),
};

/* What becomes of an object: the carried members, then "left" with the others. */
static void check(const char *old, const char *expected)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    struct carry carry;
    assert_int_equal(json_parse_copy(&document, slice_of(old), NULL, &error), 0);
    carry_init_line(&carry, &document, fields, FIELDS);
    json_begin_object(&writer);
    carry_write(&carry, &writer, 0, FIELDS);
    if (carry_has_leftover(&carry)) {
        json_member_object(&writer, "left");
        carry_leftover(&carry, &writer);
        json_end_object(&writer);
    }
    json_end_object(&writer);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    json_release(&document);
}

static void members_take_their_new_names_in_the_order_of_the_table(void **state)
{
    (void)state;
    check("{\"words\": [\"a\"], \"count\": 3, \"name\": \"x\", \"flag\": false}",
        "{\"title\":\"x\",\"count\":3,\"flag\":false,\"words\":[\"a\"]}");
}

static void units_are_converted_exactly(void **state)
{
    (void)state;
    check("{\"size_gb\": 2.97, \"pause_ms\": 477.8}",
        "{\"size_bytes\":2970000000,\"pause_s\":0.4778}");
    check("{\"pause_ms\": 1e2}", "{\"pause_s\":0.1}");
}

static void where_whole_bytes_lose_digits_the_old_figure_stays_too(void **state)
{
    (void)state;
    check("{\"size_gb\": 0.1234567891}",
        "{\"size_bytes\":123456789,\"left\":{\"size_gb\":0.1234567891}}");
}

static void of_two_names_for_one_field_the_second_is_left_over(void **state)
{
    (void)state;
    check(
        "{\"size_mb\": 5, \"size_gb\": 1}", "{\"size_bytes\":1000000000,\"left\":{\"size_mb\":5}}");
    check("{\"size_mb\": 5}", "{\"size_bytes\":5000000}");
    check("{\"size_gb\": null, \"size_mb\": 5}",
        "{\"size_bytes\":5000000,\"left\":{\"size_gb\":null}}");
}

static void what_is_of_another_kind_or_unknown_is_left_over_as_it_stands(void **state)
{
    (void)state;
    check("{\"name\": \"\", \"count\": -1, \"pause_ms\": \"5\", \"flag\": null, \"words\": [1]}",
        "{\"left\":{\"name\":\"\",\"count\":-1,\"pause_ms\":\"5\",\"flag\":null,\"words\":[1]}}");
    check("{\"count\": 1.5, \"size_gb\": -2}", "{\"left\":{\"count\":1.5,\"size_gb\":-2}}");
    check("{\"other\": {\"a\": [1,  2]}, \"names\": 1.50}",
        "{\"left\":{\"other\":{\"a\": [1,  2]},\"names\":1.50}}");
}

static void a_count_may_have_any_size_and_a_point_with_nothing_behind(void **state)
{
    (void)state;
    check("{\"count\": 123456789012345678901234567890}",
        "{\"count\":123456789012345678901234567890}");
    check("{\"count\": 7.0}", "{\"count\":7.0}");
}

static void names_written_with_escapes_are_the_same_names(void **state)
{
    (void)state;
    check("{\"na\\u006de\": \"x\", \"\\u006fdd\": 1}", "{\"title\":\"x\",\"left\":{\"odd\":1}}");
}

static void an_object_that_is_not_there_has_nothing(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct carry carry;
    assert_int_equal(json_parse_copy(&document, slice_of("{\"a\": 1}"), NULL, &error), 0);
    carry_init(&carry, &document, json_get(&document, 0, "none"), fields, FIELDS);
    assert_false(carry.there);
    assert_false(carry_has(&carry, 0, FIELDS));
    assert_false(carry_has_leftover(&carry));
    carry_init(&carry, &document, json_get(&document, 0, "a"), fields, FIELDS);
    assert_false(carry.there);
    assert_false(carry_left(&carry, slice_of("a")));
    json_release(&document);
}

static void a_left_name_that_is_taken_beside_gets_line_in_front_until_it_is_free(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct buffer out = BUFFER_INIT;
    struct json_writer writer = json_writer(&out, 0);
    struct carry line, beside;
    const char *text = "{\"a\": 1, \"line_a\": 4, \"b\": {\"a\": 2, \"line_a\": 3}}";
    assert_int_equal(json_parse_copy(&document, slice_of(text), NULL, &error), 0);
    carry_init_line(&line, &document, fields, FIELDS);
    carry_init(&beside, &document, json_get(&document, 0, "b"), fields, FIELDS);
    json_begin_object(&writer);
    carry_beside(&line, &beside, slice_of("c"));
    carry_leftover(&beside, &writer);
    carry_leftover(&line, &writer);
    carry_write_key(&line, slice_of("c"), &writer);
    json_write_null(&writer);
    json_end_object(&writer);
    assert_string_equal(buffer_text(&out),
        "{\"a\":2,\"line_a\":3,\"line_line_a\":1,\"line_line_line_a\":4,"
        "\"b\":{\"a\": 2, \"line_a\": 3},\"c\":null}");
    buffer_release(&out);
    json_release(&document);
}

UNIT_MAIN(cmocka_unit_test(members_take_their_new_names_in_the_order_of_the_table),
    cmocka_unit_test(units_are_converted_exactly),
    cmocka_unit_test(where_whole_bytes_lose_digits_the_old_figure_stays_too),
    cmocka_unit_test(of_two_names_for_one_field_the_second_is_left_over),
    cmocka_unit_test(what_is_of_another_kind_or_unknown_is_left_over_as_it_stands),
    cmocka_unit_test(a_count_may_have_any_size_and_a_point_with_nothing_behind),
    cmocka_unit_test(names_written_with_escapes_are_the_same_names),
    cmocka_unit_test(an_object_that_is_not_there_has_nothing),
    cmocka_unit_test(a_left_name_that_is_taken_beside_gets_line_in_front_until_it_is_free))

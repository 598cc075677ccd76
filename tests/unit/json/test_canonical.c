/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"
#include "json/canonical.h"

static void check(const char *text, const char *expected)
{
    struct json_document document = parsed(text);
    struct buffer out = BUFFER_INIT;
    json_canonical(&document, 0, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    json_release(&document);
}

static void blanks_go_and_members_are_sorted(void **state)
{
    (void)state;
    check(" { \"b\" : [ 1 , { } , [ ] ] ,\n \"a\" : null, \"\": true, \"aa\": false } ",
        "{\"\":true,\"a\":null,\"aa\":false,\"b\":[1,{},[]]}");
}

static void names_are_sorted_by_their_utf_16_units(void **state)
{
    (void)state;
    check("{\"\\ue000\":7,\"\\ufb33\":0,\"\\ud83d\\ude00\":1,\"\\u20ac\":2,\"\\u00f6\":3,"
          "\"\\u0080\":4,\"1\":5,"
          "\"\\r\":6}",
        "{\"\\r\":6,\"1\":5,\"\xc2\x80\":4,\"\xc3\xb6\":3,\"\xe2\x82\xac\":2,\"\xf0\x9f\x98\x80\":"
        "1,"
        "\"\xee\x80\x80\":7,\"\xef\xac\xb3\":0}");
}

static void strings_have_as_few_escapes_as_may_be(void **state)
{
    (void)state;
    check("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\b\\f\\t\\u007f\"",
        "\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\t\x7f\"");
}

static void numbers_are_printed_as_ecmascript_does(void **state)
{
    (void)state;
    check("[1.0, -0, 0.0, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, 1e21, 1e20, 12.5e1]",
        "[1,0,0,1e+30,4.5,0.002,1e-27,1e+21,100000000000000000000,125]");
}

static void a_number_that_no_double_holds_keeps_its_digits(void **state)
{
    (void)state;
    check("[9007199254740993, 0.1, 333333333.33333329, 123456789012345678901234567890]",
        "[9007199254740993,0.1,333333333.33333329,1.2345678901234567890123456789e+29]");
    check("[12345678901234567890.50, 0.00000000123456789012345678, 1e-400, 9223372036854775807]",
        "[12345678901234567890.5,1.23456789012345678e-9,1e-400,9223372036854775807]");
}

static void a_number_that_a_double_holds_is_printed_as_that_double(void **state)
{
    (void)state;
    check("[9223372036854775808, 0.1000000000000000055511151231257827021181583404541015625]",
        "[9223372036854776000,0.1]");
    check("[2.98023223876953125e-8, 4.450147717014403e-308]",
        "[2.9802322387695312e-8,4.450147717014403e-308]");
    check("[1152921504606846976, 1.0000000000000002220446049250313080847263336181640625]",
        "[1152921504606847000,1.0000000000000002]");
}

UNIT_MAIN(cmocka_unit_test(blanks_go_and_members_are_sorted),
    cmocka_unit_test(names_are_sorted_by_their_utf_16_units),
    cmocka_unit_test(strings_have_as_few_escapes_as_may_be),
    cmocka_unit_test(numbers_are_printed_as_ecmascript_does),
    cmocka_unit_test(a_number_that_no_double_holds_keeps_its_digits),
    cmocka_unit_test(a_number_that_a_double_holds_is_printed_as_that_double))

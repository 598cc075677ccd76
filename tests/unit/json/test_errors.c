/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json.h"

#include <stdlib.h>

static struct error refused_with(struct slice text, const struct json_options *options)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    if (json_parse_copy(&document, text, options, &error) != -1)
        fail_msg("%.*s: accepted", (int)text.size, text.data);
    assert_int_equal(document.count, 0);
    assert_int_equal(error.code, ERROR_CONTENT);
    json_release(&document);
    return error;
}

struct refusal {
    const char *text;
    unsigned line, column;
    const char *pointer, *says;
};

static void check(const struct refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error error = refused_with(slice_of(cases[i].text), NULL);
        if (error.line != cases[i].line || error.column != cases[i].column ||
            strcmp(error.pointer, cases[i].pointer) != 0 || !strstr(error.text, cases[i].says) ||
            !strstr(error.text, "; expected "))
            fail_msg("%s: %llu:%llu: %s: %s", cases[i].text, (unsigned long long)error.line,
                (unsigned long long)error.column, error.pointer, error.text);
    }
}

static void a_missing_value_is_named(void **state)
{
    (void)state;
    static const struct refusal cases[] = {{"", 1, 1, "", "the text is empty"},
        {" \n ", 2, 2, "", "the text is empty"}, {"\xef\xbb\xbf{}", 1, 1, "", "byte order mark"},
        {"{\"a\":", 1, 6, "/a", "the text ends where a value should begin"},
        {"[1,]", 1, 4, "", "a comma stands before ']'; expected another value"},
        {"[1, NaN]", 1, 5, "", "\"NaN\" is no JSON value"},
        {"{\"a\": True}", 1, 7, "/a", "\"True\" is no JSON value"},
        {"[+1]", 1, 2, "", "found '+' where a value should begin"},
        {"[\x01]", 1, 2, "", "found the byte 0x01"}, {"]", 1, 1, "", "found ']'"},
        {"[tru]", 1, 2, "", "\"tru\""}, {"\xc3\xa4", 1, 1, "", "the byte 0xc3"}};
    check(cases, ARRAY_SIZE(cases));
}

static void what_is_wrong_in_an_object_is_named(void **state)
{
    (void)state;
    static const struct refusal cases[] = {{"{a: 1}", 1, 2, "", "found 'a' where a member's name"},
        {"{", 1, 2, "", "the text ends where a member's name"},
        {"{\"a\": 1,}", 1, 9, "", "a comma stands before '}'"},
        {"{\"a\": 1, 2}", 1, 10, "", "found '2' where a member's name"},
        {"{\"a\" 1}", 1, 6, "", "found '1' after a member's name; expected ':'"},
        {"{\"a\": 1 \"b\": 2}", 1, 9, "", "found '\"' after a member; expected ',' or '}'"},
        {"{\"a\": {\"b\": 1]}", 1, 14, "/a", "found ']' after a member; expected ',' or '}'"},
        {"[{}, {\"a\": [0, 1 2]}]", 1, 18, "/1/a", "found '2' after an item; expected ',' or ']'"},
        {"[1", 1, 3, "", "the text ends after an item; expected ',' or ']'"},
        {"{,\"a\": 1}", 1, 2, "", "found ','"}, {"[,1]", 1, 2, "", "found ','"},
        {"{} {}", 1, 4, "", "found '{' after the value; expected the end of the text"},
        {"1,", 1, 2, "", "found ',' after the value"},
        {"1]", 1, 2, "", "found ']' after the value"},
        {"1\x1d", 1, 2, "", "found the byte 0x1d after the value"}};
    check(cases, ARRAY_SIZE(cases));
}

static void what_is_wrong_in_a_string_is_named(void **state)
{
    (void)state;
    static const struct refusal cases[] = {{"\"abc", 1, 5, "", "the text ends within a string"},
        {"[\"a\nb\"]", 1, 4, "/0", "the control character 0x0a; expected it as \\u000a"},
        {"[0, \"a\\x\"]", 1, 8, "/1", "a backslash begins no escape"},
        {"{\"k\": \"\\u12g4\"}", 1, 12, "/k", "four hexadecimal digits"},
        {"\"\\ud800\"", 1, 2, "", "a high surrogate stands alone"},
        {"\"\\ud800\\u0041\"", 1, 2, "", "a high surrogate stands alone"},
        {"\"\\udc00\"", 1, 2, "", "a low surrogate stands alone"},
        {"\"\\ud800\\u\"", 1, 10, "", "four hexadecimal digits"}, {"\"\\", 1, 3, "", "a backslash"},
        {"[1, \"a string of more than one block \xff\"]", 1, 38, "/1", "not UTF-8"},
        {"{\"\xc0\x80\": 1}", 1, 3, "", "not UTF-8"}, {"\"\xed\xa0\x80\"", 1, 2, "", "not UTF-8"},
        {"\"\xf4\x90\x80\x80\"", 1, 2, "", "not UTF-8"}, {"\"\xe2\x82\"", 1, 2, "", "not UTF-8"},
        {"\"\xe0\x9f\xbf\"", 1, 2, "", "not UTF-8"},
        {"\"\xf0\x8f\xbf\xbf\"", 1, 2, "", "not UTF-8"},
        {"\"\xf5\x80\x80\x80\"", 1, 2, "", "not UTF-8"}};
    check(cases, ARRAY_SIZE(cases));
}

static void what_is_wrong_in_a_number_is_named(void **state)
{
    (void)state;
    static const struct refusal cases[] = {{"[01]", 1, 3, "/0", "begins with 0"},
        {"{\"a\": -}", 1, 8, "/a", "no digit after '-'"}, {"1.", 1, 3, "", "no digit after '.'"},
        {"[1.e5]", 1, 4, "/0", "no digit after '.'"}, {"1e", 1, 3, "", "no digit in its exponent"},
        {"1e+", 1, 4, "", "no digit in its exponent"}, {"-012", 1, 3, "", "begins with 0"},
        {"{\"a\": [0, 1e400]}", 1, 11, "/a/1", "a number is too large"},
        {"-1e309", 1, 1, "", "a number is too large"},
        {"1.7976931348623159e308", 1, 1, "", "a number is too large"},
        {"1e-1234567890123456789", 1, 4, "", "more than 18 digits"}};
    check(cases, ARRAY_SIZE(cases));
}

static void a_number_of_many_digits_may_be_too_large(void **state)
{
    (void)state;
    char digits[400];
    memset(digits, '9', sizeof digits);
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(json_parse_copy(&document, (struct slice){digits, 308}, NULL, &error), 0);
    refused_with((struct slice){digits, 309}, NULL);
    json_release(&document);
}

static void a_key_that_stands_twice_is_an_error(void **state)
{
    (void)state;
    static const struct refusal cases[] = {
        {"{\"a\": 1,\n \"a\": 2}", 2, 2, "/a", "the key \"a\" stands twice"},
        {"[{\"x\": {\"y\": 1, \"\\u0079\": 2}}]", 1, 17, "/0/x/y", "stands twice"}};
    check(cases, ARRAY_SIZE(cases));
}

static void a_nul_byte_is_no_part_of_json(void **state)
{
    (void)state;
    struct error error = refused_with((struct slice){"[1\0]", 4}, NULL);
    assert_int_equal(error.column, 3);
    error = refused_with((struct slice){"\"a\0b\"", 5}, NULL);
    assert_non_null(strstr(error.text, "control character 0x00"));
    error = refused_with((struct slice){"1\0", 2}, NULL);
    assert_int_equal(error.column, 2);
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    enum { DEEP = 100000 };
    struct json_document document = JSON_DOCUMENT_INIT;
    char *text = malloc(2 * DEEP);
    assert_non_null(text);
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    struct error error = refused_with((struct slice){text, 2 * DEEP}, NULL);
    assert_int_equal(error.column, JSON_DEPTH + 1);
    assert_non_null(strstr(error.text, "deeper than 1000 levels"));
    struct slice middle = {text + DEEP - JSON_DEPTH, 2 * JSON_DEPTH};
    assert_int_equal(json_parse_copy(&document, middle, NULL, &error), 0);
    assert_int_equal(document.count, JSON_DEPTH);

    struct json_options options = {.depth = 3};
    assert_int_equal(json_parse_copy(&document, slice_of("[[[0]]]"), &options, &error), 0);
    refused_with(slice_of("[[[{}]]]"), &options);
    options.depth = JSON_DEPTH_LIMIT + 5;
    middle = (struct slice){text + DEEP - JSON_DEPTH_LIMIT - 1, 2 * JSON_DEPTH_LIMIT + 2};
    refused_with(middle, &options);
    json_release(&document);
    free(text);
}

UNIT_MAIN(cmocka_unit_test(a_missing_value_is_named),
    cmocka_unit_test(what_is_wrong_in_an_object_is_named),
    cmocka_unit_test(what_is_wrong_in_a_string_is_named),
    cmocka_unit_test(what_is_wrong_in_a_number_is_named),
    cmocka_unit_test(a_number_of_many_digits_may_be_too_large),
    cmocka_unit_test(a_key_that_stands_twice_is_an_error),
    cmocka_unit_test(a_nul_byte_is_no_part_of_json), cmocka_unit_test(nesting_is_bounded))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

static void types_tell_whole_numbers_by_value(void **state)
{
    (void)state;
    accepted("{\"type\":\"integer\"}", "1.0");
    accepted("{\"type\":\"integer\"}", "1.5e1");
    refused("{\"type\":\"integer\"}", "1.5");
    refused("{\"type\":\"integer\"}", "1e-1");
    accepted("{\"type\":[\"integer\",\"null\"]}", "null");
}

static void draft_4_tells_whole_numbers_by_their_text(void **state)
{
    (void)state;
    struct schema_options options = {.dialect = SCHEMA_DRAFT_04};
    assert_int_equal(verdict_with("{\"type\":\"integer\"}", "1.0", &options), SCHEMA_REFUSED);
    assert_int_equal(verdict_with("{\"type\":\"integer\"}", "1", &options), SCHEMA_ACCEPTED);
    assert_int_equal(
        verdict_with("{\"minimum\":1,\"exclusiveMinimum\":true}", "1", &options), SCHEMA_REFUSED);
}

static void bounds_compare_exact_values(void **state)
{
    (void)state;
    refused("{\"maximum\":9007199254740992}", "9007199254740993");
    accepted("{\"maximum\":9007199254740993}", "9007199254740993");
    refused("{\"exclusiveMinimum\":0.1}", "0.1");
    accepted("{\"exclusiveMinimum\":0.1}", "0.10000000000000000000000000000000001");
    accepted("{\"minimum\":0}", "-0.0");
    refused("{\"minimum\":0}", "-1e-300");
    accepted("{\"minimum\":-1e-300}", "-1e-301");
    refused("{\"maximum\":123456789012345678901234567890}", "123456789012345678901234567891");
}

static void multiple_of_is_decimal(void **state)
{
    (void)state;
    accepted("{\"multipleOf\":0.01}", "4.35");
    refused("{\"multipleOf\":0.01}", "4.351");
    accepted("{\"multipleOf\":0.0001}", "0.0075");
    accepted("{\"multipleOf\":0.5}", "1e308");
    accepted("{\"multipleOf\":3}", "0");
    accepted("{\"multipleOf\":1e-8}", "12391239123");
}

static void equality_ignores_order_and_spelling(void **state)
{
    (void)state;
    accepted("{\"const\":{\"a\":1,\"b\":[2]}}", "{\"b\":[2.0],\"a\":10e-1}");
    refused("{\"const\":{\"a\":1,\"b\":[2]}}", "{\"b\":[2.0],\"a\":true}");
    accepted("{\"const\":\"\\u00e9\"}", "\"é\"");
    accepted("{\"enum\":[\"a\",\"b\"]}", "\"\\u0062\"");
    refused("{\"enum\":[false]}", "0");
}

static void a_long_enum_is_found_by_its_hash(void **state)
{
    (void)state;
    const char *schema =
        "{\"enum\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",1,2.50,[1]]}";
    accepted(schema, "\"i\"");
    accepted(schema, "2.5");
    accepted(schema, "[1.0]");
    refused(schema, "\"j\"");
    refused(schema, "[2]");
    refused(schema, "null");
}

static void unique_items_hold_for_many_items(void **state)
{
    (void)state;
    accepted("{\"uniqueItems\":true}", "[1,2,3,4,5,6,7,8,9,10,\"1\",[1],{\"a\":1,\"b\":2}]");
    refused("{\"uniqueItems\":true}", "[1,2,3,4,5,6,7,8,9,10,1.0]");
    refused("{\"uniqueItems\":true}", "[1,2,3,4,5,6,7,8,9,{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]");
}

static void lengths_count_code_points(void **state)
{
    (void)state;
    accepted("{\"maxLength\":2}", "\"éé\"");
    accepted("{\"maxLength\":1}", "\"\\ud83d\\ude00\"");
    refused("{\"minLength\":2}", "\"😀\"");
    accepted("{\"minLength\":2,\"maxLength\":2}", "\"\\n\\t\"");
}

static void keys_are_found_in_any_order_and_spelling(void **state)
{
    (void)state;
    const char *schema = "{\"properties\":{\"alpha\":{\"type\":\"integer\"},\"beta\":{\"type\":"
                         "\"string\"}},\"required\":[\"alpha\",\"gamma\"],"
                         "\"additionalProperties\":{\"type\":\"null\"}}";
    accepted(schema, "{\"gamma\":null,\"beta\":\"x\",\"alpha\":1}");
    accepted(schema, "{\"alpha\":1,\"gamma\":null}");
    accepted(schema, "{\"\\u0061lpha\":1,\"gamma\":null}");
    refused(schema, "{\"\\u0061lpha\":\"1\",\"gamma\":null}");
    refused(schema, "{\"alpha\":1}");
    refused(schema, "{\"alpha\":1,\"gamma\":1}");
    refused(schema, "{\"alpha\":1,\"gamma\":null,\"delta\":0}");
}

static void escaped_names_are_keywords_too(void **state)
{
    (void)state;
    refused("{\"\\u0074ype\":\"\\u006eull\"}", "1");
    accepted("{\"type\\u0000\":\"null\"}", "1");
    refused("{\"$ref\":\"#/$defs/a\",\"$defs\":{\"\\u0061\":{\"\\u0074ype\":\"null\"}}}", "1");
}

static void a_checker_learns_nothing_that_makes_it_wrong(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct schema *schema = compile("{\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":"
                                    "\"string\"},\"c\":{\"pattern\":\"^x\"}}}");
    struct schema_checker *checker = schema_checker_create(schema);
    static const struct {
        const char *text;
        enum schema_verdict verdict;
    } lines[] = {{"{\"c\":\"x1\",\"a\":1,\"b\":\"s\"}", SCHEMA_ACCEPTED},
        {"{\"c\":\"x1\",\"a\":1,\"b\":\"s\"}", SCHEMA_ACCEPTED},
        {"{\"c\":\"x1\",\"b\":1,\"a\":\"s\"}", SCHEMA_REFUSED}, {"{\"c\":\"y1\"}", SCHEMA_REFUSED},
        {"{\"c\":\"x\"}", SCHEMA_ACCEPTED}, {"{\"a\":\"s\"}", SCHEMA_REFUSED},
        {"{\"z\":1,\"b\":\"s\"}", SCHEMA_ACCEPTED}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct json_document document = JSON_DOCUMENT_INIT;
        assert_int_equal(json_parse_copy(&document, slice_of(lines[i].text), NULL, &error), 0);
        assert_int_equal(schema_accepts(checker, &document, &error), lines[i].verdict);
        json_release(&document);
    }
    schema_checker_free(checker);
    schema_free(schema);
}

static void what_was_looked_at_counts_only_where_it_holds(void **state)
{
    (void)state;
    const char *schema = "{\"anyOf\":[{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},"
                         "{\"properties\":{\"b\":{\"const\":2}},\"required\":[\"b\"]}],"
                         "\"unevaluatedProperties\":false}";
    accepted(schema, "{\"a\":1}");
    accepted(schema, "{\"a\":1,\"b\":2}");
    refused(schema, "{\"a\":1,\"b\":3}");
    accepted("{\"if\":{\"properties\":{\"a\":true}},\"unevaluatedProperties\":false}", "{\"a\":1}");
    refused("{\"not\":{\"not\":{\"properties\":{\"a\":true}}},\"unevaluatedProperties\":false}",
        "{\"a\":1}");
}

static void a_member_decides_between_branches(void **state)
{
    (void)state;
    const char *schema =
        "{\"oneOf\":[{\"properties\":{\"k\":{\"const\":\"a\"},\"v\":{\"type\":\"integer\"}}},"
        "{\"properties\":{\"k\":{\"enum\":[\"b\",\"c\"]},\"v\":{\"type\":\"string\"}}}]}";
    accepted(schema, "{\"k\":\"a\",\"v\":1}");
    refused(schema, "{\"k\":\"b\",\"v\":1}");
    accepted(schema, "{\"k\":\"\\u0063\",\"v\":\"x\"}");
    refused(schema, "{\"k\":\"d\"}");
    refused(schema, "{\"k\":1}");
    refused(schema, "{}");
    accepted(schema, "{\"v\":1}");
    refused(schema, "1");
}

static void branches_that_share_a_value_are_all_tried(void **state)
{
    (void)state;
    const char *schema =
        "{\"oneOf\":[{\"properties\":{\"k\":{\"enum\":[\"a\",\"b\"]},\"v\":{"
        "\"type\":\"integer\"}}},{\"properties\":{\"k\":{\"enum\":[\"b\",\"c\"]}}}]}";
    accepted(schema, "{\"k\":\"b\",\"v\":\"s\"}");
    refused(schema, "{\"k\":\"b\",\"v\":1}");
    accepted(schema, "{\"k\":\"a\",\"v\":1}");
}

static void conditions_count_what_they_looked_at(void **state)
{
    (void)state;
    const char *schema =
        "{\"allOf\":[{\"if\":{\"properties\":{\"k\":{\"const\":\"a\"}}},\"then\":{\"properties\":{"
        "\"x\":true}}},{\"if\":{\"properties\":{\"k\":{\"const\":\"b\"}}},\"then\":{\"properties\":"
        "{"
        "\"y\":true}}}],\"unevaluatedProperties\":false}";
    accepted(schema, "{\"k\":\"a\",\"x\":1}");
    refused(schema, "{\"k\":\"a\",\"y\":1}");
    accepted(schema, "{\"k\":\"b\",\"y\":1}");
    accepted(schema, "{\"x\":1,\"y\":1}");
    refused(schema, "{\"k\":\"c\"}");
}

static void a_sign_decides_only_where_it_can(void **state)
{
    (void)state;
    const char *schema = "{\"properties\":{\"n\":{\"minimum\":0}},\"items\":{\"type\":\"number\","
                         "\"minimum\":0}}";
    accepted(schema, "{\"n\":0}");
    accepted(schema, "{\"n\":-0.0e5}");
    refused(schema, "{\"n\":-0.1}");
    accepted(schema, "{\"n\":\"-1\"}");
    accepted(schema, "[0,-0,1]");
    refused(schema, "[0,-1]");
    refused(schema, "[\"0\"]");
}

static void if_chains_choose_by_a_member(void **state)
{
    (void)state;
    const char *schema =
        "{\"allOf\":[{\"if\":{\"properties\":{\"k\":{\"const\":\"a\"}},\"required\":[\"k\"]},"
        "\"then\":{\"required\":[\"x\"]}},{\"if\":{\"properties\":{\"k\":{\"const\":\"b\"}},"
        "\"required\":[\"k\"]},\"then\":{\"required\":[\"y\"]}},{\"if\":{\"properties\":{\"k\":"
        "{\"const\":\"a\"}}},\"then\":{\"maxProperties\":2},\"else\":{\"maxProperties\":3}}]}";
    accepted(schema, "{\"k\":\"a\",\"x\":1}");
    refused(schema, "{\"k\":\"a\",\"y\":1}");
    refused(schema, "{\"k\":\"a\",\"x\":1,\"z\":1}");
    accepted(schema, "{\"k\":\"b\",\"y\":1}");
    refused(schema, "{\"k\":\"b\"}");
    accepted(schema, "{\"k\":\"c\",\"x\":1,\"z\":1}");
    refused(schema, "{\"k\":\"c\",\"x\":1,\"z\":1,\"w\":1}");
    accepted(schema, "{}");
    refused(schema, "{\"x\":1,\"z\":1,\"w\":1}");
    refused(schema, "{\"k\":1,\"x\":1,\"z\":1,\"w\":1}");
    accepted(schema, "7");
}

static void shadowed_members_do_not_count(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct json_options last = {.keys = JSON_KEYS_LAST};
    struct json_document document = JSON_DOCUMENT_INIT;
    struct schema *schema = compile(
        "{\"properties\":{\"a\":{\"type\":\"integer\"}},\"maxProperties\":1,\"required\":[\"a\"]}");
    struct schema_checker *checker = schema_checker_create(schema);
    struct slice text = slice_of("{\"a\":\"x\",\"a\":1}");
    assert_int_equal(json_parse_copy(&document, text, &last, &error), 0);
    assert_int_equal(schema_accepts(checker, &document, &error), SCHEMA_ACCEPTED);
    json_release(&document);
    schema_checker_free(checker);
    schema_free(schema);
}

static void formats_assert_warn_or_annotate(void **state)
{
    (void)state;
    const char *schema = "{\"format\":\"date-time\"}", *bad = "\"2026-02-30T10:00:00Z\"";
    struct schema_options options = {.dialect = SCHEMA_2020_12, .formats = SCHEMA_FORMATS_ASSERT};
    assert_int_equal(verdict_with(schema, bad, &options), SCHEMA_REFUSED);
    options.formats = SCHEMA_FORMATS_WARN;
    assert_int_equal(verdict_with(schema, bad, &options), SCHEMA_ACCEPTED_WITH_WARNINGS);
    assert_int_equal(
        verdict_with("{\"anyOf\":[{\"format\":\"ipv4\",\"maxLength\":1},true]}", bad, &options),
        SCHEMA_ACCEPTED);
    options.formats = SCHEMA_FORMATS_ANNOTATE;
    assert_int_equal(verdict_with(schema, bad, &options), SCHEMA_ACCEPTED);
    options.formats = SCHEMA_FORMATS_DIALECT;
    assert_int_equal(verdict_with(schema, bad, &options), SCHEMA_ACCEPTED);
    options.dialect = SCHEMA_DRAFT_07;
    assert_int_equal(verdict_with(schema, bad, &options), SCHEMA_REFUSED);
}

UNIT_MAIN(cmocka_unit_test(types_tell_whole_numbers_by_value),
    cmocka_unit_test(draft_4_tells_whole_numbers_by_their_text),
    cmocka_unit_test(bounds_compare_exact_values), cmocka_unit_test(multiple_of_is_decimal),
    cmocka_unit_test(equality_ignores_order_and_spelling),
    cmocka_unit_test(a_long_enum_is_found_by_its_hash),
    cmocka_unit_test(unique_items_hold_for_many_items), cmocka_unit_test(lengths_count_code_points),
    cmocka_unit_test(keys_are_found_in_any_order_and_spelling),
    cmocka_unit_test(escaped_names_are_keywords_too),
    cmocka_unit_test(a_checker_learns_nothing_that_makes_it_wrong),
    cmocka_unit_test(what_was_looked_at_counts_only_where_it_holds),
    cmocka_unit_test(a_member_decides_between_branches),
    cmocka_unit_test(branches_that_share_a_value_are_all_tried),
    cmocka_unit_test(conditions_count_what_they_looked_at),
    cmocka_unit_test(a_sign_decides_only_where_it_can),
    cmocka_unit_test(if_chains_choose_by_a_member), cmocka_unit_test(shadowed_members_do_not_count),
    cmocka_unit_test(formats_assert_warn_or_annotate))

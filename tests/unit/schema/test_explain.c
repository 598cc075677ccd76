/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

static void every_problem_is_told_in_the_order_of_the_document(void **state)
{
    (void)state;
    explained(
        "{\"required\":[\"x\"],\"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"minimum\":"
        "3,\"multipleOf\":2}}}",
        "{\"a\":1,\"b\":2}",
        ": the member \"x\" is missing\n"
        "/a: 1 is too small; expected at least 3\n"
        "/a: 1 is no multiple; expected a multiple of 2\n"
        "/b: 2 is a number; expected a string\n");
}

static void a_near_name_or_value_is_offered(void **state)
{
    (void)state;
    explained("{\"properties\":{\"outcome\":{\"enum\":[\"passed\",\"failed\"]}},"
              "\"additionalProperties\":false}",
        "{\"outcme\":1,\"outcome\":\"pased\",\"zzz\":1}",
        "/outcme: the member \"outcme\" is not allowed here; did you mean \"outcome\"?\n"
        "/outcome: \"pased\" is not allowed here (did you mean \"passed\"?); expected \"passed\" "
        "or "
        "\"failed\"\n"
        "/zzz: the member \"zzz\" is not allowed here\n");
}

static void names_are_found_behind_references(void **state)
{
    (void)state;
    explained("{\"allOf\":[{\"$ref\":\"#/$defs/base\"}],\"unevaluatedProperties\":false,\"$defs\":{"
              "\"base\":{\"properties\":{\"duration\":true}}}}",
        "{\"duraton\":1}",
        "/duraton: the member \"duraton\" is not allowed here; did you mean \"duration\"?\n");
}

static void a_deciding_member_chooses_the_branch(void **state)
{
    (void)state;
    const char *schema =
        "{\"oneOf\":[{\"properties\":{\"k\":{\"const\":\"number\"},\"v\":{\"type\":"
        "\"number\"}},\"required\":[\"k\"]},{\"properties\":{\"k\":{\"const\":"
        "\"text\"},\"v\":{\"type\":\"string\"}},\"required\":[\"k\",\"v\"]}]}";
    explained(
        schema, "{\"k\":\"number\",\"v\":\"x\"}", "/v: \"x\" is a string; expected a number\n");
    explained(schema, "{\"k\":\"text\"}", ": the member \"v\" is missing\n");
    explained(schema, "{\"k\":\"tetx\"}",
        "/k: \"tetx\" is no known value of \"k\" (did you mean \"text\"?); expected \"number\" or "
        "\"text\"\n");
    explained(schema, "{}", ": the member \"k\" is missing\n");
}

static void the_nearest_branch_explains_a_choice(void **state)
{
    (void)state;
    const char *schema =
        "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"object\",\"required\":[\"a\","
        "\"b\",\"c\"]},{\"type\":\"object\",\"required\":[\"a\",\"d\"]}]}";
    explained(schema, "{\"a\":1}", ": the member \"d\" is missing\n");
    explained(schema, "7", ": 7 is a number; expected a string or an object\n");
    /* A member with the value that a branch demands weighs more than the number of problems. */
    explained("{\"anyOf\":[{\"properties\":{\"v\":{\"const\":1},\"a\":{\"type\":\"null\"},\"b\":{"
              "\"type\":\"null\"}}},{\"properties\":{\"v\":{\"const\":2}}}]}",
        "{\"v\":1,\"a\":0,\"b\":0}",
        "/a: 0 is a number; expected null\n/b: 0 is a number; expected null\n");
}

static void conditions_are_explained_by_the_branch_they_took(void **state)
{
    (void)state;
    const char *schema = "{\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":[\"b\"]},\"else\":{"
                         "\"required\":[\"c\"]}}";
    explained(schema, "{\"a\":1}", ": the member \"b\" is missing\n");
    explained(schema, "{}", ": the member \"c\" is missing\n");
}

static void more_than_one_branch_is_named(void **state)
{
    (void)state;
    /* A list of names is farther from an array than a list of arrays. */
    explained("{\"anyOf\":[{\"enum\":[\"a\",\"b\"]},{\"type\":\"array\",\"uniqueItems\":true}]}",
        "[\"a\",\"a\"]", ": the items 0 and 1 are equal (\"a\"); expected no item twice\n");
    explained("{\"oneOf\":[{\"type\":\"number\"},{\"minLength\":1},{\"minimum\":2}]}", "3",
        ": 3 fits more than one schema of \"oneOf\" (0, 1, 2); expected exactly one\n");
}

static void a_failing_part_does_not_make_its_members_unexpected(void **state)
{
    (void)state;
    explained("{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}}],"
              "\"unevaluatedProperties\":false}",
        "{\"a\":1}", "/a: 1 is a number; expected a string\n");
}

static void places_go_through_references(void **state)
{
    (void)state;
    const char *schema = "{\"$id\":\"http://example.org/s\",\"properties\":{\"a\":{\"$ref\":"
                         "\"#/$defs/d~1e\"}},\"$defs\":{\"d/e\":{\"items\":{\"type\":\"null\"}}},"
                         "\"dependentRequired\":{\"a\":[\"b\"]}}";
    assert_explained_by(schema, "{\"a\":[1]}", keep_places, SCHEMA_FORMATS_ASSERT,
        "dependentRequired /dependentRequired/a http://example.org/s#/dependentRequired/a\n"
        "type /properties/a/$ref/items/type http://example.org/s#/$defs/d~1e/items/type\n");
}

static bool stop_at_once(void *context, const struct schema_problem *problem)
{
    keep_problem(context, problem);
    return false;
}

static void a_sink_may_stop(void **state)
{
    (void)state;
    explained("{\"items\":false}", "[1,2]",
        "/0: 1 stands where nothing is allowed\n/1: 2 stands where nothing is allowed\n");
    assert_explained_by("{\"items\":false}", "[1,2]", stop_at_once, SCHEMA_FORMATS_ASSERT,
        "/0: 1 stands where nothing is allowed\n");
}

static void warnings_are_told_without_refusing(void **state)
{
    (void)state;
    assert_explained_by("{\"properties\":{\"t\":{\"format\":\"date\"}}}", "{\"t\":\"today\"}",
        keep_problem, SCHEMA_FORMATS_WARN,
        "warning: /t: \"today\" is not a valid date; expected a date such as 2026-02-11\n");
}

static void long_values_are_cut_between_characters(void **state)
{
    (void)state;
    explained("{\"type\":\"null\"}", "\"aéééééééééééééééééééééééééééééééééééééééé\"",
        ": \"aééééééééééééééééééééééééééééé…\" is a string; expected null\n");
}

static void each_keyword_has_its_words(void **state)
{
    (void)state;
    explained("{\"type\":\"integer\"}", "1.5", ": 1.5 has a fraction; expected a whole number\n");
    explained("{\"exclusiveMaximum\":3}", "3", ": 3 is too large; expected less than 3\n");
    explained(
        "{\"pattern\":\"^x\"}", "\"y\"", ": \"y\" does not match; expected the pattern \"^x\"\n");
    explained("{\"uniqueItems\":true}", "[1,2,1]",
        ": the items 0 and 2 are equal (1); expected no item twice\n");
    explained("{\"contains\":{\"const\":3},\"minContains\":2}", "[3]",
        ": 1 of the items fits \"contains\"; expected at least 2\n");
    explained("{\"maxContains\":1,\"contains\":{\"const\":3}}", "[3,3]",
        ": 2 of the items fit \"contains\"; expected at most 1\n");
    explained("{\"not\":{\"type\":\"null\"}}", "null",
        ": null fits the schema under \"not\"; expected a value that does not\n");
    explained("{\"propertyNames\":{\"maxLength\":1},\"minProperties\":2}", "{\"ab\":1}",
        ": {\"ab\":1} has 1 member; expected at least 2\n"
        "/ab: \"ab\" has 2 characters; expected at most 1\n");
    explained("{\"prefixItems\":[true],\"unevaluatedItems\":false}", "[1,2]",
        "/1: the item 2 is one too many; expected no more items\n");
    explained("{\"const\":1}", "2", ": 2 is not allowed here; expected 1\n");
}

UNIT_MAIN(cmocka_unit_test(every_problem_is_told_in_the_order_of_the_document),
    cmocka_unit_test(a_near_name_or_value_is_offered),
    cmocka_unit_test(names_are_found_behind_references),
    cmocka_unit_test(a_deciding_member_chooses_the_branch),
    cmocka_unit_test(the_nearest_branch_explains_a_choice),
    cmocka_unit_test(conditions_are_explained_by_the_branch_they_took),
    cmocka_unit_test(more_than_one_branch_is_named),
    cmocka_unit_test(a_failing_part_does_not_make_its_members_unexpected),
    cmocka_unit_test(places_go_through_references), cmocka_unit_test(a_sink_may_stop),
    cmocka_unit_test(warnings_are_told_without_refusing),
    cmocka_unit_test(long_values_are_cut_between_characters),
    cmocka_unit_test(each_keyword_has_its_words))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

#include <time.h>

/* Every case here must end, and in a time that nobody minds even on a busy machine. */
enum { SECONDS = 20 };

static double started;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int start(void **state)
{
    (void)state;
    started = now();
    return 0;
}

static int in_time(void **state)
{
    (void)state;
    return now() - started < SECONDS ? 0 : -1;
}

/* The verdict on a text, or -1 where the schema is refused. */
static int outcome(struct buffer *schema_text, const char *text, struct error *error)
{
    struct schema_options options = {.dialect = SCHEMA_2020_12};
    struct schema *schema = compile_with(buffer_text(schema_text), &options, error);
    buffer_release(schema_text);
    if (!schema)
        return -1;
    int verdict = (int)verdict_of(schema, text, error);
    schema_free(schema);
    return verdict;
}

static void a_catastrophic_pattern_is_undecided(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema, "{\"pattern\":\"^((a+)+)+$\"}");
    buffer_add_char(&text, '"');
    for (int i = 0; i < 5000; i++)
        buffer_add_char(&text, 'a');
    buffer_add_text(&text, "!\"");
    assert_int_equal(outcome(&schema, buffer_text(&text), &error), SCHEMA_UNDECIDED);
    assert_non_null(strstr(error.text, "a pattern needs too many steps"));
    buffer_release(&text);
}

static void a_long_string_and_a_greedy_group_still_match(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema, "{\"pattern\":\"^(a|b)*$\"}");
    buffer_add_char(&text, '"');
    for (int i = 0; i < 100000; i++)
        buffer_add_char(&text, i % 2 ? 'a' : 'b');
    buffer_add_char(&text, '"');
    assert_int_equal(outcome(&schema, buffer_text(&text), &error), SCHEMA_ACCEPTED);
    buffer_release(&text);
}

static void nested_counts_are_refused_or_bounded(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT;
    buffer_add_text(&schema, "{\"pattern\":\"((((a{1,500}){1,500}){1,500}){1,500}){1,500}\"}");
    assert_int_equal(outcome(&schema, "\"b\"", &error), -1);
}

static void a_doubling_chain_of_references_is_undecided(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT;
    buffer_add_text(&schema, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 60; i++)
        buffer_add_format(&schema,
            "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},", i,
            i + 1, i + 1);
    buffer_add_text(&schema, "\"d60\":{\"type\":\"integer\",\"minimum\":1}}}");
    assert_int_equal(outcome(&schema, "1", &error), SCHEMA_UNDECIDED);
    assert_non_null(strstr(error.text, "too many steps"));
}

static void a_chain_of_100000_references_is_undecided(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT;
    buffer_add_text(&schema, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 100000; i++)
        buffer_add_format(
            &schema, "\"d%d\":{\"minimum\":0,\"allOf\":[{\"$ref\":\"#/$defs/d%d\"}]},", i, i + 1);
    buffer_add_text(&schema, "\"d100000\":true}}");
    assert_int_equal(outcome(&schema, "1", &error), SCHEMA_UNDECIDED);
    assert_non_null(strstr(error.text, "nest too deep"));
}

static void references_that_go_round_by_a_choice_end(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT;
    buffer_add_text(&schema, "{\"anyOf\":[{\"type\":\"string\"},{\"$ref\":\"#\"}]}");
    assert_int_equal(outcome(&schema, "1", &error), SCHEMA_UNDECIDED);
    error_clear(&error);
    buffer_add_text(&schema, "{\"not\":{\"not\":{\"$ref\":\"#\"}}}");
    assert_int_equal(outcome(&schema, "1", &error), SCHEMA_UNDECIDED);
    error_clear(&error);
    buffer_add_text(&schema, "{\"$dynamicAnchor\":\"a\",\"$dynamicRef\":\"#a\"}");
    assert_int_equal(outcome(&schema, "1", &error), SCHEMA_UNDECIDED);
}

static void deep_documents_meet_deep_schemas(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema,
        "{\"$ref\":\"#/$defs/"
        "n\",\"$defs\":{\"n\":{\"allOf\":[{\"type\":\"array\",\"items\":{\"$ref\":"
        "\"#/$defs/n\"}}],\"unevaluatedItems\":false}}}");
    for (int i = 0; i < 999; i++)
        buffer_add_char(&text, '[');
    for (int i = 0; i < 999; i++)
        buffer_add_char(&text, ']');
    assert_int_equal(outcome(&schema, buffer_text(&text), &error), SCHEMA_ACCEPTED);
    buffer_release(&text);
}

static void a_hundred_thousand_properties_are_found(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema, "{\"additionalProperties\":false,\"properties\":{\"x\":true");
    buffer_add_text(&text, "{\"x\":0");
    for (int i = 0; i < 100000; i++)
        buffer_add_format(&schema, ",\"property number %d\":{\"type\":\"integer\"}", i);
    for (int i = 99999; i >= 0; i--)
        buffer_add_format(&text, ",\"property number %d\":%d", i, i);
    buffer_add_text(&schema, "}}");
    buffer_add_char(&text, '}');
    assert_int_equal(outcome(&schema, buffer_text(&text), &error), SCHEMA_ACCEPTED);
    buffer_release(&text);
}

static void ten_megabytes_of_definitions_with_references_compile(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT;
    buffer_add_text(&schema, "{\"properties\":{\"a\":true");
    for (int i = 0; i < 100000; i++)
        buffer_add_format(&schema, ",\"p%d\":{\"$ref\":\"#/$defs/d%d\"}", i, i);
    buffer_add_text(&schema, "},\"$defs\":{\"b\":true");
    for (int i = 0; i < 100000; i++)
        buffer_add_format(
            &schema, ",\"d%d\":{\"type\":\"string\",\"description\":\"%040d\"}", i, i);
    buffer_add_text(&schema, "}}");
    assert_true(schema.size > 10000000);
    assert_int_equal(outcome(&schema, "{\"p99999\":1}", &error), SCHEMA_REFUSED);
}

static void many_schemas_over_many_members_are_bounded(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema, "{\"allOf\":[true");
    for (int i = 0; i < 50000; i++)
        buffer_add_format(
            &schema, ",{\"properties\":{\"q%d\":false},\"minProperties\":%d}", i, i % 9);
    buffer_add_text(&schema, "]}");
    buffer_add_text(&text, "{\"x\":0");
    for (int i = 0; i < 20000; i++)
        buffer_add_format(&text, ",\"k%d\":%d", i, i);
    buffer_add_char(&text, '}');
    int result = outcome(&schema, buffer_text(&text), &error);
    assert_true(result == SCHEMA_UNDECIDED || result == SCHEMA_ACCEPTED);
    buffer_release(&text);
}

static void many_equal_looking_items_are_told_apart(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct buffer schema = BUFFER_INIT, text = BUFFER_INIT;
    buffer_add_text(&schema, "{\"uniqueItems\":true}");
    buffer_add_text(&text, "[0");
    for (int i = 1; i < 200000; i++)
        buffer_add_format(&text, ",[%d,{\"a\":%d}]", i, i);
    buffer_add_char(&text, ']');
    assert_int_equal(outcome(&schema, buffer_text(&text), &error), SCHEMA_ACCEPTED);
    buffer_release(&text);
}

static void explaining_is_bounded_too(void **state)
{
    (void)state;
    struct buffer schema_text = BUFFER_INIT;
    buffer_add_text(&schema_text, "{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 40; i++)
        buffer_add_format(&schema_text,
            "\"d%d\":{\"anyOf\":[{\"items\":{\"$ref\":\"#/$defs/d%d\"}},{\"items\":{\"$ref\":"
            "\"#/$defs/d%d\"}}]},",
            i, i + 1, i + 1);
    buffer_add_text(&schema_text, "\"d40\":{\"type\":\"integer\"}}}");
    struct schema *schema = compile(buffer_text(&schema_text));
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 40; i++)
        buffer_add_char(&text, '[');
    buffer_add_text(&text, "\"x\"");
    for (int i = 0; i < 40; i++)
        buffer_add_char(&text, ']');
    struct error error = ERROR_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    assert_int_equal(json_parse_copy(&document, buffer_slice(&text), NULL, &error), 0);
    struct schema_checker *checker = schema_checker_create(schema);
    struct buffer told = BUFFER_INIT;
    struct schema_sink sink = {keep_problem, &told};
    assert_int_equal(schema_explain(checker, &document, &sink, &error), SCHEMA_UNDECIDED);
    schema_checker_free(checker);
    json_release(&document);
    buffer_release(&told);
    buffer_release(&text);
    buffer_release(&schema_text);
    schema_free(schema);
}

#define BOUNDED(test) cmocka_unit_test_setup_teardown(test, start, in_time)

UNIT_MAIN(BOUNDED(a_catastrophic_pattern_is_undecided),
    BOUNDED(a_long_string_and_a_greedy_group_still_match),
    BOUNDED(nested_counts_are_refused_or_bounded),
    BOUNDED(a_doubling_chain_of_references_is_undecided),
    BOUNDED(a_chain_of_100000_references_is_undecided),
    BOUNDED(references_that_go_round_by_a_choice_end), BOUNDED(deep_documents_meet_deep_schemas),
    BOUNDED(a_hundred_thousand_properties_are_found),
    BOUNDED(ten_megabytes_of_definitions_with_references_compile),
    BOUNDED(many_schemas_over_many_members_are_bounded),
    BOUNDED(many_equal_looking_items_are_told_apart), BOUNDED(explaining_is_bounded_too))

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/buffer.h"
#include "query/query.h"

#include <stdio.h>
#include <string.h>

static const char line[] =
    "{\"kind\": \"result\", \"run_id\": \"r-1\", \"outcome\": \"passed\", \"repetition\": 3, "
    "\"benchmark\": {\"suite\": [\"a\", \"b\\u0063\"], \"name\": \"parse\\n\\\"x\\\"\", "
    "\"params\": {\"level\": 3, \"a.b\": true, \"0.5\": null, \"*\": \"star\"}}, "
    "\"started_ts\": 10.5, \"ended_ts\": 1.05e1, \"big\": 9007199254740993, \"small\": 1e-400, "
    "\"labels\": {\"side\": \"old\", \"and\": \"word\", \"caf\xc3\xa9\": \"\xc3\xa9t\xc3\xa9\"}, "
    "\"health\": {\"flags\": [{\"flag\": \"zombies\", \"value\": 2}, {\"flag\": \"low-memory\"}], "
    "\"swap_used_bytes\": 0, \"load\": [0.5, 2, null]}, \"dirty\": true, \"clean\": false, "
    "\"nothing\": null, \"a/b\": {\"m~n\": 7}, \"\": 8}";

static bool holds(const char *expression)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct query *query;
    assert_int_equal(json_parse_copy(&document, slice_of(line), NULL, &error), 0);
    if (query_compile(&query, "--where", expression, &error) != 0)
        fail_msg("%s: column %d: %s", expression, (int)error.column, error.text);
    bool first = query_holds(query, &document);
    assert_int_equal(query_holds(query, &document), first);
    query_free(query);
    json_release(&document);
    return first;
}

#define YES(expression) assert_true(holds(expression))
#define NO(expression)  assert_false(holds(expression))

static void strings_are_compared_by_their_bytes(void **state)
{
    (void)state;
    YES("outcome = \"passed\"");
    YES("outcome == 'passed'");
    NO("outcome = 'failed'");
    NO("outcome = 'passe'");
    YES("outcome != 'failed'");
    NO("outcome != 'passed'");
    YES("outcome < 'passee'");
    NO("outcome < 'passed'");
    YES("outcome <= 'passed' and outcome >= 'passed'");
    YES("outcome > 'Z' and outcome < '\xc3\xa9'");
    YES("benchmark.name = \"parse\\n\\\"x\\\"\"");
    YES("benchmark.suite.1 = 'bc' and benchmark.suite.1 > 'bb'");
}

static void numbers_are_compared_exactly(void **state)
{
    (void)state;
    YES("repetition = 3.0 and repetition = 30e-1");
    YES("big = 9007199254740993");
    NO("big = 9007199254740992");
    YES("big > 9007199254740992.5");
    YES("small > 0 and small < 1e-399");
    YES("health.swap_used_bytes = 0 and health.swap_used_bytes >= -0");
    YES("repetition > -5");
    NO("repetition > 3");
}

static void what_is_of_another_type_is_unlike_and_has_no_order(void **state)
{
    (void)state;
    NO("repetition = '3'");
    YES("repetition != '3'");
    NO("repetition < '9'");
    NO("outcome > 0");
    NO("nothing < 1");
    NO("benchmark = 'x'");
    NO("dirty > 'a'");
}

static void true_false_and_null_are_values(void **state)
{
    (void)state;
    YES("dirty = true and clean = false and nothing = null");
    NO("clean = null");
    YES("nothing != true");
    YES("dirty");
    NO("clean");
    NO("nothing");
    NO("outcome");
    NO("missing");
}

static void a_missing_field_makes_every_comparison_false(void **state)
{
    (void)state;
    NO("missing = 1");
    NO("missing != 1");
    NO("missing < 1 or missing >= 1");
    NO("missing ~ '*'");
    NO("missing !~ '*'");
    NO("missing contains ''");
    NO("missing = null");
    NO("benchmark.name.more = 1");
    NO("outcome.0 = 'p'");
    YES("not missing = 1");
}

static void has_asks_whether_a_field_is_there(void **state)
{
    (void)state;
    YES("has(nothing)");
    YES("has ( benchmark.params.level )");
    NO("has(benchmark.params.depth)");
    YES("not has(missing) and has(/a~1b/m~0n)");
    YES("has(health.load.2)");
    NO("has(health.load.3)");
    NO("has(health.load.00)");
    NO("has(health.load.4294967296)");
}

static void and_binds_tighter_than_or_and_not_tighter_than_both(void **state)
{
    (void)state;
    YES("dirty or clean and clean");
    NO("(dirty or clean) and clean");
    YES("not clean and dirty");
    NO("not (clean or dirty)");
    YES("not not dirty");
    NO("not not not dirty");
    YES("not clean or dirty");
    YES("clean or clean or dirty");
    NO("dirty and dirty and clean");
    YES("((dirty))and(dirty)");
}

static void patterns_cover_the_whole_text(void **state)
{
    (void)state;
    YES("outcome ~ 'pass*'");
    NO("outcome ~ 'pass'");
    YES("outcome ~ '*'");
    YES("outcome ~ '??ss*d'");
    NO("outcome ~ '?'");
    YES("run_id !~ 'x*'");
    NO("run_id !~ 'r*'");
    NO("repetition ~ '3'");
    YES("repetition !~ '3'");
    YES("labels.caf\xc3\xa9 ~ '?t?'");
    YES("benchmark.params.* ~ 'st\\?r' or benchmark.params.* ~ 'st?r'");
    YES("benchmark.name ~ '*\"x\"'");
}

static void contains_looks_inside_strings_and_lists(void **state)
{
    (void)state;
    YES("benchmark.suite contains 'bc'");
    NO("benchmark.suite contains 'c'");
    YES("benchmark.suite.* contains 'c'");
    YES("health.load contains 2.0");
    YES("health.load contains null");
    NO("health.load contains 3");
    YES("outcome contains 'ss'");
    YES("outcome contains ''");
    NO("outcome contains 'passed!'");
    NO("repetition contains 3");
    NO("benchmark contains 'name'");
    YES("benchmark.suite contains /benchmark/suite/0");
}

static void a_star_is_any_member_or_item(void **state)
{
    (void)state;
    YES("health.flags.*.flag = 'low-memory'");
    NO("health.flags.*.flag = 'steal-time'");
    YES("health.flags.*.value != 3");
    NO("health.flags.*.value = 3");
    YES("*.level = 3 or *.params.level = 3");
    YES("labels.* = 'old'");
    YES("has(health.flags.*.value)");
    NO("has(health.*.*.*)  and has(outcome.*)");
    YES("/benchmark/params/* = 'star'");
}

static void any_name_can_be_written(void **state)
{
    (void)state;
    YES("benchmark.params.\"a.b\"");
    YES("benchmark.params.'0.5' = null");
    YES("labels.and = 'word'");
    YES("/labels/and = 'word'");
    YES("/a~1b/m~0n = 7");
    YES("/ = 8");
    YES("\"benchmark\".params.level = 3");
}

static void a_pointer_on_the_right_is_another_field(void **state)
{
    (void)state;
    YES("ended_ts = /started_ts");
    NO("ended_ts != /started_ts");
    YES("ended_ts <= /started_ts");
    YES("repetition < /started_ts");
    NO("repetition < /outcome");
    NO("repetition < /missing");
    NO("missing = /repetition");
    YES("benchmark = /benchmark");
    YES("labels != /benchmark");
}

static void check_error(const char *expression, int at_line, int column, const char *text)
{
    struct error error = ERROR_INIT;
    struct query *query;
    assert_int_equal(query_compile(&query, "--where", expression, &error), -1);
    if (!strstr(error.text, text))
        fail_msg("%s: \"%s\" lacks \"%s\"", expression, error.text, text);
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(error.file, "--where");
    assert_int_equal(error.line, at_line);
    assert_int_equal(error.column, column);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    check_error("", 1, 1, "the expression ends; expected a field");
    check_error(
        "outcome = passed", 1, 11, "found passed; expected a value: a string stands in quotes");
    check_error("outcome =", 1, 10, "the expression ends; expected a string, a number");
    check_error("outcome 'passed'", 1, 9, "found 'passed'; expected an operator");
    check_error("a = 'x", 1, 5, "the string does not end");
    check_error("a = \"\\q\"", 1, 7, "expected a string as JSON writes it");
    check_error("a = 1.", 1, 7, "expected a number as JSON writes it");
    check_error("a = 01", 1, 6, "expected a number as JSON writes it");
    check_error("a = .5", 1, 5, "'.' means nothing here");
    check_error("a = $x", 1, 5, "'$' means nothing here");
    check_error("a = 1 b = 2", 1, 7, "found b; expected an operator, and, or or the end");
    check_error("(a = 1", 1, 7, "the expression ends; expected and, or or a closing parenthesis");
    check_error("a = 1)", 1, 6, "found )");
    check_error("a < true", 1, 5, "a number or a string, which have an order");
    check_error("a ~ 5", 1, 5, "a pattern in quotes");
    check_error("a ~ /b", 1, 5, "a pattern in quotes");
    check_error("has a", 1, 5, "expected a parenthesis");
    check_error("has(5)", 1, 5, "expected a field");
    check_error("a. = 1", 1, 3, "expected a part of a field's name");
    check_error("a.b.c.\xc3\xa9 = 1 and\n  or", 2, 3, "found or; expected a field");
    check_error("/a~2 = 1", 1, 3, "a pointer has ~0 for ~ and ~1 for /");
    check_error("a = 1 \x01", 1, 7, "byte 0x01 means nothing here");
    check_error("'a' = 1", 1, 1, "found 'a'; expected a field");
    check_error("5 < a", 1, 1, "found 5; expected a field");
    check_error("not", 1, 4, "the expression ends");
    check_error("a and", 1, 6, "the expression ends");
}

static void nesting_names_and_length_have_a_ceiling(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < QUERY_DEPTH; i++)
        buffer_add_char(&text, '(');
    buffer_add_text(&text, "dirty");
    for (int i = 0; i < QUERY_DEPTH; i++)
        buffer_add_char(&text, ')');
    YES(buffer_text(&text));
    buffer_reset(&text);
    for (int i = 0; i < 1000; i++)
        buffer_add_char(&text, '(');
    check_error(buffer_text(&text), 1, QUERY_DEPTH + 1, "nested deeper than 100");
    buffer_reset(&text);
    for (int i = 0; i < 10000; i++)
        buffer_add_text(&text, "not ");
    buffer_add_text(&text, "dirty");
    YES(buffer_text(&text));
    buffer_reset(&text);
    buffer_add_text(&text, "a");
    for (int i = 0; i < QUERY_PARTS; i++)
        buffer_add_text(&text, ".a");
    check_error(buffer_text(&text), 1, 2 * QUERY_PARTS + 1, "at most 32 parts");
    buffer_reset(&text);
    for (int i = 0; i < QUERY_SIZE + 1; i++)
        buffer_add_char(&text, ' ');
    check_error(buffer_text(&text), 0, 0, "longer than 65536 bytes");
    buffer_reset(&text);
    buffer_add_text(&text, "dirty");
    for (int i = 0; i < 6000; i++)
        buffer_add_text(&text, " and dirty");
    YES(buffer_text(&text));
    buffer_release(&text);
}

static void what_is_no_object_has_no_fields(void **state)
{
    (void)state;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct query *query;
    assert_int_equal(query_compile(&query, "--where", "has(a) or has(*)", &error), 0);
    assert_int_equal(json_parse_copy(&document, slice_of("5"), NULL, &error), 0);
    assert_false(query_holds(query, &document));
    assert_int_equal(json_parse_copy(&document, slice_of("[]"), NULL, &error), 0);
    assert_false(query_holds(query, &document));
    query_free(query);
    json_release(&document);
    query_free(NULL);
}

static void what_a_line_does_not_say_its_run_may(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        bool expected;
    } cases[] = {
        {"subject.version = '2'", true},
        {"kind = 'result'", true},
        {"kind = 'run'", false},
        {"labels.side = 'old'", true},
        {"labels.build = 'release'", true},
        {"has(labels.none)", false},
        {"vcs.* = 'abc' and labels.* = 'old'", true},
        {"labels.* = 'release'", false},
        {"n = /m", true},
        {"/m = /n", true},
        {"n != /m", false},
        {"not has(subject)", false},
    };
    struct json_document result = JSON_DOCUMENT_INIT, run = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(
        json_parse_copy(&result,
            slice_of("{\"kind\": \"result\", \"labels\": {\"side\": \"old\"}, \"n\": 5}"), NULL,
            &error),
        0);
    assert_int_equal(
        json_parse_copy(&run,
            slice_of("{\"kind\": \"run\", \"subject\": {\"version\": \"2\"}, \"m\": 5.0, "
                     "\"labels\": {\"side\": \"new\", \"build\": \"release\"}, "
                     "\"vcs\": {\"commit\": \"abc\"}}"),
            NULL, &error),
        0);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct query *query;
        assert_int_equal(query_compile(&query, "--where", cases[i].expression, &error), 0);
        if (query_holds_beside(query, &result, &run) != cases[i].expected)
            fail_msg("%s", cases[i].expression);
        query_free(query);
    }
    json_release(&result);
    json_release(&run);
}

static bool holds_short(const char *expression)
{
    static const char run_line[] = "{\"kind\": \"run\", \"subject\": {\"name\": \"engine\"}, "
                                   "\"labels\": {\"start\": \"warm\", "
                                   "\"batch\": \"8\", \"side\": \"new\"}}";
    struct json_document document = JSON_DOCUMENT_INIT, run = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct query *query;
    assert_int_equal(json_parse_copy(&document, slice_of(line), NULL, &error), 0);
    assert_int_equal(json_parse_copy(&run, slice_of(run_line), NULL, &error), 0);
    if (query_compile_short(&query, "where", expression, &error) != 0)
        fail_msg("%s: column %d: %s", expression, (int)error.column, error.text);
    bool result = query_holds_beside(query, &document, &run);
    query_free(query);
    json_release(&document);
    json_release(&run);
    return result;
}

static void a_short_name_is_found_where_it_stands(void **state)
{
    (void)state;
    assert_true(holds_short("level = 3 and benchmark.params.level = 3"));
    assert_true(holds_short("has(name) and not has(engine)"));
    assert_true(holds_short("start = warm"));
    assert_true(holds_short("side = old")); /* the result's label goes before its run's */
    assert_true(holds_short("subject.name = engine"));
    assert_true(holds_short("repetition = /level"));
    assert_false(holds_short("start = cold"));
    assert_false(holds_short("level = 4"));
    assert_false(holds("level = 3"));
}

static void a_benchmark_that_is_compared_is_its_name(void **state)
{
    (void)state;
    assert_true(holds_short("benchmark = /benchmark/name and benchmark ~ 'parse*'"));
    assert_true(holds_short("has(benchmark) and benchmark.name ~ 'parse*'"));
    assert_false(holds_short("benchmark = parse"));
    assert_false(holds("benchmark ~ \"parse*\""));
}

static void a_bare_word_is_a_string_where_words_are_short(void **state)
{
    (void)state;
    assert_true(holds_short("outcome = passed and outcome != failed"));
    assert_true(holds_short("batch = 8 and batch != 9"));
    assert_true(holds_short("not batch < 9")); /* a label has no order with a number */
    assert_true(holds_short("not side = 7B and side != 7B"));
    assert_true(holds_short("side ~ 'o*'"));
}

static void short_expressions_have_faults_too(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct query *query;
    assert_int_equal(query_compile_short(&query, "where", "start = warm start", &error), -1);
    assert_int_equal(error.column, 14);
    error_clear(&error);
    assert_int_equal(query_compile_short(&query, "where", "7B = start", &error), -1);
    assert_int_equal(error.column, 1);
    error_clear(&error);
    assert_int_equal(query_compile_short(&query, "where", "start =", &error), -1);
}

UNIT_MAIN(cmocka_unit_test(a_short_name_is_found_where_it_stands),
    cmocka_unit_test(a_benchmark_that_is_compared_is_its_name),
    cmocka_unit_test(a_bare_word_is_a_string_where_words_are_short),
    cmocka_unit_test(short_expressions_have_faults_too),
    cmocka_unit_test(what_a_line_does_not_say_its_run_may),
    cmocka_unit_test(strings_are_compared_by_their_bytes),
    cmocka_unit_test(numbers_are_compared_exactly),
    cmocka_unit_test(what_is_of_another_type_is_unlike_and_has_no_order),
    cmocka_unit_test(true_false_and_null_are_values),
    cmocka_unit_test(a_missing_field_makes_every_comparison_false),
    cmocka_unit_test(has_asks_whether_a_field_is_there),
    cmocka_unit_test(and_binds_tighter_than_or_and_not_tighter_than_both),
    cmocka_unit_test(patterns_cover_the_whole_text),
    cmocka_unit_test(contains_looks_inside_strings_and_lists),
    cmocka_unit_test(a_star_is_any_member_or_item), cmocka_unit_test(any_name_can_be_written),
    cmocka_unit_test(a_pointer_on_the_right_is_another_field),
    cmocka_unit_test(what_is_wrong_is_told_with_its_place),
    cmocka_unit_test(nesting_names_and_length_have_a_ceiling),
    cmocka_unit_test(what_is_no_object_has_no_fields))

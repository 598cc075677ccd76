/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "record/report.h"

#include <math.h>
#include <string.h>

static struct json_document document;
static struct arena arena;
static struct error error;

static int set_up(void **state)
{
    (void)state;
    error = (struct error)ERROR_INIT;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    json_release(&document);
    arena_release(&arena);
    return 0;
}

static struct record record_of(enum record_kind kind, const char *text)
{
    assert_int_equal(json_parse_copy(&document, slice_of(text), NULL, &error), 0);
    return (struct record){.kind = kind,
        .version = REPORT_1_0_0,
        .document = &document,
        .file = "report.jsonl",
        .line = 7};
}

static struct report_result result_of(const char *text)
{
    struct record record = record_of(RECORD_RESULT, text);
    struct report_result result;
    assert_int_equal(report_result_read(&result, &record, &arena, &error), 0);
    return result;
}

static struct report_run run_of(const char *text)
{
    struct record record = record_of(RECORD_RUN, text);
    struct report_run run;
    assert_int_equal(report_run_read(&run, &record, &arena, &error), 0);
    return run;
}

#define RESULT(rest)                                                                               \
    "{\"run_id\": \"r\", \"benchmark\": {\"name\": \"x\"}, \"outcome\": \"passed\"" rest "}"

static void text_is(struct slice text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void what_a_result_does_not_say_is_unknown_and_not_zero(void **state)
{
    (void)state;
    struct report_result result = result_of(RESULT(""));
    text_is(result.run_id, "r");
    assert_null(result.variant.data);
    assert_null(result.model_id.data);
    assert_true(isnan(result.repetition) && isnan(result.part) && isnan(result.started_ts));
    assert_true(isnan(result.health.swap_used_bytes) && isnan(result.health.load[2]));
    assert_false(result.health.present || result.health.flags_known || result.failure.present);
    assert_int_equal(result.failure.timed_out, UNKNOWN);
    assert_int_equal(result.metric_count, 0);
    assert_string_equal(result.file, "report.jsonl");
    assert_int_equal(result.line, 7);
}

static void null_and_wrong_types_are_unknown_too(void **state)
{
    (void)state;
    struct report_result result =
        result_of(RESULT(", \"variant\": 5, \"repetition\": null, \"model\": {\"id\": null}, "
                         "\"health\": {\"swap_used_bytes\": \"1\", \"flags\": null}, "
                         "\"metrics\": {}, \"labels\": []"));
    assert_null(result.variant.data);
    assert_true(isnan(result.repetition) && isnan(result.health.swap_used_bytes));
    assert_null(result.model_id.data);
    assert_true(result.health.present);
    assert_false(result.health.flags_known);
}

static void an_empty_list_of_flags_is_known(void **state)
{
    (void)state;
    struct report_result result =
        result_of(RESULT(", \"health\": {\"flags\": [], \"load\": [1, null, 3]}"));
    assert_true(result.health.flags_known);
    assert_int_equal(result.health.flag_count, 0);
    assert_true(result.health.load[0] == 1 && isnan(result.health.load[1]));
}

static void a_suite_is_a_string_or_a_list(void **state)
{
    (void)state;
    struct report_result result =
        result_of("{\"run_id\": \"r\", \"benchmark\": {\"suite\": \"s\", \"name\": \"x\"}, "
                  "\"outcome\": \"failed\"}");
    assert_int_equal(result.suite_count, 1);
    text_is(result.suites[0], "s");
    assert_int_equal(result.outcome, OUTCOME_FAILED);
    result = result_of("{\"run_id\": \"r\", \"benchmark\": {\"suite\": [\"a\", \"b\\n\"], "
                       "\"name\": \"x\"}, \"outcome\": \"error\"}");
    assert_int_equal(result.suite_count, 2);
    text_is(result.suites[1], "b\n");
}

static void params_keep_their_text_and_whether_it_was_one(void **state)
{
    (void)state;
    struct report_result result =
        result_of("{\"run_id\": \"r\", \"outcome\": \"skipped\", \"benchmark\": {\"name\": \"x\", "
                  "\"params\": {\"n\": 1.50, \"s\": \"1.50\", \"t\": true}}}");
    assert_int_equal(result.param_count, 3);
    text_is(result.params[0].value, "1.50");
    assert_false(result.params[0].is_text);
    assert_true(result.params[1].is_text);
    text_is(result.params[2].value, "true");
}

static void samples_keep_their_order_and_a_missing_one_is_nan(void **state)
{
    (void)state;
    struct report_result result = result_of(RESULT(
        ", \"metrics\": [{\"name\": \"t\", \"unit\": \"s\", \"better\": \"lower\", "
        "\"deterministic\": false, \"samples\": [3, null, 1e-3], \"pairs\": [0, \"b\", null]}]"));
    const struct metric *metric = report_metric(&result, "t");
    assert_non_null(metric);
    assert_int_equal(metric->count, 3);
    assert_true(
        metric->samples[0] == 3 && isnan(metric->samples[1]) && metric->samples[2] == 0.001);
    text_is(metric->pairs[0], "0");
    text_is(metric->pairs[1], "\"b\"");
    assert_int_equal(metric->better, BETTER_LOWER);
    assert_int_equal(metric->deterministic, KNOWN_FALSE);
    assert_false(metric->summary.present);
    assert_null(report_metric(&result, "u"));
}

static void pairs_of_another_length_are_none(void **state)
{
    (void)state;
    struct report_result result = result_of(RESULT(", \"metrics\": [{\"name\": \"t\", \"unit\": "
                                                   "\"s\", \"samples\": [3], \"pairs\": [0, 1]}]"));
    assert_null(result.metrics[0].pairs);
    assert_false(result.metrics[0].better_known);
}

static void a_summary_is_read_where_there_are_no_samples(void **state)
{
    (void)state;
    struct report_result result =
        result_of(RESULT(", \"metrics\": [{\"name\": \"t\", \"unit\": \"s\", \"summary\": {\"n\": "
                         "5, \"sd\": null}}]"));
    assert_true(result.metrics[0].summary.present);
    assert_true(result.metrics[0].summary.n == 5 && isnan(result.metrics[0].summary.sd));
    assert_int_equal(result.metrics[0].count, 0);
}

static void check_missing(const char *text, const char *pointer)
{
    struct record record = record_of(RECORD_RESULT, text);
    struct report_result result;
    error = (struct error)ERROR_INIT;
    assert_int_equal(report_result_read(&result, &record, &arena, &error), -1);
    assert_string_equal(error.pointer, pointer);
    assert_string_equal(error.file, "report.jsonl");
    assert_int_equal(error.line, 7);
    assert_non_null(strstr(error.text, "a result line needs it"));
}

static void a_member_that_the_schema_requires_is_missed_with_its_place(void **state)
{
    (void)state;
    check_missing("{}", "/run_id");
    check_missing("{\"run_id\": \"r\", \"benchmark\": \"x\"}", "/benchmark/name");
    check_missing("{\"run_id\": \"r\", \"benchmark\": {\"name\": \"x\"}}", "/outcome");
    check_missing(
        "{\"run_id\": \"r\", \"benchmark\": {\"name\": \"x\"}, \"outcome\": \"good\"}", "/outcome");
    check_missing(RESULT(", \"metrics\": [{\"name\": \"t\", \"unit\": \"s\"}, {\"name\": \"u\"}]"),
        "/metrics/1/unit");
    check_missing(RESULT(", \"metrics\": [5]"), "/metrics/0/name");
}

static void a_run_is_read_with_its_machine(void **state)
{
    (void)state;
    struct report_run run =
        run_of("{\"run_id\": \"r\", \"started_at\": null, \"subject\": {\"name\": \"s\", "
               "\"version\": null}, "
               "\"vcs\": {\"commit\": \"abc\", \"dirty\": true, \"tag\": null}, "
               "\"labels\": {\"side\": \"old\"}, \"order\": {\"mode\": \"interleaved\"}, "
               "\"system\": {\"cpu\": {\"model\": \"c\", \"cores\": {\"physical\": 8}}, "
               "\"memory\": {\"total_bytes\": 1e9}, \"vm\": \"none\"}}");
    assert_null(run.started_at.data);
    text_is(run.subject.name, "s");
    assert_null(run.subject.version.data);
    assert_int_equal(run.dirty, KNOWN_TRUE);
    assert_null(run.tag.data);
    text_is(run.cpu_model, "c");
    assert_true(run.cores_physical == 8 && isnan(run.cores_logical) && run.memory_bytes == 1e9);
    text_is(run.vm, "none");
    assert_int_equal(run.label_count, 1);
    text_is(run.labels[0].value, "old");
    struct record record = record_of(RECORD_RUN, "{\"run_id\": 5}");
    assert_int_equal(report_run_read(&run, &record, &arena, &error), -1);
    assert_string_equal(error.pointer, "/run_id");
}

static void what_was_read_outlives_the_line(void **state)
{
    (void)state;
    struct report_result result =
        result_of(RESULT(", \"variant\": \"old\", \"reason\": \"a\\tb\""));
    assert_int_equal(
        json_parse_copy(&document, slice_of("{\"z\": \"zzzzzzzzzzzzzzz\"}"), NULL, &error), 0);
    text_is(result.variant, "old");
    text_is(result.reason, "a\tb");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(TEST(what_a_result_does_not_say_is_unknown_and_not_zero),
    TEST(null_and_wrong_types_are_unknown_too), TEST(an_empty_list_of_flags_is_known),
    TEST(a_suite_is_a_string_or_a_list), TEST(params_keep_their_text_and_whether_it_was_one),
    TEST(samples_keep_their_order_and_a_missing_one_is_nan), TEST(pairs_of_another_length_are_none),
    TEST(a_summary_is_read_where_there_are_no_samples),
    TEST(a_member_that_the_schema_requires_is_missed_with_its_place),
    TEST(a_run_is_read_with_its_machine), TEST(what_was_read_outlives_the_line))

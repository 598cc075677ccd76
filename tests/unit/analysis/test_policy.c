/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../folder.h"
#include "analysis/policy.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The faults that were told, one after the other. */
static void keep_fault(void *context, const struct error *error)
{
    char text[2048];
    error_format(error, text, sizeof text);
    buffer_add_text(context, text);
    buffer_add_char(context, '\n');
}

static int read_text(
    struct policy **out, const char *text, struct buffer *told, struct error *error)
{
    const struct config_faults faults = {keep_fault, told};
    const char *source = getenv("BENCHLINE_SOURCE");
    char *schema = memory_format("%s/schemas/policy.schema.json", source ? source : ".");
    remove("policy.yaml");
    file_text("policy.yaml", text);
    int result = policy_read(out, "policy.yaml", schema, NULL, &faults, error);
    free(schema);
    return result;
}

static struct policy *policy_of(const char *text)
{
    struct policy *policy;
    struct buffer told = BUFFER_INIT;
    struct error error = ERROR_INIT;
    if (read_text(&policy, text, &told, &error) != 0)
        fail_msg("%s%s", buffer_text(&told), error.text);
    buffer_release(&told);
    return policy;
}

static void refuses(const char *text, const char *message)
{
    struct policy *policy;
    struct buffer told = BUFFER_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(read_text(&policy, text, &told, &error), -1);
    assert_null(policy);
    keep_fault(&told, &error);
    if (!strstr(buffer_text(&told), message))
        fail_msg("%s: \"%s\" does not say \"%s\"", text, buffer_text(&told), message);
    buffer_release(&told);
}

/* The benchmark of most cases: io/fast/copy size=4k. */
static struct slice suites[] = {{"io", 2}, {"fast", 4}};
static struct name_value params[] = {{{"size", 4}, {"4k", 2}, true}};
static const struct report_result copy = {.suites = suites,
    .suite_count = 2,
    .name = {"copy", 4},
    .params = params,
    .param_count = 1,
    .model_id = {"llama-3b", 8}};

static struct policy_rule found(const struct policy *policy, const char *metric, const char *unit)
{
    struct policy_subject subject = {
        &copy, slice_of("Pi 5, 4 cores"), slice_of(metric), slice_of(unit)};
    return policy_find(policy, &subject);
}

static bool is_ignored(const char *selection, const char *metric)
{
    char *text = memory_format("rules: [{%s, importance: ignore}]\n", selection);
    struct policy *policy = policy_of(text);
    bool ignored = found(policy, metric, "s").importance == IMPORTANCE_IGNORE;
    policy_free(policy);
    free(text);
    return ignored;
}

static void the_last_rule_that_fits_counts_for_each_thing_by_itself(void **state)
{
    (void)state;
    struct policy *policy = policy_of("rules:\n"
                                      "  - {band: 2%, alpha: 0.01, importance: critical}\n"
                                      "  - {metric: wall_*, band: 0.03}\n"
                                      "  - {metric: wall_time, better: higher}\n"
                                      "  - {metric: other, band: 9%}\n");
    struct policy_rule rule = found(policy, "wall_time", "s");
    assert_true(rule.band.given && rule.band.relative == 0.03 && isnan(rule.band.absolute));
    assert_true(rule.alpha == 0.01);
    assert_true(rule.better_known && rule.better == BETTER_HIGHER);
    assert_int_equal(rule.importance, IMPORTANCE_CRITICAL);
    rule = found(policy, "max_rss", "By");
    assert_true(rule.band.relative == 0.02 && !rule.better_known);
    policy_free(policy);
}

static void what_no_rule_is_about_is_left_alone(void **state)
{
    (void)state;
    struct policy *policy = policy_of("rules: [{metric: x, band: 2%}]\n");
    struct policy_rule rule = found(policy, "wall_time", "s");
    assert_false(rule.band.given);
    assert_true(isnan(rule.band.relative) && isnan(rule.band.absolute) && isnan(rule.alpha));
    assert_int_equal(rule.importance, IMPORTANCE_NORMAL);
    policy_free(policy);
    rule = found(NULL, "wall_time", "s");
    assert_false(rule.band.given);
}

static void a_pattern_without_a_slash_is_about_the_name_alone(void **state)
{
    (void)state;
    assert_true(is_ignored("benchmark: copy", "m"));
    assert_true(is_ignored("benchmark: c?p*", "m"));
    assert_false(is_ignored("benchmark: io", "m"));
    assert_true(is_ignored("benchmark: io/*", "m"));
    assert_true(is_ignored("benchmark: io/fast/copy", "m"));
    assert_false(is_ignored("benchmark: fast/copy", "m"));
    assert_true(is_ignored("benchmark: '*/copy'", "m"));
    assert_true(is_ignored("benchmark: [x, y, copy]", "m"));
}

static void every_part_of_a_selection_has_to_fit(void **state)
{
    (void)state;
    assert_true(is_ignored("params: {size: 4k}", "m"));
    assert_true(is_ignored("params: {size: '*k'}", "m"));
    assert_false(is_ignored("params: {size: 4k, level: 1}", "m"));
    assert_true(is_ignored("model: llama-*", "m"));
    assert_true(is_ignored("machine: Pi*", "m"));
    assert_false(is_ignored("model: llama-*, machine: Mac*", "m"));
    assert_false(is_ignored("benchmark: copy, metric: [n, o]", "m"));
}

static void a_rule_for_a_metric_is_not_about_the_outcome(void **state)
{
    (void)state;
    const struct policy_subject outcome = {.facts = &copy};
    struct policy *policy = policy_of("rules: [{metric: '*', importance: ignore}]\n");
    assert_int_equal(policy_find(policy, &outcome).importance, IMPORTANCE_NORMAL);
    policy_free(policy);
    policy = policy_of("rules: [{benchmark: copy, importance: ignore}]\n");
    assert_int_equal(policy_find(policy, &outcome).importance, IMPORTANCE_IGNORE);
    policy_free(policy);
}

static void a_band_may_be_a_share_a_value_or_both(void **state)
{
    (void)state;
    struct policy *policy = policy_of("rules:\n"
                                      "  - {band: [2.5%, 5 ms]}\n"
                                      "  - {metric: max_rss, band: 4KiBy}\n");
    struct policy_rule rule = found(policy, "wall_time", "s");
    assert_true(rule.band.relative == 0.025);
    assert_true(fabs(rule.band.absolute - 0.005) < 1e-15);
    rule = found(policy, "max_rss", "By");
    assert_true(isnan(rule.band.relative) && rule.band.absolute == 4096);
    policy_free(policy);
}

static void a_band_in_a_unit_of_another_kind_is_not_about_the_metric(void **state)
{
    (void)state;
    struct policy *policy = policy_of("rules: [{band: 3%}, {band: 5 ms}]\n");
    struct policy_rule rule = found(policy, "max_rss", "By");
    assert_true(rule.band.relative == 0.03 && isnan(rule.band.absolute));
    policy_free(policy);
}

static void an_acceptance_is_found_by_its_selection(void **state)
{
    (void)state;
    struct policy *policy =
        policy_of("accepted:\n"
                  "  - {benchmark: copy, metric: wall_time, commit: abc, up_to: 8%, reason: r1}\n"
                  "  - {benchmark: move, commit: abd, reason: r2}\n"
                  "  - {commit: 'v2', reason: r3}\n");
    struct policy_subject subject = {&copy, {"", 0}, slice_of("wall_time"), slice_of("s")};
    const struct policy_acceptance *one = policy_accepts(policy, &subject, NULL);
    assert_true(slice_is(one->commit, "abc") && slice_is(one->reason, "r1") && one->up_to == 0.08);
    assert_int_equal(one->line, 2);
    const struct policy_acceptance *two = policy_accepts(policy, &subject, one);
    assert_true(slice_is(two->commit, "v2") && isnan(two->up_to));
    assert_null(policy_accepts(policy, &subject, two));
    subject.metric = (struct slice){NULL, 0};
    assert_ptr_equal(policy_accepts(policy, &subject, NULL), two);
    assert_null(policy_accepts(NULL, &subject, NULL));
    policy_free(policy);
}

static void expect_identity(const struct policy *policy, const char *line, const char *expected)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    struct buffer out = BUFFER_INIT;
    struct identity *identity;
    assert_int_equal(
        identity_create(&identity, "benchmark.suite,benchmark.name", "--by", &error), 0);
    policy_rename(policy, identity);
    assert_int_equal(json_parse_copy(&document, slice_of(line), NULL, &error), 0);
    identity_write(identity, &document, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    json_release(&document);
    identity_free(identity);
}

static void renames_lead_on_to_the_newest_name(void **state)
{
    (void)state;
    struct policy *policy = policy_of("renames:\n"
                                      "  - {from: a, to: b}\n"
                                      "  - {from: {suite: s, name: b}, to: {suite: [t, u]}}\n"
                                      "  - {from: {suite: [old]}, to: {suite: new}}\n"
                                      "  - {from: b, to: c}\n");
    expect_identity(policy, "{\"benchmark\":{\"name\":\"a\"}}", "\n\"c\"\n");
    expect_identity(
        policy, "{\"benchmark\":{\"name\":\"a\",\"suite\":[\"s\"]}}", "[\"t\",\"u\"]\n\"c\"\n");
    expect_identity(
        policy, "{\"benchmark\":{\"name\":\"z\",\"suite\":\"old\"}}", "\"new\"\n\"z\"\n");
    expect_identity(policy, "{\"benchmark\":{\"name\":\"z\",\"suite\":[\"s\",\"old\"]}}",
        "[\"s\",\"old\"]\n\"z\"\n");
    policy_free(policy);
}

static void rules_are_matched_under_the_newest_name(void **state)
{
    (void)state;
    struct policy *policy = policy_of("rules: [{benchmark: disk/duplicate, importance: ignore}]\n"
                                      "renames: [{from: {suite: [io, fast]}, to: {suite: disk}},\n"
                                      "          {from: copy, to: duplicate}]\n");
    assert_int_equal(found(policy, "m", "s").importance, IMPORTANCE_IGNORE);
    policy_free(policy);
}

static void every_fault_is_told_with_its_place(void **state)
{
    (void)state;
    refuses("rules:\n  - {bnad: 2%}\n",
        "policy.yaml:2:12: /rules/0/bnad: the member \"bnad\" is not allowed here; did "
        "you mean \"band\"?");
    refuses("rules:\n  - {metric: x}\n", "policy.yaml:2:5: this rule says nothing");
    refuses("rules: [{importance: high}]\n", "policy.yaml:1:22: /rules/0/importance");
    refuses("rules:\n  - {band: big}\n", "policy.yaml:2:12: \"big\" is no size");
    refuses("rules:\n  - {band: 1000%}\n", "policy.yaml:2:12");
    refuses("rules:\n  - {band: [1%, 2%]}\n", "policy.yaml:2:17: \"2%\" is no second half");
    refuses("rules: [{band: -2}]\n", "policy.yaml:1:16");
    refuses("accepted: [{commit: abc}]\n", "reason");
    refuses("accepted: [{commit: 1234567, reason: x}]\n", "policy.yaml:1:21: /accepted/0/commit");
    refuses("accepted: [{commit: a, reason: x, up_to: 5 ms}]\n", "policy.yaml:1:42: \"5 ms\"");
    refuses("rules: [\n", "policy.yaml:");
    refuses("", "policy.yaml: the file is empty");
}

static void a_file_that_is_not_there_is_no_fault_of_content(void **state)
{
    (void)state;
    struct policy *policy;
    struct error error = ERROR_INIT;
    const struct config_faults faults = {keep_fault, NULL};
    assert_int_equal(policy_read(&policy, "nowhere.yaml", "x", NULL, &faults, &error), -1);
    assert_int_equal(error.code, ERROR_INPUT);
}

UNIT_MAIN(IN_FOLDER(the_last_rule_that_fits_counts_for_each_thing_by_itself),
    IN_FOLDER(what_no_rule_is_about_is_left_alone),
    IN_FOLDER(a_pattern_without_a_slash_is_about_the_name_alone),
    IN_FOLDER(every_part_of_a_selection_has_to_fit),
    IN_FOLDER(a_rule_for_a_metric_is_not_about_the_outcome),
    IN_FOLDER(a_band_may_be_a_share_a_value_or_both),
    IN_FOLDER(a_band_in_a_unit_of_another_kind_is_not_about_the_metric),
    IN_FOLDER(an_acceptance_is_found_by_its_selection),
    IN_FOLDER(renames_lead_on_to_the_newest_name),
    IN_FOLDER(rules_are_matched_under_the_newest_name),
    IN_FOLDER(every_fault_is_told_with_its_place),
    IN_FOLDER(a_file_that_is_not_there_is_no_fault_of_content))

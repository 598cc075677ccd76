/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/sides.h"
#include "base/compiler.h"

#include <math.h>
#include <string.h>

/* The lines of both sides, taken in the order given. */
static struct identity *identity;
static struct sides *sides;
static struct sides_options options;

static int set_up(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    assert_int_equal(identity_create(&identity, NULL, "--by", &error), 0);
    options = (struct sides_options){.identities = {identity, identity}};
    sides = sides_create(&options);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sides_free(sides);
    query_free(options.where);
    identity_free(identity);
    return 0;
}

static void take(enum side_of side, bool of_many, const char *line)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error error = ERROR_INIT;
    assert_int_equal(json_parse_copy(&document, slice_of(line), NULL, &error), 0);
    struct record record = {
        .kind = record_kind_read(json_raw(&document, json_get(&document, 0, "kind"))),
        .version = REPORT_1_0_0,
        .document = &document,
        .file = "report.jsonl",
        .line = 1};
    assert_int_equal(sides_take(sides, &record, side, of_many, &error), 0);
    json_release(&document);
}

#define RUN(id, day, more)                                                                         \
    "{\"kind\":\"run\",\"run_id\":\"" id "\",\"started_at\":\"2026-02-" day "T00:00:00Z\"" more "}"
#define RESULT(id, name, more)                                                                     \
    "{\"kind\":\"result\",\"run_id\":\"" id "\",\"benchmark\":{\"name\":\"" name                   \
    "\"},\"outcome\":\"passed\"" more "}"
#define COMMIT(commit, day)                                                                        \
    ",\"vcs\":{\"commit\":\"" commit "\",\"committed_at\":\"2026-01-" day "T00:00:00Z\"}"
#define MACHINE(model) ",\"system\":{\"model\":\"" model "\"}"

/* "name[/variant][@machine] base head": the results of each side as run:repetition:part. */
static void add_side(struct buffer *out, const struct sides_group *group, enum side_of side)
{
    buffer_add_char(out, ' ');
    for (size_t i = 0; i < group->counts[side]; i++) {
        const struct report_result *facts = &group->results[side][i]->facts;
        buffer_add_format(out, "%s%.*s", i ? "," : "", (int)facts->run_id.size, facts->run_id.data);
        if (facts->repetition > 0 || facts->part > 0)
            buffer_add_format(out, ":%.0f:%.0f", facts->repetition, facts->part);
    }
    if (group->counts[side] == 0)
        buffer_add_char(out, '-');
}

static void groups_are(const char *expected)
{
    struct buffer out = BUFFER_INIT;
    size_t count;
    sides_match(sides);
    const struct sides_group *groups = sides_groups(sides, &count);
    for (size_t i = 0; i < count; i++) {
        const struct sides_group *group = &groups[i];
        enum side_of side = group->counts[SIDE_BASE] > 0 ? SIDE_BASE : SIDE_HEAD;
        struct slice name = group->results[side][0]->facts.name;
        buffer_add_format(&out, "%s%.*s", i ? "; " : "", (int)name.size, name.data);
        if (group->variant.data)
            buffer_add_format(&out, "/%.*s", (int)group->variant.size, group->variant.data);
        if (group->machine.data)
            buffer_add_format(&out, "@%.*s", (int)group->machine.size, group->machine.data);
        add_side(&out, group, SIDE_BASE);
        add_side(&out, group, SIDE_HEAD);
    }
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void results_are_matched_by_identity_and_ordered_by_run_repetition_and_part(void **state)
{
    (void)state;
    take(SIDE_HEAD, false, RESULT("c", "y", ""));
    take(SIDE_BASE, false, RESULT("b", "x", ",\"repetition\":1"));
    take(SIDE_BASE, false, RESULT("a", "x", ",\"part\":1"));
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_BASE, false, RESULT("b", "x", ",\"part\":1,\"repetition\":0"));
    take(SIDE_HEAD, false, RESULT("c", "x", ""));
    take(SIDE_BASE, false, RUN("a", "02", ""));
    take(SIDE_BASE, false, RUN("b", "01", ""));
    groups_are("x b:0:1,b:1:0,a,a:0:1 c; y - c");
}

static void a_line_that_stands_on_one_side_twice_counts_once(void **state)
{
    (void)state;
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_HEAD, false, RESULT("b", "x", ""));
    groups_are("x a b");
    assert_int_equal(sides_notes(sides)->repeated, 1);
}

static void a_line_that_stands_on_both_sides_is_left_out_and_its_run_is_named(void **state)
{
    (void)state;
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_HEAD, false, RESULT("a", "x", ""));
    take(SIDE_BASE, false, RESULT("a", "y", ""));
    take(SIDE_HEAD, false, RESULT("b", "y", ""));
    groups_are("y a b");
    assert_int_equal(sides_notes(sides)->shared, 1);
    assert_int_equal(sides_notes(sides)->shared_run_count, 1);
    assert_true(slice_is(sides_notes(sides)->shared_runs[0]->facts.run_id, "a"));
}

static void of_many_the_newest_commit_counts_for_each_benchmark(void **state)
{
    (void)state;
    take(SIDE_HEAD, true, RUN("a", "01", COMMIT("old", "01")));
    take(SIDE_HEAD, true, RUN("b", "02", COMMIT("new", "02")));
    take(SIDE_HEAD, true, RUN("c", "03", COMMIT("new", "02")));
    take(SIDE_HEAD, true, RUN("late", "09", COMMIT("old", "01")));
    take(SIDE_HEAD, true, RESULT("a", "x", ""));
    take(SIDE_HEAD, true, RESULT("b", "x", ""));
    take(SIDE_HEAD, true, RESULT("c", "x", ""));
    take(SIDE_HEAD, true, RESULT("late", "x", ""));
    take(SIDE_HEAD, true, RESULT("a", "y", ""));
    groups_are("x - b,c; y - a");
    assert_int_equal(sides_notes(sides)->older, 2);
}

static void all_runs_takes_all_of_many(void **state)
{
    (void)state;
    options.all_runs = true;
    take(SIDE_HEAD, true, RUN("a", "01", COMMIT("old", "01")));
    take(SIDE_HEAD, true, RUN("b", "02", COMMIT("new", "02")));
    take(SIDE_HEAD, true, RESULT("a", "x", ""));
    take(SIDE_HEAD, true, RESULT("b", "x", ""));
    groups_are("x - a,b");
}

static void without_a_commit_the_version_counts_and_without_that_the_run(void **state)
{
    (void)state;
    take(SIDE_BASE, true, RUN("a", "01", ",\"subject\":{\"version\":\"2\"}"));
    take(SIDE_BASE, true, RUN("b", "02", ",\"subject\":{\"version\":\"2\"}"));
    take(SIDE_BASE, true, RESULT("a", "x", ""));
    take(SIDE_BASE, true, RESULT("b", "x", ""));
    take(SIDE_HEAD, true, RUN("c", "01", ""));
    take(SIDE_HEAD, true, RUN("d", "02", ""));
    take(SIDE_HEAD, true, RESULT("c", "x", ""));
    take(SIDE_HEAD, true, RESULT("d", "x", ""));
    groups_are("x a,b d");
}

static void a_dirty_tree_is_not_its_commit(void **state)
{
    (void)state;
    take(SIDE_BASE, true, RUN("a", "01", ",\"vcs\":{\"commit\":\"c\",\"dirty\":false}"));
    take(SIDE_BASE, true, RUN("b", "02", ",\"vcs\":{\"commit\":\"c\",\"dirty\":true}"));
    take(SIDE_BASE, true, RESULT("a", "x", ""));
    take(SIDE_BASE, true, RESULT("b", "x", ""));
    groups_are("x b -");
}

static void a_file_that_is_named_counts_whatever_its_age(void **state)
{
    (void)state;
    take(SIDE_BASE, false, RUN("a", "01", COMMIT("old", "01")));
    take(SIDE_BASE, true, RUN("b", "02", COMMIT("new", "02")));
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_BASE, true, RESULT("b", "x", ""));
    groups_are("x a,b -");
}

static void each_machine_has_its_own_newest_state(void **state)
{
    (void)state;
    take(SIDE_BASE, true, RUN("a", "01", COMMIT("old", "01") MACHINE("m")));
    take(SIDE_BASE, true, RUN("b", "02", COMMIT("new", "02") MACHINE("n")));
    take(SIDE_BASE, true, RESULT("a", "x", ""));
    take(SIDE_BASE, true, RESULT("b", "x", ""));
    groups_are("x@m a -; x@n b -");
}

static void one_machine_a_side_is_compared_and_differs_where_a_known_fact_does(void **state)
{
    (void)state;
    size_t count;
    take(SIDE_BASE, false, RUN("a", "01", MACHINE("m")));
    take(SIDE_HEAD, false, RUN("b", "02", MACHINE("n")));
    take(SIDE_HEAD, false, RUN("c", "03", ",\"system\":{\"kernel\":\"k\"}"));
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_HEAD, false, RESULT("b", "x", ""));
    take(SIDE_BASE, false, RESULT("a", "y", ""));
    take(SIDE_HEAD, false, RESULT("c", "y", ""));
    groups_are("x a b; y a c");
    const struct sides_group *groups = sides_groups(sides, &count);
    assert_true(groups[0].machines_differ);
    assert_false(groups[1].machines_differ);
}

static void variants_are_told_apart_only_where_a_side_has_several(void **state)
{
    (void)state;
    take(SIDE_BASE, false, RESULT("a", "x", ",\"variant\":\"old\""));
    take(SIDE_HEAD, false, RESULT("b", "x", ",\"variant\":\"new\""));
    take(SIDE_BASE, false, RESULT("a", "y", ",\"variant\":\"p\""));
    take(SIDE_BASE, false, RESULT("a", "y", ",\"variant\":\"q\""));
    take(SIDE_HEAD, false, RESULT("b", "y", ",\"variant\":\"q\""));
    groups_are("x a b; y/p a -; y/q a b");
}

static void a_split_finds_the_sides_by_variant(void **state)
{
    (void)state;
    struct sides_split split = {.values = {{"old", 3}, {"new", 3}}};
    options.split = &split;
    take(SIDE_NEITHER, false, RESULT("a", "x", ",\"variant\":\"old\""));
    take(SIDE_NEITHER, false, RESULT("a", "x", ",\"variant\":\"new\""));
    take(SIDE_NEITHER, false, RESULT("a", "x", ",\"variant\":\"other\""));
    take(SIDE_NEITHER, false, RESULT("a", "x", ""));
    groups_are("x a a");
    assert_int_equal(sides_notes(sides)->neither, 2);
}

static void a_split_by_label_takes_the_results_before_the_runs(void **state)
{
    (void)state;
    struct sides_split split = {"side", {{"l", 1}, {"r", 1}}};
    options.split = &split;
    take(SIDE_NEITHER, false, RESULT("a", "x", ""));
    take(SIDE_NEITHER, false, RESULT("a", "x", ",\"labels\":{\"side\":\"r\"}"));
    take(SIDE_NEITHER, false, RUN("a", "01", ",\"labels\":{\"side\":\"l\"}"));
    groups_are("x a a");
}

static void where_sees_a_result_with_its_run_though_the_run_comes_later(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    assert_int_equal(query_compile(&options.where, "--where", "vcs.branch = 'b'", &error), 0);
    take(SIDE_BASE, false, RESULT("a", "x", ""));
    take(SIDE_BASE, false, RESULT("c", "x", ""));
    take(SIDE_BASE, false, RUN("a", "01", ",\"vcs\":{\"branch\":\"b\"}"));
    take(SIDE_BASE, false, RUN("c", "01", ",\"vcs\":{\"branch\":\"other\"}"));
    groups_are("x a -");
    assert_int_equal(sides_notes(sides)->where, 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

UNIT_MAIN(CASE(results_are_matched_by_identity_and_ordered_by_run_repetition_and_part),
    CASE(a_line_that_stands_on_one_side_twice_counts_once),
    CASE(a_line_that_stands_on_both_sides_is_left_out_and_its_run_is_named),
    CASE(of_many_the_newest_commit_counts_for_each_benchmark), CASE(all_runs_takes_all_of_many),
    CASE(without_a_commit_the_version_counts_and_without_that_the_run),
    CASE(a_dirty_tree_is_not_its_commit), CASE(a_file_that_is_named_counts_whatever_its_age),
    CASE(each_machine_has_its_own_newest_state),
    CASE(one_machine_a_side_is_compared_and_differs_where_a_known_fact_does),
    CASE(variants_are_told_apart_only_where_a_side_has_several),
    CASE(a_split_finds_the_sides_by_variant),
    CASE(a_split_by_label_takes_the_results_before_the_runs),
    CASE(where_sees_a_result_with_its_run_though_the_run_comes_later))

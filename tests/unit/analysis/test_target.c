/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "analysis/target.h"
#include "base/compiler.h"

#include <math.h>
#include <string.h>

static struct arena arena;

static struct target parse(const char *text)
{
    struct target target;
    struct error error = ERROR_INIT;
    if (target_parse(&target, slice_of(text), &arena, &error) != 0)
        fail_msg("%s: column %d: %s", text, (int)error.column, error.text);
    return target;
}

static int done(void **state)
{
    (void)state;
    arena_release(&arena);
    arena = (struct arena)ARENA_INIT;
    return 0;
}

static void subject_is(
    const char *text, const char *metric, const char *statistic, const char *side)
{
    struct target target = parse(text);
    assert_true(slice_is(target.metric, metric));
    assert_true(slice_is(target_statistic(&target, &arena), statistic));
    assert_true(slice_is(target.side, side));
    target_release(&target);
}

static void a_subject_is_a_metric_with_its_statistic(void **state)
{
    (void)state;
    subject_is("ttft < 1 s", "ttft", "median", "");
    subject_is("ttft p95<1s", "ttft", "p95", "");
    subject_is("ttft p99.9 of new < 1 s", "ttft", "p99.9", "new");
    subject_is("ttft of 'the new' < 1 s", "ttft", "median", "the new");
    subject_is("\"p95\" mean < 1 s", "p95", "mean", "");
    subject_is("'success' < 1 s", "success", "median", "");
    subject_is("'failures' count = 1", "failures", "count", "");
    subject_is("success rate of new >= 99 %", "", "success rate", "new");
    subject_is("failures = 0", "", "failures", "");
    subject_is("degraded = 0", "", "degraded", "");
    subject_is("a/b.c-d is stable", "a/b.c-d", "cv", "");
}

static void limits_are(
    const char *text, double low, double high, const char *unit, const char *reference)
{
    struct target target = parse(text);
    assert_true(target.range.low == low);
    assert_true(target.range.high == high);
    assert_true(slice_is(target.unit, unit));
    assert_true(slice_is(target.reference, reference));
    target_release(&target);
}

static void a_limit_has_a_unit_or_a_reference(void **state)
{
    (void)state;
    limits_are("m < 200 ms", -INFINITY, 200, "ms", "");
    limits_are("m<200ms", -INFINITY, 200, "ms", "");
    limits_are("m \xE2\x89\xA5 1.5e3 tok/s", 1500, INFINITY, "{token}/s", "");
    limits_are("m >= -2 {frame}/s", -2, INFINITY, "{frame}/s", "");
    limits_are("m = 3", 3, 3, "", "");
    limits_are("m <= 3 'odd unit'", -INFINITY, 3, "odd unit", "");
    limits_are("m between 40 and 60 GB/s", 40, 60, "GBy/s", "");
    limits_are("m cv < 5 %", -INFINITY, 5, "%", "");
    limits_are("m \xE2\x89\xA4 1.2 \xC3\x97 reference", -INFINITY, 1.2, "", "reference");
    limits_are("m <= 1.2\xC3\x97reference", -INFINITY, 1.2, "", "reference");
    limits_are("m <= 1.2x reference", -INFINITY, 1.2, "", "reference");
    limits_are("m >= 90 % of reference", 0.9, INFINITY, "", "reference");
    limits_are("m < reference", -INFINITY, 1, "", "reference");
    limits_are("m < 5 % where a = b", -INFINITY, 5, "%", "");
}

static void an_operator_says_whether_the_limit_belongs_to_it(void **state)
{
    (void)state;
    struct target below = parse("m < 3 s"), most = parse("m <= 3 s"), same = parse("m = 3 s");
    assert_true(target_range_holds(&below.range, 2.9));
    assert_false(target_range_holds(&below.range, 3));
    assert_true(target_range_holds(&most.range, 3));
    assert_false(target_range_holds(&most.range, 3.1));
    assert_true(target_range_holds(&same.range, 3));
    assert_false(target_range_holds(&same.range, 2.9));
    assert_false(target_range_holds(&same.range, NAN));
}

static void sizes_are(const char *text, double low, double high)
{
    struct target target = parse(text);
    assert_true(target.size_low == low && target.size_high == high);
    target_release(&target);
}

static void sizes_and_conditions_come_last(void **state)
{
    (void)state;
    sizes_are("m < 3 s for 7B", 7e9, 7e9);
    sizes_are("m < 3 for 350M to 1.5B where a = b", 350e6, 1.5e9);
    sizes_are("m < 1.1 x old for 7b", 7e9, 7e9);
    struct target target = parse("m < 3 s where for = b and where = 'x where y'");
    assert_non_null(target.where);
    target_release(&target);
}

static void a_models_name_tells_its_size(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double size;
    } names[] = {{"org/Mistral-7B-Instruct", 7e9}, {"pixtral-12b-4bit", 12e9},
        {"Qwen2.5-1.5B", 1.5e9}, {"smol-135M", 135e6}, {"kimi_1T", 1e12}, {"7B", 7e9}};
    static const char *const without[] = {
        "mixtral-8x7B", "org/whisper-large-v3-turbo", "gpt-4bit", "A3B", "", "7", "B", "1.2.3B"};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_true(target_model_size(slice_of(names[i].name)) == names[i].size);
    for (size_t i = 0; i < ARRAY_SIZE(without); i++)
        assert_true(isnan(target_model_size(slice_of(without[i]))));
}

static void a_text_of_any_bytes_is_read_or_refused(void **state)
{
    (void)state;
    static const char *const parts[] = {"m", "<", "1", "%", "of", "x", "where", "for", "7B", "'",
        "\xC3", "\xE2\x89", "and", "between", "is", "stable", "p95", "\"", "e9", "-"};
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[128] = "m <";
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525 + 1013904223;
            strcat(text, seed >> 31 ? " " : "");
            strcat(text, parts[(seed >> 8) % ARRAY_SIZE(parts)]);
        }
        struct target target;
        struct error error = ERROR_INIT;
        if (target_parse(&target, slice_of(text), &arena, &error) == 0)
            target_release(&target);
        else
            assert_true(error.column >= 1 && error.column <= strlen(text) + 1);
        arena_reset(&arena);
    }
}

UNIT_MAIN(cmocka_unit_test_teardown(a_subject_is_a_metric_with_its_statistic, done),
    cmocka_unit_test_teardown(a_limit_has_a_unit_or_a_reference, done),
    cmocka_unit_test_teardown(an_operator_says_whether_the_limit_belongs_to_it, done),
    cmocka_unit_test_teardown(sizes_and_conditions_come_last, done),
    cmocka_unit_test_teardown(a_models_name_tells_its_size, done),
    cmocka_unit_test_teardown(a_text_of_any_bytes_is_read_or_refused, done))

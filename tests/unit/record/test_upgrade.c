/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "base/error.h"
#include "record/upgrade.h"

#include <stdio.h>
#include <string.h>

struct kit {
    struct upgrade *upgrade;
    struct json_document document;
    struct buffer out;
    struct error error;
};

static int set_up(void **state)
{
    static struct kit kit;
    kit = (struct kit){.upgrade = upgrade_create()};
    *state = &kit;
    return 0;
}

static int tear_down(void **state)
{
    struct kit *kit = *state;
    upgrade_free(kit->upgrade);
    json_release(&kit->document);
    buffer_release(&kit->out);
    return 0;
}

static int give(struct kit *kit, const char *line)
{
    buffer_reset(&kit->out);
    error_clear(&kit->error);
    assert_int_equal(json_parse_copy(&kit->document, slice_of(line), NULL, &kit->error), 0);
    return upgrade_line(kit->upgrade, &kit->document, &kit->out, &kit->error);
}

/* The result line that came last. */
static const char *result(struct kit *kit)
{
    char *text = kit->out.data;
    text[kit->out.size - 1] = '\0';
    const char *newline = strrchr(text, '\n');
    return newline ? newline + 1 : text;
}

/* A line with more members behind those that every line has. */
static const char *line_with(const char *members)
{
    static char text[4096];
    snprintf(text, sizeof text,
        "{\"schema_version\": \"0.2.2\", \"timestamp\": \"2025-11-16T10:30:10Z\", "
        "\"mlx_knife_version\": \"2.0.4\", \"test\": \"t.py::x\", \"outcome\": \"passed\"%s}",
        members);
    return text;
}

static void has(struct kit *kit, const char *members, const char *expected)
{
    assert_int_equal(give(kit, line_with(members)), 0);
    if (!strstr(result(kit), expected))
        fail_msg("%s\nlacks %s", result(kit), expected);
}

static void lacks(struct kit *kit, const char *members, const char *unexpected)
{
    assert_int_equal(give(kit, line_with(members)), 0);
    assert_null(strstr(result(kit), unexpected));
}

static void the_first_line_of_a_file_becomes_a_run_and_a_result(void **state)
{
    struct kit *kit = *state;
    assert_int_equal(give(kit, line_with("")), 0);
    assert_string_equal(buffer_text(&kit->out),
        "{\"schema_version\":\"1.0.0\",\"kind\":\"run\","
        "\"run_id\":\"e7be9c73fb8154948430f376ebffa4fc\",\"started_at\":\"2025-11-16T10:30:10Z\","
        "\"producer\":{\"name\":\"mlx-knife\",\"version\":\"2.0.4\"},"
        "\"subject\":{\"name\":\"mlx-knife\",\"version\":\"2.0.4\"}}\n"
        "{\"schema_version\":\"1.0.0\",\"kind\":\"result\","
        "\"run_id\":\"e7be9c73fb8154948430f376ebffa4fc\","
        "\"benchmark\":{\"suite\":\"t.py\",\"name\":\"x\"},\"repetition\":0,"
        "\"outcome\":\"passed\",\"ended_ts\":1763289010}\n");
    assert_int_equal(give(kit, line_with("")), 0);
    assert_null(strstr(buffer_text(&kit->out), "\"kind\":\"run\""));
}

static void the_run_is_named_by_the_facts_of_its_first_line_alone(void **state)
{
    struct kit *kit = *state;
    static const char *const same[] = {
        "{\"schema_version\": \"0.1.0\", \"timestamp\": \"2025-11-16T10:30:10Z\", "
        "\"mlx_knife_version\": \"2.0.4\", \"test\": \"t.py::x\", \"outcome\": \"passed\"}",
        "{\"outcome\":\"passed\",\"test\":\"t.py::\\u0078\",\"mlx_knife_version\":\"2.0.4\","
        "\"timestamp\":\"2025-11-16T10:30:10Z\",\"schema_version\":\"0.2.0\"}"};
    for (size_t i = 0; i < 2; i++) {
        upgrade_new_run(kit->upgrade);
        assert_int_equal(give(kit, same[i]), 0);
        assert_non_null(strstr(buffer_text(&kit->out), "e7be9c73fb8154948430f376ebffa4fc"));
    }
    upgrade_new_run(kit->upgrade);
    lacks(kit, ", \"duration\": 1", "e7be9c73fb8154948430f376ebffa4fc");
}

static void timestamp_is_the_end_and_duration_gives_the_start(void **state)
{
    has(*state, ", \"duration\": 2.25", "\"started_ts\":1763289007.75,\"ended_ts\":1763289010,");
    has(*state, ", \"duration\": 0.000001", "\"started_ts\":1763289009.999999,");
    lacks(*state, ", \"duration\": 3e9", "\"started_ts\"");
}

static void stated_ends_go_over_the_timestamp_which_stays(void **state)
{
    has(*state, ", \"duration\": 9, \"test_start_ts\": 17.50, \"test_end_ts\": 21",
        "\"started_ts\":17.50,\"ended_ts\":21,");
    has(*state, ", \"test_start_ts\": 17.5, \"test_end_ts\": 21",
        "\"metadata\":{\"timestamp\":\"2025-11-16T10:30:10Z\"}");
    has(*state, ", \"duration\": 4, \"test_end_ts\": 21", "\"started_ts\":17,\"ended_ts\":21,");
}

/* A timestamp of its own in place of line_with's. */
static void check_timestamp(struct kit *kit, const char *timestamp, const char *expected)
{
    char line[512];
    snprintf(line, sizeof line,
        "{\"schema_version\": \"0.2.2\", \"timestamp\": \"%s\", \"mlx_knife_version\": \"2.0.4\", "
        "\"test\": \"x\", \"outcome\": \"passed\"}",
        timestamp);
    upgrade_new_run(kit->upgrade);
    assert_int_equal(give(kit, line), 0);
    if (!strstr(buffer_text(&kit->out), expected))
        fail_msg("%s\nlacks %s", buffer_text(&kit->out), expected);
}

static void a_timestamp_that_says_more_than_its_instant_stays_too(void **state)
{
    check_timestamp(*state, "2025-11-16T11:30:10+01:00",
        "\"ended_ts\":1763289010,\"metadata\":{\"timestamp\":\"2025-11-16T11:30:10+01:00\"}");
    check_timestamp(*state, "2025-11-16T10:30:10.1234567891Z", "\"metadata\":{\"timestamp\"");
    check_timestamp(*state, "2016-12-31T23:59:60Z", "\"metadata\":{\"timestamp\"");
    check_timestamp(*state, "2025-11-16T10:30:10.123456789Z", "\"ended_ts\":1763289010.123456789}");
}

static void a_timestamp_that_is_no_time_is_kept_and_the_run_has_none(void **state)
{
    check_timestamp(*state, "yesterday", "\"started_at\":null,");
    check_timestamp(*state, "yesterday", "\"metadata\":{\"timestamp\":\"yesterday\"}");
    check_timestamp(*state, "1969-12-31T23:59:59Z", "\"started_at\":null,");
}

static void performance_becomes_metrics_with_unit_and_direction(void **state)
{
    has(*state, ", \"duration\": 3",
        "\"metrics\":[{\"name\":\"duration\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":[3]}"
        "]");
    has(*state,
        ", \"performance\": {\"tokens_per_sec\": 93.0, \"ram_peak_mb\": 2489, "
        "\"completion_tokens\": 59}",
        "\"metrics\":[{\"name\":\"tokens_per_second\",\"unit\":\"{token}/s\",\"better\":\"higher\","
        "\"samples\":[93.0]},"
        "{\"name\":\"peak_memory\",\"unit\":\"By\",\"better\":\"lower\",\"samples\":[2489000000]},"
        "{\"name\":\"completion_tokens\",\"unit\":\"{token}\",\"better\":\"none\","
        "\"samples\":[59]}]");
}

static void of_two_peaks_one_is_the_metric_and_one_stays(void **state)
{
    has(*state, ", \"performance\": {\"ram_peak_mb\": 2489, \"peak_ram_gb\": 2.5}",
        "\"samples\":[2500000000]");
    has(*state, ", \"performance\": {\"ram_peak_mb\": 2489, \"peak_ram_gb\": 2.5}",
        "\"metadata\":{\"performance\":{\"ram_peak_mb\":2489}}");
}

static void both_spellings_of_health_are_read(void **state)
{
    has(*state, ", \"system_health\": {\"swap_gb\": 0.25, \"zombies_detected\": 2}",
        "\"health\":{\"swap_used_bytes\":250000000,\"zombies\":2}");
    has(*state, ", \"system_health\": {\"swap_used_mb\": 1524, \"zombie_processes\": 1}",
        "\"health\":{\"swap_used_bytes\":1524000000,\"zombies\":1}");
    has(*state, ", \"system_health\": {\"swap_used_mb\": 7, \"swap_gb\": 0.25}",
        "\"health\":{\"swap_used_bytes\":7000000,\"metadata\":{\"swap_gb\":0.25}}");
}

static void clean_is_an_empty_list_of_flags_and_the_others_have_evidence(void **state)
{
    has(*state, ", \"system_health\": {\"quality_flags\": [\"clean\"]}",
        "\"health\":{\"flags\":[]}");
    has(*state, ", \"system_health\": {\"quality_flags\": [\"degraded_swap\"]}",
        "\"flags\":[{\"flag\":\"swap-in-use\",\"evidence\":\"degraded_swap\"}]");
    has(*state, ", \"system_health\": {\"quality_flags\": [\"clean\", \"degraded_swap\"]}",
        "\"health\":{\"metadata\":{\"quality_flags\":[\"clean\", \"degraded_swap\"]}}");
    has(*state, ", \"system_health\": {\"quality_flags\": []}",
        "\"health\":{\"metadata\":{\"quality_flags\":[]}}");
}

static void reason_modality_and_model_keep_their_meaning(void **state)
{
    has(*state,
        ", \"metadata\": {\"skip_reason\": \"no model\", \"inference_modality\": \"vision\"}",
        "\"modality\":\"vision\",\"outcome\":\"passed\",\"reason\":\"no model\",\"ended_ts\"");
    has(*state, ", \"model\": {\"id\": \"a/b\", \"size_gb\": 7.2, \"colour\": \"red\"}",
        "\"model\":{\"id\":\"a/b\",\"size_bytes\":7200000000,\"metadata\":{\"colour\":\"red\"}}");
    has(*state, ", \"timeline\": {\"first_token_ms\": 1468.0, \"warm_ms\": 3}",
        "\"timeline\":{\"first_token_s\":1.468,\"metadata\":{\"warm_ms\":3}}");
    has(*state, ", \"stop_tokens\": {\"detected\": [\"<|end|>\"], \"leaked\": false}",
        "\"stop_tokens\":{\"detected\":[\"<|end|>\"],\"leaked\":false}");
}

static void unknown_members_stay_under_metadata_by_their_old_names(void **state)
{
    has(*state, ", \"colour\": \"red\", \"metadata\": {\"colour\": \"blue\", \"n\": 1}",
        "\"metadata\":{\"colour\":\"blue\",\"n\":1,\"line_colour\":\"red\"}");
    has(*state, ", \"model\": null, \"performance\": [1]",
        "\"metadata\":{\"model\":null,\"performance\":[1]}");
}

static void the_same_test_model_and_modality_again_is_the_next_repetition(void **state)
{
    has(*state, "", "\"repetition\":0,");
    has(*state, "", "\"repetition\":1,");
    has(*state, ", \"model\": {\"id\": \"a\"}", "\"repetition\":0,");
    has(*state, ", \"model\": {\"id\": \"\\u0061\"}", "\"repetition\":1,");
    has(*state, ", \"metadata\": {\"inference_modality\": \"text\"}", "\"repetition\":0,");
    struct kit *kit = *state;
    upgrade_new_run(kit->upgrade);
    has(*state, "", "\"repetition\":0,");
}

static void a_test_without_a_name_counts_as_what_it_is_called(void **state)
{
    struct kit *kit = *state;
    static const char *const lines[] = {"{\"timestamp\": \"\", \"mlx_knife_version\": \"2\", "
                                        "\"test\": \"\", \"outcome\": \"failed\"}",
        "{\"timestamp\": \"\", \"mlx_knife_version\": \"2\", \"test\": \"unnamed\", "
        "\"outcome\": \"failed\"}"};
    assert_int_equal(give(kit, lines[0]), 0);
    assert_non_null(strstr(result(kit), "\"benchmark\":{\"name\":\"unnamed\"},\"repetition\":0,"));
    assert_int_equal(give(kit, lines[1]), 0);
    assert_non_null(strstr(result(kit), "\"benchmark\":{\"name\":\"unnamed\"},\"repetition\":1,"));
}

#define MACHINE                                                                                    \
    "{\"platform\": \"darwin\", \"hardware\": \"M2\", \"python_version\": \"3.12\", "              \
    "\"hardware_profile\": {\"cores_logical\": 12}}"

static void what_the_run_says_of_the_machine_is_not_said_again(void **state)
{
    struct kit *kit = *state;
    assert_int_equal(give(kit, line_with(", \"system\": " MACHINE)), 0);
    assert_non_null(
        strstr(buffer_text(&kit->out), "\"system\":{\"os\":{\"name\":\"darwin\"},"
                                       "\"cpu\":{\"model\":\"M2\",\"cores\":{\"logical\":12}},"
                                       "\"metadata\":{\"python_version\":\"3.12\"}}}\n"));
    assert_null(strstr(result(kit), "\"system\""));
    lacks(kit, ", \"system\": " MACHINE, "\"system\"");
    lacks(kit, "", "\"system\"");
}

static void what_a_later_line_says_otherwise_stays_with_its_result(void **state)
{
    struct kit *kit = *state;
    has(kit, ", \"system\": " MACHINE, "\"kind\":\"result\"");
    has(kit,
        ", \"system\": {\"platform\": \"linux\", \"hardware\": \"M2\", \"python_version\": "
        "\"3.12\"}",
        "\"system\":{\"os\":{\"name\":\"linux\"},\"cpu\":{\"model\":\"M2\"}}}");
    lacks(kit, ", \"system\": " MACHINE, "\"system\"");
    has(kit, ", \"system\": {\"platform\": \"linux\"}",
        "\"system\":{\"os\":{\"name\":\"linux\"}}}");
    has(kit, ", \"system\": {\"platform\": \"linux\"}",
        "\"system\":{\"os\":{\"name\":\"linux\"}}}");
}

static void another_version_of_the_tool_in_the_same_run_is_kept(void **state)
{
    struct kit *kit = *state;
    lacks(kit, "", "mlx_knife_version");
    assert_int_equal(give(kit, "{\"timestamp\": \"2025-11-16T10:30:10Z\", \"mlx_knife_version\": "
                               "\"2.0.5\", \"test\": \"x\", \"outcome\": \"passed\"}"),
        0);
    assert_non_null(strstr(result(kit), "\"metadata\":{\"mlx_knife_version\":\"2.0.5\"}"));
}

static void a_line_that_lacks_what_every_version_requires_is_refused(void **state)
{
    struct kit *kit = *state;
    assert_int_equal(give(kit, "{\"timestamp\": \"\", \"mlx_knife_version\": \"2\", \"test\": 5, "
                               "\"outcome\": \"passed\"}"),
        -1);
    assert_string_equal(kit->error.pointer, "/test");
    assert_int_equal(kit->error.column, 53);
    assert_int_equal(kit->out.size, 0);
    assert_int_equal(give(kit, "[1]"), -1);
    assert_int_equal(
        give(kit, "{\"timestamp\": \"\", \"mlx_knife_version\": \"2\", \"test\": \"\", "
                  "\"outcome\": \"xfailed\"}"),
        -1);
    assert_string_equal(kit->error.pointer, "/outcome");
    /* and leaves the run unbegun */
    has(kit, "", "\"repetition\":0,");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_MAIN(TEST(the_first_line_of_a_file_becomes_a_run_and_a_result),
    TEST(the_run_is_named_by_the_facts_of_its_first_line_alone),
    TEST(timestamp_is_the_end_and_duration_gives_the_start),
    TEST(stated_ends_go_over_the_timestamp_which_stays),
    TEST(a_timestamp_that_says_more_than_its_instant_stays_too),
    TEST(a_timestamp_that_is_no_time_is_kept_and_the_run_has_none),
    TEST(performance_becomes_metrics_with_unit_and_direction),
    TEST(of_two_peaks_one_is_the_metric_and_one_stays), TEST(both_spellings_of_health_are_read),
    TEST(clean_is_an_empty_list_of_flags_and_the_others_have_evidence),
    TEST(reason_modality_and_model_keep_their_meaning),
    TEST(unknown_members_stay_under_metadata_by_their_old_names),
    TEST(the_same_test_model_and_modality_again_is_the_next_repetition),
    TEST(a_test_without_a_name_counts_as_what_it_is_called),
    TEST(what_the_run_says_of_the_machine_is_not_said_again),
    TEST(what_a_later_line_says_otherwise_stays_with_its_result),
    TEST(another_version_of_the_tool_in_the_same_run_is_kept),
    TEST(a_line_that_lacks_what_every_version_requires_is_refused))

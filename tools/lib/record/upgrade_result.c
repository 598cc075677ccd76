/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/fields.h"
#include "record/nodeid.h"
#include "record/upgrade_parts.h"

#include <string.h>

static const struct field model_fields[] = {
    {"id", "id", FIELD_TEXT, 0},
    {"size_gb", "size_bytes", FIELD_BYTES, 9},
    {"family", "family", FIELD_TEXT, 0},
    {"variant", "variant", FIELD_TEXT, 0},
    {"framework", "framework", FIELD_TEXT, 0},
    {"quantization", "quantization", FIELD_TEXT, 0},
};
static const struct field stop_fields[] = {
    {"configured", "configured", FIELD_TEXTS, 0},
    {"detected", "detected", FIELD_TEXTS, 0},
    {"workaround", "workaround", FIELD_TEXT, 0},
    {"leaked", "leaked", FIELD_BOOL, 0},
};
static const struct field timeline_fields[] = {
    {"server_start_ms", "server_start_s", FIELD_SCALED, -3},
    {"model_load_start_ms", "model_load_start_s", FIELD_SCALED, -3},
    {"model_load_complete_ms", "model_load_complete_s", FIELD_SCALED, -3},
    {"server_ready_ms", "server_ready_s", FIELD_SCALED, -3},
    {"request_sent_ms", "request_sent_s", FIELD_SCALED, -3},
    {"first_token_ms", "first_token_s", FIELD_SCALED, -3},
    {"stream_complete_ms", "stream_complete_s", FIELD_SCALED, -3},
    {"shutdown_request_ms", "shutdown_request_s", FIELD_SCALED, -3},
    {"cleanup_complete_ms", "cleanup_complete_s", FIELD_SCALED, -3},
};

/* A figure of `performance` as a metric: its new name is the metric's. */
static const struct {
    struct field field;
    const char *unit, *better;
} metrics[] = {
    {{"tokens_per_sec", "tokens_per_second", FIELD_SCALED, 0}, "{token}/s", "higher"},
    {{"time_to_first_token_s", "time_to_first_token", FIELD_SCALED, 0}, "s", "lower"},
    {{"model_load_time_s", "model_load_time", FIELD_SCALED, 0}, "s", "lower"},
    {{"duration_s", "inference_time", FIELD_SCALED, 0}, "s", "lower"},
    {{"cleanup_time_s", "cleanup_time", FIELD_SCALED, 0}, "s", "lower"},
    {{"peak_ram_gb", "peak_memory", FIELD_SCALED, 9}, "By", "lower"},
    {{"ram_peak_mb", "peak_memory", FIELD_SCALED, 6}, "By", "lower"},
    {{"stable_ram_gb", "stable_memory", FIELD_SCALED, 9}, "By", "lower"},
    {{"prompt_tokens", "prompt_tokens", FIELD_COUNT, 0}, "{token}", "none"},
    {{"completion_tokens", "completion_tokens", FIELD_COUNT, 0}, "{token}", "none"},
};

/* An object carried over under the same name, with what is left in its own metadata. */
static void write_object(struct carry *line, struct json_writer *writer, const char *name,
    const struct field *fields, size_t count)
{
    struct carry carry = carry_of(line->document, line->object, name);
    if (!carry.there)
        return;
    carry_take(line, carry.object);
    json_write_key(writer, name);
    json_begin_object(writer);
    carry_fields(&carry, writer, fields, count);
    if (carry_has_leftover(&carry)) {
        json_write_key(writer, "metadata");
        json_begin_object(writer);
        carry_leftover(&carry, NULL, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}

void upgrade_benchmark(const struct json_document *line, struct json_writer *writer)
{
    struct arena arena = ARENA_INIT;
    struct nodeid id = nodeid_split(json_string(line, json_get(line, 0, "test"), &arena));
    json_write_key(writer, "benchmark");
    json_begin_object(writer);
    if (id.suite_count == 1)
        json_member_slice(writer, "suite", id.suites[0]);
    if (id.suite_count > 1) {
        json_write_key(writer, "suite");
        json_begin_array(writer);
        for (size_t i = 0; i < id.suite_count; i++)
            json_write_slice(writer, id.suites[i]);
        json_end_array(writer);
    }
    json_member_slice(writer, "name", id.name.size ? id.name : slice_of("unnamed"));
    if (id.params.data) {
        json_write_key(writer, "params");
        json_begin_object(writer);
        json_member_slice(writer, "id", id.params);
        json_end_object(writer);
    }
    json_end_object(writer);
    arena_release(&arena);
}

static void write_metric(struct json_writer *writer, const struct json_document *line,
    uint32_t node, const char *name, int places, const char *unit, const char *better)
{
    json_begin_object(writer);
    json_member_text(writer, "name", name);
    json_member_text(writer, "unit", unit);
    json_member_text(writer, "better", better);
    json_write_key(writer, "samples");
    json_begin_array(writer);
    carry_scaled(writer, line, node, places, false);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_metrics(struct carry *line, struct carry *performance,
    const struct window *window, struct json_writer *writer)
{
    bool peak = false, any = window->duration != JSON_NONE;
    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
        any |= carry_has(performance, &metrics[i].field, 1);
    if (!any)
        return;
    json_write_key(writer, "metrics");
    json_begin_array(writer);
    if (window->duration != JSON_NONE) {
        write_metric(writer, line->document, window->duration, "duration", 0, "s", "lower");
        carry_take(line, window->duration);
    }
    for (size_t i = 0; i < ARRAY_SIZE(metrics); i++) {
        const struct field *field = &metrics[i].field;
        uint32_t node = carry_find(performance, field->old_name, field->kind);
        bool is_peak = strcmp(field->new_name, "peak_memory") == 0;
        if (node == JSON_NONE || (is_peak && peak))
            continue;
        write_metric(writer, line->document, node, field->new_name, field->places, metrics[i].unit,
            metrics[i].better);
        carry_take(performance, node);
        peak |= is_peak;
    }
    json_end_array(writer);
}

/* What the new line's metadata holds: the old metadata, then what found no place. */
static void write_metadata(struct carry *line, struct carry *performance, struct carry *metadata,
    struct json_writer *writer)
{
    if (performance->there)
        carry_take(line, performance->object);
    if (metadata->there)
        carry_take(line, metadata->object);
    bool performance_left = carry_has_leftover(performance);
    if (!performance_left && !carry_has_leftover(metadata) && !carry_has_leftover(line))
        return;
    json_write_key(writer, "metadata");
    json_begin_object(writer);
    carry_leftover(metadata, NULL, writer);
    carry_leftover(line, metadata, writer);
    if (performance_left) {
        bool doubled = carry_left(metadata, slice_of("performance"));
        json_write_key(writer, doubled ? "line_performance" : "performance");
        json_begin_object(writer);
        carry_leftover(performance, NULL, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}

/* Members that other parts of the new line hold already. */
static void take_common(struct carry *line, const struct window *window)
{
    static const char *const names[] = {
        "schema_version", "mlx_knife_version", "outcome", "test_start_ts", "test_end_ts"};
    const struct json_document *document = line->document;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        uint32_t node = json_get(document, 0, names[i]);
        if (node != JSON_NONE)
            carry_take(line, node);
    }
    /* The instant says all, unless another end stands beside it or it names an offset. */
    if (window->timestamp_is_time && window->timestamp_is_exact && window->end == JSON_NONE)
        carry_take(line, window->timestamp);
    uint32_t test = json_get(document, 0, "test");
    if (json_raw(document, test).size > 0)
        carry_take(line, test);
    static const char *const objects[] = {"system", "system_health"};
    for (size_t i = 0; i < ARRAY_SIZE(objects); i++) {
        struct carry object = carry_of(document, 0, objects[i]);
        if (object.there)
            carry_take(line, object.object);
    }
}

void upgrade_facts(
    const struct json_document *document, const struct window *window, struct json_writer *writer)
{
    struct carry line = {.document = document, .there = true, .object = 0};
    struct carry performance = carry_of(document, 0, "performance");
    struct carry metadata = carry_of(document, 0, "metadata");
    uint32_t modality = carry_find(&metadata, "inference_modality", FIELD_TEXT);
    uint32_t reason = carry_find(&metadata, "skip_reason", FIELD_TEXT);

    take_common(&line, window);
    write_object(&line, writer, "model", model_fields, ARRAY_SIZE(model_fields));
    if (modality != JSON_NONE) {
        json_member_copy(writer, "modality", document, modality);
        carry_take(&metadata, modality);
    }
    json_member_copy(writer, "outcome", document, json_get(document, 0, "outcome"));
    if (reason != JSON_NONE) {
        json_member_copy(writer, "reason", document, reason);
        carry_take(&metadata, reason);
    }
    window_write(window, document, writer);
    write_metrics(&line, &performance, window, writer);
    upgrade_health(document, writer);
    write_object(&line, writer, "stop_tokens", stop_fields, ARRAY_SIZE(stop_fields));
    write_object(&line, writer, "timeline", timeline_fields, ARRAY_SIZE(timeline_fields));
    write_metadata(&line, &performance, &metadata, writer);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/nodeid.h"
#include "record/upgrade_parts.h"

static const struct field line_fields[LINE_FIELDS] = {
    [LINE_SCHEMA_VERSION] = FIELD("schema_version", "schema_version", FIELD_STRING, 0),
    [LINE_TIMESTAMP] = FIELD("timestamp", "timestamp", FIELD_STRING, 0),
    [LINE_TOOL] = FIELD("mlx_knife_version", "version", FIELD_STRING, 0),
    [LINE_TEST] = FIELD("test", "test", FIELD_STRING, 0),
    [LINE_OUTCOME] = FIELD("outcome", "outcome", FIELD_STRING, 0),
    [LINE_DURATION] = FIELD("duration", "duration", FIELD_SCALED, 0),
    [LINE_START] = FIELD("test_start_ts", "started_ts", FIELD_SCALED, 0),
    [LINE_END] = FIELD("test_end_ts", "ended_ts", FIELD_SCALED, 0),
    [LINE_MODEL] = FIELD("model", "model", FIELD_OBJECT, 0),
    [LINE_PERFORMANCE] = FIELD("performance", "performance", FIELD_OBJECT, 0),
    [LINE_STOP_TOKENS] = FIELD("stop_tokens", "stop_tokens", FIELD_OBJECT, 0),
    [LINE_SYSTEM] = FIELD("system", "system", FIELD_OBJECT, 0),
    [LINE_HEALTH] = FIELD("system_health", "health", FIELD_OBJECT, 0),
    [LINE_TIMELINE] = FIELD("timeline", "timeline", FIELD_OBJECT, 0),
    [LINE_METADATA] = FIELD("metadata", "metadata", FIELD_OBJECT, 0),
};

enum { MODEL_ID }; /* the first of the model's */
static const struct field model_fields[] = {
    FIELD("id", "id", FIELD_TEXT, 0),
    FIELD("size_gb", "size_bytes", FIELD_BYTES, 9),
    FIELD("family", "family", FIELD_TEXT, 0),
    FIELD("variant", "variant", FIELD_TEXT, 0),
    FIELD("framework", "framework", FIELD_TEXT, 0),
    FIELD("quantization", "quantization", FIELD_TEXT, 0),
};
static const struct field stop_fields[] = {
    FIELD("configured", "configured", FIELD_TEXTS, 0),
    FIELD("detected", "detected", FIELD_TEXTS, 0),
    FIELD("workaround", "workaround", FIELD_TEXT, 0),
    FIELD("leaked", "leaked", FIELD_BOOL, 0),
};
static const struct field timeline_fields[] = {
    FIELD("server_start_ms", "server_start_s", FIELD_SCALED, -3),
    FIELD("model_load_start_ms", "model_load_start_s", FIELD_SCALED, -3),
    FIELD("model_load_complete_ms", "model_load_complete_s", FIELD_SCALED, -3),
    FIELD("server_ready_ms", "server_ready_s", FIELD_SCALED, -3),
    FIELD("request_sent_ms", "request_sent_s", FIELD_SCALED, -3),
    FIELD("first_token_ms", "first_token_s", FIELD_SCALED, -3),
    FIELD("stream_complete_ms", "stream_complete_s", FIELD_SCALED, -3),
    FIELD("shutdown_request_ms", "shutdown_request_s", FIELD_SCALED, -3),
    FIELD("cleanup_complete_ms", "cleanup_complete_s", FIELD_SCALED, -3),
};
enum { METADATA_MODALITY, METADATA_REASON };
static const struct field metadata_fields[] = {
    [METADATA_MODALITY] = FIELD("inference_modality", "modality", FIELD_TEXT, 0),
    [METADATA_REASON] = FIELD("skip_reason", "reason", FIELD_TEXT, 0),
};

/* A figure of `performance` is a metric: its new name is the metric's. */
static const struct field performance_fields[] = {
    FIELD("tokens_per_sec", "tokens_per_second", FIELD_SCALED, 0),
    FIELD("time_to_first_token_s", "time_to_first_token", FIELD_SCALED, 0),
    FIELD("model_load_time_s", "model_load_time", FIELD_SCALED, 0),
    FIELD("duration_s", "inference_time", FIELD_SCALED, 0),
    FIELD("cleanup_time_s", "cleanup_time", FIELD_SCALED, 0),
    FIELD("peak_ram_gb", "peak_memory", FIELD_SCALED, 9),
    FIELD("ram_peak_mb", "peak_memory", FIELD_SCALED, 6),
    FIELD("stable_ram_gb", "stable_memory", FIELD_SCALED, 9),
    FIELD("prompt_tokens", "prompt_tokens", FIELD_COUNT, 0),
    FIELD("completion_tokens", "completion_tokens", FIELD_COUNT, 0),
};
/* A metric with one sample, up to that: the same in every line, so it stands ready. */
#define METRIC(name, unit, better)                                                                 \
    SLICE("{\"name\":\"" name "\",\"unit\":\"" unit "\",\"better\":\"" better "\",\"samples\":[")

static const struct slice duration_metric = METRIC("duration", "s", "lower");
static const struct slice performance_metrics[ARRAY_SIZE(performance_fields)] = {
    METRIC("tokens_per_second", "{token}/s", "higher"),
    METRIC("time_to_first_token", "s", "lower"),
    METRIC("model_load_time", "s", "lower"),
    METRIC("inference_time", "s", "lower"),
    METRIC("cleanup_time", "s", "lower"),
    METRIC("peak_memory", "By", "lower"),
    METRIC("peak_memory", "By", "lower"),
    METRIC("stable_memory", "By", "lower"),
    METRIC("prompt_tokens", "{token}", "none"),
    METRIC("completion_tokens", "{token}", "none"),
};

void old_line_read(struct old_line *out, const struct json_document *document)
{
    out->document = document;
    out->same_tool = true;
    carry_init_line(&out->line, document, line_fields, LINE_FIELDS);
    carry_init(&out->model, document, carry_node(&out->line, LINE_MODEL), model_fields,
        ARRAY_SIZE(model_fields));
    carry_init(&out->metadata, document, carry_node(&out->line, LINE_METADATA), metadata_fields,
        ARRAY_SIZE(metadata_fields));
    window_read(&out->window, &out->line);
}

static struct slice text_of(const struct carry *carry, size_t field, struct arena *arena)
{
    uint32_t node = carry_node(carry, field);
    return node == JSON_NONE ? (struct slice){NULL, 0} : json_string(carry->document, node, arena);
}

struct slice old_line_test(const struct old_line *old, struct arena *arena)
{
    struct slice test = text_of(&old->line, LINE_TEST, arena);
    return test.size > 0 ? test : slice_of("unnamed");
}

struct slice old_line_model(const struct old_line *old, struct arena *arena)
{
    return text_of(&old->model, MODEL_ID, arena);
}

struct slice old_line_modality(const struct old_line *old, struct arena *arena)
{
    return text_of(&old->metadata, METADATA_MODALITY, arena);
}

void upgrade_benchmark(struct slice test, struct json_writer *writer)
{
    struct nodeid id = nodeid_split(test);
    json_member_object(writer, "benchmark");
    if (id.suite_count == 1)
        json_member_slice(writer, "suite", id.suites[0]);
    if (id.suite_count > 1) {
        json_member_array(writer, "suite");
        for (size_t i = 0; i < id.suite_count; i++)
            json_write_slice(writer, id.suites[i]);
        json_end_array(writer);
    }
    json_member_slice(writer, "name", id.name);
    if (id.params.data) {
        json_member_object(writer, "params");
        json_member_slice(writer, "id", id.params);
        json_end_object(writer);
    }
    json_end_object(writer);
}

static void write_own_metadata(const struct carry *carry, struct json_writer *writer)
{
    if (!carry_has_leftover(carry))
        return;
    json_member_object(writer, "metadata");
    carry_leftover(carry, writer);
    json_end_object(writer);
}

/* An object carried over under the same name, with what is left in its own metadata. */
static void write_object(
    struct carry *line, enum line_field field, struct carry *object, struct json_writer *writer)
{
    if (!object->there)
        return;
    carry_take(line, field);
    json_write_key_slice(writer, line->fields[field].new_name);
    json_begin_object(writer);
    carry_write(object, writer, 0, object->count);
    write_own_metadata(object, writer);
    json_end_object(writer);
}

static void write_member_object(struct old_line *old, enum line_field field,
    const struct field *fields, size_t count, struct json_writer *writer)
{
    struct carry object;
    carry_init(&object, old->document, carry_node(&old->line, field), fields, count);
    write_object(&old->line, field, &object, writer);
}

static void write_metric(
    struct carry *carry, size_t field, struct slice head, struct json_writer *writer)
{
    json_begin_raw(writer, head);
    carry_write_scaled(carry, writer, field);
    json_end_raw(writer, slice_of("]}"));
    carry_take(carry, field);
}

static void write_metrics(struct carry *line, struct carry *performance, struct json_writer *writer)
{
    bool duration = carry_has(line, LINE_DURATION, 1);
    struct slice written = {NULL, 0};
    if (!duration && !carry_has(performance, 0, performance->count))
        return;
    json_member_array(writer, "metrics");
    if (duration)
        write_metric(line, LINE_DURATION, duration_metric, writer);
    for (size_t i = 0; i < performance->count; i++) {
        struct slice name = performance->fields[i].new_name;
        if (!carry_has(performance, i, 1) || (written.data && slice_equal(name, written)))
            continue;
        write_metric(performance, i, performance_metrics[i], writer);
        written = name;
    }
    json_end_array(writer);
}

/* What the new line's metadata holds: the old metadata, then what found no place. */
static void write_metadata(
    struct old_line *old, const struct carry *performance, struct json_writer *writer)
{
    bool performance_left = carry_has_leftover(performance);
    if (!performance_left && !carry_has_leftover(&old->metadata) && !carry_has_leftover(&old->line))
        return;
    json_member_object(writer, "metadata");
    struct slice measured = slice_of("performance");
    carry_beside(&old->line, &old->metadata, measured);
    carry_leftover(&old->metadata, writer);
    carry_leftover(&old->line, writer);
    if (performance_left) {
        carry_write_key(&old->line, measured, writer);
        json_begin_object(writer);
        carry_leftover(performance, writer);
        json_end_object(writer);
    }
    json_end_object(writer);
}

/* Members that other parts of the new line, or of its run, hold already. */
static void take_common(struct old_line *old)
{
    static const enum line_field common[] = {LINE_SCHEMA_VERSION, LINE_OUTCOME, LINE_START,
        LINE_END, LINE_SYSTEM, LINE_HEALTH, LINE_PERFORMANCE, LINE_METADATA};
    struct carry *line = &old->line;
    for (size_t i = 0; i < ARRAY_SIZE(common); i++)
        carry_take(line, common[i]);
    if (old->same_tool)
        carry_take(line, LINE_TOOL);
    /* The instant says all, unless another end stands beside it or it names an offset. */
    if (old->window.timestamp_is_time && old->window.timestamp_is_exact &&
        old->window.end == JSON_NONE)
        carry_take(line, LINE_TIMESTAMP);
    if (json_raw(old->document, carry_node(line, LINE_TEST)).size > 0)
        carry_take(line, LINE_TEST);
}

void upgrade_facts(struct old_line *old, struct json_writer *writer)
{
    const struct json_document *document = old->document;
    struct carry *line = &old->line, performance;
    carry_init(&performance, document, carry_node(line, LINE_PERFORMANCE), performance_fields,
        ARRAY_SIZE(performance_fields));

    take_common(old);
    write_object(line, LINE_MODEL, &old->model, writer);
    carry_write(&old->metadata, writer, METADATA_MODALITY, 1);
    json_member_copy(writer, "outcome", document, carry_node(line, LINE_OUTCOME));
    carry_write(&old->metadata, writer, METADATA_REASON, 1);
    window_write(&old->window, document, writer);
    write_metrics(line, &performance, writer);
    upgrade_health(document, carry_node(line, LINE_HEALTH), writer);
    write_member_object(old, LINE_STOP_TOKENS, stop_fields, ARRAY_SIZE(stop_fields), writer);
    write_member_object(old, LINE_TIMELINE, timeline_fields, ARRAY_SIZE(timeline_fields), writer);
    write_metadata(old, &performance, writer);
}

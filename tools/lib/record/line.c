/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/line.h"

#include "record/version.h"

#include <math.h>

void line_begin(struct json_writer *writer, const char *kind)
{
    json_begin_object(writer);
    json_member_text(writer, "schema_version", report_version_text(REPORT_CURRENT));
    json_member_text(writer, "kind", kind);
}

void line_member_text(struct json_writer *writer, const char *key, struct slice text)
{
    if (text.size > 0)
        json_member_slice(writer, key, text);
}

void line_member_count(struct json_writer *writer, const char *key, double count)
{
    json_write_key(writer, key);
    if (count >= 0 && count < 9e15)
        json_write_integer(writer, (int64_t)ceil(count));
    else
        json_write_null(writer);
}

void line_member_interval(struct json_writer *writer, const char *key, double low, double high)
{
    json_write_key(writer, key);
    if (!(low <= high)) {
        json_write_null(writer);
        return;
    }
    json_begin_array(writer);
    json_write_double(writer, low + 0.0); /* -0 would be read as something else than 0 */
    json_write_double(writer, high + 0.0);
    json_end_array(writer);
}

static void write_suites(struct json_writer *writer, const struct report_result *facts)
{
    if (facts->suite_count == 1)
        line_member_text(writer, "suite", facts->suites[0]);
    if (facts->suite_count < 2)
        return;
    json_member_array(writer, "suite");
    for (size_t i = 0; i < facts->suite_count; i++)
        json_write_slice(writer, facts->suites[i]);
    json_end_array(writer);
}

void line_benchmark(struct json_writer *writer, const struct report_result *facts)
{
    json_member_object(writer, "benchmark");
    write_suites(writer, facts);
    json_member_slice(writer, "name", facts->name);
    if (facts->param_count > 0) {
        json_member_object(writer, "params");
        for (size_t i = 0; i < facts->param_count; i++) {
            json_write_key_slice(writer, facts->params[i].name);
            if (facts->params[i].is_text)
                json_write_slice(writer, facts->params[i].value);
            else
                json_write_raw(writer, facts->params[i].value);
        }
        json_end_object(writer);
    }
    json_end_object(writer);
}

void line_model(struct json_writer *writer, const struct report_result *facts)
{
    if (!facts->model_id.data)
        return;
    json_member_object(writer, "model");
    line_member_text(writer, "id", facts->model_id);
    if (!isnan(facts->model_size_bytes))
        line_member_count(writer, "size_bytes", facts->model_size_bytes);
    line_member_text(writer, "family", facts->model_family);
    line_member_text(writer, "variant", facts->model_variant);
    line_member_text(writer, "framework", facts->model_framework);
    line_member_text(writer, "quantization", facts->model_quantization);
    json_end_object(writer);
}

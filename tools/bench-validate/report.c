/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include "base/memory.h"
#include "schema/uri.h"
#include "tool/tool.h"
#include "json/writer.h"

#include <string.h>

struct report {
    enum report_form form;
    struct output *out;
    uint64_t limit, told, held_back;
    struct buffer text;
};

struct report *report_create(enum report_form form, struct output *out, uint64_t limit)
{
    struct report *report = memory_zero(1, sizeof *report);
    report->form = form;
    report->out = out;
    report->limit = limit;
    return report;
}

void report_free(struct report *report)
{
    if (!report)
        return;
    buffer_release(&report->text);
    free(report);
}

uint64_t report_held_back(const struct report *report)
{
    return report->held_back;
}

/* Control characters in a name or a message must not steer a terminal. */
static void add_visible(struct buffer *text, struct slice from)
{
    for (size_t i = 0; i < from.size; i++) {
        unsigned char byte = (unsigned char)from.data[i];
        if (byte < 0x20 || byte == 0x7f)
            buffer_add_format(text, "\\x%02x", byte);
        else
            buffer_add_char(text, (char)byte);
    }
}

static const char *severity_name(enum schema_severity severity)
{
    return severity == SCHEMA_WARNING ? "warning" : "error";
}

/* file:line:column: /pointer: message */
static void add_human(
    struct buffer *text, const char *file, uint64_t line, const struct problem *problem)
{
    add_visible(text, slice_of(file));
    buffer_add_format(text, ":%llu:", (unsigned long long)line);
    if (problem->column > 0)
        buffer_add_format(text, "%llu:", (unsigned long long)problem->column);
    buffer_add_char(text, ' ');
    if (problem->severity == SCHEMA_WARNING)
        buffer_add_text(text, "warning: ");
    if (problem->instance_location.size > 0) {
        add_visible(text, problem->instance_location);
        buffer_add_text(text, ": ");
    }
    add_visible(text, problem->message);
    buffer_add_char(text, '\n');
}

/* A `diagnostic` line of the report format. */
static void add_jsonl(
    struct buffer *text, const char *file, uint64_t line, const struct problem *problem)
{
    struct json_writer writer = json_writer(text, 0);
    json_begin_object(&writer);
    json_member_text(&writer, "schema_version", "1.0.0");
    json_member_text(&writer, "kind", "diagnostic");
    json_member_text(&writer, "file", file);
    json_member_integer(&writer, "line", (int64_t)line);
    if (problem->column > 0)
        json_member_integer(&writer, "column", (int64_t)problem->column);
    json_member_text(&writer, "severity", severity_name(problem->severity));
    json_member_text(&writer, "code", problem->code);
    json_member_slice(&writer, "message", problem->message);
    json_member_slice(&writer, "instanceLocation", problem->instance_location);
    if (problem->keyword_location.data)
        json_member_slice(&writer, "keywordLocation", problem->keyword_location);
    if (problem->absolute_keyword_location.size > 0)
        json_member_slice(&writer, "absoluteKeywordLocation", problem->absolute_keyword_location);
    json_end_object(&writer);
    buffer_add_char(text, '\n');
}

/* A workflow command; its values are percent-encoded where they would end it. */
static void add_encoded(struct buffer *text, struct slice from, const char *also)
{
    for (size_t i = 0; i < from.size; i++) {
        char byte = from.data[i];
        if (byte == '%' || byte == '\r' || byte == '\n' || (byte != '\0' && strchr(also, byte)))
            buffer_add_format(text, "%%%02X", (unsigned char)byte);
        else
            buffer_add_char(text, byte);
    }
}

static void add_github(
    struct buffer *text, const char *file, uint64_t line, const struct problem *problem)
{
    buffer_add_format(text, "::%s file=", severity_name(problem->severity));
    add_encoded(text, slice_of(file), ":,");
    buffer_add_format(text, ",line=%llu", (unsigned long long)line);
    if (problem->column > 0)
        buffer_add_format(text, ",col=%llu", (unsigned long long)problem->column);
    buffer_add_text(text, ",title=");
    add_encoded(text, slice_of(problem->code), ":,");
    buffer_add_text(text, "::");
    if (problem->instance_location.size > 0) {
        add_encoded(text, problem->instance_location, "");
        buffer_add_text(text, ": ");
    }
    add_encoded(text, problem->message, "");
    buffer_add_char(text, '\n');
}

static void write_sarif_region(
    struct json_writer *writer, uint64_t line, const struct problem *problem)
{
    json_member_object(writer, "region");
    json_member_integer(writer, "startLine", (int64_t)line);
    if (problem->column_utf16 > 0)
        json_member_integer(writer, "startColumn", (int64_t)problem->column_utf16);
    json_end_object(writer);
}

/* One result of SARIF 2.1.0, section 3.27. */
static void add_sarif(
    struct buffer *text, const char *file, uint64_t line, const struct problem *problem)
{
    struct json_writer writer = json_writer(text, 0);
    json_begin_object(&writer);
    json_member_text(&writer, "ruleId", problem->code);
    json_member_text(&writer, "level", severity_name(problem->severity));
    json_member_object(&writer, "message");
    json_member_slice(&writer, "text", problem->message);
    json_end_object(&writer);
    json_member_array(&writer, "locations");
    json_begin_object(&writer);
    json_member_object(&writer, "physicalLocation");
    json_member_object(&writer, "artifactLocation");
    struct buffer uri = BUFFER_INIT;
    uri_encode_path(&uri, file);
    json_member_slice(&writer, "uri", buffer_slice(&uri));
    buffer_release(&uri);
    json_end_object(&writer);
    write_sarif_region(&writer, line, problem);
    json_end_object(&writer);
    if (problem->instance_location.size > 0) {
        json_member_array(&writer, "logicalLocations");
        json_begin_object(&writer);
        json_member_slice(&writer, "fullyQualifiedName", problem->instance_location);
        json_end_object(&writer);
        json_end_array(&writer);
    }
    json_end_object(&writer);
    json_end_array(&writer);
    json_end_object(&writer);
}

/* What stands before and between SARIF's results. */
static void begin_sarif(struct report *report)
{
    struct buffer *text = &report->text;
    if (report->told > 1) {
        buffer_add_text(text, ",\n");
        return;
    }
    struct buffer version = BUFFER_INIT;
    struct json_writer writer = json_writer(&version, 0);
    json_write_text(&writer, tool_version());
    buffer_add_text(text, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                          "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":"
                          "\"bench-validate\",\"version\":");
    buffer_add_slice(text, buffer_slice(&version));
    buffer_add_text(text, "}},\"columnKind\":\"utf16CodeUnits\",\"results\":[\n");
    buffer_release(&version);
}

int report_problem(struct report *report, const char *file, uint64_t line,
    const struct problem *problem, struct error *error)
{
    if (report->limit && report->told >= report->limit) {
        report->held_back++;
        return 0;
    }
    report->told++;
    buffer_reset(&report->text);
    switch (report->form) {
    case REPORT_HUMAN: add_human(&report->text, file, line, problem); break;
    case REPORT_JSONL: add_jsonl(&report->text, file, line, problem); break;
    case REPORT_GITHUB: add_github(&report->text, file, line, problem); break;
    case REPORT_SARIF:
        begin_sarif(report);
        add_sarif(&report->text, file, line, problem);
        break;
    }
    return output_write(report->out, buffer_slice(&report->text), error);
}

int report_flush(struct report *report, struct error *error)
{
    return output_flush(report->out, error);
}

int report_finish(struct report *report, struct error *error)
{
    buffer_reset(&report->text);
    if (report->form == REPORT_SARIF) {
        if (report->told == 0) {
            report->told = 1;
            begin_sarif(report);
            report->told = 0;
        }
        buffer_add_text(&report->text, "\n]}]}\n");
    }
    return output_write(report->out, buffer_slice(&report->text), error);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/version.h"
#include "report.h"
#include "json/writer.h"

#include <math.h>

/* `trend` lines and the `summary` line; benchline-report(5) has every member. */

static void begin_line(struct json_writer *writer, const char *kind)
{
    json_begin_object(writer);
    json_member_text(writer, "schema_version", report_version_text(REPORT_CURRENT));
    json_member_text(writer, "kind", kind);
}

static void begin_list(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_begin_array(writer);
}

static void member_if(struct json_writer *writer, const char *key, struct slice text)
{
    if (text.size > 0)
        json_member_slice(writer, key, text);
}

static void member_interval(struct json_writer *writer, const char *key, struct interval interval)
{
    json_write_key(writer, key);
    if (!interval_exists(interval)) {
        json_write_null(writer);
        return;
    }
    json_begin_array(writer);
    json_write_double(writer, interval.low + 0.0); /* -0 would be read as something else than 0 */
    json_write_double(writer, interval.high + 0.0);
    json_end_array(writer);
}

/* ---- a series ---------------------------------------------------------------------- */

static void write_names(struct json_writer *writer, const struct trend_series *series)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error ignored = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    if (json_parse_copy(&document, series->facts, NULL, &ignored) == 0)
        for (uint32_t key = json_first(&document, 0); key != json_end(&document, 0);
             key = json_after(&document, key + 1)) {
            json_write_key_slice(writer, json_string(&document, key, &arena));
            json_write_copy(writer, &document, key + 1);
        }
    json_release(&document);
    arena_release(&arena);
}

static void write_point_names(
    struct json_writer *writer, const struct report *report, size_t number)
{
    size_t count;
    const struct trend_point *point = &trend_points(report->trend, &count)[number];
    member_if(writer, "ref", point->ref);
    member_if(writer, "commit", point->commit);
}

static void write_point(
    struct json_writer *writer, const struct report *report, const struct trend_value *value)
{
    size_t count;
    int64_t ns = trend_points(report->trend, &count)[value->point].ns;
    json_begin_object(writer);
    write_point_names(writer, report, value->point);
    if (ns >= 0) {
        json_write_key(writer, "ts");
        if (ns % 1000000000 == 0)
            json_write_integer(writer, ns / 1000000000);
        else
            json_write_double(writer, (double)ns / 1e9);
    }
    if (value->n >= 0 && value->n < 9e15)
        json_member_integer(writer, "n", (int64_t)value->n);
    json_member_double(writer, "median", value->median);
    member_interval(writer, "median_ci", (struct interval){value->low, value->high, NAN});
    json_end_object(writer);
}

static void write_change(struct json_writer *writer, const struct report *report,
    const struct trend_series *series, const struct trend_change *change)
{
    json_begin_object(writer);
    json_member_integer(writer, "index", (int64_t)change->index);
    write_point_names(writer, report, series->values[change->index].point);
    json_member_double(writer, "ratio", change->ratio);
    member_interval(writer, "ratio_ci", change->ratio_ci);
    json_member_double(writer, "before", change->before);
    json_member_double(writer, "after", change->after);
    json_member_double(writer, "shift", change->shift);
    member_interval(writer, "shift_ci", change->shift_ci);
    json_member_double(writer, "p", change->p);
    json_member_text(writer, "status", change->confirmed ? "confirmed" : "unconfirmed");
    if (change->accepted)
        json_member_slice(writer, "accepted", change->accepted->reason);
    json_end_object(writer);
}

static void write_slope(struct json_writer *writer, const struct trend_slope *slope)
{
    json_begin_object(writer);
    json_member_integer(writer, "from", (int64_t)slope->from);
    json_member_integer(writer, "to", (int64_t)slope->to);
    json_member_double(writer, "per_point", slope->per_point);
    json_member_double(writer, "p", slope->p);
    json_end_object(writer);
}

static void write_findings(
    struct json_writer *writer, const struct report *report, const struct trend_series *series)
{
    begin_list(writer, "changes");
    for (size_t i = 0; i < series->change_count; i++)
        write_change(writer, report, series, &series->changes[i]);
    json_end_array(writer);
    begin_list(writer, "slopes");
    for (size_t i = 0; i < series->slope_count; i++)
        write_slope(writer, &series->slopes[i]);
    json_end_array(writer);
    begin_list(writer, "outliers");
    for (size_t i = 0; i < series->outlier_count; i++)
        json_write_integer(writer, (int64_t)series->outliers[i]);
    json_end_array(writer);
}

static void write_series(
    struct json_writer *writer, const struct report *report, const struct trend_series *series)
{
    static const char *const directions[] = {
        [BETTER_NONE] = "none", [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    begin_line(writer, "trend");
    write_names(writer, series);
    member_if(writer, "machine", series->machine);
    json_member_slice(writer, "metric", series->metric);
    json_member_slice(writer, "unit", series->unit);
    json_member_text(writer, "better", directions[series->better]);
    begin_list(writer, "points");
    for (size_t i = 0; i < series->count; i++)
        write_point(writer, report, &series->values[i]);
    json_end_array(writer);
    if (!report->settings->spread)
        write_findings(writer, report, series);
    json_write_key(writer, "noise");
    json_begin_object(writer);
    json_member_double(writer, "cv", series->cv);
    json_end_object(writer);
    if (!report->settings->spread)
        json_member_text(writer, "verdict", trend_verdict_name(series->verdict));
    json_end_object(writer);
}

/* ---- the summary ------------------------------------------------------------------------ */

static void write_list(struct json_writer *writer, const char *key, const struct names *names)
{
    if (names->count == 0)
        return;
    begin_list(writer, key);
    for (size_t i = 0; i < names->count; i++)
        json_write_text(writer, names->items[i]);
    json_end_array(writer);
}

static void write_summary(struct json_writer *writer, const struct report *report)
{
    const struct material *material = report->material;
    const struct trend_notes *notes = trend_notes_of(report->trend);
    begin_line(writer, "summary");
    json_member_text(writer, "tool", "bench-trend");
    json_write_key(writer, "counts");
    json_begin_object(writer);
    json_member_integer(writer, "series", (int64_t)report->row_count);
    for (int i = 0; i < TREND_VERDICTS; i++)
        json_member_integer(
            writer, trend_verdict_name((enum trend_verdict)i), (int64_t)report->counts[i]);
    json_member_integer(writer, "points", (int64_t)material->point_count);
    json_member_integer(writer, "points_without_data", (int64_t)material->empty.count);
    json_member_integer(writer, "tags_of_no_commit", (int64_t)material->skipped.count);
    json_member_integer(writer, "unreadable", (int64_t)material->bad);
    json_member_integer(writer, "ignored", (int64_t)notes->ignored);
    json_member_integer(writer, "other_units", (int64_t)notes->other_units);
    json_end_object(writer);
    json_member_text(writer, "verdict", report_verdict(report));
    if (material->empty.count + material->skipped.count + material->faults.count > 0) {
        json_write_key(writer, "metadata");
        json_begin_object(writer);
        write_list(writer, "points_without_data", &material->empty);
        write_list(writer, "tags_of_no_commit", &material->skipped);
        write_list(writer, "warnings", &material->faults);
        json_end_object(writer);
    }
    json_end_object(writer);
}

void write_jsonl(struct buffer *out, const struct report *report)
{
    for (size_t i = 0; i < report->row_count; i++) {
        struct json_writer writer = json_writer(out, 0);
        write_series(&writer, report, report->rows[i]);
        buffer_add_char(out, '\n');
    }
    if (report->settings->spread)
        return;
    struct json_writer writer = json_writer(out, 0);
    write_summary(&writer, report);
    buffer_add_char(out, '\n');
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/line.h"
#include "report.h"
#include "json/writer.h"

#include <math.h>

/* `trend` lines and the `summary` line; benchline-report(5) has every member. */

static void member_interval(struct json_writer *writer, const char *key, struct interval interval)
{
    line_member_interval(writer, key, interval.low, interval.high);
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

static void write_point_names(struct json_writer *writer, const struct trend_point *point)
{
    line_member_text(writer, "ref", point->ref);
    line_member_text(writer, "commit", point->commit);
}

/* What all series say of a point, as JSON objects: one for each, in the arena. */
static struct slice *point_heads(const struct report *report, struct arena *arena)
{
    size_t count;
    const struct trend_point *points = trend_points(report->trend, &count);
    struct slice *heads = arena_take(arena, (count + 1) * sizeof *heads);
    struct buffer head = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        struct json_writer writer = json_writer(&head, 0);
        buffer_reset(&head);
        json_begin_object(&writer);
        write_point_names(&writer, &points[i]);
        int64_t ns = points[i].ns;
        if (ns >= 0 && ns % 1000000000 == 0)
            json_member_integer(&writer, "ts", ns / 1000000000);
        else if (ns >= 0)
            /* Whole microseconds are exact in a double, nanoseconds of today are not. */
            json_member_double(&writer, "ts", (double)(ns / 1000) / 1e6);
        json_end_object(&writer);
        heads[i] = arena_slice(arena, buffer_slice(&head));
    }
    buffer_release(&head);
    return heads;
}

static void write_point(
    struct json_writer *writer, struct slice head, const struct trend_value *value)
{
    json_begin_object(writer);
    json_write_members(writer, head);
    if (value->n >= 0 && value->n < 9e15)
        json_member_integer(writer, "n", (int64_t)value->n);
    json_member_double(writer, "median", value->median);
    member_interval(writer, "median_ci", (struct interval){value->low, value->high, NAN});
    json_end_object(writer);
}

static void write_change(struct json_writer *writer, const struct report *report,
    const struct trend_series *series, const struct trend_change *change)
{
    size_t count;
    const struct trend_point *points = trend_points(report->trend, &count);
    json_begin_object(writer);
    json_member_integer(writer, "index", (int64_t)change->index);
    write_point_names(writer, &points[series->values[change->index].point]);
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
    json_member_array(writer, "changes");
    for (size_t i = 0; i < series->change_count; i++)
        write_change(writer, report, series, &series->changes[i]);
    json_end_array(writer);
    json_member_array(writer, "slopes");
    for (size_t i = 0; i < series->slope_count; i++)
        write_slope(writer, &series->slopes[i]);
    json_end_array(writer);
    json_member_array(writer, "outliers");
    for (size_t i = 0; i < series->outlier_count; i++)
        json_write_integer(writer, (int64_t)series->outliers[i]);
    json_end_array(writer);
}

static void write_series(struct json_writer *writer, const struct report *report,
    const struct trend_series *series, const struct slice *heads)
{
    line_begin(writer, "trend");
    write_names(writer, series);
    line_member_text(writer, "machine", series->machine);
    json_member_slice(writer, "metric", series->metric);
    json_member_slice(writer, "unit", series->unit);
    json_member_text(writer, "better", better_text(series->better));
    json_member_array(writer, "points");
    for (size_t i = 0; i < series->count; i++)
        write_point(writer, heads[series->values[i].point], &series->values[i]);
    json_end_array(writer);
    if (!report->settings->spread)
        write_findings(writer, report, series);
    json_member_object(writer, "noise");
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
    json_member_array(writer, key);
    for (size_t i = 0; i < names->count; i++)
        json_write_text(writer, names->items[i]);
    json_end_array(writer);
}

static void write_summary(struct json_writer *writer, const struct report *report)
{
    const struct material *material = report->material;
    const struct trend_notes *notes = trend_notes_of(report->trend);
    line_begin(writer, "summary");
    json_member_text(writer, "tool", "bench-trend");
    json_member_object(writer, "counts");
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
        json_member_object(writer, "metadata");
        write_list(writer, "points_without_data", &material->empty);
        write_list(writer, "tags_of_no_commit", &material->skipped);
        write_list(writer, "warnings", &material->faults);
        json_end_object(writer);
    }
    json_end_object(writer);
}

void write_jsonl(struct buffer *out, const struct report *report)
{
    struct arena arena = ARENA_INIT;
    const struct slice *heads = point_heads(report, &arena);
    for (size_t i = 0; i < report->row_count; i++) {
        struct json_writer writer = json_writer(out, 0);
        write_series(&writer, report, report->rows[i], heads);
        buffer_add_char(out, '\n');
    }
    arena_release(&arena);
    if (report->settings->spread)
        return;
    struct json_writer writer = json_writer(out, 0);
    write_summary(&writer, report);
    buffer_add_char(out, '\n');
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lines.h"

#include "process/clock.h"
#include "record/time.h"
#include "record/version.h"
#include "stats/distribution.h"
#include "tool/tool.h"

#include <math.h>
#include <stdio.h>

static void begin_line(struct lines *lines, const char *kind)
{
    lines->writer = json_writer(&lines->text, 0);
    json_begin_object(&lines->writer);
    json_member_text(&lines->writer, "schema_version", report_version_text(REPORT_CURRENT));
    json_member_text(&lines->writer, "kind", kind);
    json_member_text(&lines->writer, "run_id", lines->run_id);
}

static void end_line(struct lines *lines)
{
    json_end_object(&lines->writer);
    buffer_add_char(&lines->text, '\n');
}

static void member_time(struct json_writer *writer, const char *key, int64_t nanoseconds)
{
    char text[TIME_TEXT];
    time_text(nanoseconds / 1000000000 * 1000000000, text);
    json_member_text(writer, key, text);
}

static void member_program(
    struct json_writer *writer, const char *key, const char *name, const char *version)
{
    json_member_object(writer, key);
    json_member_text(writer, "name", name);
    json_member_text(writer, "version", version);
    json_end_object(writer);
}

void lines_start(struct lines *lines, const char *producer, const struct lines_config *config)
{
    struct json_writer *writer = &lines->writer;
    *lines = (struct lines){.text = BUFFER_INIT};
    snprintf(lines->run_id, sizeof lines->run_id, "%s-%lld", producer,
        (long long)(config->started / 1000000000));
    begin_line(lines, "run");
    member_time(writer, "started_at", config->started);
    member_program(writer, "producer", producer, tool_version());
    member_program(writer, "subject", "benchline", tool_version());
    json_member_object(writer, "config");
    json_write_key(writer, "reports");
    json_write_unsigned(writer, config->reports);
    json_write_key(writer, "seed");
    json_write_unsigned(writer, config->seed);
    json_end_object(writer);
    end_line(lines);
}

void lines_begin(struct lines *lines, const char *suite, const char *name)
{
    struct json_writer *writer = &lines->writer;
    begin_line(lines, "result");
    json_member_object(writer, "benchmark");
    json_member_text(writer, "suite", suite);
    json_member_text(writer, "name", name);
    json_member_object(writer, "params");
}

void lines_metrics(struct lines *lines, const char *variant, const char *reason)
{
    struct json_writer *writer = &lines->writer;
    json_end_object(writer);
    json_end_object(writer);
    if (variant)
        json_member_text(writer, "variant", variant);
    json_member_text(writer, "outcome", reason ? "failed" : "passed");
    if (reason)
        json_member_text(writer, "reason", reason);
    json_member_array(writer, "metrics");
    lines->results++;
    lines->failed += reason != NULL;
}

struct lines_interval lines_interval_of(uint64_t hits, uint64_t trials)
{
    double n = (double)trials, share = (double)hits / n, z = normal_critical(0.05), z2 = z * z / n;
    double centre = (share + z2 / 2) / (1 + z2);
    double half = z * sqrt(share * (1 - share) / n + z2 / (4 * n)) / (1 + z2);
    return (struct lines_interval){fmax(0, centre - half), fmin(1, centre + half)};
}

/* Of shares, no more digits than so many trials can tell. */
static double shown(double share)
{
    return round(share * 1e5) / 1e5;
}

void lines_rate(
    struct lines *lines, const char *name, const char *better, uint64_t hits, uint64_t trials)
{
    struct json_writer *writer = &lines->writer;
    if (trials == 0)
        return;
    struct lines_interval interval = lines_interval_of(hits, trials);
    double n = (double)trials, share = (double)hits / n;
    json_begin_object(writer);
    json_member_text(writer, "name", name);
    json_member_text(writer, "unit", "1");
    json_member_text(writer, "better", better);
    json_member_object(writer, "summary");
    json_write_key(writer, "n");
    json_write_unsigned(writer, trials);
    json_member_double(writer, "mean", shown(share));
    json_member_double(writer, "sd", shown(sqrt(share * (1 - share) * n / fmax(1, n - 1))));
    json_end_object(writer);
    json_member_object(writer, "metadata");
    json_member_array(writer, "interval");
    json_write_double(writer, shown(interval.low));
    json_write_double(writer, shown(interval.high));
    json_end_array(writer);
    json_end_object(writer);
    json_end_object(writer);
}

void lines_value(struct lines *lines, const char *name, const char *better, double value,
    double limit, bool at_least)
{
    struct json_writer *writer = &lines->writer;
    json_begin_object(writer);
    json_member_text(writer, "name", name);
    json_member_text(writer, "unit", "1");
    json_member_text(writer, "better", better);
    json_member_array(writer, "samples");
    json_write_double(writer, shown(value));
    json_end_array(writer);
    json_member_object(writer, "metadata");
    json_member_double(writer, at_least ? "at_least" : "at_most", limit);
    json_end_object(writer);
    json_end_object(writer);
}

void lines_finish(struct lines *lines)
{
    json_end_array(&lines->writer);
    end_line(lines);
}

void lines_end(struct lines *lines)
{
    struct json_writer *writer = &lines->writer;
    begin_line(lines, "end");
    member_time(writer, "ended_at", clock_real());
    json_member_bool(writer, "interrupted", false);
    json_member_object(writer, "counts");
    json_write_key(writer, "passed");
    json_write_unsigned(writer, lines->results - lines->failed);
    json_write_key(writer, "failed");
    json_write_unsigned(writer, lines->failed);
    json_end_object(writer);
    end_line(lines);
}

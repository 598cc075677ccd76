/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal.h"

#include "base/memory.h"
#include "journal_run.h"
#include "parameters.h"
#include "process/clock.h"
#include "record/machine.h"
#include "record/time.h"
#include "record/version.h"
#include "json/writer.h"

#include <stdio.h>
#include <stdlib.h>

struct journal {
    struct output *output;
    const struct context *context;
    const struct settings *settings;
    const struct plan *plan;
    struct buffer text; /* the line that is made */
    struct json_writer writer;
    int64_t written;
    const struct calibration *calibration; /* of a run that is gone on with; else NULL */
};

struct journal *journal_create(struct output *output, const struct context *context,
    const struct settings *settings, const struct plan *plan)
{
    struct journal *journal = memory_zero(1, sizeof *journal);
    journal->output = output;
    journal->context = context;
    journal->settings = settings;
    journal->plan = plan;
    return journal;
}

void journal_free(struct journal *journal)
{
    if (!journal)
        return;
    buffer_release(&journal->text);
    free(journal);
}

static struct json_writer *begin_line(struct journal *journal, const char *kind)
{
    struct json_writer *writer = &journal->writer;
    buffer_reset(&journal->text);
    *writer = json_writer(&journal->text, 0);
    json_begin_object(writer);
    json_member_text(writer, "schema_version", report_version_text(REPORT_CURRENT));
    json_member_text(writer, "kind", kind);
    json_member_text(writer, "run_id", journal->context->run_id);
    return writer;
}

static int end_line(struct journal *journal, struct error *error)
{
    json_end_object(&journal->writer);
    buffer_add_char(&journal->text, '\n');
    journal->written++;
    if (!journal->output)
        return 0;
    return output_write(journal->output, buffer_slice(&journal->text), error);
}

void journal_member_time(struct json_writer *writer, const char *key, int64_t nanoseconds)
{
    char text[TIME_TEXT];
    time_text(nanoseconds / 1000000 * 1000000, text);
    json_member_text(writer, key, text);
}

/* Unix seconds, to the microsecond: a double holds no more of today's. */
static void member_unix(struct json_writer *writer, const char *key, int64_t nanoseconds)
{
    json_member_double(writer, key, (double)(nanoseconds / 1000) / 1e6);
}

void journal_continue(struct journal *journal, int64_t lines, const struct calibration *calibration)
{
    journal->written = lines;
    journal->calibration = calibration;
}

int journal_run(struct journal *journal, const struct calibration *calibration, struct error *error)
{
    journal_run_members(begin_line(journal, "run"), journal->settings, journal->context,
        journal->plan, calibration);
    return end_line(journal, error);
}

/* One metric of a subject: a measured kind, or behind them one from the output. */
struct metric_line {
    const struct series *series;
    size_t which;
    const char *name, *unit, *better;
};

static void write_values(struct json_writer *writer, const char *key,
    const struct samples_taken *taken, const struct metric_line *metric)
{
    size_t extra_count = metric->series->extra_count;
    json_member_array(writer, key);
    for (size_t i = 0; i < taken->count; i++)
        json_write_double(writer, metric->which < MEASURED
                                      ? taken->items[i].values[metric->which]
                                      : taken->extra[i * extra_count + metric->which - MEASURED]);
    json_end_array(writer);
}

static void write_discarded(
    struct json_writer *writer, const struct journal *journal, const struct metric_line *metric)
{
    char rule[40];
    if (metric->series->discarded.count == 0)
        return;
    snprintf(rule, sizeof rule, "first %lld", (long long)journal->settings->discard);
    json_member_object(writer, "discarded");
    json_member_text(writer, "rule", rule);
    write_values(writer, "values", &metric->series->discarded, metric);
    json_end_object(writer);
}

static void write_pairs(struct json_writer *writer, const struct samples_taken *taken)
{
    json_member_array(writer, "pairs");
    for (size_t i = 0; i < taken->count; i++)
        json_write_integer(writer, taken->rounds[i]);
    json_end_array(writer);
}

static void write_metric(
    struct journal *journal, const struct subject *subject, const struct metric_line *metric)
{
    struct json_writer *writer = &journal->writer;
    const struct series *series = &subject->series;
    json_begin_object(writer);
    json_member_text(writer, "name", metric->name);
    json_member_text(writer, "unit", metric->unit);
    if (metric->better)
        json_member_text(writer, "better", metric->better);
    write_values(writer, "samples", &series->pending, metric);
    if (series->warmup.count > 0)
        write_values(writer, "warmup", &series->warmup, metric);
    write_discarded(writer, journal, metric);
    if (subject->paired)
        write_pairs(writer, &series->pending);
    json_end_object(writer);
}

static void write_parameters(struct json_writer *writer, const struct cell *cell)
{
    const struct bench *bench = cell->bench;
    if (bench->parameter_count == 0)
        return;
    json_member_object(writer, "params");
    for (size_t i = 0; i < bench->parameter_count; i++) {
        const char *value = bench->parameters[i].values[cell->chosen[i]];
        json_write_key(writer, bench->parameters[i].name);
        if (parameter_is_number(value))
            json_write_raw(writer, slice_of(value));
        else
            json_write_text(writer, value);
    }
    json_end_object(writer);
}

static void write_labels(struct json_writer *writer, const struct bench *bench)
{
    if (bench->label_count == 0)
        return;
    json_member_object(writer, "labels");
    for (size_t i = 0; i < bench->label_count; i++)
        json_member_text(writer, bench->labels[i].name, bench->labels[i].value);
    json_end_object(writer);
}

static void write_identity(struct json_writer *writer, const struct subject *subject)
{
    const struct cell *cell = subject->cell;
    json_member_object(writer, "benchmark");
    if (cell->bench->suite)
        json_member_text(writer, "suite", cell->bench->suite);
    json_member_text(writer, "name", cell->name);
    write_parameters(writer, cell);
    json_end_object(writer);
    if (cell->variant)
        json_member_text(writer, "variant", cell->variant);
    json_member_integer(writer, "repetition", cell->repetition);
    json_member_integer(writer, "part", subject->series.parts);
    write_labels(writer, cell->bench);
}

static void member_or_null(struct json_writer *writer, const char *key, int64_t value, bool known)
{
    json_write_key(writer, key);
    if (known)
        json_write_integer(writer, value);
    else
        json_write_null(writer);
}

static void write_failure(struct json_writer *writer, const struct subject *subject)
{
    const struct process_result *result = &subject->failure;
    if (subject->reason)
        json_member_text(writer, "reason", subject->reason);
    if (!subject->has_failure)
        return;
    json_member_object(writer, "failure");
    member_or_null(writer, "exit_status", result->exit_code, result->exit_code >= 0);
    member_or_null(writer, "signal", result->signal, result->signal > 0);
    json_member_bool(writer, "timed_out", result->timed_out);
    json_member_slice(
        writer, "stderr", (struct slice){subject->failure_errors, subject->failure_errors_size});
    json_end_object(writer);
}

static void write_outputs(struct json_writer *writer, const struct subject *subject)
{
    if (subject->digest_count == 0)
        return;
    json_write_key(writer, "output_sha256");
    if (subject->digest_count == 1) {
        json_write_text(writer, subject->digests[0]);
        return;
    }
    json_begin_array(writer);
    for (size_t i = 0; i < subject->digest_count; i++)
        json_write_text(writer, subject->digests[i]);
    json_end_array(writer);
}

static void write_measured(struct journal *journal, const struct subject *subject)
{
    struct json_writer *writer = &journal->writer;
    const struct series *series = &subject->series;
    if (series->pending.count > 0) {
        member_unix(writer, "started_ts", context_real(journal->context, series->first_ns));
        member_unix(writer, "ended_ts", context_real(journal->context, series->last_ns));
    }
    json_member_array(writer, "metrics");
    size_t count = journal->settings->counters ? MEASURED : MEASURED_COUNTERS;
    for (size_t i = 0; i < count; i++) {
        const struct measured_kind *kind = &measured_kinds[i];
        write_metric(journal, subject,
            &(struct metric_line){series, i, kind->name, kind->unit, kind->better});
    }
    for (size_t i = 0; i < series->extra_count; i++) {
        const struct extraction *extraction = &subject->cell->bench->extractions[i];
        write_metric(journal, subject,
            &(struct metric_line){series, MEASURED + i, extraction->name, subject_unit(subject, i),
                extraction->better});
    }
    json_end_array(writer);
}

static void write_metadata(struct json_writer *writer, const struct subject *subject)
{
    json_member_object(writer, "metadata");
    json_member_text(writer, "command", subject->cell->command);
    if (subject->cell->bench->reference)
        json_member_bool(writer, "reference", true);
    if (subject->ignored_failures > 0)
        json_member_integer(writer, "ignored_failures", subject->ignored_failures);
    if (subject->left_behind > 0)
        json_member_integer(writer, "processes_left_behind", subject->left_behind);
    json_end_object(writer);
}

int journal_result(struct journal *journal, struct subject *subject, struct error *error)
{
    struct series *series = &subject->series;
    struct json_writer *writer = begin_line(journal, "result");
    write_identity(writer, subject);
    json_member_text(writer, "outcome", outcome_text(subject->outcome));
    write_failure(writer, subject);
    write_outputs(writer, subject);
    if (series->pending.count > 0 || series->warmup.count > 0 || series->discarded.count > 0)
        write_measured(journal, subject);
    json_write_key(writer, "health");
    machine_write_health(writer, &journal->context->now, &journal->context->flags);
    write_metadata(writer, subject);
    subject->untold = false;
    series_written(series);
    return end_line(journal, error);
}

int journal_end(struct journal *journal, const struct subject *subjects, size_t count,
    const struct stopping *stopping, bool interrupted, struct error *error)
{
    int64_t outcomes[OUTCOME_ERROR + 1] = {0}, results = 0, samples = 0;
    for (size_t i = 0; i < count; i++) {
        if (subjects[i].series.parts == 0)
            continue;
        results++;
        outcomes[subjects[i].outcome]++;
        samples += (int64_t)subjects[i].series.total;
    }
    struct json_writer *writer = begin_line(journal, "end");
    journal_member_time(writer, "ended_at", context_real(journal->context, clock_monotonic()));
    json_member_bool(writer, "interrupted", interrupted);
    json_member_object(writer, "counts");
    json_member_integer(writer, "lines", journal->written + 1);
    json_member_integer(writer, "results", results);
    for (int i = 0; i <= OUTCOME_ERROR; i++)
        json_member_integer(writer, outcome_text((enum outcome)i), outcomes[i]);
    json_member_integer(writer, "samples", samples);
    json_end_object(writer);
    json_write_key(writer, "stopping");
    stopping_write(writer, journal->settings, stopping);
    if (journal->calibration)
        journal_member_calibration(writer, journal->calibration, journal->plan);
    return end_line(journal, error);
}

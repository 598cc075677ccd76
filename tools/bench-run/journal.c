/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal.h"

#include "base/memory.h"
#include "process/clock.h"
#include "record/machine.h"
#include "record/time.h"
#include "record/version.h"
#include "tool/tool.h"
#include "json/writer.h"

#include <stdlib.h>

struct journal {
    struct output *output;
    const struct context *context;
    struct buffer text; /* the line that is made */
    struct json_writer writer;
    int64_t written;
};

struct journal *journal_create(struct output *output, const struct context *context)
{
    struct journal *journal = memory_zero(1, sizeof *journal);
    journal->output = output;
    journal->context = context;
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
    return output_write(journal->output, buffer_slice(&journal->text), error);
}

static void begin_member(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_begin_object(writer);
}

static void member_time(struct json_writer *writer, const char *key, int64_t nanoseconds)
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

static void write_head(struct json_writer *writer, const struct git_head *head)
{
    begin_member(writer, "vcs");
    if (head->commit.hex[0])
        json_member_text(writer, "commit", head->commit.hex);
    json_member_text(writer, "branch", head->branch);
    json_member_text(writer, "tag", head->tag);
    if (head->dirty != GIT_DIRTY_UNKNOWN)
        json_member_bool(writer, "dirty", head->dirty == GIT_DIRTY_YES);
    if (head->committed_at[0])
        json_member_text(writer, "committed_at", head->committed_at);
    json_end_object(writer);
}

static void write_config(
    struct json_writer *writer, const struct settings *settings, const struct plan *plan)
{
    begin_member(writer, "config");
    if (settings->runs > 0)
        json_member_integer(writer, "runs", settings->runs);
    json_member_integer(writer, "warmup", settings->warmup);
    json_write_key(writer, "commands");
    json_begin_array(writer);
    for (size_t i = 0; i < plan->count; i++)
        json_write_text(writer, plan->cells[i].command);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_order(
    struct json_writer *writer, const struct settings *settings, const struct context *context)
{
    begin_member(writer, "order");
    json_member_text(writer, "mode", order_names[settings->order]);
    if (settings->order == ORDER_INTERLEAVED)
        json_member_integer(writer, "seed", (int64_t)context->seed);
    json_end_object(writer);
}

static void write_stopping(struct json_writer *writer, const struct settings *settings)
{
    begin_member(writer, "stopping");
    json_member_text(writer, "rule", settings->runs > 0 ? "fixed" : "time");
    if (settings->runs > 0) {
        begin_member(writer, "max");
        json_member_integer(writer, "samples", settings->runs);
        json_end_object(writer);
    }
    json_end_object(writer);
}

int journal_run(struct journal *journal, const struct settings *settings, const struct plan *plan,
    struct error *error)
{
    const struct context *context = journal->context;
    struct json_writer *writer = begin_line(journal, "run");
    member_time(writer, "started_at", context->started_real_ns);
    begin_member(writer, "producer");
    json_member_text(writer, "name", tool_name());
    json_member_text(writer, "version", tool_version());
    json_end_object(writer);
    if (context->has_head)
        write_head(writer, &context->head);
    json_write_key(writer, "system");
    machine_write_system(writer, &context->facts);
    write_config(writer, settings, plan);
    write_order(writer, settings, context);
    write_stopping(writer, settings);
    json_member_text(writer, "sampling", "process");
    return end_line(journal, error);
}

static void write_values(struct json_writer *writer, const char *key,
    const struct samples_taken *taken, enum measured which)
{
    json_write_key(writer, key);
    json_begin_array(writer);
    for (size_t i = 0; i < taken->count; i++)
        json_write_double(writer, taken->items[i].values[which]);
    json_end_array(writer);
}

static void write_metric(
    struct json_writer *writer, const struct subject *subject, enum measured which)
{
    const struct series *series = &subject->series;
    json_begin_object(writer);
    json_member_text(writer, "name", measured_kinds[which].name);
    json_member_text(writer, "unit", measured_kinds[which].unit);
    json_member_text(writer, "better", measured_kinds[which].better);
    write_values(writer, "samples", &series->pending, which);
    if (series->warmup.count > 0)
        write_values(writer, "warmup", &series->warmup, which);
    if (subject->paired) {
        json_write_key(writer, "pairs");
        json_begin_array(writer);
        for (size_t i = 0; i < series->pending.count; i++)
            json_write_integer(writer, series->pending.rounds[i]);
        json_end_array(writer);
    }
    json_end_object(writer);
}

static void write_identity(struct json_writer *writer, const struct subject *subject)
{
    const struct cell *cell = subject->cell;
    begin_member(writer, "benchmark");
    json_member_text(writer, "name", cell->name);
    json_end_object(writer);
    if (cell->variant)
        json_member_text(writer, "variant", cell->variant);
    json_member_integer(writer, "repetition", cell->repetition);
    json_member_integer(writer, "part", subject->series.parts);
}

static void write_failure(struct json_writer *writer, const struct subject *subject)
{
    const struct process_result *result = &subject->failure;
    json_member_text(writer, "reason", subject->reason);
    if (result->failed != PROCESS_STARTED)
        return;
    begin_member(writer, "failure");
    json_write_key(writer, "exit_status");
    if (result->exit_code >= 0)
        json_write_integer(writer, result->exit_code);
    else
        json_write_null(writer);
    json_write_key(writer, "signal");
    if (result->signal > 0)
        json_write_integer(writer, result->signal);
    else
        json_write_null(writer);
    json_member_bool(writer, "timed_out", result->timed_out);
    json_member_slice(
        writer, "stderr", (struct slice){subject->failure_errors, subject->failure_errors_size});
    json_end_object(writer);
}

static void write_measured(
    struct json_writer *writer, const struct context *context, const struct subject *subject)
{
    const struct series *series = &subject->series;
    if (series->pending.count > 0) {
        member_unix(writer, "started_ts", context_real(context, series->first_ns));
        member_unix(writer, "ended_ts", context_real(context, series->last_ns));
    }
    json_write_key(writer, "metrics");
    json_begin_array(writer);
    for (int i = 0; i < MEASURED; i++)
        write_metric(writer, subject, (enum measured)i);
    json_end_array(writer);
}

int journal_result(struct journal *journal, struct subject *subject, struct error *error)
{
    struct series *series = &subject->series;
    struct json_writer *writer = begin_line(journal, "result");
    write_identity(writer, subject);
    json_member_text(writer, "outcome", outcome_text(subject->outcome));
    if (subject->over)
        write_failure(writer, subject);
    if (series->pending.count > 0 || series->warmup.count > 0)
        write_measured(writer, journal->context, subject);
    json_write_key(writer, "health");
    machine_write_health(writer, &journal->context->now, &journal->context->flags);
    begin_member(writer, "metadata");
    json_member_text(writer, "command", subject->cell->command);
    json_end_object(writer);
    subject->untold = false;
    series_written(series);
    return end_line(journal, error);
}

int journal_end(struct journal *journal, const struct subject *subjects, size_t count,
    bool interrupted, struct error *error)
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
    member_time(writer, "ended_at", context_real(journal->context, clock_monotonic()));
    json_member_bool(writer, "interrupted", interrupted);
    begin_member(writer, "counts");
    json_member_integer(writer, "lines", journal->written + 1);
    json_member_integer(writer, "results", results);
    for (int i = 0; i <= OUTCOME_ERROR; i++)
        json_member_integer(writer, outcome_text((enum outcome)i), outcomes[i]);
    json_member_integer(writer, "samples", samples);
    json_end_object(writer);
    return end_line(journal, error);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "record/line.h"
#include "json/writer.h"

#include <math.h>

/* `comparison` lines and the `summary` line; benchline-report(5) has every member. */

static void member_interval(struct json_writer *writer, const char *key, struct interval interval)
{
    line_member_interval(writer, key, interval.low, interval.high);
}

/* ---- a comparison ---------------------------------------------------------------- */

static void write_side(struct json_writer *writer, const char *key,
    const struct comparison_side *side, const struct run_effects *runs, enum scale scale)
{
    double share = scale == SCALE_LOG ? 1 : fabs(side->mean);
    json_member_object(writer, key);
    line_member_count(writer, "n", (double)side->n);
    line_member_count(writer, "runs", (double)side->runs);
    json_member_double(writer, "median", side->median);
    member_interval(writer, "median_ci", side->median_ci);
    json_member_double(writer, "mean", side->mean);
    json_member_double(writer, "sd", side->sd);
    json_member_double(writer, "cv", side->cv);
    json_member_double(writer, "cv_within", runs->within_sd / share);
    json_member_double(writer, "cv_between", runs->between_sd / share);
    json_member_double(writer, "mad", side->mad);
    json_member_double(writer, "min", side->min);
    json_member_double(writer, "max", side->max);
    json_member_double(writer, "p95", side->p95);
    json_member_double(writer, "p99", side->p99);
    json_end_object(writer);
}

static void write_p(struct json_writer *writer, const char *key, double p)
{
    json_member_object(writer, key);
    json_member_double(writer, "p", p);
    json_end_object(writer);
}

static void write_change(struct json_writer *writer, const struct comparison *comparison)
{
    json_member_object(writer, "change");
    json_member_double(writer, "ratio", comparison->change.ratio);
    member_interval(writer, "ratio_ci", comparison->change.ratio_ci);
    json_member_double(writer, "shift", comparison->change.shift);
    member_interval(writer, "shift_ci", comparison->change.shift_ci);
    json_end_object(writer);
    json_member_object(writer, "test");
    json_member_text(writer, "name", test_name(comparison->test.name));
    json_member_double(writer, "statistic", comparison->test.statistic);
    json_member_double(writer, "p", comparison->test.p);
    json_member_double(writer, "p_adjusted", comparison->test.p_adjusted);
    json_write_key(writer, "exact");
    if (isnan(comparison->test.p))
        json_write_null(writer);
    else
        json_write_bool(writer, comparison->test.exact);
    json_end_object(writer);
    write_p(writer, "spread", comparison->spread_p);
    write_p(writer, "shape", comparison->shape_p);
    json_member_object(writer, "effect");
    json_member_double(writer, "cliffs_delta", comparison->cliffs_delta);
    json_end_object(writer);
    member_interval(writer, "band", comparison->band);
}

static void write_verdict(struct json_writer *writer, const struct comparison *comparison)
{
    json_member_text(writer, "verdict", verdict_name(comparison->verdict));
    json_member_array(writer, "reasons");
    for (int i = 0; i < REASONS; i++)
        if (comparison->reasons & reason_bit((enum reason)i))
            json_write_text(writer, reason_name((enum reason)i));
    json_end_array(writer);
}

static void write_metadata(
    struct json_writer *writer, const struct contrast *contrast, double usual_alpha)
{
    bool critical = contrast->importance == IMPORTANCE_CRITICAL;
    double alpha = contrast->compared ? contrast->comparison.work.alpha : usual_alpha;
    if (contrast->failure.size == 0 && !contrast->accepted && !critical && alpha == usual_alpha)
        return;
    json_member_object(writer, "metadata");
    line_member_text(writer, "failure", contrast->failure);
    if (alpha != usual_alpha)
        json_member_double(writer, "alpha", alpha);
    if (critical)
        json_member_text(writer, "importance", "critical");
    if (contrast->accepted) {
        json_member_object(writer, "accepted");
        json_member_slice(writer, "commit", contrast->accepted->commit);
        json_member_slice(writer, "reason", contrast->accepted->reason);
        json_end_object(writer);
    }
    json_end_object(writer);
}

static void write_comparison(
    struct json_writer *writer, const struct report *report, const struct contrast *contrast)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct report_result *facts = &contrast->shown->facts;
    line_begin(writer, "comparison");
    line_benchmark(writer, facts);
    line_model(writer, facts);
    line_member_text(writer, "modality", facts->modality);
    line_member_text(writer, "variant", contrast->group->variant);
    line_member_text(writer, "machine", contrast->group->machine);
    if (contrast->metric.data) {
        json_member_slice(writer, "metric", contrast->metric);
        json_member_slice(writer, "unit", contrast->unit);
        json_member_text(writer, "better", better_text(contrast->better));
        if (contrast->compared)
            json_member_text(writer, "scale", comparison->scale == SCALE_LOG ? "log" : "raw");
        if (comparison->verdict != VERDICT_ADDED)
            write_side(
                writer, "base", &comparison->base, &comparison->work.base_runs, comparison->scale);
        if (comparison->verdict != VERDICT_REMOVED)
            write_side(
                writer, "head", &comparison->head, &comparison->work.head_runs, comparison->scale);
    }
    if (contrast->compared)
        write_change(writer, comparison);
    write_verdict(writer, comparison);
    if (contrast->compared) {
        json_write_key(writer, "needed");
        if (isnan(comparison->needed.samples) && isnan(comparison->needed.runs)) {
            json_write_null(writer);
        } else {
            json_begin_object(writer);
            line_member_count(writer, "samples", comparison->needed.samples);
            line_member_count(writer, "runs", comparison->needed.runs);
            json_end_object(writer);
        }
    }
    write_metadata(writer, contrast, report->settings->alpha);
    json_end_object(writer);
}

/* ---- the summary ------------------------------------------------------------------- */

static void write_counts(struct json_writer *writer, const struct report *report)
{
    const struct sides_notes *notes = sides_notes(report->sides);
    json_member_object(writer, "counts");
    json_member_integer(writer, "comparisons", (int64_t)report->row_count);
    for (int i = 0; i < VERDICTS; i++)
        json_member_integer(writer, verdict_name((enum verdict)i), (int64_t)report->counts[i]);
    json_member_integer(writer, "tests", (int64_t)report->contrasts->findings.tests);
    json_member_integer(writer, "skipped", (int64_t)report->contrasts->skipped);
    json_member_integer(writer, "accepted", (int64_t)report->accepted);
    json_member_integer(writer, "informational", (int64_t)report->informational);
    json_member_integer(writer, "ignored", (int64_t)report->contrasts->ignored);
    json_member_integer(writer, "shared_lines", (int64_t)notes->shared);
    json_member_integer(writer, "older_lines", (int64_t)notes->older);
    json_end_object(writer);
}

static void write_means(struct json_writer *writer, const struct report *report)
{
    json_member_array(writer, "geometric_means");
    for (size_t i = 0; i < report->mean_count; i++) {
        json_begin_object(writer);
        json_member_slice(writer, "metric", report->means[i].metric);
        json_member_slice(writer, "unit", report->means[i].unit);
        json_member_double(writer, "ratio", report->means[i].ratio);
        json_member_integer(writer, "benchmarks", (int64_t)report->means[i].count);
        json_end_object(writer);
    }
    json_end_array(writer);
}

/* Requests are there only where some result of the side tells them one by one. */
static void write_success(struct json_writer *writer, const struct report *report)
{
    static const char *const keys[SIDES] = {[SIDE_BASE] = "base", [SIDE_HEAD] = "head"};
    struct contrast_success success[SIDES];
    contrasts_success(success, report->sides);
    json_member_object(writer, "success");
    for (int side = 0; side < SIDES; side++) {
        json_member_object(writer, keys[side]);
        json_member_integer(writer, "results", (int64_t)success[side].results);
        json_member_integer(writer, "passed", (int64_t)success[side].passed);
        if (success[side].requests > 0) {
            json_member_integer(writer, "requests", (int64_t)success[side].requests);
            json_member_integer(writer, "answered", (int64_t)success[side].answered);
        }
        json_end_object(writer);
    }
    json_end_object(writer);
}

/* The command that would settle what is open, where there is one. */
static void write_advice(struct json_writer *writer, const struct report *report)
{
    struct buffer command = BUFFER_INIT;
    if (words_advice(&command, report))
        json_member_slice(writer, "advice", buffer_slice(&command));
    buffer_release(&command);
}

static void write_findings(struct json_writer *writer, const struct report *report)
{
    const struct family_findings *findings = &report->contrasts->findings;
    size_t count;
    const struct slice *machines = sides_machines(report->sides, &count);
    json_member_object(writer, "metadata");
    json_member_slice(writer, "base", report->inputs->names[SIDE_BASE]);
    json_member_slice(writer, "head", report->inputs->names[SIDE_HEAD]);
    json_member_double(writer, "band", report->settings->band);
    json_member_bool(writer, "strict", report->settings->strict);
    if (report->settings->policy)
        json_member_text(writer, "policy", report->settings->policy);
    if (report->history) {
        json_member_integer(writer, "history_runs", (int64_t)spread_runs(report->history));
        json_member_integer(writer, "history_trends", (int64_t)spread_trends(report->history));
    }
    write_advice(writer, report);
    write_success(writer, report);
    json_member_array(writer, "machines");
    for (size_t i = 0; i < count; i++)
        if (machines[i].size > 0)
            json_write_slice(writer, machines[i]);
    json_end_array(writer);
    json_member_double(writer, "rho", findings->rho);
    json_member_double(writer, "rho_p", findings->rho_p);
    json_member_bool(writer, "autocorrelated", findings->autocorrelated);
    write_means(writer, report);
    const struct sides_notes *notes = sides_notes(report->sides);
    json_member_array(writer, "shared_runs");
    for (size_t i = 0; i < notes->shared_run_count; i++)
        json_write_slice(writer, notes->shared_runs[i]->facts.run_id);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_summary(struct json_writer *writer, const struct report *report)
{
    line_begin(writer, "summary");
    json_member_text(writer, "tool", "bench-diff");
    write_counts(writer, report);
    json_member_double(writer, "alpha", report->settings->alpha);
    json_member_text(
        writer, "correction", report->settings->strict ? "holm" : "benjamini-hochberg");
    json_member_text(writer, "verdict", report_verdict(report));
    write_findings(writer, report);
    json_end_object(writer);
}

void write_jsonl(struct buffer *out, const struct report *report)
{
    for (size_t i = 0; i < report->row_count; i++) {
        struct json_writer writer = json_writer(out, 0);
        write_comparison(&writer, report, report->rows[i]);
        buffer_add_char(out, '\n');
    }
    struct json_writer writer = json_writer(out, 0);
    write_summary(&writer, report);
    buffer_add_char(out, '\n');
}

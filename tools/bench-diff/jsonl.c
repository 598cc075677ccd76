/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include "record/version.h"
#include "json/writer.h"

#include <math.h>

/* `comparison` lines and the `summary` line; benchline-report(5) has every member. */

static void begin_line(struct json_writer *writer, const char *kind)
{
    json_begin_object(writer);
    json_member_text(writer, "schema_version", report_version_text(REPORT_CURRENT));
    json_member_text(writer, "kind", kind);
}

static void begin_member(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_begin_object(writer);
}

static void member_if(struct json_writer *writer, const char *key, struct slice text)
{
    if (text.size > 0)
        json_member_slice(writer, key, text);
}

/* null where it is not known, whole where it is. */
static void member_count(struct json_writer *writer, const char *key, double count)
{
    json_write_key(writer, key);
    if (count >= 0 && count < 9e15)
        json_write_integer(writer, (int64_t)ceil(count));
    else
        json_write_null(writer);
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

/* ---- a comparison ---------------------------------------------------------------- */

static void write_benchmark(struct json_writer *writer, const struct report_result *facts)
{
    begin_member(writer, "benchmark");
    if (facts->suite_count == 1)
        member_if(writer, "suite", facts->suites[0]);
    else if (facts->suite_count > 1) {
        json_write_key(writer, "suite");
        json_begin_array(writer);
        for (size_t i = 0; i < facts->suite_count; i++)
            json_write_slice(writer, facts->suites[i]);
        json_end_array(writer);
    }
    json_member_slice(writer, "name", facts->name);
    if (facts->param_count > 0) {
        begin_member(writer, "params");
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

static void write_model(struct json_writer *writer, const struct report_result *facts)
{
    if (!facts->model_id.data)
        return;
    begin_member(writer, "model");
    member_if(writer, "id", facts->model_id);
    if (!isnan(facts->model_size_bytes))
        member_count(writer, "size_bytes", facts->model_size_bytes);
    member_if(writer, "family", facts->model_family);
    member_if(writer, "variant", facts->model_variant);
    member_if(writer, "framework", facts->model_framework);
    member_if(writer, "quantization", facts->model_quantization);
    json_end_object(writer);
}

static void write_side(struct json_writer *writer, const char *key,
    const struct comparison_side *side, const struct run_effects *runs, enum scale scale)
{
    double share = scale == SCALE_LOG ? 1 : fabs(side->mean);
    begin_member(writer, key);
    member_count(writer, "n", (double)side->n);
    member_count(writer, "runs", (double)side->runs);
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
    begin_member(writer, key);
    json_member_double(writer, "p", p);
    json_end_object(writer);
}

static void write_change(struct json_writer *writer, const struct comparison *comparison)
{
    begin_member(writer, "change");
    json_member_double(writer, "ratio", comparison->change.ratio);
    member_interval(writer, "ratio_ci", comparison->change.ratio_ci);
    json_member_double(writer, "shift", comparison->change.shift);
    member_interval(writer, "shift_ci", comparison->change.shift_ci);
    json_end_object(writer);
    begin_member(writer, "test");
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
    begin_member(writer, "effect");
    json_member_double(writer, "cliffs_delta", comparison->cliffs_delta);
    json_end_object(writer);
    member_interval(writer, "band", comparison->band);
}

static void write_verdict(struct json_writer *writer, const struct comparison *comparison)
{
    json_member_text(writer, "verdict", verdict_name(comparison->verdict));
    json_write_key(writer, "reasons");
    json_begin_array(writer);
    for (int i = 0; i < REASONS; i++)
        if (comparison->reasons & reason_bit((enum reason)i))
            json_write_text(writer, reason_name((enum reason)i));
    json_end_array(writer);
}

static void write_comparison(struct json_writer *writer, const struct contrast *contrast)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct report_result *facts = &contrast->shown->facts;
    static const char *const directions[] = {
        [BETTER_NONE] = "none", [BETTER_LOWER] = "lower", [BETTER_HIGHER] = "higher"};
    begin_line(writer, "comparison");
    write_benchmark(writer, facts);
    write_model(writer, facts);
    member_if(writer, "modality", facts->modality);
    member_if(writer, "variant", contrast->group->variant);
    member_if(writer, "machine", contrast->group->machine);
    if (contrast->metric.data) {
        json_member_slice(writer, "metric", contrast->metric);
        json_member_slice(writer, "unit", contrast->unit);
        json_member_text(writer, "better", directions[contrast->better]);
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
            member_count(writer, "samples", comparison->needed.samples);
            member_count(writer, "runs", comparison->needed.runs);
            json_end_object(writer);
        }
    }
    if (contrast->failure.size > 0) {
        begin_member(writer, "metadata");
        json_member_slice(writer, "failure", contrast->failure);
        json_end_object(writer);
    }
    json_end_object(writer);
}

/* ---- the summary ------------------------------------------------------------------- */

static void write_counts(struct json_writer *writer, const struct report *report)
{
    const struct sides_notes *notes = sides_notes(report->sides);
    begin_member(writer, "counts");
    json_member_integer(writer, "comparisons", (int64_t)report->row_count);
    for (int i = 0; i < VERDICTS; i++)
        json_member_integer(writer, verdict_name((enum verdict)i), (int64_t)report->counts[i]);
    json_member_integer(writer, "tests", (int64_t)report->contrasts->findings.tests);
    json_member_integer(writer, "skipped", (int64_t)report->contrasts->skipped);
    json_member_integer(writer, "shared_lines", (int64_t)notes->shared);
    json_member_integer(writer, "older_lines", (int64_t)notes->older);
    json_end_object(writer);
}

static void write_means(struct json_writer *writer, const struct report *report)
{
    json_write_key(writer, "geometric_means");
    json_begin_array(writer);
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

static void write_findings(struct json_writer *writer, const struct report *report)
{
    const struct family_findings *findings = &report->contrasts->findings;
    size_t count;
    const struct slice *machines = sides_machines(report->sides, &count);
    begin_member(writer, "metadata");
    json_member_slice(writer, "base", report->inputs->names[SIDE_BASE]);
    json_member_slice(writer, "head", report->inputs->names[SIDE_HEAD]);
    json_member_double(writer, "band", report->settings->band);
    json_member_bool(writer, "strict", report->settings->strict);
    json_write_key(writer, "machines");
    json_begin_array(writer);
    for (size_t i = 0; i < count; i++)
        if (machines[i].size > 0)
            json_write_slice(writer, machines[i]);
    json_end_array(writer);
    json_member_double(writer, "rho", findings->rho);
    json_member_double(writer, "rho_p", findings->rho_p);
    json_member_bool(writer, "autocorrelated", findings->autocorrelated);
    write_means(writer, report);
    const struct sides_notes *notes = sides_notes(report->sides);
    json_write_key(writer, "shared_runs");
    json_begin_array(writer);
    for (size_t i = 0; i < notes->shared_run_count; i++)
        json_write_slice(writer, notes->shared_runs[i]->facts.run_id);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_summary(struct json_writer *writer, const struct report *report)
{
    begin_line(writer, "summary");
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
        write_comparison(&writer, report->rows[i]);
        buffer_add_char(out, '\n');
    }
    struct json_writer writer = json_writer(out, 0);
    write_summary(&writer, report);
    buffer_add_char(out, '\n');
}

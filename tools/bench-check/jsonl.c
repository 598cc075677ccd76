/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/line.h"
#include "words.h"

#include <math.h>

/* `check` lines and the `summary` line; benchline-report(5) has every member. */

static void write_limit(struct json_writer *writer, const struct target_range *limit)
{
    bool both = isfinite(limit->low) && isfinite(limit->high) && limit->low != limit->high;
    if (both)
        line_member_interval(writer, "limit", limit->low, limit->high);
    else
        json_member_double(writer, "limit", isfinite(limit->high) ? limit->high : limit->low);
}

static void write_ratio(struct json_writer *writer, const struct judgement *judgement)
{
    if (isnan(judgement->ours) || isnan(judgement->theirs))
        return;
    json_member_object(writer, "ratio");
    json_member_double(writer, "ours", judgement->ours);
    json_member_double(writer, "theirs", judgement->theirs);
    json_member_slice(writer, "unit", judgement->parts_unit);
    json_end_object(writer);
}

static void write_reasons(struct json_writer *writer, const struct judgement *judgement)
{
    const char *reason;
    json_member_array(writer, "reasons");
    for (size_t i = 0; (reason = words_reason(judgement, i)) != NULL; i++)
        json_write_text(writer, reason);
    json_end_array(writer);
}

static void write_subject(struct json_writer *writer, const struct judgement *judgement)
{
    const struct target *target = judgement->target;
    line_member_text(writer, "name", target->name);
    if (judgement->shown) {
        const struct report_result *facts = &judgement->shown->facts;
        line_benchmark(writer, facts);
        line_model(writer, facts);
        line_member_text(writer, "modality", facts->modality);
        line_member_text(writer, "variant", facts->variant);
        line_member_text(writer, "machine", judgement->group->machine);
    }
    line_member_text(writer, "side", judgement->side);
    line_member_text(writer, "reference", target->reference);
    json_member_slice(writer, "metric", words_metric(target));
    json_member_slice(writer, "statistic", judgement->statistic);
}

static void write_check(struct json_writer *writer, const struct judgement *judgement)
{
    const char *grade = target_grade_name(judgement->grade);
    line_begin(writer, "check");
    json_member_slice(writer, "target", judgement->target->text);
    write_subject(writer, judgement);
    line_member_text(writer, "unit", judgement->unit);
    json_member_text(writer, "better", better_text(judgement->better));
    json_member_double(writer, "value", judgement->figure.value);
    line_member_interval(
        writer, "value_ci", judgement->figure.interval.low, judgement->figure.interval.high);
    write_limit(writer, &judgement->limit);
    write_ratio(writer, judgement);
    json_member_integer(writer, "n", (int64_t)judgement->n);
    json_member_integer(writer, "runs", (int64_t)judgement->runs);
    json_member_text(writer, "outcome", target_outcome_name(judgement->outcome));
    json_member_bool(writer, "missed", judgement->missed);
    if (grade)
        json_member_text(writer, "grade", grade);
    write_reasons(writer, judgement);
    json_end_object(writer);
}

static void write_summary(struct json_writer *writer, const struct report *report)
{
    const struct judgements *judgements = report->judgements;
    line_begin(writer, "summary");
    json_member_text(writer, "tool", "bench-check");
    json_member_object(writer, "counts");
    for (int i = 0; i < TARGET_OUTCOMES; i++)
        json_member_integer(
            writer, target_outcome_name((enum target_outcome)i), (int64_t)judgements->counts[i]);
    json_member_integer(writer, "missed", (int64_t)judgements->missed);
    json_end_object(writer);
    json_member_double(writer, "alpha", report->settings->alpha);
    json_member_text(writer, "correction", "none");
    json_member_text(writer, "verdict", report_verdict(report));
    json_member_object(writer, "metadata");
    json_member_text(writer, "targets", report->settings->targets);
    json_member_bool(writer, "prove", report->settings->prove);
    json_member_double(writer, "rho", judgements->rho);
    json_member_bool(writer, "autocorrelated", judgements->autocorrelated);
    json_end_object(writer);
    json_end_object(writer);
}

void write_jsonl(struct buffer *out, const struct report *report)
{
    for (size_t i = 0; i < report->judgements->count; i++) {
        struct json_writer writer = json_writer(out, 0);
        write_check(&writer, &report->judgements->items[i]);
        buffer_add_char(out, '\n');
    }
    struct json_writer writer = json_writer(out, 0);
    write_summary(&writer, report);
    buffer_add_char(out, '\n');
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "base/plural.h"
#include "document/label.h"
#include "document/quantity.h"

#include <math.h>

void words_target(struct buffer *out, const struct judgement *judgement)
{
    const struct target *target = judgement->target;
    buffer_add_slice(out, target->name.data ? target->name : target->text);
}

void words_benchmark(struct buffer *out, const struct judgement *judgement)
{
    if (!judgement->shown)
        return;
    struct slice side = judgement->side.data ? judgement->side : judgement->group->variant;
    benchmark_words(out, &judgement->shown->facts, side, judgement->group->machine);
}

struct slice words_metric(const struct target *target)
{
    if (target->metric.data)
        return target->metric;
    return slice_of(target->statistic == STATISTIC_SUCCESS_RATE ? "success_rate"
                    : target->statistic == STATISTIC_FAILURES   ? "failures"
                                                                : "degraded");
}

/* ---- figures ------------------------------------------------------------------------- */

static bool is_share(const struct target *target)
{
    return target->statistic == STATISTIC_CV || target->statistic == STATISTIC_SUCCESS_RATE;
}

static void add_figure(struct buffer *out, const struct judgement *judgement, double value)
{
    if (judgement->target->reference.data)
        quantity_add_ratio(out, value);
    else if (is_share(judgement->target))
        quantity_add_share(out, value);
    else
        quantity_add(out, value, judgement->unit);
}

void words_value(struct buffer *out, const struct judgement *judgement)
{
    if (judgement->gap == GAP_NONE)
        add_figure(out, judgement, judgement->figure.value);
    else
        buffer_add_text(out, QUANTITY_UNKNOWN);
}

static void add_range(
    struct buffer *out, const struct judgement *judgement, double low, double high)
{
    if (!judgement->target->reference.data && !is_share(judgement->target)) {
        quantity_add_interval(out, low, high, judgement->unit);
        return;
    }
    add_figure(out, judgement, low);
    buffer_add_text(out, " to ");
    add_figure(out, judgement, high);
}

void words_interval(struct buffer *out, const struct judgement *judgement)
{
    struct interval interval = judgement->figure.interval;
    if (!interval_exists(interval) || (isinf(interval.low) && isinf(interval.high)))
        return;
    if (!isinf(interval.low) && !isinf(interval.high)) {
        add_range(out, judgement, interval.low, interval.high);
        return;
    }
    buffer_add_text(out, isinf(interval.high) ? ">= " : "<= ");
    add_figure(out, judgement, isinf(interval.high) ? interval.low : interval.high);
}

void words_limit(struct buffer *out, const struct judgement *judgement)
{
    const struct target_range *limit = &judgement->limit;
    if (isinf(limit->low) || isinf(limit->high)) {
        bool above = isinf(limit->high);
        bool open = above ? limit->low_open : limit->high_open;
        buffer_add_format(out, "%c%s ", above ? '>' : '<', open ? "" : "=");
        add_figure(out, judgement, above ? limit->low : limit->high);
    } else if (limit->low == limit->high) {
        buffer_add_text(out, "= ");
        add_figure(out, judgement, limit->low);
    } else {
        add_range(out, judgement, limit->low, limit->high);
    }
}

void words_better(struct buffer *out, const struct judgement *judgement)
{
    if (judgement->better != BETTER_NONE)
        buffer_add_text(out, better_text(judgement->better));
}

/* ---- notes ------------------------------------------------------------------------------ */

static size_t needed_of(const struct target *target)
{
    if (target->statistic != STATISTIC_QUANTILE)
        return 2;
    return (size_t)ceil(1 / fmin(target->quantile, 1 - target->quantile) - 1e-6);
}

static void add_failure(struct buffer *out, const struct judgement *judgement)
{
    struct slice reason =
        judgement->shown ? judgement->shown->facts.reason : (struct slice){NULL, 0};
    buffer_add_text(out, "failed");
    if (reason.size > 0) {
        buffer_add_text(out, ": ");
        buffer_add_slice(out, reason);
    }
}

static void add_gap(struct buffer *out, const struct judgement *judgement)
{
    const struct target *target = judgement->target;
    switch (judgement->gap) {
    case GAP_NONE: break;
    case GAP_NO_RESULT: buffer_add_text(out, "no result is what it is about"); break;
    case GAP_NO_METRIC: buffer_add_text(out, "no such metric in the results"); break;
    case GAP_FAILED: add_failure(out, judgement); break;
    case GAP_NO_REFERENCE:
        buffer_add_slice(out, target->reference);
        buffer_add_text(out, " has no value");
        break;
    case GAP_NO_COUNTERPART:
        buffer_add_text(out, "only ");
        buffer_add_slice(out, target->reference);
        buffer_add_text(out, " has a value");
        break;
    case GAP_TOO_FEW:
        buffer_add_slice(out, judgement->statistic);
        buffer_add_format(out, " needs n=%zu", needed_of(target));
        break;
    case GAP_NO_SAMPLES: buffer_add_text(out, "the summary does not tell it"); break;
    case GAP_MIXED_UNITS: buffer_add_text(out, "the units do not fit each other"); break;
    case GAP_UNIT: buffer_add_text(out, "the limit is not in a unit of the metric"); break;
    case GAP_NOT_POSITIVE: buffer_add_text(out, "a ratio needs values above 0"); break;
    case GAPS: break;
    }
}

/* Why a value that meets the limit does not pass. */
static void add_doubt(struct buffer *out, const struct judgement *judgement, size_t start)
{
    if (judgement->outcome != TARGET_UNPROVEN || judgement->gap != GAP_NONE)
        return;
    buffer_add_comma(out, start);
    if (judgement->against)
        buffer_add_format(out, "%s is better, the limit is not", better_text(judgement->better));
    else if (judgement->reasons & reason_bit(REASON_PARTLY_FAILED))
        buffer_add_text(out, "partly failed");
    else if (!judgement->target->metric.data &&
             (judgement->reasons & reason_bit(REASON_INTERRUPTED)))
        buffer_add_text(out, "some results never came");
    else if (!isnan(judgement->closes_at))
        buffer_add_format(out, "n=%.0f closes its interval", judgement->closes_at);
    else if (judgement->reasons & reason_bit(REASON_NO_INTERVAL))
        buffer_add_text(out, "too few for an interval");
    else
        buffer_add_text(out, "interval beyond the limit");
}

static bool is_said_elsewhere(enum reason reason)
{
    return reason == REASON_BETWEEN_RUN_UNKNOWN || reason == REASON_PARTLY_FAILED ||
           reason == REASON_NO_INTERVAL || reason == REASON_AUTOCORRELATED;
}

void words_note(struct buffer *out, const struct judgement *judgement)
{
    size_t start = out->size;
    const char *grade = target_grade_name(judgement->grade);
    add_gap(out, judgement);
    add_doubt(out, judgement, start);
    if (!isnan(judgement->ours) && !isnan(judgement->theirs)) {
        buffer_add_comma(out, start);
        quantity_add(out, judgement->ours, judgement->parts_unit);
        buffer_add_text(out, " / ");
        quantity_add(out, judgement->theirs, judgement->parts_unit);
    }
    if (grade) {
        buffer_add_comma(out, start);
        buffer_add_text(out, grade);
    }
    for (int i = 0; i < REASONS; i++) {
        if (!(judgement->reasons & reason_bit((enum reason)i)) || is_said_elsewhere((enum reason)i))
            continue;
        buffer_add_comma(out, start);
        buffer_add_text(out, reason_name((enum reason)i));
    }
}

const char *words_reason(const struct judgement *judgement, size_t index)
{
    const char *gap = target_gap_name(judgement->gap);
    if (gap && index-- == 0)
        return gap;
    if (judgement->against && index-- == 0)
        return "against-direction";
    for (int i = 0; i < REASONS; i++)
        if ((judgement->reasons & reason_bit((enum reason)i)) && index-- == 0)
            return reason_name((enum reason)i);
    return NULL;
}

/* ---- sentences ----------------------------------------------------------------------------- */

void words_counts(struct buffer *out, const struct report *report)
{
    const struct judgements *judgements = report->judgements;
    if (judgements->missed > 0)
        buffer_add_format(out, "%zu of %zu missed", judgements->missed, judgements->count);
    else
        buffer_add_format(out, "none of %zu missed", judgements->count);
    buffer_add_format(out, ": %zu pass, %zu fail, %zu unproven", judgements->counts[TARGET_PASS],
        judgements->counts[TARGET_FAIL], judgements->counts[TARGET_UNPROVEN]);
}

static size_t with_reason(const struct report *report, enum reason reason)
{
    size_t count = 0;
    for (size_t i = 0; i < report->row_count; i++)
        count += (report->rows[i]->reasons & reason_bit(reason)) != 0;
    return count;
}

static void say_origin(struct buffer *out, const struct report *report)
{
    size_t runs, machines;
    const struct slice *names = sides_machines(report->sides, &machines);
    sides_runs(report->sides, &runs);
    buffer_add_format(out, "Measured in %zu run%s; ", runs, plural(runs));
    machines_words(out, names, machines);
}

static void say_left_out(struct buffer *out, const struct report *report)
{
    const struct sides_notes *notes = sides_notes(report->sides);
    if (notes->repeated > 0)
        buffer_add_format(out, "Left out: %zu result line%s that repeat another.\n",
            notes->repeated, plural(notes->repeated));
    if (notes->older > 0)
        buffer_add_format(out,
            "Left out: %zu result line%s of older states; --all-runs takes them.\n", notes->older,
            plural(notes->older));
}

void words_footer(struct buffer *out, const struct report *report)
{
    const struct settings *settings = report->settings;
    size_t unknown = with_reason(report, REASON_BETWEEN_RUN_UNKNOWN);
    buffer_add_format(out,
        "Intervals at %g%%; a ratio is ours / reference. A target passes when its whole interval "
        "does%s.\n",
        100 * (1 - settings->alpha),
        settings->prove ? ", and what is unproven is missed" : "; --prove misses what is unproven");
    say_origin(out, report);
    if (unknown > 0)
        buffer_add_format(out,
            "%zu interval%s rest%s on one run: how much runs differ is not in %s.\n", unknown,
            plural(unknown), unknown == 1 ? "s" : "", unknown == 1 ? "it" : "them");
    if (report->judgements->autocorrelated)
        buffer_add_format(out,
            "Samples resemble those before them (rho %.2f): intervals are widened for it.\n",
            report->judgements->rho);
    say_left_out(out, report);
}

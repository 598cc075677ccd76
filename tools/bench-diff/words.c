/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "document/label.h"
#include "document/quantity.h"

#include <math.h>

void words_benchmark(struct buffer *out, const struct contrast *contrast)
{
    benchmark_words(
        out, &contrast->shown->facts, contrast->group->variant, contrast->group->machine);
}

void words_side(struct buffer *out, const struct contrast *contrast, enum side_of side)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct comparison_side *figures =
        side == SIDE_BASE ? &comparison->base : &comparison->head;
    enum verdict missing = side == SIDE_BASE ? VERDICT_ADDED : VERDICT_REMOVED;
    if (!contrast->metric.data || comparison->verdict == missing)
        return;
    quantity_add(out, isnan(figures->median) ? figures->mean : figures->median, contrast->unit);
}

void words_change(struct buffer *out, const struct contrast *contrast)
{
    const struct comparison_change *change = &contrast->comparison.change;
    if (!contrast->compared || contrast->comparison.verdict == VERDICT_INCOMPARABLE)
        return;
    if (!isnan(change->ratio))
        quantity_add_change(out, change->ratio);
    else if (!isnan(change->shift))
        quantity_add_shift(out, change->shift, contrast->unit);
}

void words_interval(struct buffer *out, const struct contrast *contrast)
{
    const struct comparison_change *change = &contrast->comparison.change;
    if (!contrast->compared || contrast->comparison.verdict == VERDICT_INCOMPARABLE)
        return;
    if (interval_exists(change->ratio_ci)) {
        quantity_add_change(out, change->ratio_ci.low);
        buffer_add_text(out, " to ");
        quantity_add_change(out, change->ratio_ci.high);
    } else if (isnan(change->ratio) && interval_exists(change->shift_ci)) {
        quantity_add_shift(out, change->shift_ci.low, contrast->unit);
        buffer_add_text(out, " to ");
        quantity_add_shift(out, change->shift_ci.high, contrast->unit);
    }
}

void words_p(struct buffer *out, double p)
{
    if (isnan(p))
        return;
    if (p < 1e-16)
        buffer_add_text(out, "<1e-16");
    else if (p < 1e-4)
        buffer_add_format(out, "%.0e", p);
    else
        buffer_add_format(out, "%.*f", p < 0.01 ? 4 : 3, p);
}

/* Said once below the table, or in other words, or what the row shows by itself. */
static bool is_said_elsewhere(enum reason reason)
{
    return reason == REASON_BETWEEN_RUN_UNKNOWN || reason == REASON_RAW_SCALE ||
           reason == REASON_BLOCKED_ORDER || reason == REASON_SPREAD_FROM_HISTORY ||
           reason == REASON_SEQUENTIAL_LOOKS || reason == REASON_ACCEPTED ||
           reason == REASON_IGNORED;
}

void words_note(struct buffer *out, const struct contrast *contrast)
{
    const struct comparison *comparison = &contrast->comparison;
    size_t start = out->size;
    buffer_add_slice(out, contrast->failure);
    if (contrast->compared && comparison->needed.samples > 0) {
        bool apart = comparison->reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN);
        buffer_add_format(
            out, "needs n=%.0f%s", ceil(comparison->needed.samples), apart ? " in turns" : "");
    }
    if (contrast->compared && comparison->needed.runs > 0) {
        buffer_add_comma(out, start);
        buffer_add_format(out, "needs %.0f runs", ceil(comparison->needed.runs));
    }
    if (contrast->accepted) {
        buffer_add_comma(out, start);
        buffer_add_text(out, "accepted: ");
        buffer_add_slice(out, contrast->accepted->reason);
    }
    if (contrast->importance == IMPORTANCE_INFORMATIONAL ||
        contrast->importance == IMPORTANCE_CRITICAL) {
        buffer_add_comma(out, start);
        buffer_add_text(
            out, contrast->importance == IMPORTANCE_CRITICAL ? "critical" : "informational");
    }
    for (int i = 0; i < REASONS; i++) {
        enum reason reason = (enum reason)i;
        if (!(comparison->reasons & reason_bit(reason)) || is_said_elsewhere(reason))
            continue;
        buffer_add_comma(out, start);
        buffer_add_text(out, reason_name(reason));
    }
}

/* ---- counts ------------------------------------------------------------------------ */

struct verdict_word {
    enum verdict verdict;
    const char *one, *many;
};

void words_counts(struct buffer *out, const struct report *report)
{
    static const struct verdict_word words[] = {
        {VERDICT_NEWLY_FAILING, "newly failing", "newly failing"},
        {VERDICT_REGRESSION, "regression", "regressions"},
        {VERDICT_CHANGED, "changed", "changed"},
        {VERDICT_IMPROVEMENT, "improvement", "improvements"},
        {VERDICT_FIXED, "fixed", "fixed"},
        {VERDICT_REMOVED, "removed", "removed"},
        {VERDICT_ADDED, "added", "added"},
        {VERDICT_INCOMPARABLE, "incomparable", "incomparable"},
        {VERDICT_UNRELIABLE, "unreliable", "unreliable"},
        {VERDICT_INCONCLUSIVE, "inconclusive", "inconclusive"},
        {VERDICT_TOO_FEW_SAMPLES, "with too few samples", "with too few samples"},
        {VERDICT_UNCHANGED, "unchanged", "unchanged"},
    };
    size_t start = out->size;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        size_t count = report->counts[words[i].verdict];
        if (count == 0)
            continue;
        buffer_add_comma(out, start);
        quantity_add_count(out, count);
        buffer_add_char(out, ' ');
        buffer_add_text(out, count == 1 ? words[i].one : words[i].many);
    }
}

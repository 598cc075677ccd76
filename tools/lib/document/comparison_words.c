/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparison_parts.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Sentences, chosen by what the lines say; none claims more. */

static const char *explanation(enum reason reason)
{
    static const char *const texts[REASONS] = {
        [REASON_ACCEPTED] = "the change was accepted beforehand",
        [REASON_AT_BAND] = ("the change is about as large as what does not matter, so that more "
                            "samples will not decide"),
        [REASON_AUTOCORRELATED] = ("a sample resembles the one before it, so that they tell less "
                                   "than their number"),
        [REASON_BETWEEN_RUN_UNKNOWN] = ("with one run a side nobody knows how much results differ "
                                        "from run to run; another run "
                                        "of each side would tell"),
        [REASON_BLOCKED_ORDER] = ("one side was measured after the other, so that a drift of the "
                                  "machine looks like a change"),
        [REASON_COARSE_CLOCK] = "the clock is so coarse that it may hide a change",
        [REASON_CONSTANT] = "the values do not vary",
        [REASON_DEGRADED_HEALTH] = "the machine was not well while it was measured",
        [REASON_DIFFERENT_DEFINITIONS] = "the sides define the metric differently",
        [REASON_DIFFERENT_MACHINES] = "the sides were measured on different machines",
        [REASON_DIFFERENT_SAMPLING] = "one sample is not the same thing on both sides",
        [REASON_DRIFT] = "the values drift in the course of the measurement",
        [REASON_FEW_PAIRS] = "there are few pairs",
        [REASON_FEW_RUNS] = "there are few runs",
        [REASON_IGNORED] = "the policy says not to look at it",
        [REASON_INTERRUPTED] = "a run was interrupted",
        [REASON_MISSING_SAMPLES] = "samples are missing",
        [REASON_MIXED_DIRECTIONS] = "the sides do not agree which values are better",
        [REASON_MIXED_UNITS] = "the units cannot be converted into each other",
        [REASON_NO_BAND] = "nothing says which changes are too small to matter",
        [REASON_NO_INTERVAL] = "there are too few samples for an interval",
        [REASON_OUTPUT_DIFFERS] = "the programs' output differs",
        [REASON_PAIRS_DROPPED] = "pairs without a partner were left out",
        [REASON_PARTLY_FAILED] = "some of its runs failed",
        [REASON_RAW_SCALE] = "values of 0 or below were compared by their difference",
        [REASON_SEQUENTIAL_LOOKS] = "the measurement was looked at while it ran",
        [REASON_SHAPE_CHANGED] = "the values are distributed differently",
        [REASON_SPREAD_CHANGED] = "the values spread differently",
        [REASON_SPREAD_FROM_HISTORY] = "how much runs differ was taken from earlier reports",
        [REASON_SUMMARY_ONLY] = "a side has no samples, only their summary"};
    return texts[reason] ? texts[reason] : "";
}

static void add_sentence(struct report_builder *builder, struct view *list, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void add_sentence(struct report_builder *builder, struct view *list, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct view *item = view_object(builder->arena);
    add_text(builder, item, "text", slice_of(text));
    view_append(builder->arena, list, item);
}

static const char *plural(uint64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

/* How often each reason stands beside a comparison. */
static void add_notes(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    struct view *notes = view_list(builder->arena);
    for (int reason = 0; reason < REASONS; reason++) {
        uint64_t count = 0;
        for (size_t i = 0; i < comparisons->count; i++)
            count += (comparisons->items[i].reasons & reason_bit((enum reason)reason)) != 0;
        if (count == 0)
            continue;
        struct view *note = view_object(builder->arena);
        add_text(builder, note, "reason", slice_of(reason_name((enum reason)reason)));
        add_text(builder, note, "text", slice_of(explanation((enum reason)reason)));
        add_count(builder, note, "count", count);
        view_append(builder->arena, notes, note);
    }
    view_set(builder->arena, root, "notes", notes);
}

void comparison_add_judged(
    struct report_builder *builder, struct view *root, const struct compared_summary *summary)
{
    struct buffer *text = &builder->text;
    bool known = isfinite(summary->alpha), corrected = known && summary->correction.data;
    bool holm = corrected && slice_is(summary->correction, "holm");
    if (!known)
        buffer_add_text(text, "How often a finding is false by chance is not said");
    else if (holm)
        buffer_add_text(text, "The chance that any finding is false is at most ");
    else if (corrected)
        buffer_add_text(text, "Of the findings at most ");
    else
        buffer_add_text(text, "In each comparison a finding is false with a chance of ");
    if (known)
        quantity_add_limit(text, summary->alpha);
    if (holm)
        buffer_add_text(text, " (Holm)");
    else if (corrected)
        buffer_add_text(text, " are expected to be false (Benjamini-Hochberg)");
    add_text(builder, root, "judged", buffer_slice(text));
    buffer_reset(text);
}

struct totals {
    uint64_t all, both, judged, open, worse, better, failing, fixed, changed, same;
    double samples, runs; /* the most that an open comparison needs */
};

static struct totals totals_of(const struct comparisons *comparisons, const uint64_t *counts)
{
    struct totals totals = {.all = comparisons->count,
        .worse = counts[VERDICT_REGRESSION],
        .better = counts[VERDICT_IMPROVEMENT],
        .failing = counts[VERDICT_NEWLY_FAILING],
        .fixed = counts[VERDICT_FIXED],
        .changed = counts[VERDICT_CHANGED],
        .same = counts[VERDICT_UNCHANGED],
        .samples = 0,
        .runs = 0};
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct compared *item = &comparisons->items[i];
        totals.both += compared_has_both(item);
        totals.open += compared_is_open(item);
        totals.judged += compared_has_both(item) || compared_is_open(item) ||
                         item->verdict == VERDICT_REGRESSION ||
                         item->verdict == VERDICT_IMPROVEMENT || item->verdict == VERDICT_UNCHANGED;
        if (compared_is_open(item) && item->needed_samples > totals.samples)
            totals.samples = ceil(item->needed_samples);
        if (compared_is_open(item) && item->needed_runs > totals.runs)
            totals.runs = ceil(item->needed_runs);
    }
    return totals;
}

static void add_count_of(struct buffer *text, uint64_t count, const char *one, const char *many)
{
    if (count == 0)
        return;
    if (text->size)
        buffer_add_text(text, ", ");
    quantity_add_count(text, count);
    buffer_add_char(text, ' ');
    buffer_add_text(text, plural(count, one, many));
}

static void add_headline(
    struct report_builder *builder, struct view *root, const struct totals *totals)
{
    struct buffer *text = &builder->text;
    add_count_of(text, totals->failing, "benchmark fails that passed before",
        "benchmarks fail that passed before");
    add_count_of(text, totals->worse, "regression", "regressions");
    if (totals->failing + totals->worse == 0) {
        buffer_add_text(
            text, totals->both > 0 ? "no regression found" : "nothing could be compared");
        if (totals->both > 0 && totals->open == totals->both)
            buffer_add_text(text, ", but no comparison could be decided");
    }
    add_count_of(text, totals->better, "improvement", "improvements");
    add_count_of(text, totals->changed, "other change", "other changes");
    add_count_of(text, totals->fixed, "benchmark passes again", "benchmarks pass again");
    if (text->data[0] >= 'a' && text->data[0] <= 'z')
        text->data[0] = (char)(text->data[0] - 'a' + 'A');
    add_text(builder, root, "headline", buffer_slice(text));
    buffer_reset(text);
}

/* What to do next, most urgent first. */
static void add_steps(
    struct report_builder *builder, struct view *root, const struct totals *totals)
{
    struct view *steps = view_list(builder->arena);
    if (totals->failing > 0)
        add_sentence(builder, steps, "Mend the %s that %s now.",
            plural(totals->failing, "benchmark", "benchmarks"),
            plural(totals->failing, "fails", "fail"));
    if (totals->worse > 0)
        add_sentence(builder, steps, "Look at the %s, the worst first.",
            plural(totals->worse, "regression", "regressions"));
    if (totals->open > 0 && totals->samples > 0)
        add_sentence(builder, steps,
            "Take up to %.0f samples a side%s to decide what is still open.", totals->samples,
            totals->runs > 0 ? " in several runs" : "");
    else if (totals->open > 0 && totals->runs > 0)
        add_sentence(
            builder, steps, "Take %.0f runs a side to decide what is still open.", totals->runs);
    else if (totals->open > 0)
        add_sentence(builder, steps, "See in the notes what keeps the open %s from being decided.",
            plural(totals->open, "comparison", "comparisons"));
    if (view_count(steps) == 0)
        add_sentence(builder, steps, "Nothing needs to be done.");
    add_text(builder, root, "action", view_get(view_item(steps, 0), slice_of("text"))->as.text);
    view_set(builder->arena, root, "steps", steps);
}

static void add_conclusion(
    struct report_builder *builder, struct view *root, const struct totals *totals)
{
    struct view *sentences = view_list(builder->arena);
    if (totals->worse > 0)
        add_sentence(builder, sentences, "%llu of %llu comparisons got worse by more than noise.",
            (unsigned long long)totals->worse, (unsigned long long)totals->judged);
    if (totals->better > 0)
        add_sentence(builder, sentences, "%llu of %llu comparisons got better by more than noise.",
            (unsigned long long)totals->better, (unsigned long long)totals->judged);
    if (totals->same > 0)
        add_sentence(builder, sentences,
            "%llu of %llu are the same, within what was said not to matter.",
            (unsigned long long)totals->same, (unsigned long long)totals->judged);
    if (totals->open > 0)
        add_sentence(builder, sentences,
            "%llu of %llu are open: the samples neither show a change nor rule one out.",
            (unsigned long long)totals->open, (unsigned long long)totals->judged);
    if (totals->both == 0)
        add_sentence(builder, sentences, "The sides have nothing in common that can be compared.");
    view_set(builder->arena, root, "conclusion", sentences);
}

void comparison_add_words(struct report_builder *builder, struct view *root,
    const struct comparisons *comparisons, const uint64_t *counts)
{
    struct totals totals = totals_of(comparisons, counts);
    add_headline(builder, root, &totals);
    add_steps(builder, root, &totals);
    add_conclusion(builder, root, &totals);
    add_notes(builder, root, comparisons);
    add_count(builder, root, "compared", totals.both);
    add_flag(builder, root, "bad", totals.worse + totals.failing > 0);
    add_flag(
        builder, root, "good", totals.worse + totals.failing + totals.open == 0 && totals.both > 0);
}

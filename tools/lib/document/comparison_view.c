/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/comparison_parts.h"

#include "base/memory.h"

#include <string.h>

/* ---- the lists ---- */
/* A list of rows: what belongs to it, and whether the worst stands first. */
struct list_rule {
    const char *key;
    bool (*belongs)(const struct compared *item);
};

static bool is_worse(const struct compared *item)
{
    return item->verdict == VERDICT_REGRESSION || item->verdict == VERDICT_NEWLY_FAILING;
}

static bool is_better(const struct compared *item)
{
    return item->verdict == VERDICT_IMPROVEMENT || item->verdict == VERDICT_FIXED;
}

static bool is_changed(const struct compared *item)
{
    return item->verdict == VERDICT_CHANGED;
}

static bool is_same(const struct compared *item)
{
    return item->verdict == VERDICT_UNCHANGED;
}

static bool is_incomparable(const struct compared *item)
{
    return item->verdict == VERDICT_INCOMPARABLE;
}

static bool is_added(const struct compared *item)
{
    return item->verdict == VERDICT_ADDED;
}

static bool is_removed(const struct compared *item)
{
    return item->verdict == VERDICT_REMOVED;
}

static bool is_any(const struct compared *item)
{
    (void)item;
    return true;
}

static const struct list_rule rules[] = {{"findings", compared_is_finding}, {"worse", is_worse},
    {"better", is_better}, {"changed", is_changed}, {"open", compared_is_open},
    {"unchanged", is_same}, {"incomparable", is_incomparable}, {"added", is_added},
    {"removed", is_removed}, {"measured", compared_has_both}, {"all", is_any}};

/* Failing first, then what is worse, what is better, what else changed; the rest as it came. */
static int rank(const struct compared *item)
{
    static const int ranks[VERDICTS] = {[VERDICT_NEWLY_FAILING] = 0,
        [VERDICT_REGRESSION] = 1,
        [VERDICT_IMPROVEMENT] = 2,
        [VERDICT_FIXED] = 3,
        [VERDICT_CHANGED] = 4,
        [VERDICT_INCONCLUSIVE] = 5,
        [VERDICT_TOO_FEW_SAMPLES] = 6,
        [VERDICT_UNRELIABLE] = 7,
        [VERDICT_UNCHANGED] = 8,
        [VERDICT_INCOMPARABLE] = 9,
        [VERDICT_ADDED] = 10,
        [VERDICT_REMOVED] = 11};
    return ranks[item->verdict];
}

static int by_weight(const void *left, const void *right)
{
    const struct compared *a = *(const struct compared *const *)left;
    const struct compared *b = *(const struct compared *const *)right;
    if (rank(a) != rank(b))
        return rank(a) < rank(b) ? -1 : 1;
    double x = compared_weight(a), y = compared_weight(b);
    if (compared_is_finding(a) && x != y)
        return x > y ? -1 : 1;
    return (a > b) - (a < b);
}

/* The head of the comparison, where there are several; else data NULL. */
static struct slice side_name(const struct comparisons *comparisons, const struct compared *item)
{
    const struct compared_summary *sides = compared_sides(comparisons, item);
    if (comparisons_pairs(comparisons) < 2)
        return (struct slice){NULL, 0};
    return sides && sides->head.data ? sides->head : slice_of("unnamed");
}

static void add_lists(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    const struct compared **sorted = memory_zero(comparisons->count + 1, sizeof *sorted);
    const struct view **rows = memory_zero(comparisons->count + 1, sizeof *rows);
    for (size_t i = 0; i < comparisons->count; i++)
        sorted[i] = &comparisons->items[i];
    qsort(sorted, comparisons->count, sizeof(const struct compared *), by_weight);
    for (size_t i = 0; i < comparisons->count; i++)
        rows[i] = compared_row(builder, sorted[i], side_name(comparisons, sorted[i]));
    for (size_t rule = 0; rule < ARRAY_SIZE(rules); rule++) {
        struct view *list = view_list(builder->arena), *object = view_object(builder->arena);
        for (size_t i = 0; i < comparisons->count; i++)
            if (rules[rule].belongs(sorted[i]))
                view_append(builder->arena, list, rows[i]);
        static const struct view none = {.type = VIEW_NULL};
        add_count(builder, object, "count", view_count(list));
        view_set(builder->arena, object, "rows", list);
        view_set(builder->arena, root, rules[rule].key, view_count(list) > 0 ? object : &none);
    }
    free(rows);
    free(sorted);
}

/* ---- counts ---- */
/* "2 regressions", "5 unchanged", "1 newly failing". */
static void add_verdict_count(
    struct report_builder *builder, struct view *item, enum verdict verdict, uint64_t count)
{
    struct buffer *text = &builder->text;
    bool noun = verdict == VERDICT_REGRESSION || verdict == VERDICT_IMPROVEMENT;
    quantity_add_count(text, count);
    buffer_add_char(text, ' ');
    for (const char *name = verdict_name(verdict); *name; name++)
        buffer_add_char(text, *name == '-' ? ' ' : *name);
    if (noun && count != 1)
        buffer_add_char(text, 's');
    add_text(builder, item, "text", buffer_slice(text));
    buffer_reset(text);
}

static void count_verdicts(struct report_builder *builder, struct view *root,
    const struct comparisons *comparisons, uint64_t counts[static VERDICTS])
{
    static const char *const keys[VERDICTS] = {"regression", "improvement", "changed", "unchanged",
        "inconclusive", "too_few_samples", "unreliable", "incomparable", "added", "removed",
        "newly_failing", "fixed"};
    struct view *object = view_object(builder->arena), *list = view_list(builder->arena);
    for (size_t i = 0; i < comparisons->count; i++)
        counts[comparisons->items[i].verdict]++;
    for (int verdict = 0; verdict < VERDICTS; verdict++) {
        add_count(builder, object, keys[verdict], counts[verdict]);
        if (counts[verdict] == 0)
            continue;
        struct view *item = view_object(builder->arena);
        add_text(builder, item, "verdict", slice_of(verdict_name((enum verdict)verdict)));
        add_count(builder, item, "count", counts[verdict]);
        add_verdict_count(builder, item, (enum verdict)verdict, counts[verdict]);
        add_flag(builder, item, "first", view_count(list) == 0);
        view_append(builder->arena, list, item);
    }
    add_count(builder, object, "all", comparisons->count);
    view_set(builder->arena, object, "verdicts", list);
    view_set(builder->arena, root, "counts", object);
}

/* ---- the summary ---- */
static void add_texts(struct report_builder *builder, struct view *root, const char *key,
    const struct slice *texts, size_t count)
{
    struct view *list = view_list(builder->arena);
    for (size_t i = 0; i < count; i++) {
        struct view *item = name_view(builder, texts[i]);
        add_flag(builder, item, "first", i == 0);
        view_append(builder->arena, list, item);
    }
    view_set(builder->arena, root, key, list);
}

/* Whom each summary is about; in rows it says whose they are where there are several. */
static void add_sides(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    struct view *list = view_list(builder->arena);
    for (size_t i = 0; i < comparisons->summary_count; i++) {
        struct view *item = view_object(builder->arena);
        add_name(builder, item, "base", comparisons->summaries[i].base);
        add_name(builder, item, "head", comparisons->summaries[i].head);
        add_flag(builder, item, "first", i == 0);
        view_append(builder->arena, list, item);
    }
    view_set(builder->arena, root, "sides", list);
    add_flag(builder, root, "several_sides", comparisons_pairs(comparisons) > 1);
}

static void add_summary(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    const struct compared_summary shared = comparisons_summary(comparisons, builder->arena);
    const struct compared_summary *summary = &shared;
    add_name(builder, root, "base", summary->base);
    add_name(builder, root, "head", summary->head);
    add_text(builder, root, "verdict", summary->verdict);
    add_text(builder, root, "correction", summary->correction);
    add_flag(builder, root, "strict", summary->strict == KNOWN_TRUE);
    add_flag(builder, root, "autocorrelated", summary->autocorrelated == KNOWN_TRUE);
    quantity_add_limit(&builder->text, summary->band);
    view_set(builder->arena, root, "band", buffer_view(builder));
    add_flag(builder, root, "has_band", isfinite(summary->band));
    if (isfinite(summary->alpha))
        buffer_add_format(&builder->text, "%.3g", summary->alpha);
    else
        buffer_add_text(&builder->text, QUANTITY_UNKNOWN);
    view_set(builder->arena, root, "alpha", buffer_view(builder));
    comparison_add_judged(builder, root, summary);
    add_texts(builder, root, "machines", summary->machines, summary->machine_count);
    add_texts(builder, root, "shared_runs", summary->shared_runs, summary->shared_run_count);
    add_flag(builder, root, "several_machines", summary->machine_count > 1);
    add_sides(builder, root, comparisons);
}

/* ---- metrics ---- */
struct metric_tally {
    const struct compared *any; /* names the metric and the sides */
    uint64_t better, worse, same, open, other;
    double log_sum;
    uint64_t ratios;
};

static void tally(struct metric_tally *tally, const struct compared *item)
{
    tally->any = item;
    tally->worse += item->verdict == VERDICT_REGRESSION;
    tally->better += item->verdict == VERDICT_IMPROVEMENT;
    tally->same += item->verdict == VERDICT_UNCHANGED;
    tally->open += compared_is_open(item);
    tally->other += item->verdict == VERDICT_CHANGED;
    if (item->ratio > 0 && compared_has_both(item)) {
        tally->log_sum += log(item->ratio);
        tally->ratios++;
    }
}

/* Which side the metric speaks for: one only where nothing speaks for the other. */
static const char *best_side(const struct metric_tally *tally)
{
    if (tally->better > 0 && tally->worse == 0)
        return "head";
    if (tally->worse > 0 && tally->better == 0)
        return "base";
    if (tally->better > 0)
        return "depends on the benchmark";
    /* A change that is neither better nor worse speaks for no side. */
    return tally->other > 0 ? "they differ" : "no difference shown";
}

static const struct view *metric_view(
    struct report_builder *builder, const struct metric_tally *tally, struct slice side)
{
    struct view *view = view_object(builder->arena);
    double ratio = tally->ratios ? exp(tally->log_sum / (double)tally->ratios) : NAN;
    add_text(builder, view, "metric", title_of(builder, tally->any->about.metric));
    add_name(builder, view, "side", side);
    add_count(builder, view, "better", tally->better);
    add_count(builder, view, "worse", tally->worse);
    add_count(builder, view, "same", tally->same);
    add_count(builder, view, "open", tally->open);
    add_count(builder, view, "other", tally->other);
    add_count(builder, view, "benchmarks", tally->ratios);
    quantity_add_change(&builder->text, ratio);
    view_set(builder->arena, view, "change", buffer_view(builder));
    quantity_add_ratio(&builder->text, ratio);
    view_set(builder->arena, view, "ratio", buffer_view(builder));
    add_flag(builder, view, "has_ratio", tally->ratios > 0);
    add_text(builder, view, "best", slice_of(best_side(tally)));
    return view;
}

void comparison_add_metrics(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons)
{
    struct dictionary keys = {.texts = NULL};
    struct metric_tally *tallies = memory_zero(comparisons->count + 1, sizeof *tallies);
    struct view *list = view_list(builder->arena);
    for (size_t i = 0; i < comparisons->count; i++) {
        const struct compared *item = &comparisons->items[i];
        if (!item->about.metric.data || !compared_has_both(item))
            continue;
        buffer_add_slice(&builder->text, item->about.metric);
        buffer_add(&builder->text, (const char *)&item->sides, sizeof item->sides);
        tally(&tallies[dictionary_id(&keys, buffer_slice(&builder->text))], item);
        buffer_reset(&builder->text);
    }
    for (uint32_t i = 0; i < keys.count; i++)
        view_append(builder->arena, list,
            metric_view(builder, &tallies[i], side_name(comparisons, tallies[i].any)));
    view_set(builder->arena, root, "metrics", list);
    free(tallies);
    dictionary_release(&keys);
}

struct view *comparison_view(struct arena *arena, const struct comparisons *comparisons,
    const struct report_options *options)
{
    struct report_builder builder = {.arena = arena, .front = options->front};
    struct view *root = view_object(arena);
    uint64_t counts[VERDICTS] = {0};
    add_text(&builder, root, "title", options->front ? options->front->title : slice_of(NULL));
    add_text(&builder, root, "generated", slice_of(options->generated));
    add_summary(&builder, root, comparisons);
    count_verdicts(&builder, root, comparisons, counts);
    comparison_add_words(&builder, root, comparisons, counts);
    comparison_add_metrics(&builder, root, comparisons);
    comparison_add_totals(&builder, root, comparisons);
    comparison_add_matrix(&builder, root, comparisons);
    add_lists(&builder, root, comparisons);
    if (options->bad_lines > 0)
        add_count(&builder, root, "bad_lines", options->bad_lines);
    add_flag(&builder, root, "shortened", false);
    arena_release(&builder.scratch);
    buffer_release(&builder.text);
    return root;
}

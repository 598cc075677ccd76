/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/contrast.h"

#include "analysis/contrast_parts.h"
#include "base/memory.h"
#include "query/glob.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void contrasts_release(struct contrasts *contrasts)
{
    free(contrasts->items);
    arena_release(&contrasts->arena);
    compare_memory_release(&contrasts->memory);
}

/* ---- outcomes ---------------------------------------------------------------- */

/* How the results of a side ended, the parts of one counted as one. */
struct tally {
    size_t passed, failed, skipped, error;
};

static bool same_result(const struct sides_result *a, const struct sides_result *b)
{
    return a->run == b->run && slice_equal(a->facts.variant, b->facts.variant) &&
           a->facts.repetition == b->facts.repetition;
}

/* failed before error before skipped before passed */
static int severity(enum outcome outcome)
{
    static const int order[] = {
        [OUTCOME_PASSED] = 0, [OUTCOME_SKIPPED] = 1, [OUTCOME_ERROR] = 2, [OUTCOME_FAILED] = 3};
    return order[outcome];
}

/* The lines from `from` on that are one result; *worst is how it ended. */
static size_t result_end(
    const struct sides_group *group, enum side_of side, size_t from, enum outcome *worst)
{
    size_t end = from;
    *worst = OUTCOME_PASSED;
    for (; end < group->counts[side] &&
           same_result(group->results[side][from], group->results[side][end]);
         end++)
        if (severity(group->results[side][end]->facts.outcome) > severity(*worst))
            *worst = group->results[side][end]->facts.outcome;
    return end;
}

static struct tally tally_of(const struct sides_group *group, enum side_of side)
{
    struct tally tally = {0, 0, 0, 0};
    enum outcome worst;
    for (size_t from = 0; from < group->counts[side];) {
        from = result_end(group, side, from, &worst);
        tally.passed += worst == OUTCOME_PASSED;
        tally.failed += worst == OUTCOME_FAILED;
        tally.skipped += worst == OUTCOME_SKIPPED;
        tally.error += worst == OUTCOME_ERROR;
    }
    return tally;
}

/* Was it run at all? */
static bool was_run(struct tally tally)
{
    return tally.passed + tally.failed + tally.error > 0;
}

/* ---- one contrast ------------------------------------------------------------- */

static struct slice one_command(const struct sides_group *group, enum side_of side)
{
    struct slice command = {NULL, 0};
    for (size_t i = 0; i < group->counts[side]; i++) {
        struct slice next = group->results[side][i]->command;
        if (!next.data || (command.data && !slice_equal(command, next)))
            return (struct slice){NULL, 0};
        command = next;
    }
    return command;
}

const struct sides_result *contrast_shown(const struct sides_group *group)
{
    enum side_of side = group->counts[SIDE_HEAD] > 0 ? SIDE_HEAD : SIDE_BASE;
    return group->results[side][group->counts[side] - 1];
}

static struct contrast *add_contrast(struct contrasts *contrasts, const struct sides_group *group)
{
    MEMORY_GROW(contrasts->items, contrasts->count, contrasts->capacity);
    struct contrast *contrast = &contrasts->items[contrasts->count++];
    *contrast =
        (struct contrast){.group = group, .shown = contrast_shown(group), .better = BETTER_NONE};
    for (int i = 0; i < SIDES; i++)
        contrast->commands[i] = one_command(group, (enum side_of)i);
    return contrast;
}

static struct slice failure_of(const struct sides_group *group, enum side_of side)
{
    for (size_t i = 0; i < group->counts[side]; i++) {
        const struct report_result *facts = &group->results[side][i]->facts;
        if (facts->outcome == OUTCOME_FAILED || facts->outcome == OUTCOME_ERROR)
            return facts->reason;
    }
    return (struct slice){NULL, 0};
}

/* Everything that one group is worked on with. */
struct work {
    struct contrasts *contrasts;
    const struct contrast_options *options;
    const struct sides_group *group;
    uint32_t reasons;
    bool interleaved;
};

static struct policy_rule rule_for(const struct work *work, struct slice metric, struct slice unit)
{
    return contrast_rule(work->options, contrast_shown(work->group), metric, unit);
}

/* Adds a contrast of that importance, unless it is to be left out: then NULL. */
static struct contrast *add_if_wanted(const struct work *work, const struct policy_rule *rule)
{
    if (rule->importance == IMPORTANCE_IGNORE) {
        work->contrasts->ignored++;
        return NULL;
    }
    struct contrast *contrast = add_contrast(work->contrasts, work->group);
    contrast->importance = rule->importance;
    return contrast;
}

static void add_outcome(const struct work *work, enum verdict verdict, uint32_t reasons)
{
    static const struct slice none = {NULL, 0};
    const struct policy_rule rule = rule_for(work, none, none);
    struct contrast *contrast = add_if_wanted(work, &rule);
    if (!contrast)
        return;
    contrast->comparison.verdict = verdict;
    contrast->comparison.reasons = reasons;
    contrast->failure = failure_of(work->group, SIDE_HEAD);
    if (!contrast->failure.data)
        contrast->failure = failure_of(work->group, SIDE_BASE);
}

/* ---- the metrics of a group ------------------------------------------------------ */

static bool is_wanted(const struct option_list *patterns, struct slice name)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (glob_matches(slice_of(patterns->items[i]), name))
            return true;
    return patterns->count == 0;
}

/* Which of a metric's entries comes first: by name, side, and as the results stand. */
struct entry_row {
    struct metric_entry entry;
    enum side_of side;
    size_t place;
};

static int by_name(const void *left, const void *right)
{
    const struct entry_row *a = left, *b = right;
    int order = slice_compare(a->entry.metric->name, b->entry.metric->name);
    if (order == 0)
        order = (a->side > b->side) - (a->side < b->side);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static size_t count_metrics(const struct sides_group *group)
{
    size_t count = 0;
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < group->counts[side]; i++)
            count += group->results[side][i]->facts.metric_count;
    return count;
}

/* The metrics of results that passed, in all their parts. */
static size_t collect_entries(struct entry_row *rows, const struct work *work)
{
    size_t count = 0;
    enum outcome worst;
    for (int side = 0; side < SIDES; side++)
        for (size_t from = 0, end; from < work->group->counts[side]; from = end) {
            end = result_end(work->group, (enum side_of)side, from, &worst);
            for (size_t i = from; worst == OUTCOME_PASSED && i < end; i++) {
                const struct sides_result *result = work->group->results[side][i];
                for (size_t k = 0; k < result->facts.metric_count; k++) {
                    const struct metric *metric = &result->facts.metrics[k];
                    if (is_wanted(work->options->metrics, metric->name))
                        rows[count] =
                            (struct entry_row){{metric, result}, (enum side_of)side, count},
                        count++;
                }
            }
        }
    return count;
}

static int measure_metric(
    struct work *work, const struct metric_entries *entries, struct error *error)
{
    struct contrasts *contrasts = work->contrasts;
    struct metric_input made;
    struct error problem = ERROR_INIT;
    struct slice name = entries->items[0].metric->name;
    const struct policy_rule rule = rule_for(work, name, metric_unit(entries));
    metric_input_make(&made, entries, &rule, &contrasts->arena);
    made.input.reasons |= work->reasons;
    made.input.interleaved = work->interleaved;
    if (!made.values[SIDE_BASE] && !made.values[SIDE_HEAD])
        return 0;
    struct contrast *contrast = add_if_wanted(work, &rule);
    if (!contrast)
        return 0;
    contrast_history(&made, work->options, work->group, name, &contrasts->arena);
    contrast->metric = name;
    contrast->unit = made.unit;
    contrast->better = made.input.better;
    if (compare_measure(&contrast->comparison, &made.input, &contrasts->arena, &contrasts->memory,
            &problem) != 0) {
        enum side_of side = strncmp(problem.text, "head", 4) == 0 ? SIDE_HEAD : SIDE_BASE;
        const struct sides_result *result = metric_entries_of(entries, side)->result;
        error_set(error, ERROR_CONTENT, "metric %.*s: %s", (int)contrast->metric.size,
            contrast->metric.data, problem.text);
        error_place(error, result->facts.file, result->facts.line, 0);
        return -1;
    }
    contrast->compared = entries->counts[SIDE_BASE] > 0 && entries->counts[SIDE_HEAD] > 0;
    if (contrast->compared)
        return 0;
    contrast->comparison.verdict =
        entries->counts[SIDE_BASE] == 0 ? VERDICT_ADDED : VERDICT_REMOVED;
    contrast->comparison.reasons &= reason_bit(REASON_PARTLY_FAILED);
    return 0;
}

static int measure_metrics(struct work *work, struct error *error)
{
    size_t most = count_metrics(work->group), count;
    size_t before = work->contrasts->count + work->contrasts->ignored;
    struct arena *arena = &work->contrasts->arena;
    struct entry_row *rows = arena_take(arena, (most + 1) * sizeof *rows);
    count = collect_entries(rows, work);
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_name);
    for (size_t from = 0, end; from < count; from = end) {
        struct metric_entries entries = {.counts = {0, 0}};
        for (end = from; end < count &&
                         slice_equal(rows[end].entry.metric->name, rows[from].entry.metric->name);
             end++)
            entries.counts[rows[end].side]++;
        entries.items = arena_take(arena, (end - from) * sizeof *entries.items);
        for (size_t i = from; i < end; i++)
            entries.items[i - from] = rows[i].entry;
        if (measure_metric(work, &entries, error) != 0)
            return -1;
    }
    work->contrasts->metricless += work->contrasts->count + work->contrasts->ignored == before;
    return 0;
}

/* ---- a group ------------------------------------------------------------------------- */

static int find_in_group(struct contrasts *contrasts, const struct sides_group *group,
    const struct contrast_options *options, struct error *error)
{
    struct tally base = tally_of(group, SIDE_BASE), head = tally_of(group, SIDE_HEAD);
    const uint32_t partly = reason_bit(REASON_PARTLY_FAILED);
    uint32_t reasons = base.failed + base.error + head.failed + head.error > 0 ? partly : 0;
    struct work work = {.contrasts = contrasts, .options = options, .group = group};
    if (!was_run(base) && !was_run(head)) {
        contrasts->skipped++;
        return 0;
    }
    if (!was_run(base) || !was_run(head)) {
        add_outcome(&work, was_run(head) ? VERDICT_ADDED : VERDICT_REMOVED, reasons);
        return 0;
    }
    if (head.failed > 0 && base.failed == 0)
        add_outcome(&work, VERDICT_NEWLY_FAILING, base.error ? partly : 0);
    else if (base.failed > 0 && head.failed == 0 && head.error == 0)
        add_outcome(&work, VERDICT_FIXED, 0);
    else if (base.passed == 0 || head.passed == 0)
        add_outcome(&work, VERDICT_UNRELIABLE, reasons);
    if (base.passed == 0 || head.passed == 0)
        return 0;
    work.reasons = group_reasons(group) | reasons;
    work.interleaved = group_interleaved(group);
    return measure_metrics(&work, error);
}

/* Only what was compared belongs to the family. */
static void settle_all(struct contrasts *contrasts, const struct contrast_options *options)
{
    struct comparison *compared =
        arena_take(&contrasts->arena, (contrasts->count + 1) * sizeof *compared);
    size_t count = 0;
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].compared)
            compared[count++] = contrasts->items[i].comparison;
    family_settle(compared, count, &options->rules, &contrasts->findings, &contrasts->memory);
    for (size_t i = contrasts->count; i-- > 0;)
        if (contrasts->items[i].compared)
            contrasts->items[i].comparison = compared[--count];
}

int contrasts_find(struct contrasts *contrasts, const struct sides *sides,
    const struct contrast_options *options, struct error *error)
{
    size_t count;
    const struct sides_group *groups = sides_groups(sides, &count);
    for (size_t i = 0; i < count; i++)
        if (find_in_group(contrasts, &groups[i], options, error) != 0)
            return -1;
    settle_all(contrasts, options);
    contrasts_accept(contrasts, options);
    return 0;
}

/* ---- how often it went well ------------------------------------------------------------- */

static void add_success(
    struct contrast_success *out, const struct sides_group *group, enum side_of side)
{
    struct tally tally = tally_of(group, side);
    out->results += tally.passed + tally.failed + tally.error;
    out->passed += tally.passed;
    for (size_t i = 0; i < group->counts[side]; i++) {
        out->requests += group->results[side][i]->requests;
        out->answered += group->results[side][i]->answered;
    }
}

void contrasts_success(struct contrast_success out[static SIDES], const struct sides *sides)
{
    size_t count;
    const struct sides_group *groups = sides_groups(sides, &count);
    out[SIDE_BASE] = out[SIDE_HEAD] = (struct contrast_success){.results = 0};
    for (size_t i = 0; i < count; i++) {
        if (!was_run(tally_of(&groups[i], SIDE_BASE)) || !was_run(tally_of(&groups[i], SIDE_HEAD)))
            continue;
        add_success(&out[SIDE_BASE], &groups[i], SIDE_BASE);
        add_success(&out[SIDE_HEAD], &groups[i], SIDE_HEAD);
    }
}

/* ---- means ----------------------------------------------------------------------------- */

struct mean_row {
    struct slice metric, unit;
    double ratio;
};

static int by_metric(const void *left, const void *right)
{
    const struct mean_row *a = left, *b = right;
    int order = slice_compare(a->metric, b->metric);
    if (order == 0)
        order = slice_compare(a->unit, b->unit);
    /* So that the sum does not depend on the order of what is added. */
    return order ? order : (a->ratio > b->ratio) - (a->ratio < b->ratio);
}

struct contrast_mean *contrasts_means(
    const struct contrasts *contrasts, size_t *count, struct arena *arena)
{
    struct mean_row *rows = arena_take(arena, (contrasts->count + 1) * sizeof *rows);
    struct contrast_mean *means = arena_take(arena, (contrasts->count + 1) * sizeof *means);
    size_t all = 0;
    *count = 0;
    for (size_t i = 0; i < contrasts->count; i++) {
        const struct contrast *contrast = &contrasts->items[i];
        double ratio = contrast->comparison.change.ratio;
        if (contrast->compared && contrast->comparison.verdict != VERDICT_INCOMPARABLE && ratio > 0)
            rows[all++] = (struct mean_row){contrast->metric, contrast->unit, ratio};
    }
    if (all > 1)
        qsort(rows, all, sizeof *rows, by_metric);
    for (size_t from = 0, end; from < all; from = end) {
        double sum = 0;
        for (end = from; end < all && slice_equal(rows[end].metric, rows[from].metric) &&
                         slice_equal(rows[end].unit, rows[from].unit);
             end++)
            sum += log(rows[end].ratio);
        if (end - from < 2)
            continue;
        means[(*count)++] = (struct contrast_mean){
            rows[from].metric, rows[from].unit, exp(sum / (double)(end - from)), end - from};
    }
    return means;
}

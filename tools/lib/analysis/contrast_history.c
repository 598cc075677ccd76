/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/contrast_parts.h"
#include "analysis/sides_parts.h"

#include <stdlib.h>

/* Earlier runs of what one comparison is about. */
struct earlier {
    const struct contrast_options *options;
    const struct sides_group *group;
    struct slice metric, unit;
    enum scale scale;
    struct metric_entry *entries; /* oldest run first */
    size_t count;
};

/* What is compared is no history of itself. */
static bool is_compared(const struct sides_group *group, const struct sides_run *run)
{
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < group->counts[side]; i++)
            if (slice_equal(group->results[side][i]->run->facts.run_id, run->facts.run_id))
                return true;
    return false;
}

static bool same_variant(const struct sides_group *group, struct slice variant)
{
    for (int side = 0; side < SIDES; side++)
        if (group->counts[side] > 0 &&
            slice_equal(group->results[side][group->counts[side] - 1]->facts.variant, variant))
            return true;
    return false;
}

static bool is_earlier(const struct earlier *at, const struct sides_result *result)
{
    const struct sides_result *shown = contrast_shown(at->group);
    return result->facts.outcome == OUTCOME_PASSED &&
           same_variant(at->group, result->facts.variant) &&
           (at->options->any_machine ||
               !sides_machines_differ(&result->machine, &shown->machine)) &&
           !is_compared(at->group, result->run);
}

static const struct metric *metric_called(const struct sides_result *result, struct slice name)
{
    for (size_t i = 0; i < result->facts.metric_count; i++)
        if (slice_equal(result->facts.metrics[i].name, name))
            return &result->facts.metrics[i];
    return NULL;
}

static int by_age(const void *left, const void *right)
{
    const struct metric_entry *a = left, *b = right;
    return sides_result_compare(a->result, b->result);
}

static void collect(struct earlier *at, const struct spread *spread, struct arena *arena)
{
    size_t groups, most = 1;
    const struct sides_group *found = spread_groups(spread, at->group->key, &groups);
    for (size_t i = 0; i < groups; i++)
        most += found[i].counts[SIDE_BASE];
    at->entries = arena_take(arena, most * sizeof *at->entries);
    for (size_t i = 0; i < groups; i++)
        for (size_t k = 0; k < found[i].counts[SIDE_BASE]; k++) {
            const struct sides_result *result = found[i].results[SIDE_BASE][k];
            const struct metric *metric = metric_called(result, at->metric);
            struct unit_step step;
            if (metric && is_earlier(at, result) &&
                unit_step_between(&step, metric->unit, at->unit))
                at->entries[at->count++] = (struct metric_entry){metric, result};
        }
    if (at->count > 1)
        qsort(at->entries, at->count, sizeof *at->entries, by_age);
}

/* As the comparison itself will choose it. */
static enum scale scale_of(const struct compare_input *input)
{
    const struct compare_input_side *sides[] = {&input->base, &input->head};
    for (size_t side = 0; side < SIDES; side++)
        for (size_t run = 0; run < sides[side]->runs_count; run++)
            for (size_t i = 0; i < sides[side]->runs[run].count; i++)
                if (!(sides[side]->runs[run].values[i] > 0))
                    return SCALE_RAW;
    return SCALE_LOG;
}

/* false: a run that has nothing to say on this scale. */
static bool summarise(struct run_summary *out, const struct earlier *at,
    const struct compare_run *run, struct arena *arena)
{
    struct samples samples, scaled;
    struct error ignored = ERROR_INIT; /* it is left out, as it would be of a side */
    if (run->count == 0 || samples_prepare(&samples, run->values, run->count, arena, &ignored) != 0)
        return false;
    if (at->scale == SCALE_LOG && !samples_positive(&samples))
        return false;
    scaled = samples;
    if (at->scale == SCALE_LOG)
        samples_logs(&scaled, &samples, arena);
    *out = run_summary_of(&scaled);
    return true;
}

void contrast_history(struct metric_input *made, const struct contrast_options *options,
    const struct sides_group *group, struct slice metric, struct arena *arena)
{
    struct compare_input *input = &made->input;
    struct earlier at = {options, group, metric, made->unit, scale_of(input), NULL, 0};
    uint32_t ignored = 0;
    if (!options->history)
        return;
    collect(&at, options->history, arena);
    struct run_summary *runs = arena_take(arena, (at.count + 1) * sizeof *runs);
    for (size_t from = 0, end; from < at.count; from = end) {
        for (end = from + 1;
             end < at.count && at.entries[end].result->run == at.entries[from].result->run;)
            end++;
        struct compare_run run =
            metric_run_join(at.entries + from, end - from, made->unit, &ignored, arena);
        input->history_count += summarise(&runs[input->history_count], &at, &run, arena);
    }
    input->history = runs;
    const struct spread_noise *noise =
        spread_noise(options->history, contrast_shown(group), group->key, metric);
    if (noise)
        input->history_noise = (struct compare_noise){noise->cv, noise->points};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/contrast_parts.h"
#include "record/unit.h"
#include "stats/spending.h"

#include <math.h>

/* ---- unit, direction, definition ---------------------------------------------- */

/* Base's where base has one, else the first by name, so that the order of lines does not matter. */
struct slice metric_unit(const struct metric_entries *entries)
{
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    size_t count = entries->counts[SIDE_BASE] > 0 ? entries->counts[SIDE_BASE] : all;
    struct slice unit = entries->items[0].metric->unit;
    for (size_t i = 1; i < count; i++)
        if (slice_compare(entries->items[i].metric->unit, unit) < 0)
            unit = entries->items[i].metric->unit;
    return unit;
}

static bool units_fit(const struct metric_entries *entries, struct slice unit)
{
    struct unit_step step;
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    for (size_t i = 0; i < all; i++)
        if (!unit_step_between(&step, entries->items[i].metric->unit, unit))
            return false;
    return true;
}

/* What all say, where those that say something say the same. */
static enum better common_better(const struct metric_entries *entries, uint32_t *reasons)
{
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    enum better better = BETTER_NONE;
    bool known = false;
    for (size_t i = 0; i < all; i++) {
        const struct metric *metric = entries->items[i].metric;
        if (!metric->better_known)
            continue;
        if (known && metric->better != better) {
            *reasons |= reason_bit(REASON_MIXED_DIRECTIONS);
            return BETTER_NONE;
        }
        known = true;
        better = metric->better;
    }
    return better;
}

static bool definitions_differ(const struct metric_entries *entries)
{
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    struct slice known = {NULL, 0};
    for (size_t i = 0; i < all; i++) {
        struct slice definition = entries->items[i].metric->definition;
        if (known.data && definition.data && !slice_equal(known, definition))
            return true;
        if (!known.data)
            known = definition;
    }
    return false;
}

static bool is_deterministic(const struct metric_entries *entries)
{
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    bool yes = false;
    for (size_t i = 0; i < all; i++) {
        if (entries->items[i].metric->deterministic == KNOWN_FALSE)
            return false;
        yes = yes || entries->items[i].metric->deterministic == KNOWN_TRUE;
    }
    return yes;
}

/* ---- samples -------------------------------------------------------------------- */

/*
 * An id as a number: a whole number is itself, any other text its FNV-1a hash
 * with the highest bit set. Ids match inside one repetition.
 */
static uint64_t pair_number(struct slice text, double repetition)
{
    uint64_t number = 0, hash = UINT64_C(0xcbf29ce484222325);
    bool whole = text.size > 0 && text.size < 19;
    if (slice_is(text, "null"))
        return PAIR_NONE;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        whole = whole && byte >= '0' && byte <= '9';
        number = number * 10 + (uint64_t)(byte - '0');
        hash = (hash ^ byte) * UINT64_C(0x100000001b3);
    }
    uint64_t id = whole ? number : hash | (UINT64_C(1) << 63);
    id += (uint64_t)repetition * UINT64_C(0x9e3779b97f4a7c15);
    return id == PAIR_NONE ? 0 : id;
}

struct compare_run metric_run_join(const struct metric_entry *entries, size_t count,
    struct slice unit, uint32_t *reasons, struct arena *arena)
{
    struct compare_run run = {.key = entries[0].result->run->key};
    size_t most = 0;
    bool paired = true;
    for (size_t i = 0; i < count; i++) {
        most += entries[i].metric->count;
        paired = paired && (entries[i].metric->pairs || entries[i].metric->count == 0);
    }
    double *values = arena_take(arena, (most + 1) * sizeof *values);
    uint64_t *pairs = paired ? arena_take(arena, (most + 1) * sizeof *pairs) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct metric *metric = entries[i].metric;
        struct unit_step step;
        if (!unit_step_between(&step, metric->unit, unit))
            step = (struct unit_step){1, 1}; /* mixed-units is said; the figures stay readable */
        for (size_t k = 0; k < metric->count; k++) {
            if (isnan(metric->samples[k])) {
                *reasons |= reason_bit(REASON_MISSING_SAMPLES);
                continue;
            }
            if (pairs)
                pairs[run.count] =
                    pair_number(metric->pairs[k], entries[i].result->facts.repetition);
            values[run.count++] = unit_turn(step, metric->samples[k]);
        }
    }
    run.values = values;
    run.pairs = pairs;
    return run;
}

static void add_summary(struct run_summary *sum, double n, double mean, double sd)
{
    if (isnan(sum->n)) {
        *sum = (struct run_summary){n, mean, sd};
        return;
    }
    double all = sum->n + n, step = mean - sum->mean;
    double squares =
        (sum->n - 1) * sum->sd * sum->sd + (n - 1) * sd * sd + step * step * sum->n * n / all;
    *sum = (struct run_summary){all, sum->mean + step * n / all, sqrt(squares / (all - 1))};
}

static struct run_summary join_summaries(
    const struct metric_entry *items, size_t count, struct slice unit)
{
    struct run_summary sum = {NAN, NAN, NAN};
    for (size_t i = 0; i < count; i++) {
        const struct metric_summary *summary = &items[i].metric->summary;
        struct unit_step step;
        if (!summary->present || isnan(summary->mean))
            continue;
        if (!unit_step_between(&step, items[i].metric->unit, unit))
            step = (struct unit_step){1, 1};
        add_summary(&sum, summary->n, unit_turn(step, summary->mean), unit_turn(step, summary->sd));
    }
    return sum;
}

static bool make_side(struct compare_input_side *side, const struct metric_entry *items,
    size_t count, struct slice unit, uint32_t *reasons, struct arena *arena)
{
    struct compare_run *runs = arena_take(arena, (count + 1) * sizeof *runs);
    size_t run_count = 0;
    bool values = false;
    for (size_t from = 0, end; from < count; from = end) {
        for (end = from + 1; end < count && items[end].result->run == items[from].result->run;)
            end++;
        runs[run_count] = metric_run_join(items + from, end - from, unit, reasons, arena);
        values = values || runs[run_count].count > 0;
        run_count++;
    }
    *side = (struct compare_input_side){runs, run_count,
        values ? (struct run_summary){NAN, NAN, NAN} : join_summaries(items, count, unit)};
    return values || side->summary.n > 0;
}

/* ---- looks ------------------------------------------------------------------------- */

/*
 * The level of a run's last look, when its looks were even and the last allowed
 * one would have spent all of alpha. Whoever goes on with a run that was to have
 * ended has looked at what was there.
 */
static double look_share_of(const struct sides_run *run, double alpha, struct arena *arena)
{
    bool conclusive = slice_is(run->stopping_rule, "conclusive");
    double looks = fmax(1, run->looks); /* NaN counts as 1 */
    if (!conclusive && run->continued > 0)
        looks += run->continued;
    double most = conclusive ? run->looks_most : looks;
    if (!(looks > 1))
        return 1;
    if (!(most >= looks))
        most = looks;
    if (most > SPENDING_LOOKS_LARGEST) {
        looks = fmax(1, floor(looks * SPENDING_LOOKS_LARGEST / most));
        most = SPENDING_LOOKS_LARGEST;
    }
    size_t count = (size_t)looks;
    double fractions[SPENDING_LOOKS_LARGEST], levels[SPENDING_LOOKS_LARGEST];
    for (size_t i = 0; i < count; i++)
        fractions[i] = (double)(i + 1) / most;
    if (spending_levels(levels, fractions, count, alpha, arena) != 0)
        return 1 / looks;
    return fmin(1, levels[count - 1] / alpha);
}

static double look_share(const struct metric_entries *entries, double alpha, struct arena *arena)
{
    const struct sides_run *last = NULL;
    size_t all = entries->counts[SIDE_BASE] + entries->counts[SIDE_HEAD];
    double share = 1;
    for (size_t i = 0; i < all; i++) {
        if (entries->items[i].result->run == last)
            continue;
        last = entries->items[i].result->run;
        share = fmin(share, look_share_of(last, alpha, arena));
    }
    return share;
}

/* ---- all of it ----------------------------------------------------------------------- */

void metric_input_make(struct metric_input *out, const struct metric_entries *entries,
    const struct policy_rule *rule, struct arena *arena)
{
    uint32_t reasons = 0;
    struct slice unit = metric_unit(entries);
    struct compare_input *input = &out->input;
    *out = (struct metric_input){.unit = unit};
    *input = (struct compare_input){
        .better = rule->better_known ? rule->better : common_better(entries, &reasons),
        .band = rule->band,
        .deterministic = is_deterministic(entries),
        .countable = unit_is_countable(unit),
        .look_share = look_share(entries, rule->alpha, arena),
        .alpha = rule->alpha,
        .informal = rule->importance == IMPORTANCE_INFORMATIONAL};
    if (!units_fit(entries, unit))
        reasons |= reason_bit(REASON_MIXED_UNITS);
    if (definitions_differ(entries))
        reasons |= reason_bit(REASON_DIFFERENT_DEFINITIONS);
    struct compare_input_side *sides[] = {&input->base, &input->head};
    for (int side = 0; side < SIDES; side++)
        out->values[side] = make_side(sides[side], metric_entries_of(entries, (enum side_of)side),
            entries->counts[side], unit, &reasons, arena);
    input->reasons = reasons;
}

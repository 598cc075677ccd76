/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conclusive.h"

#include "analysis/family.h"
#include "base/memory.h"
#include "stats/spending.h"

#include <math.h>
#include <stdlib.h>

/* All comparisons of one look. */
struct look {
    const struct subject *subjects;
    size_t count;
    const struct against *against;
    double share; /* of alpha, at this look */
    struct comparison *comparisons;
    size_t *base_samples; /* parallel */
    size_t made;
    struct arena arena;
    struct compare_memory memory;
};

static double share_of(int64_t look, int64_t most, struct arena *arena)
{
    double fractions[CONCLUSIVE_LOOKS_MOST], levels[CONCLUSIVE_LOOKS_MOST];
    for (int64_t i = 0; i < look; i++)
        fractions[i] = (double)(i + 1) / (double)most;
    if (spending_levels(levels, fractions, (size_t)look, CONCLUSIVE_ALPHA, arena) != 0)
        return 1 / (double)look;
    return fmin(1, levels[look - 1] / CONCLUSIVE_ALPHA);
}

static struct compare_run own_run(struct look *look, const struct series *series)
{
    uint64_t *pairs = arena_take(&look->arena, (series->total + 1) * sizeof *pairs);
    for (size_t i = 0; i < series->total; i++)
        pairs[i] = series->wall_rounds[i] < 0 ? PAIR_NONE : (uint64_t)series->wall_rounds[i];
    return (struct compare_run){0, series->walls, series->total, pairs};
}

static void add_comparison(struct look *look, const struct compare_run *base, size_t base_runs,
    const struct subject *head, bool same_run)
{
    struct error error = ERROR_INIT;
    const struct compare_run own = own_run(look, &head->series);
    const struct compare_input input = {.base = {.runs = base, .runs_count = base_runs},
        .head = {.runs = &own, .runs_count = 1},
        .better = BETTER_LOWER,
        .band = {.relative = CONCLUSIVE_BAND, .absolute = NAN},
        .interleaved = same_run && head->paired,
        .look_share = look->share};
    struct comparison *comparison = &look->comparisons[look->made];
    if (compare_measure(comparison, &input, &look->arena, &look->memory, &error) != 0)
        return; /* times of 0, which a shell left: there is nothing to settle */
    size_t samples = 0;
    for (size_t i = 0; i < base_runs; i++)
        samples += base[i].count;
    look->base_samples[look->made++] = samples;
}

static void compare_with_report(struct look *look, size_t index)
{
    const struct against_cell *cell = &look->against->cells[index];
    if (cell->count == 0)
        return;
    struct compare_run *runs = arena_take(&look->arena, cell->count * sizeof *runs);
    for (size_t i = 0; i < cell->count; i++)
        runs[i] = (struct compare_run){i + 1, cell->runs[i].values, cell->runs[i].count, NULL};
    add_comparison(look, runs, cell->count, &look->subjects[index], false);
}

/* The reference of a benchmark, else the first of its variants. */
static size_t base_of(const struct look *look, size_t index)
{
    size_t base = index;
    for (size_t i = look->count; i-- > 0;)
        if (!look->subjects[i].over && (i < base || look->subjects[i].cell->bench->reference) &&
            cell_same_benchmark(look->subjects[i].cell, look->subjects[index].cell) &&
            !look->subjects[base].cell->bench->reference)
            base = i;
    return base;
}

static void compare_with_variant(struct look *look, size_t index)
{
    size_t base = base_of(look, index);
    if (base == index)
        return;
    const struct compare_run run = own_run(look, &look->subjects[base].series);
    add_comparison(look, &run, 1, &look->subjects[index], true);
}

/*
 * However many samples this side takes, both together count for less than twice
 * the other's: 2nm / (n + m). What is needed is only known well once this side has
 * as many. And what more samples of a run cannot settle, nothing here can.
 */
static bool is_limited(const struct comparison *comparison, size_t base_samples)
{
    return isnan(comparison->needed.samples) ||
           (comparison->head.n >= base_samples &&
               comparison->needed.samples >= 2 * (double)base_samples);
}

static enum conclusion conclude(struct look *look)
{
    const struct family_rules rules = {.alpha = CONCLUSIVE_ALPHA};
    struct family_findings findings;
    bool open = false, limited = false;
    family_settle(look->comparisons, look->made, &rules, &findings, &look->memory);
    for (size_t i = 0; i < look->made; i++) {
        const struct comparison *comparison = &look->comparisons[i];
        if (comparison->verdict != VERDICT_INCONCLUSIVE &&
            comparison->verdict != VERDICT_TOO_FEW_SAMPLES)
            continue;
        if (comparison->verdict == VERDICT_INCONCLUSIVE && look->against &&
            is_limited(comparison, look->base_samples[i]))
            limited = true;
        else
            open = true;
    }
    return open ? CONCLUSION_OPEN : limited ? CONCLUSION_LIMITED : CONCLUSION_SETTLED;
}

enum conclusion conclusive_look(const struct subject *subjects, size_t count,
    const struct against *against, int64_t look_number, int64_t most, size_t *comparisons)
{
    struct look *look = memory_zero(1, sizeof *look);
    look->subjects = subjects;
    look->count = count;
    look->against = against;
    look->comparisons = memory_zero(count, sizeof *look->comparisons);
    look->base_samples = memory_zero(count, sizeof *look->base_samples);
    look->share = share_of(look_number, most, &look->arena);
    for (size_t i = 0; i < count; i++) {
        if (subjects[i].over || subjects[i].series.total == 0)
            continue;
        if (against)
            compare_with_report(look, i);
        else
            compare_with_variant(look, i);
    }
    *comparisons = look->made;
    enum conclusion conclusion = look->made > 0 ? conclude(look) : CONCLUSION_SETTLED;
    compare_memory_release(&look->memory);
    arena_release(&look->arena);
    free(look->comparisons);
    free(look->base_samples);
    free(look);
    return conclusion;
}

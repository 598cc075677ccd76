/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "against.h"

#include "base/memory.h"
#include "match.h"
#include "record/reader.h"
#include "source/lines.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct against_run *find_run(
    struct against *against, struct against_cell *cell, const struct report_result *result)
{
    for (size_t i = 0; i < cell->count; i++)
        if (match_text(result->run_id, cell->runs[i].run_id) &&
            match_text(result->variant, cell->runs[i].variant))
            return &cell->runs[i];
    MEMORY_GROW(cell->runs, cell->count, cell->capacity);
    struct against_run *run = &cell->runs[cell->count++];
    struct slice id = result->run_id, variant = result->variant;
    *run = (struct against_run){.run_id = arena_text_n(&against->arena, id.data, id.size)};
    if (variant.size > 0)
        run->variant = arena_text_n(&against->arena, variant.data, variant.size);
    return run;
}

static void add_values(struct against_run *run, const struct metric *metric)
{
    for (size_t i = 0; i < metric->count; i++) {
        if (isnan(metric->samples[i]))
            continue;
        MEMORY_GROW(run->values, run->count, run->capacity);
        run->values[run->count++] = metric->samples[i];
    }
}

static void take_result(
    struct against *against, const struct plan *plan, const struct report_result *result)
{
    const struct metric *walls = report_metric(result, "wall_time");
    if (!walls || walls->count == 0)
        return;
    for (size_t i = 0; i < plan->count; i++)
        if (match_benchmark(&plan->cells[i], result))
            add_values(find_run(against, &against->cells[i], result), walls);
}

static bool same_variant(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether there are several variants of the cell's benchmark, here or there. */
static bool are_several(const struct plan *plan, size_t index, const struct against_cell *there)
{
    const struct cell *cell = &plan->cells[index];
    for (size_t i = 0; i < plan->count; i++)
        if (cell_same_benchmark(&plan->cells[i], cell) &&
            !same_variant(plan->cells[i].variant, cell->variant))
            return true;
    for (size_t i = 1; i < there->count; i++)
        if (!same_variant(there->runs[i].variant, there->runs[0].variant))
            return true;
    return false;
}

static void keep_variant(struct against_cell *there, const char *variant)
{
    size_t kept = 0;
    for (size_t i = 0; i < there->count; i++) {
        if (same_variant(there->runs[i].variant, variant))
            there->runs[kept++] = there->runs[i];
        else
            free(there->runs[i].values);
    }
    there->count = kept;
}

static int no_counterpart(const char *path, bool other_variants, struct error *error)
{
    return error_set(error, ERROR_CONTENT,
        other_variants ? "%s has other variants of what is to be measured; give each command the "
                         "--variant that it has there"
                       : "%s has no wall_time of what is to be measured",
        path);
}

/* The cells keep what is to be compared with them. */
static int settle(
    struct against *against, const struct plan *plan, const char *path, struct error *error)
{
    bool other_variants = false;
    size_t found = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct against_cell *there = &against->cells[i];
        size_t before = there->count;
        if (are_several(plan, i, there))
            keep_variant(there, plan->cells[i].variant);
        other_variants = other_variants || there->count < before;
        found += there->count > 0;
    }
    if (found == 0)
        return no_counterpart(path, other_variants, error);
    for (size_t i = 0; i < plan->count; i++) {
        const struct cell *cell = &plan->cells[i];
        if (against->cells[i].count == 0 && cell->spec != NO_SPEC)
            tool_note("%s has nothing to compare %s%s%s%s with", path, cell->name,
                cell->variant ? " [" : "", cell->variant ? cell->variant : "",
                cell->variant ? "]" : "");
    }
    return 0;
}

static int read_all(struct against *against, struct record_reader *reader, const struct plan *plan,
    struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct record record;
    int result = 0, next = 1;
    while (result == 0 && (next = record_next(reader, &record, error)) > 0) {
        struct report_result found;
        if (record.kind != RECORD_RESULT)
            continue;
        arena_reset(&arena);
        result = report_result_read(&found, &record, &arena, error);
        if (result == 0)
            take_result(against, plan, &found);
    }
    arena_release(&arena);
    return result == 0 && next == 0 ? 0 : -1;
}

int against_read(
    struct against *against, const char *path, const struct plan *plan, struct error *error)
{
    const char *const operands[] = {path};
    char *module = place_module("git");
    const struct source_options options = {.git_module = module};
    struct sources *sources = sources_create(operands, 1, &options);
    struct lines *lines = lines_create(sources, NULL);
    struct record_reader *reader = record_reader_create(lines, NULL);
    against->cells = memory_zero(plan->count, sizeof *against->cells);
    against->count = plan->count;
    int result = read_all(against, reader, plan, error);
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    free(module);
    return result == 0 ? settle(against, plan, path, error) : -1;
}

void against_release(struct against *against)
{
    for (size_t i = 0; i < against->count; i++) {
        for (size_t j = 0; j < against->cells[i].count; j++)
            free(against->cells[i].runs[j].values);
        free(against->cells[i].runs);
    }
    free(against->cells);
    arena_release(&against->arena);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "against.h"

#include "base/memory.h"
#include "match.h"
#include "record/reader.h"
#include "source/lines.h"
#include "tool/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct against_run *find_run(
    struct against *against, struct against_cell *cell, struct slice run_id)
{
    for (size_t i = 0; i < cell->count; i++)
        if (match_text(run_id, cell->runs[i].run_id))
            return &cell->runs[i];
    MEMORY_GROW(cell->runs, cell->count, cell->capacity);
    struct against_run *run = &cell->runs[cell->count++];
    *run = (struct against_run){.run_id = arena_text_n(&against->arena, run_id.data, run_id.size)};
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
        if (match_benchmark(&plan->cells[i], result) &&
            (result->variant.size == 0 || match_text(result->variant, plan->cells[i].variant)))
            add_values(find_run(against, &against->cells[i], result->run_id), walls);
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
    size_t found = 0;
    against->cells = memory_zero(plan->count, sizeof *against->cells);
    against->count = plan->count;
    int result = read_all(against, reader, plan, error);
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    free(module);
    for (size_t i = 0; i < against->count; i++)
        found += against->cells[i].count > 0;
    if (result == 0 && found == 0)
        return error_set(
            error, ERROR_CONTENT, "%s has no wall_time of what is to be measured", path);
    return result;
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

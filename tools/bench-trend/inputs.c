/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/inputs.h"
#include "base/memory.h"
#include "material.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

/* Files, folders and standard input: each run is a point. */

struct reading {
    struct material *material;
    struct history_reader *reader;
    char *file; /* that is being read */
};

static void finish_file(struct reading *reading)
{
    if (!reading->file)
        return;
    struct material *material = reading->material;
    struct held_history *held = material_add(material, reading->file);
    history_finish(reading->reader, &held->history, &material->arena);
    free(reading->file);
    reading->file = NULL;
}

static int take(void *context, const struct record *record, bool of_many, struct error *error)
{
    struct reading *reading = context;
    (void)of_many;
    if (!reading->file || strcmp(reading->file, record->file) != 0) {
        finish_file(reading);
        reading->file = memory_text(record->file);
    }
    return history_take(reading->reader, record, error);
}

static int read_all(struct material *material, const struct operands *operands, struct error *error)
{
    struct reading reading = {material, history_reader_create(&material->options), NULL};
    struct source_options source = {
        .repository = material->settings->repository, .git_module = material->git_module};
    struct record_inputs inputs = {.source = &source,
        .max_line = material->settings->max_line,
        .take = take,
        .context = &reading,
        .tell = tool_error};
    int result =
        record_inputs_read(&inputs, (const char *const *)operands->items, operands->count, error);
    finish_file(&reading);
    history_reader_free(reading.reader);
    material->bad += inputs.bad;
    material->newer = material->newer || inputs.newer;
    return result;
}

/* ---- runs become points ------------------------------------------------------------ */

struct found_run {
    const struct history_run *run;
    size_t held, number, order; /* order: as it came */
    bool used;
};

static int by_date(const void *left, const void *right)
{
    const struct found_run *a = left, *b = right;
    if (a->run->started_ns != b->run->started_ns)
        return a->run->started_ns < b->run->started_ns ? -1 : 1;
    int order = slice_compare(a->run->run_id, b->run->run_id);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int by_id(const void *left, const void *right)
{
    const struct found_run *a = left, *b = right;
    int order = slice_compare(a->run->run_id, b->run->run_id);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* A run that several files tell of stands where its first one does. */
static void join_runs(struct found_run *runs, size_t count)
{
    if (count > 1)
        qsort(runs, count, sizeof *runs, by_id);
    for (size_t i = 1; i < count; i++)
        if (slice_equal(runs[i].run->run_id, runs[i - 1].run->run_id)) {
            runs[i].order = runs[i - 1].order;
            runs[i].used = runs[i].used || runs[i - 1].used;
            if (runs[i].run->started_ns == INT64_MIN || runs[i - 1].run->started_ns != INT64_MIN)
                runs[i].run = runs[i - 1].run;
        }
}

static int by_order(const void *left, const void *right)
{
    const struct found_run *a = left, *b = right;
    return (a->order > b->order) - (a->order < b->order);
}

static struct found_run *list_runs(struct material *material, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < material->held_count; i++)
        most += material->held[i].history.run_count;
    struct found_run *runs = arena_zero(&material->arena, most + 1, sizeof *runs);
    *count = 0;
    for (size_t i = 0; i < material->held_count; i++) {
        struct held_history *held = &material->held[i];
        size_t first = *count;
        held->points = arena_take(&material->arena, (held->history.run_count + 1) * sizeof(size_t));
        for (size_t k = 0; k < held->history.run_count; k++) {
            held->points[k] = TREND_NOWHERE;
            runs[*count] = (struct found_run){&held->history.runs[k], i, k, *count, false};
            (*count)++;
        }
        for (size_t k = 0; k < held->history.entry_count; k++)
            runs[first + held->history.entries[k].run].used = true;
    }
    return runs;
}

static struct trend_point point_of(const struct history_run *run)
{
    return (struct trend_point){.ref = run->tag.data ? run->tag : run->version,
        .commit = run->commit,
        .ns = run->started_ns};
}

static void make_points(struct material *material)
{
    size_t count;
    struct found_run *runs = list_runs(material, &count);
    bool as_given = material->settings->order == ORDER_INPUT;
    join_runs(runs, count);
    if (count > 1)
        qsort(runs, count, sizeof *runs, as_given ? by_order : by_date);
    material->points = arena_take(&material->arena, (count + 1) * sizeof *material->points);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && slice_equal(runs[i].run->run_id, runs[i - 1].run->run_id) &&
                    material->point_count > 0;
        if (!runs[i].used)
            continue;
        if (!same)
            material->points[material->point_count++] = point_of(runs[i].run);
        material->held[runs[i].held].points[runs[i].number] = material->point_count - 1;
    }
}

int material_from_inputs(
    struct material *material, const struct operands *operands, struct error *error)
{
    if (read_all(material, operands, error) != 0)
        return -1;
    make_points(material);
    return 0;
}

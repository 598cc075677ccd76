/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/target_cells.h"

#include "record/access.h"

#include <math.h>

/* ---- cells --------------------------------------------------------------------------- */

static struct slice side_of_result(const struct sides_result *result, const char *label)
{
    return label ? sides_label(result, slice_of(label)) : result->facts.variant;
}

/* data NULL and "" are one side, without a name. */
static bool belongs(
    const struct target_cell *cell, const struct sides_result *result, const char *label)
{
    return slice_equal(cell->side, side_of_result(result, label)) &&
           slice_equal(cell->variant, result->facts.variant);
}

/* The cells of a group: each takes the results that are left and belong to the first of them. */
static void add_group(
    struct target_cells *cells, const struct sides_group *group, const char *label)
{
    struct sides_result **results = group->results[SIDE_HEAD];
    size_t count = group->counts[SIDE_HEAD], begun = cells->count;
    for (size_t i = 0; i < count; i++) {
        bool taken = false;
        for (size_t k = begun; k < cells->count && !taken; k++)
            taken = belongs(&cells->items[k], results[i], label);
        if (taken)
            continue;
        struct target_cell *cell = &cells->items[cells->count++];
        *cell = (struct target_cell){group, side_of_result(results[i], label),
            results[i]->facts.variant, cells->row_count, 0};
        for (size_t k = i; k < count; k++)
            if (belongs(cell, results[k], label)) {
                cells->rows[cells->row_count++].result = results[k];
                cell->count++;
            }
    }
}

/* ---- what a line says ------------------------------------------------------------------ */

/* The results' lines, and the line of the run that was asked for last. */
struct lines_at {
    struct json_document line, run;
    const struct sides_run *of;
};

static void read_lines(struct lines_at *at, const struct sides_result *result)
{
    struct error ignored = ERROR_INIT; /* it was read once */
    if (json_parse_copy(&at->line, result->text, NULL, &ignored) != 0)
        at->line.count = 0;
    if (at->of == result->run)
        return;
    at->of = result->run;
    if (at->of->text.size == 0 || json_parse_copy(&at->run, at->of->text, NULL, &ignored) != 0)
        at->run.count = 0;
}

static void count_outcome(struct target_row *row)
{
    enum outcome outcome = row->result->facts.outcome;
    row->successes = outcome == OUTCOME_PASSED;
    row->failures = outcome == OUTCOME_FAILED || outcome == OUTCOME_ERROR;
}

static void count_requests(struct target_row *row, const struct json_document *line)
{
    uint32_t observations = access_node(line, ACCESS_ROOT, "observations", JSON_OBJECT);
    uint32_t list = access_node(line, observations, "ok", JSON_ARRAY);
    count_outcome(row);
    if (list == JSON_NONE || json_count(line, list) == 0)
        return;
    row->successes = row->failures = 0;
    for (uint32_t item = json_first(line, list); item != json_end(line, list);
         item = json_after(line, item)) {
        row->successes += json_type(line, item) == JSON_TRUE;
        row->failures += json_type(line, item) == JSON_FALSE;
    }
}

/* A result that came in parts is one: it failed if a part did. */
static void join_parts(struct target_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct target_row *row = &rows[i], *before = &rows[i - 1];
        const struct report_result *a = &before->result->facts, *b = &row->result->facts;
        if (b->part == 0 || before->result->run != row->result->run ||
            a->repetition != b->repetition || before->successes + before->failures != 1 ||
            row->successes + row->failures != 1)
            continue;
        row->failures |= before->failures;
        row->successes = !row->failures;
        before->successes = before->failures = 0;
    }
}

/* ---- which target is about which row ---------------------------------------------------- */

static bool size_fits(const struct target *target, const struct report_result *facts)
{
    if (isnan(target->size_low))
        return true;
    double size = target_model_size(facts->model_variant);
    if (isnan(size))
        size = target_model_size(facts->model_id);
    return size >= target->size_low && size <= target->size_high;
}

static bool holds(struct query *query, const struct lines_at *at)
{
    return !query || query_holds_beside(query, &at->line, &at->run);
}

static void look_at_row(struct target_cells *cells, size_t row, const struct targets *targets,
    const struct lines_at *at)
{
    const struct report_result *facts = &cells->rows[row].result->facts;
    bool any = facts->outcome != OUTCOME_SKIPPED && holds(targets->where, at);
    for (size_t i = 0; any && i < targets->count; i++) {
        const struct target *target = &targets->items[i];
        cells->wanted[i * cells->row_count + row] =
            size_fits(target, facts) && holds(target->scope, at) && holds(target->where, at);
    }
}

void target_cells_make(
    struct target_cells *cells, const struct sides *sides, const struct targets *targets)
{
    struct lines_at at = {JSON_DOCUMENT_INIT, JSON_DOCUMENT_INIT, NULL};
    size_t group_count, all = sides_count(sides, SIDE_HEAD);
    const struct sides_group *groups = sides_groups(sides, &group_count);
    cells->rows = arena_zero(&cells->arena, all + 1, sizeof *cells->rows);
    cells->items = arena_zero(&cells->arena, all + 1, sizeof *cells->items);
    for (size_t i = 0; i < group_count; i++)
        add_group(cells, &groups[i], targets->label);
    cells->wanted = arena_zero(&cells->arena, all * targets->count + 1, sizeof *cells->wanted);
    for (size_t i = 0; i < cells->row_count; i++) {
        read_lines(&at, cells->rows[i].result);
        count_requests(&cells->rows[i], &at.line);
        look_at_row(cells, i, targets, &at);
    }
    for (size_t i = 0; i < cells->count; i++)
        join_parts(cells->rows + cells->items[i].first, cells->items[i].count);
    json_release(&at.line);
    json_release(&at.run);
}

void target_cells_release(struct target_cells *cells)
{
    arena_release(&cells->arena);
}

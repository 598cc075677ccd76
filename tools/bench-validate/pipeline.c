/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pipeline.h"

#include "base/memory.h"
#include "crew.h"

#include <string.h>

struct writing {
    const struct pipeline *pipeline;
    struct totals *totals;
    /* The last line written has no newline: another file's lines must not run into it. */
    bool valid_open, invalid_open;
    uint64_t line; /* the number of the block's first line */
};

static int write_lines(
    struct output *out, bool *open, const char *text, size_t size, struct error *error)
{
    if (size == 0)
        return 0;
    if (*open && output_write(out, (struct slice){"\n", 1}, error) != 0)
        return -1;
    *open = text[size - 1] != '\n';
    return output_write(out, (struct slice){text, size}, error);
}

static int write_stretches(struct writing *writing, const struct block *block,
    const struct findings *findings, struct error *error)
{
    for (size_t i = 0; i < findings->stretch_count; i++) {
        const struct stretch *stretch = &findings->stretches[i];
        struct output *out = stretch->valid ? writing->pipeline->valid : writing->pipeline->invalid;
        bool *open = stretch->valid ? &writing->valid_open : &writing->invalid_open;
        if (out && write_lines(out, open, block->text + stretch->start, stretch->size, error) != 0)
            return -1;
        if (block->oversized && !block->last_part)
            *open = false; /* the rest of the line follows */
    }
    return 0;
}

/* Tells the problems of the block's lines up to a line from *next on. */
static int write_problems(struct writing *writing, const struct block *block,
    const struct findings *findings, uint64_t last_line, size_t *next, struct error *error)
{
    for (; *next < findings->problem_count; (*next)++) {
        const struct problem *problem = &findings->problems[*next];
        if (problem->line > last_line)
            break;
        if (problem->severity == SCHEMA_WARNING)
            writing->totals->warnings++;
        if (report_problem(writing->pipeline->report, block->file, writing->line + problem->line,
                problem, error) != 0)
            return -1;
    }
    return 0;
}

/* What the check says of each line, then what the lint does. */
static int write_reports(struct writing *writing, const struct block *block,
    const struct findings *findings, struct error *error)
{
    struct lint *lint = writing->pipeline->lint;
    struct block_walk walk = {block, 0, 0};
    struct line line;
    size_t next = 0;
    int result = 0;
    while (lint && result == 0 && block_line(&walk, &line)) {
        result = write_problems(writing, block, findings, line.number, &next, error);
        line.number += writing->line;
        if (result == 0 && !line.blank && !line.oversized)
            result = lint_line(lint, &line, error);
    }
    if (result == 0)
        result = write_problems(writing, block, findings, UINT64_MAX, &next, error);
    return result;
}

static int write_findings(struct writing *writing, const struct block *block,
    const struct findings *findings, struct error *error)
{
    struct totals *totals = writing->totals;
    if (block->first)
        writing->line = 1;
    totals->lines += findings->lines;
    totals->valid += findings->valid;
    totals->bad += findings->bad;
    totals->unsaid += findings->unsaid;
    int result = write_stretches(writing, block, findings, error);
    if (result == 0)
        result = write_reports(writing, block, findings, error);
    writing->line += findings->lines;
    /* A pipe that gives little at a time is somebody's work in progress: let it through. */
    if (result == 0 && block->size < LINE_BLOCK / 2 && writing->pipeline->valid)
        result = output_flush(writing->pipeline->valid, error);
    if (result == 0 && findings->error.code != ERROR_NONE) {
        *error = findings->error;
        return -1;
    }
    return result;
}

static int write_oldest(struct writing *writing, struct crew *crew, struct error *error)
{
    struct crew_job *job = crew_take(crew);
    int result = write_findings(writing, &job->block, &job->findings, error);
    crew_done(crew);
    return result;
}

/* An input that breaks is told after everything before it was written. */
static int report_unreadable(
    struct writing *writing, struct crew *crew, struct error *unreadable, struct error *error)
{
    while (crew_waiting(crew) > 0)
        if (write_oldest(writing, crew, error) != 0)
            return -1;
    if (report_flush(writing->pipeline->report, error) != 0)
        return -1;
    writing->pipeline->unreadable(unreadable);
    if ((int)error_status(unreadable) > writing->totals->status)
        writing->totals->status = (int)error_status(unreadable);
    error_clear(unreadable);
    return 0;
}

int pipeline_run(const struct pipeline *pipeline, struct blocks *blocks, struct totals *totals,
    struct error *error)
{
    struct writing writing = {.pipeline = pipeline, .totals = totals};
    struct crew *crew = crew_create(pipeline->catalog, pipeline->options, pipeline->jobs);
    struct error unreadable = ERROR_INIT;
    int result = 0, more = 1;

    while (result == 0 && more != 0) {
        struct crew_job *job = crew_free_job(crew);
        if (!job) {
            result = write_oldest(&writing, crew, error);
            continue;
        }
        more = blocks_next(blocks, &job->block, &unreadable);
        if (more > 0)
            crew_give(crew);
        if (more < 0)
            result = report_unreadable(&writing, crew, &unreadable, error);
    }
    while (result == 0 && crew_waiting(crew) > 0)
        result = write_oldest(&writing, crew, error);
    crew_end(crew);
    if (result == 0 && pipeline->lint)
        result = lint_finish(pipeline->lint, error);
    if ((totals->bad > 0 || (pipeline->lint && lint_errors(pipeline->lint) > 0)) &&
        totals->status < STATUS_FOUND)
        totals->status = STATUS_FOUND;
    return result;
}

int pipeline_document(const struct pipeline *pipeline, const struct block *document,
    struct totals *totals, struct error *error)
{
    struct writing writing = {.pipeline = pipeline, .totals = totals};
    struct checker *checker = checker_create(pipeline->catalog, pipeline->options);
    struct findings findings = FINDINGS_INIT;
    check_block(checker, document, &findings);
    int result = write_findings(&writing, document, &findings, error);
    if (totals->bad > 0 && totals->status < STATUS_FOUND)
        totals->status = STATUS_FOUND;
    findings_release(&findings);
    checker_free(checker);
    return result;
}

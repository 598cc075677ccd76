/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the verdicts of bench-diff are worth: simulates reports in which it is known
 * what changed, and counts what is claimed of them. Ends with 1 when a goal is
 * missed. The same seed and number of reports count the same, on any number of
 * threads.
 */
#include "base/memory.h"
#include "goals.h"
#include "lines.h"
#include "process/clock.h"
#include "query/glob.h"
#include "tool/tool.h"
#include "workers.h"

#include <stdio.h>
#include <stdlib.h>

struct settings {
    int64_t reports, seed, jobs;
    const char *cells, *output;
};

/* ---- counting ---------------------------------------------------------------------- */

enum { REPORTS_A_TASK = 50 };

struct counting {
    struct counted *cells;
    size_t count;
    const struct settings *settings;
    int64_t started;
    size_t tasks;               /* of a cell */
    struct tally (*tallies)[2]; /* of the tasks */
};

static void count_some(void *context, size_t number)
{
    struct counting *counting = context;
    const struct cell *cell = &counting->cells[number / counting->tasks].cell;
    size_t first = number % counting->tasks * REPORTS_A_TASK;
    size_t left = (size_t)counting->settings->reports - first;
    /* By condition and shift, not by the place among the cells that were chosen. */
    uint64_t part =
        (uint64_t)cell->group << 48 | (uint64_t)lround(1000 * cell->shift) << 32 | first;
    struct report *report = memory_zero(1, sizeof *report);
    struct simulation simulation = simulation_part((uint64_t)counting->settings->seed, part);
    for (size_t i = 0; i < left && i < REPORTS_A_TASK; i++)
        tally_draw(counting->tallies[number], report, &simulation, &cell->plan);
    report_release(report);
    free(report);
}

static void count_all(struct counting *counting)
{
    const struct settings *settings = counting->settings;
    counting->tasks = ((size_t)settings->reports + REPORTS_A_TASK - 1) / REPORTS_A_TASK;
    size_t tasks = counting->count * counting->tasks;
    counting->tallies = memory_zero(tasks, sizeof *counting->tallies);
    workers_run(tasks, (size_t)settings->jobs, count_some, counting);
    for (size_t i = 0; i < tasks; i++)
        for (int strict = 0; strict < 2; strict++)
            tally_add(&counting->cells[i / counting->tasks].tallies[strict],
                &counting->tallies[i][strict]);
    free(counting->tallies);
}

static size_t choose_cells(struct counted *cells, const char *pattern)
{
    static struct cell all[CELLS_MOST];
    size_t count = cells_make(all), chosen = 0;
    for (size_t i = 0; i < count; i++)
        if (!pattern || glob_matches(slice_of(pattern), slice_of(condition_name(all[i].condition))))
            cells[chosen++] = (struct counted){.cell = all[i]};
    return chosen;
}

/* ---- as lines ------------------------------------------------------------------------ */

struct measure_word {
    const char *name, *better;
};

static const struct measure_word measure_words[MEASURES] = {
    [MEASURE_FALSE_ALARM] = {"false_alarm_rate", "lower"},
    [MEASURE_POWER] = {"power", "higher"},
    [MEASURE_MISSED] = {"missed_rate", "lower"},
    [MEASURE_UNCHANGED] = {"unchanged_rate", "higher"},
    [MEASURE_WARNED] = {"warning_rate", "none"},
    [MEASURE_UNKNOWN] = {"unknown_rate", "none"},
    [MEASURE_SETTLED] = {"settled_rate", "higher"},
};

static void write_param(struct json_writer *writer, const char *key, double value)
{
    if (value > 0)
        json_member_double(writer, key, value);
}

static void write_params(struct json_writer *writer, const struct cell *cell)
{
    const struct report_plan *plan = &cell->plan;
    json_member_text(writer, "order", order_name(plan->order));
    json_member_bool(writer, "paired", plan->paired);
    json_member_text(writer, "noise", noise_name(plan->noise));
    json_member_double(writer, "sd", plan->sd);
    json_member_integer(writer, "n", (int64_t)plan->samples);
    json_member_integer(writer, "runs", (int64_t)plan->runs);
    write_param(writer, "run_sd", plan->run_sd);
    write_param(writer, "history", (double)plan->history);
    write_param(writer, "moment_sd", plan->moment_sd);
    write_param(writer, "rho", plan->rho);
    write_param(writer, "drift", plan->drift);
    write_param(writer, "tick", plan->clock);
    json_member_double(writer, "shift", cell->shift);
}

static void write_cell(struct lines *lines, const struct counted *counted)
{
    static const char *const variants[] = {"default", "strict"};
    for (int strict = 0; strict < 2; strict++) {
        const struct tally *tally = &counted->tallies[strict];
        lines_begin(lines, "calibrate-diff", condition_name(counted->cell.condition));
        write_params(&lines->writer, &counted->cell);
        lines_metrics(lines, variants[strict], NULL);
        for (int i = 0; i < MEASURES; i++)
            lines_rate(lines, measure_words[i].name, measure_words[i].better, tally->hits[i],
                tally->trials[i]);
        lines_finish(lines);
    }
}

static void write_goals(struct lines *lines, const struct counted *cells, size_t count)
{
    size_t goals;
    const struct goal *goal = goals_all(&goals);
    for (size_t i = 0; i < goals; i++, goal++) {
        double reached = goal_reached(goal, cells, count);
        if (isnan(reached))
            continue;
        lines_begin(lines, "calibrate-diff goals", goal->name);
        json_member_text(&lines->writer, "claim", goal->claim);
        lines_metrics(lines, NULL, goal_missed(goal, reached) ? "the goal is missed" : NULL);
        const struct measure_word *word = &measure_words[goal->measure];
        lines_value(lines, word->name, word->better, reached, goal->limit, goal->at_least);
        lines_finish(lines);
    }
}

static int write_report(const struct counting *counting, struct error *error)
{
    const struct settings *settings = counting->settings;
    struct output *output;
    struct lines lines;
    struct lines_config config = {
        (uint64_t)settings->reports, (uint64_t)settings->seed, counting->started};
    if (output_open(&output, settings->output, error) != 0)
        return -1;
    lines_start(&lines, "calibrate-diff", &config);
    for (size_t i = 0; i < counting->count; i++)
        write_cell(&lines, &counting->cells[i]);
    write_goals(&lines, counting->cells, counting->count);
    lines_end(&lines);
    output_write(output, buffer_slice(&lines.text), error);
    buffer_release(&lines.text);
    return output_commit(output, error);
}

/* ---- for people ---------------------------------------------------------------------- */

static void print_rate(const struct tally *tally, enum measure measure)
{
    if (tally->trials[measure] > 0)
        printf(" %5.3f", tally_rate(tally, measure));
    else
        printf("     -");
}

static void print_cell(const struct counted *counted)
{
    const struct cell *cell = &counted->cell;
    printf("%-12s %4.1f%% %3zu × %zu %3.0f%%", condition_name(cell->condition), 100 * cell->plan.sd,
        cell->plan.samples, cell->plan.runs, 100 * cell->shift);
    for (int strict = 0; strict < 2; strict++) {
        const struct tally *tally = &counted->tallies[strict];
        struct lines_interval interval =
            lines_interval_of(tally->hits[MEASURE_FALSE_ALARM], tally->trials[MEASURE_FALSE_ALARM]);
        printf("  ");
        print_rate(tally, MEASURE_FALSE_ALARM);
        printf(" [%5.3f, %5.3f]", interval.low, interval.high);
        print_rate(tally, MEASURE_POWER);
        print_rate(tally, MEASURE_SETTLED);
    }
    print_rate(&counted->tallies[0], MEASURE_WARNED);
    printf("\n");
}

static void print_cells(const struct counted *cells, size_t count)
{
    printf("%-12s %5s %7s %4s  %s  %s\n", "", "sd", "n×runs", "shift",
        " false alarms         power settled", " with --strict        power settled warned");
    for (size_t i = 0; i < count; i++)
        print_cell(&cells[i]);
}

static bool print_goals(const struct counted *cells, size_t count)
{
    size_t goals;
    const struct goal *goal = goals_all(&goals);
    bool missed = false;
    printf("\n");
    for (size_t i = 0; i < goals; i++, goal++) {
        double reached = goal_reached(goal, cells, count);
        if (isnan(reached))
            continue;
        bool bad = goal_missed(goal, reached);
        missed = missed || bad;
        printf("%-6s %5.3f, at %s %.2f: %s\n", bad ? "MISSED" : "ok", reached,
            goal->at_least ? "least" : "most", goal->limit, goal->claim);
    }
    return missed;
}

/* ---- all of it ----------------------------------------------------------------------- */

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    (void)operands;
    struct counting counting = {.cells = memory_zero(CELLS_MOST, sizeof *counting.cells),
        .settings = settings,
        .started = clock_real()};
    int status = STATUS_DONE;
    counting.count = choose_cells(counting.cells, settings->cells);
    count_all(&counting);
    print_cells(counting.cells, counting.count);
    if (print_goals(counting.cells, counting.count))
        status = STATUS_FOUND;
    if (settings->output && write_report(&counting, error) != 0)
        status = STATUS_MACHINE;
    free(counting.cells);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {.reports = 2000, .seed = 2026, .jobs = (int64_t)workers_count()};
    const struct option options[] = {
        OPTION_COUNT('r', "reports", "N", &settings.reports, 1, 1e7,
            "simulate N reports a cell; 2000 unless given"),
        OPTION_COUNT(0, "seed", "N", &settings.seed, 0, 1e15, "take all chance from N"),
        OPTION_COUNT('j', "jobs", "N", &settings.jobs, 1, 1024, "use N threads"),
        OPTION_TEXT(0, "cells", "PATTERN", &settings.cells, "only conditions of such a name"),
        OPTION_TEXT('o', "output", "FILE", &settings.output, "write the report to FILE"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options]", NULL};
    const struct command command = {"calibrate-diff",
        "simulate reports, and count what bench-diff claims", usage, options, NULL};
    return tool_run(&command, argc, argv, &settings, run);
}

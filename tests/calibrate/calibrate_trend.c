/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the steps of bench-trend are worth: simulates series in which it is known
 * what happened, and counts what is found in them. Ends with 1 when a goal is
 * missed. The same seed and number of series count the same, on any number of
 * threads.
 */
#include "../unit/stats/histories.h"
#include "base/memory.h"
#include "base/output.h"
#include "lines.h"
#include "process/clock.h"
#include "stats/segments.h"
#include "tool/tool.h"
#include "workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 100, POINTS_MOST = 1000, SERIES_A_TASK = 50, CELLS_MOST = 64 };

struct settings {
    int64_t series, seed, jobs;
    const char *output;
};

/* ---- what is simulated --------------------------------------------------------------- */

enum happening { NOTHING, STEP, RAMP, STAIRS };

static const char *const happening_names[] = {"nothing", "step", "ramp", "staircase"};

struct cell {
    enum happening happening;
    enum history_noise noise;
    size_t points;
    size_t after; /* of a step: points behind it */
    double size;  /* of a step, of each stair, of a whole ramp: in sd */
};

static size_t make_cells(struct cell cells[CELLS_MOST])
{
    static const size_t lengths[] = {10, 20, 50, 500}, after[] = {1, 2, 3, 4, 5, 8, 12, 25, 50};
    static const double rises[] = {2, 4, 10, 50};
    size_t count = 0;
    for (int noise = 0; noise < HISTORY_NOISES; noise++)
        cells[count++] = (struct cell){NOTHING, (enum history_noise)noise, POINTS, 0, 0};
    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++)
        cells[count++] = (struct cell){NOTHING, HISTORY_NORMAL, lengths[i], 0, 0};
    for (size_t i = 0; i < ARRAY_SIZE(after); i++)
        cells[count++] = (struct cell){STEP, HISTORY_NORMAL, POINTS, after[i], 3};
    for (size_t i = 0; i < ARRAY_SIZE(rises); i++)
        cells[count++] = (struct cell){RAMP, HISTORY_NORMAL, POINTS, 0, rises[i]};
    cells[count++] = (struct cell){STAIRS, HISTORY_NORMAL, POINTS, 0, 4};
    return count;
}

static void simulate(double *values, const struct cell *cell, struct simulation *simulation)
{
    history_simulate(values, cell->points, cell->noise, simulation);
    if (cell->happening == STEP)
        history_step(values, cell->points, cell->points - cell->after, cell->size);
    if (cell->happening == RAMP)
        history_ramp(values, cell->points, 0, cell->points, cell->size);
    for (size_t i = 1; cell->happening == STAIRS && i < 5; i++)
        history_step(values, cell->points, i * cell->points / 5, cell->size);
}

/* ---- what is counted ------------------------------------------------------------------- */

enum measure {
    MEASURE_STEP,        /* any step that is called confirmed */
    MEASURE_PLACED,      /* one within a point of the true place */
    MEASURE_EXACT,       /* as many as there are */
    MEASURE_SLOPE,       /* a drift */
    MEASURE_UNCONFIRMED, /* the last points stand off */
    MEASURES
};

static const char *const measure_names[MEASURES] = {
    "step_rate", "placed_rate", "exact_rate", "drift_rate", "unconfirmed_rate"};

struct tally {
    uint64_t trials, hits[MEASURES];
};

static void count_one(
    struct tally *tally, const struct cell *cell, const double *values, struct arena *arena)
{
    struct samples samples;
    struct segments found;
    size_t true_steps = cell->happening == STEP ? 1 : cell->happening == STAIRS ? 4 : 0;
    bool placed = false, slope = false;
    arena_reset(arena);
    if (samples_prepare(&samples, values, cell->points, arena, NULL) != 0)
        return;
    segments_find(&found, &samples, arena);
    for (size_t i = 0; i < found.count; i++) {
        size_t place = cell->points - cell->after, from = found.items[i].from;
        placed = placed || (i > 0 && from + 1 >= place && from <= place + 1);
        slope = slope || found.items[i].slope != 0;
    }
    tally->trials++;
    tally->hits[MEASURE_STEP] += found.count > 1;
    tally->hits[MEASURE_PLACED] += placed;
    tally->hits[MEASURE_EXACT] += found.count == true_steps + 1 && !slope;
    tally->hits[MEASURE_SLOPE] += slope;
    tally->hits[MEASURE_UNCONFIRMED] += found.tail > 0;
}

struct counting {
    const struct settings *settings;
    int64_t started;
    struct cell cells[CELLS_MOST];
    size_t count, tasks; /* tasks of a cell */
    struct tally *parts, tallies[CELLS_MOST];
};

static void count_some(void *context, size_t number)
{
    struct counting *counting = context;
    const struct cell *cell = &counting->cells[number / counting->tasks];
    size_t first = number % counting->tasks * SERIES_A_TASK;
    size_t left = (size_t)counting->settings->series - first;
    double values[POINTS_MOST];
    struct arena arena = ARENA_INIT;
    struct simulation simulation = simulation_part((uint64_t)counting->settings->seed, number);
    for (size_t i = 0; i < left && i < SERIES_A_TASK; i++) {
        simulate(values, cell, &simulation);
        count_one(&counting->parts[number], cell, values, &arena);
    }
    arena_release(&arena);
}

static void count_all(struct counting *counting)
{
    counting->tasks = ((size_t)counting->settings->series + SERIES_A_TASK - 1) / SERIES_A_TASK;
    size_t all = counting->count * counting->tasks;
    counting->parts = memory_zero(all, sizeof *counting->parts);
    workers_run(all, (size_t)counting->settings->jobs, count_some, counting);
    for (size_t i = 0; i < all; i++) {
        struct tally *tally = &counting->tallies[i / counting->tasks];
        tally->trials += counting->parts[i].trials;
        for (int k = 0; k < MEASURES; k++)
            tally->hits[k] += counting->parts[i].hits[k];
    }
    free(counting->parts);
}

static double rate_of(const struct tally *tally, enum measure measure)
{
    return tally->trials > 0 ? (double)tally->hits[measure] / (double)tally->trials : NAN;
}

/* ---- goals ------------------------------------------------------------------------------- */

struct goal {
    const char *name, *claim;
    enum measure measure;
    bool at_least;
    double limit;
    bool (*concerns)(const struct cell *cell);
};

static bool is_quiet(const struct cell *cell)
{
    return cell->happening == NOTHING &&
           (cell->noise == HISTORY_NORMAL || cell->noise == HISTORY_SPIKES) &&
           cell->points <= POINTS;
}

static bool is_correlated(const struct cell *cell)
{
    return cell->happening == NOTHING && cell->noise == HISTORY_AR_3;
}

static bool is_step(const struct cell *cell)
{
    return cell->happening == STEP && cell->after >= SEGMENTS_CONFIRMED;
}

static bool is_plain_ramp(const struct cell *cell)
{
    return cell->happening == RAMP && cell->size >= 4;
}

static const struct goal goals[] = {
    {"false-steps", "any step in a series in which nothing happens, independent noise or spikes",
        MEASURE_STEP, false, 0.05, is_quiet},
    {"false-steps-correlated", "the same, when each point keeps .3 of the last one's distance",
        MEASURE_STEP, false, 0.15, is_correlated},
    {"found", "a step of 3 sd is found, from three points behind it on", MEASURE_STEP, true, 0.90,
        is_step},
    {"placed", "its place is within one point", MEASURE_PLACED, true, 0.80, is_step},
    {"ramps", "a plain ramp of 4 sd and more is called a step", MEASURE_STEP, false, 0.02,
        is_plain_ramp},
};

/* The worst of its cells. */
static double reached(const struct goal *goal, const struct counting *counting)
{
    double worst = NAN;
    for (size_t i = 0; i < counting->count; i++) {
        double rate = rate_of(&counting->tallies[i], goal->measure);
        if (!goal->concerns(&counting->cells[i]))
            continue;
        worst = isnan(worst) || (goal->at_least ? rate < worst : rate > worst) ? rate : worst;
    }
    return worst;
}

static bool is_missed(const struct goal *goal, double rate)
{
    return goal->at_least ? rate < goal->limit : rate > goal->limit;
}

/* ---- as lines, and for people --------------------------------------------------------------- */

static void write_cell(struct lines *lines, const struct cell *cell, const struct tally *tally)
{
    lines_begin(lines, "calibrate-trend", happening_names[cell->happening]);
    json_member_text(&lines->writer, "noise", history_names[cell->noise]);
    json_member_integer(&lines->writer, "points", (int64_t)cell->points);
    if (cell->after > 0)
        json_member_integer(&lines->writer, "after", (int64_t)cell->after);
    if (cell->size > 0)
        json_member_double(&lines->writer, "size", cell->size);
    lines_metrics(lines, NULL, NULL);
    for (int i = 0; i < MEASURES; i++)
        lines_rate(lines, measure_names[i], "none", tally->hits[i], tally->trials);
    lines_finish(lines);
}

static int write_report(const struct counting *counting, struct error *error)
{
    struct output *output;
    struct lines lines;
    struct lines_config config = {(uint64_t)counting->settings->series,
        (uint64_t)counting->settings->seed, counting->started};
    if (output_open(&output, counting->settings->output, error) != 0)
        return -1;
    lines_start(&lines, "calibrate-trend", &config);
    for (size_t i = 0; i < counting->count; i++)
        write_cell(&lines, &counting->cells[i], &counting->tallies[i]);
    for (size_t i = 0; i < ARRAY_SIZE(goals); i++) {
        double rate = reached(&goals[i], counting);
        lines_begin(&lines, "calibrate-trend goals", goals[i].name);
        json_member_text(&lines.writer, "claim", goals[i].claim);
        lines_metrics(&lines, NULL, is_missed(&goals[i], rate) ? "the goal is missed" : NULL);
        /* Whether a step is good to find depends on what happened. */
        lines_value(&lines, measure_names[goals[i].measure], "none", rate, goals[i].limit,
            goals[i].at_least);
        lines_finish(&lines);
    }
    lines_end(&lines);
    output_write(output, buffer_slice(&lines.text), error);
    buffer_release(&lines.text);
    return output_commit(output, error);
}

static bool print_all(const struct counting *counting)
{
    bool missed = false;
    printf("%-10s %-12s %6s %5s %4s %6s %6s %6s %6s %11s\n", "", "noise", "points", "after", "sd",
        "step", "placed", "exact", "drift", "unconfirmed");
    for (size_t i = 0; i < counting->count; i++) {
        const struct cell *cell = &counting->cells[i];
        const struct tally *tally = &counting->tallies[i];
        printf("%-10s %-12s %6zu %5zu %4.0f", happening_names[cell->happening],
            history_names[cell->noise], cell->points, cell->after, cell->size);
        for (int k = 0; k < MEASURES; k++)
            printf(" %6.3f", rate_of(tally, (enum measure)k));
        printf("\n");
    }
    printf("\n");
    for (size_t i = 0; i < ARRAY_SIZE(goals); i++) {
        double rate = reached(&goals[i], counting);
        bool bad = is_missed(&goals[i], rate);
        missed = missed || bad;
        printf("%-6s %5.3f, at %s %.2f: %s\n", bad ? "MISSED" : "ok", rate,
            goals[i].at_least ? "least" : "most", goals[i].limit, goals[i].claim);
    }
    return missed;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    (void)operands;
    struct counting *counting = memory_zero(1, sizeof *counting);
    int status = STATUS_DONE;
    counting->settings = settings;
    counting->started = clock_real();
    counting->count = make_cells(counting->cells);
    count_all(counting);
    if (print_all(counting))
        status = STATUS_FOUND;
    if (settings->output && write_report(counting, error) != 0)
        status = STATUS_MACHINE;
    free(counting);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {.series = 2000, .seed = 2026, .jobs = (int64_t)workers_count()};
    const struct option options[] = {
        OPTION_COUNT('r', "reports", "N", &settings.series, 1, 1e7,
            "simulate N series a cell; 2000 unless given"),
        OPTION_COUNT(0, "seed", "N", &settings.seed, 0, 1e15, "take all chance from N"),
        OPTION_COUNT('j', "jobs", "N", &settings.jobs, 1, 1024, "use N threads"),
        OPTION_TEXT('o', "output", "FILE", &settings.output, "write the report to FILE"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options]", NULL};
    const struct command command = {"calibrate-trend",
        "simulate series, and count what bench-trend finds", usage, options, NULL};
    return tool_run(&command, argc, argv, &settings, run);
}

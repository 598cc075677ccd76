/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cells.h"

/* The cells as they grow. */
struct grid {
    struct cell *cells;
    size_t count, groups;
};

static const double SHIFTS[] = {0, 0.01, 0.02, 0.05, 0.10};
enum { SHIFTS_COUNT = sizeof SHIFTS / sizeof *SHIFTS, CHANGED = 5 };

static void add_condition(struct grid *grid, enum condition condition, struct report_plan plan)
{
    plan.benchmarks = REPORT_BENCHMARKS;
    for (int i = 0; i < SHIFTS_COUNT; i++) {
        plan.changed = SHIFTS[i] > 0 ? CHANGED : 0;
        plan.change = log1p(SHIFTS[i]);
        grid->cells[grid->count++] = (struct cell){condition, grid->groups, SHIFTS[i], plan};
    }
    grid->groups++;
}

static struct report_plan in_turns(double sd, size_t samples, bool paired)
{
    return (struct report_plan){
        .sd = sd, .samples = samples, .runs = 1, .order = ORDER_TURNS, .paired = paired};
}

static void add_independent(struct grid *grid, enum condition condition, bool paired)
{
    static const double sds[] = {0.01, 0.02, 0.03};
    static const size_t counts[] = {10, 15, 30};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            add_condition(grid, condition, in_turns(sds[i], counts[k], paired));
}

static void add_moments(struct grid *grid)
{
    struct report_plan plan = in_turns(0.01, 15, true);
    plan.moment_sd = 0.03;
    add_condition(grid, CONDITION_MOMENTS, plan);
}

static void add_correlated(struct grid *grid)
{
    static const double rhos[] = {0.3, 0.6};
    static const size_t counts[] = {15, 30};
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++) {
            struct report_plan plan = in_turns(0.02, counts[k], true);
            plan.rho = rhos[i];
            add_condition(grid, CONDITION_CORRELATED, plan);
        }
}

static void add_runs(struct grid *grid, enum condition condition, size_t history)
{
    static const size_t runs[] = {1, 2, 3, 5};
    for (int i = 0; i < 4; i++) {
        struct report_plan plan = {.sd = 0.02,
            .run_sd = 0.02,
            .samples = 15,
            .runs = runs[i],
            .history = history,
            .order = ORDER_APART};
        add_condition(grid, condition, plan);
    }
}

static void add_heavy(struct grid *grid)
{
    static const enum simulated_noise noises[] = {NOISE_STUDENT, NOISE_LOGNORMAL, NOISE_SPIKES};
    for (int i = 0; i < 3; i++) {
        struct report_plan plan = in_turns(0.02, 15, true);
        plan.noise = noises[i];
        add_condition(grid, CONDITION_HEAVY, plan);
    }
}

static void add_clock(struct grid *grid)
{
    static const double ticks[] = {0.01, 0.04};
    for (int i = 0; i < 2; i++)
        for (int paired = 0; paired < 2; paired++) {
            struct report_plan plan = in_turns(0.02, 15, paired);
            plan.clock = ticks[i];
            add_condition(grid, CONDITION_CLOCK, plan);
        }
}

static void add_drift(struct grid *grid)
{
    static const enum report_order orders[] = {ORDER_TURNS, ORDER_BLOCKS};
    for (int i = 0; i < 2; i++) {
        struct report_plan plan = in_turns(0.02, 15, orders[i] == ORDER_TURNS);
        plan.order = orders[i];
        plan.drift = 0.04;
        add_condition(grid, CONDITION_DRIFT, plan);
    }
}

size_t cells_make(struct cell cells[CELLS_MOST])
{
    struct grid grid = {.cells = cells};
    add_independent(&grid, CONDITION_PAIRED, true);
    add_independent(&grid, CONDITION_TURNS, false);
    add_moments(&grid);
    add_correlated(&grid);
    add_runs(&grid, CONDITION_RUNS, 0);
    add_runs(&grid, CONDITION_HISTORY, REPORT_HISTORY);
    add_heavy(&grid);
    add_clock(&grid);
    add_drift(&grid);
    return grid.count;
}

const char *condition_name(enum condition condition)
{
    static const char *const names[CONDITIONS] = {
        [CONDITION_PAIRED] = "paired",
        [CONDITION_TURNS] = "turns",
        [CONDITION_MOMENTS] = "moments",
        [CONDITION_CORRELATED] = "correlated",
        [CONDITION_RUNS] = "runs",
        [CONDITION_HISTORY] = "history",
        [CONDITION_HEAVY] = "heavy-tails",
        [CONDITION_CLOCK] = "coarse-clock",
        [CONDITION_DRIFT] = "drift",
    };
    return names[condition];
}

const char *noise_name(enum simulated_noise noise)
{
    static const char *const names[] = {[NOISE_NORMAL] = "normal",
        [NOISE_STUDENT] = "t3",
        [NOISE_LOGNORMAL] = "lognormal",
        [NOISE_SPIKES] = "spikes"};
    return names[noise];
}

const char *order_name(enum report_order order)
{
    static const char *const names[] = {
        [ORDER_TURNS] = "turns", [ORDER_BLOCKS] = "blocks", [ORDER_APART] = "apart"};
    return names[order];
}

bool cell_is_clean(const struct cell *cell)
{
    return cell->condition == CONDITION_PAIRED || cell->condition == CONDITION_TURNS ||
           cell->condition == CONDITION_MOMENTS;
}

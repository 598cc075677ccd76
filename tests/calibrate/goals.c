/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "goals.h"

/* ---- which cells ---------------------------------------------------------------- */

/* Two variants in turns in one run, independent noise, cv 1 to 3 %, 10 to 30 samples. */
static bool is_independent(const struct cell *cell)
{
    return cell->condition == CONDITION_PAIRED || cell->condition == CONDITION_TURNS;
}

static bool is_five_percent_of_thirty(const struct cell *cell)
{
    return is_independent(cell) && cell->shift == 0.05 && cell->plan.sd == 0.03 &&
           cell->plan.samples == 30;
}

static bool has_runs(const struct cell *cell, enum condition condition, size_t runs)
{
    return cell->condition == condition && cell->plan.runs == runs;
}

static bool is_five_runs(const struct cell *cell)
{
    return has_runs(cell, CONDITION_RUNS, 5) && cell->shift == 0;
}

static bool is_three_runs(const struct cell *cell)
{
    return has_runs(cell, CONDITION_RUNS, 3) && cell->shift == 0;
}

static bool is_two_runs(const struct cell *cell)
{
    return has_runs(cell, CONDITION_RUNS, 2) && cell->shift == 0;
}

static bool is_ten_percent_of_three_runs(const struct cell *cell)
{
    return has_runs(cell, CONDITION_RUNS, 3) && cell->shift == 0.10;
}

static bool is_single_run(const struct cell *cell)
{
    return has_runs(cell, CONDITION_RUNS, 1);
}

static bool is_single_run_with_history(const struct cell *cell)
{
    return has_runs(cell, CONDITION_HISTORY, 1) && cell->shift == 0;
}

static bool is_much_correlated(const struct cell *cell)
{
    return cell->condition == CONDITION_CORRELATED && cell->plan.rho == 0.6 && cell->shift == 0;
}

static bool is_any(const struct cell *cell)
{
    return cell->condition < CONDITIONS;
}

/* ---- the goals ------------------------------------------------------------------- */

const struct goal *goals_all(size_t *count)
{
    static const struct goal goals[] = {
        {"independent-strict", "any false regression under independent noise, with --strict",
            MEASURE_FALSE_ALARM, true, GOAL_WORST, false, 0.05, is_independent},
        {"independent-worst", "any false regression under independent noise, the worst cell",
            MEASURE_FALSE_ALARM, false, GOAL_WORST, false, 0.20, is_independent},
        {"independent-mean", "any false regression under independent noise, on average",
            MEASURE_FALSE_ALARM, false, GOAL_MEAN, false, 0.10, is_independent},
        {"power-samples", "power for 5 % at cv 3 %, n 30, with --strict", MEASURE_POWER, true,
            GOAL_WORST, true, 0.95, is_five_percent_of_thirty},
        {"runs-5", "any false regression when runs differ, 5 runs a side", MEASURE_FALSE_ALARM,
            false, GOAL_WORST, false, 0.05, is_five_runs},
        {"runs-3", "any false regression when runs differ, 3 runs a side", MEASURE_FALSE_ALARM,
            false, GOAL_WORST, false, 0.05, is_three_runs},
        {"runs-2", "any false regression when runs differ, 2 runs a side", MEASURE_FALSE_ALARM,
            false, GOAL_WORST, false, 0.07, is_two_runs},
        {"single-unknown", "single runs say between-run-unknown, each", MEASURE_UNKNOWN, false,
            GOAL_WORST, true, 1, is_single_run},
        {"single-strict", "any false regression of single runs, with --strict", MEASURE_FALSE_ALARM,
            true, GOAL_WORST, false, 0, is_single_run},
        {"single-history", "any false regression of single runs with ten earlier runs",
            MEASURE_FALSE_ALARM, false, GOAL_WORST, false, 0.07, is_single_run_with_history},
        {"power-runs", "power for 10 % when runs differ, 3 runs a side", MEASURE_POWER, false,
            GOAL_WORST, true, 0.80, is_ten_percent_of_three_runs},
        {"correlated", "any false regression at an autocorrelation of .6", MEASURE_FALSE_ALARM,
            false, GOAL_WORST, false, 0.05, is_much_correlated},
        {"warnings", "reports without any problem that carry a warning", MEASURE_WARNED, false,
            GOAL_WORST, false, 0.05, cell_is_clean},
        {"settled", "taking what is needed settles the verdict, the worst condition",
            MEASURE_SETTLED, false, GOAL_POOLED, true, 0.75, is_any},
        {"settled-strict", "the same with --strict", MEASURE_SETTLED, true, GOAL_POOLED, true, 0.75,
            is_any},
    };
    *count = sizeof goals / sizeof *goals;
    return goals;
}

/* ---- what is reached --------------------------------------------------------------- */

static double worse(const struct goal *goal, double a, double b)
{
    return goal->at_least ? fmin(a, b) : fmax(a, b); /* of a NaN, the other */
}

static double reached_mean(const struct goal *goal, const struct counted *cells, size_t count)
{
    double sum = 0, concerned = 0;
    for (size_t i = 0; i < count; i++) {
        if (!goal->concerns(&cells[i].cell))
            continue;
        sum += tally_rate(&cells[i].tallies[goal->strict], goal->measure);
        concerned++;
    }
    return sum / concerned;
}

/* Cells that are pooled stand beside each other. */
static double reached_worst(const struct goal *goal, const struct counted *cells, size_t count)
{
    double reached = NAN;
    for (size_t i = 0, end; i < count; i = end) {
        struct tally pooled = {{0}, {0}};
        for (end = i; end < count && cells[end].cell.group == cells[i].cell.group &&
                      (end == i || goal->of == GOAL_POOLED);
             end++)
            tally_add(&pooled, &cells[end].tallies[goal->strict]);
        if (goal->concerns(&cells[i].cell))
            reached = worse(goal, reached, tally_rate(&pooled, goal->measure));
    }
    return reached;
}

double goal_reached(const struct goal *goal, const struct counted *cells, size_t count)
{
    return goal->of == GOAL_MEAN ? reached_mean(goal, cells, count)
                                 : reached_worst(goal, cells, count);
}

bool goal_missed(const struct goal *goal, double reached)
{
    return goal->at_least ? reached < goal->limit : reached > goal->limit;
}

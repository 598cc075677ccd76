/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_ANALYSIS_REPORT_H
#define UNIT_ANALYSIS_REPORT_H

#include "../stats/simulate.h"
#include "analysis/family.h"

#include <stdlib.h>
#include <string.h>

/*
 * Simulated reports: what is measured, and what family_settle() makes of it. They
 * take the way of bench-diff from where it has read the samples.
 */
enum { REPORT_BENCHMARKS = 50, REPORT_RUNS_MOST = 100, REPORT_HISTORY = 10 };

enum report_order {
    ORDER_TURNS,  /* both sides in the same runs, in turns */
    ORDER_BLOCKS, /* both in one run, head after base */
    ORDER_APART   /* each side in runs of its own */
};

struct report_plan {
    size_t benchmarks, changed;   /* the last `changed` ones are changed */
    double change;                /* on logarithms */
    double sd, run_sd, moment_sd; /* within a run, between runs, of what a pair shares */
    double own_sd;                /* between runs in turns, of what one side has for itself */
    double rho;                   /* lag-1 correlation */
    double drift;                 /* how far the machine drifts over a run, on logarithms */
    double clock;                 /* a tick, as a share of the value; 0: none */
    size_t samples, runs;         /* of a run; a side */
    size_t history;               /* earlier runs, at most REPORT_HISTORY */
    enum simulated_noise noise;
    enum report_order order;
    bool paired; /* in turns: the samples of one round carry the same id */
};

struct report {
    struct comparison comparisons[REPORT_BENCHMARKS];
    struct family_findings findings;
    struct compare_memory memory;
    struct arena keep, input;
};

/* ---- one comparison ---------------------------------------------------------- */

static inline double report_ticked(double value, double tick)
{
    return tick > 0 ? fmax(1, round(value / tick)) * tick : value;
}

/* When in the run a sample is taken, from 0 to 1. */
static inline double report_moment(const struct report_plan *plan, bool head, size_t i)
{
    double n = (double)plan->samples, at = (double)i;
    switch (plan->order) {
    case ORDER_TURNS: return (2 * at + head) / (2 * n);
    case ORDER_BLOCKS: return (at + (head ? n : 0)) / (2 * n);
    case ORDER_APART: break;
    }
    return at / n;
}

static inline const double *report_run(struct report *report, struct simulation *simulation,
    const struct report_plan *plan, bool head, double centre, const double *moments)
{
    double *values = arena_take(&report->input, plan->samples * sizeof *values);
    double last = simulate_noise(simulation, plan->noise), fresh = sqrt(1 - plan->rho * plan->rho);
    for (size_t i = 0; i < plan->samples; i++) {
        double level = centre + moments[i] + plan->drift * report_moment(plan, head, i);
        values[i] = report_ticked(exp(level + plan->sd * last), plan->clock);
        last = plan->rho * last + fresh * simulate_noise(simulation, plan->noise);
    }
    return values;
}

static inline uint64_t *report_pairs(struct report *report, size_t count)
{
    uint64_t *pairs = arena_take(&report->input, count * sizeof *pairs);
    for (size_t i = 0; i < count; i++)
        pairs[i] = i;
    return pairs;
}

static inline const double *report_moments(
    struct report *report, struct simulation *simulation, const struct report_plan *plan)
{
    double *moments = arena_zero(&report->input, plan->samples, sizeof *moments);
    for (size_t i = 0; i < plan->samples && plan->moment_sd > 0; i++)
        moments[i] = plan->moment_sd * simulate_normal(simulation);
    return moments;
}

/* Earlier runs of the same program, of as many samples. */
static inline const struct run_summary *report_history(
    struct report *report, struct simulation *simulation, const struct report_plan *plan)
{
    struct run_summary *history = arena_take(&report->input, (plan->history + 1) * sizeof *history);
    double n = (double)plan->samples;
    for (size_t i = 0; i < plan->history; i++)
        history[i] = (struct run_summary){n,
            plan->run_sd * simulate_normal(simulation) +
                plan->sd / sqrt(n) * simulate_normal(simulation),
            plan->sd};
    return history;
}

/* In turns, what a run does to its centre it does to both sides. */
static inline void report_runs(struct report *report, struct simulation *simulation,
    const struct report_plan *plan, double change, struct compare_run *base,
    struct compare_run *head)
{
    bool apart = plan->order == ORDER_APART;
    const uint64_t *pairs = plan->paired ? report_pairs(report, plan->samples) : NULL;
    for (size_t run = 0; run < plan->runs; run++) {
        const double *moments = report_moments(report, simulation, plan);
        double centre = plan->run_sd * simulate_normal(simulation);
        double other = apart ? plan->run_sd * simulate_normal(simulation) : centre;
        if (plan->own_sd > 0)
            other += plan->own_sd * simulate_normal(simulation);
        base[run] = (struct compare_run){run,
            report_run(report, simulation, plan, false, centre, moments), plan->samples, pairs};
        head[run] = (struct compare_run){apart ? REPORT_RUNS_MOST + run : run,
            report_run(report, simulation, plan, true, other + change, moments), plan->samples,
            pairs};
    }
}

/* One benchmark as planned; index says which, and so whether it is changed. */
static inline void report_measure(struct comparison *comparison, struct report *report,
    struct simulation *simulation, const struct report_plan *plan, size_t index)
{
    struct compare_run base[REPORT_RUNS_MOST], head[REPORT_RUNS_MOST];
    double change = index >= plan->benchmarks - plan->changed ? plan->change : 0;
    arena_reset(&report->input);
    report_runs(report, simulation, plan, change, base, head);
    struct compare_input input = {
        .base = {base, plan->runs, {NAN, NAN, NAN}},
        .head = {head, plan->runs, {NAN, NAN, NAN}},
        .better = BETTER_LOWER,
        .band = {.relative = 0.01, .absolute = NAN},
        .interleaved = plan->order == ORDER_TURNS,
        .history = report_history(report, simulation, plan),
        .history_count = plan->history,
        .look_share = 1,
        .reasons = plan->order == ORDER_BLOCKS ? reason_bit(REASON_BLOCKED_ORDER) : 0,
    };
    struct error error = ERROR_INIT;
    if (compare_measure(comparison, &input, &report->keep, &report->memory, &error))
        abort();
}

/* ---- the report --------------------------------------------------------------- */

static inline void report_draw(
    struct report *report, struct simulation *simulation, const struct report_plan *plan)
{
    arena_reset(&report->keep);
    for (size_t i = 0; i < plan->benchmarks; i++)
        report_measure(&report->comparisons[i], report, simulation, plan, i);
}

/* Settles what was drawn, or a copy of it: settling adds to what it is given. */
static inline void report_settle(
    struct report *report, struct comparison *comparisons, size_t count, bool strict)
{
    struct family_rules rules = {0.05, strict};
    family_settle(comparisons, count, &rules, &report->findings, &report->memory);
}

static inline void report_release(struct report *report)
{
    compare_memory_release(&report->memory);
    arena_release(&report->keep);
    arena_release(&report->input);
}

#endif

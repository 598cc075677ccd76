/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_ANALYSIS_REPORT_H
#define UNIT_ANALYSIS_REPORT_H

#include "../stats/simulate.h"
#include "analysis/family.h"

#include <stdlib.h>
#include <string.h>

/* Simulated reports: what is measured, and what family_settle() makes of it. */
enum { REPORT_BENCHMARKS = 50, REPORT_RUNS = 8, REPORT_SAMPLES = 400, REPORT_HISTORY = 10 };

struct report_plan {
    size_t benchmarks, changed; /* the last `changed` ones are changed */
    double change;              /* on logarithms */
    double sd, run_sd, rho;     /* within a run, between runs; lag-1 correlation */
    size_t samples, runs;       /* of a run; a side */
    size_t history;
    bool interleaved; /* both sides in one run, in turns */
    bool paired;
    bool strict;
};

struct report {
    struct comparison comparisons[REPORT_BENCHMARKS];
    struct family_findings findings;
    double values[2][REPORT_RUNS][REPORT_SAMPLES];
    uint64_t pairs[REPORT_SAMPLES];
    struct compare_memory memory;
    struct arena keep;
};

static inline void report_run(
    double *values, struct simulation *simulation, const struct report_plan *plan, double centre)
{
    double last = simulate_normal(simulation), fresh = sqrt(1 - plan->rho * plan->rho);
    centre += plan->run_sd * simulate_normal(simulation);
    for (size_t i = 0; i < plan->samples; i++) {
        values[i] = exp(centre + plan->sd * last);
        last = plan->rho * last + fresh * simulate_normal(simulation);
    }
}

static inline size_t report_side(struct compare_run *runs, double (*values)[REPORT_SAMPLES],
    struct simulation *simulation, const struct report_plan *plan, double centre, uint64_t key,
    const uint64_t *pairs)
{
    for (size_t run = 0; run < plan->runs; run++) {
        report_run(values[run], simulation, plan, centre);
        runs[run] = (struct compare_run){
            plan->interleaved ? run : key + run, values[run], plan->samples, pairs};
    }
    return plan->runs;
}

static inline void report_measure(struct report *report, struct simulation *simulation,
    const struct report_plan *plan, size_t index)
{
    struct compare_run base[REPORT_RUNS], head[REPORT_RUNS];
    struct run_summary history[REPORT_HISTORY];
    double change = index >= plan->benchmarks - plan->changed ? plan->change : 0;
    const uint64_t *pairs = plan->paired ? report->pairs : NULL;
    size_t runs = report_side(base, report->values[0], simulation, plan, 0, 100, pairs);
    report_side(head, report->values[1], simulation, plan, change, 200, pairs);
    for (size_t i = 0; i < REPORT_SAMPLES; i++)
        report->pairs[i] = i;
    for (size_t i = 0; i < plan->history; i++) {
        double centre = plan->run_sd * simulate_normal(simulation);
        double n = (double)plan->samples;
        history[i] = (struct run_summary){
            n, centre + plan->sd / sqrt(n) * simulate_normal(simulation), plan->sd};
    }
    struct compare_input input = {
        .base = {base, runs, {NAN, NAN, NAN}},
        .head = {head, runs, {NAN, NAN, NAN}},
        .better = BETTER_LOWER,
        .band = {.relative = 0.01, .absolute = NAN},
        .interleaved = plan->interleaved,
        .history = history,
        .history_count = plan->history,
        .look_share = 1,
    };
    struct error error = ERROR_INIT;
    if (compare_measure(
            &report->comparisons[index], &input, &report->keep, &report->memory, &error))
        abort();
}

static inline void report_simulate(
    struct report *report, struct simulation *simulation, const struct report_plan *plan)
{
    arena_reset(&report->keep);
    for (size_t i = 0; i < plan->benchmarks; i++)
        report_measure(report, simulation, plan, i);
    struct family_rules rules = {0.05, plan->strict};
    family_settle(
        report->comparisons, plan->benchmarks, &rules, &report->findings, &report->memory);
}

static inline void report_release(struct report *report)
{
    compare_memory_release(&report->memory);
    arena_release(&report->keep);
}

#endif

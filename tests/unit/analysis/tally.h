/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_ANALYSIS_TALLY_H
#define UNIT_ANALYSIS_TALLY_H

#include "report.h"

/* Counts what simulated reports claim against what is true of them. */
enum measure {
    MEASURE_FALSE_ALARM, /* reports in which an unchanged benchmark is a regression */
    MEASURE_POWER,       /* changed benchmarks that are a regression */
    MEASURE_MISSED,      /* changed benchmarks that are called unchanged */
    MEASURE_UNCHANGED,   /* unchanged benchmarks that are called so */
    MEASURE_WARNED,      /* reports that carry a warning */
    MEASURE_UNKNOWN,     /* comparisons with between-run-unknown */
    MEASURE_SETTLED,     /* open comparisons that are settled when `needed` is taken, anew */
    MEASURES
};

struct tally {
    uint64_t hits[MEASURES], trials[MEASURES];
};

static inline void tally_count(struct tally *tally, enum measure measure, bool hit)
{
    tally->hits[measure] += hit;
    tally->trials[measure]++;
}

static inline void tally_add(struct tally *tally, const struct tally *other)
{
    for (int i = 0; i < MEASURES; i++) {
        tally->hits[i] += other->hits[i];
        tally->trials[i] += other->trials[i];
    }
}

/* NaN without trials. */
static inline double tally_rate(const struct tally *tally, enum measure measure)
{
    return (double)tally->hits[measure] / (double)tally->trials[measure];
}

static inline bool tally_is_open(const struct comparison *comparison)
{
    return comparison->verdict == VERDICT_INCONCLUSIVE ||
           comparison->verdict == VERDICT_TOO_FEW_SAMPLES;
}

/* Something in the report says that the measurement is not as it should be. */
static inline bool tally_is_warning(const struct comparison *comparison)
{
    static const uint32_t reasons =
        (uint32_t)1 << REASON_AUTOCORRELATED | (uint32_t)1 << REASON_DRIFT |
        (uint32_t)1 << REASON_SPREAD_CHANGED | (uint32_t)1 << REASON_SHAPE_CHANGED;
    return comparison->verdict == VERDICT_UNRELIABLE || (comparison->reasons & reasons) != 0;
}

static inline void tally_report(struct tally *tally, const struct report_plan *plan,
    const struct comparison *comparisons, const struct family_findings *findings)
{
    bool alarm = false, warned = findings->autocorrelated;
    for (size_t i = 0; i < plan->benchmarks; i++) {
        const struct comparison *comparison = &comparisons[i];
        bool found = comparison->verdict == VERDICT_REGRESSION;
        bool equal = comparison->verdict == VERDICT_UNCHANGED;
        if (i < plan->benchmarks - plan->changed) {
            alarm = alarm || found;
            tally_count(tally, MEASURE_UNCHANGED, equal);
        } else {
            tally_count(tally, MEASURE_POWER, found);
            tally_count(tally, MEASURE_MISSED, equal);
        }
        warned = warned || tally_is_warning(comparison);
        tally_count(tally, MEASURE_UNKNOWN,
            (comparison->reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN)) != 0);
    }
    tally_count(tally, MEASURE_FALSE_ALARM, alarm);
    tally_count(tally, MEASURE_WARNED, warned);
}

/* One of the comparisons that are open and say what would settle them, each as likely; -1 without
 * any. */
static inline ptrdiff_t tally_pick_open(
    const struct comparison *comparisons, size_t count, struct simulation *simulation)
{
    ptrdiff_t picked = -1;
    double seen = 0;
    for (size_t i = 0; i < count; i++) {
        const struct comparison *comparison = &comparisons[i];
        bool known = !isnan(comparison->needed.samples) || !isnan(comparison->needed.runs);
        if (tally_is_open(comparison) && known && simulate_uniform(simulation) * ++seen < 1)
            picked = (ptrdiff_t)i;
    }
    return picked;
}

/* Takes for one open comparison what it asks for; the rest of the report stays as drawn. What
 * single runs cannot settle is taken in turns, as bench-diff's advice has it. */
static inline void tally_needed(struct tally *tally, struct report *report,
    struct simulation *simulation, const struct report_plan *plan, const struct comparison *settled,
    bool strict)
{
    struct comparison again[REPORT_BENCHMARKS];
    struct report_plan more = *plan;
    ptrdiff_t open = tally_pick_open(settled, plan->benchmarks, simulation);
    if (open < 0)
        return;
    if (!isnan(settled[open].needed.samples))
        more.samples = (size_t)settled[open].needed.samples;
    if (settled[open].reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN)) {
        more.order = ORDER_TURNS;
        more.paired = true;
    }
    if (!isnan(settled[open].needed.runs))
        more.runs = (size_t)settled[open].needed.runs;
    memcpy(again, report->comparisons, plan->benchmarks * sizeof *again);
    report_measure(&again[open], report, simulation, &more, (size_t)open);
    report_settle(report, again, plan->benchmarks, strict);
    tally_count(tally, MEASURE_SETTLED,
        !tally_is_open(&again[open]) && again[open].verdict != VERDICT_UNRELIABLE);
}

/* Draws a report and counts what it says: by default, and with --strict. */
static inline void tally_draw(struct tally tallies[2], struct report *report,
    struct simulation *simulation, const struct report_plan *plan)
{
    struct comparison settled[REPORT_BENCHMARKS];
    report_draw(report, simulation, plan);
    for (int strict = 0; strict < 2; strict++) {
        memcpy(settled, report->comparisons, plan->benchmarks * sizeof *settled);
        report_settle(report, settled, plan->benchmarks, strict);
        tally_report(&tallies[strict], plan, settled, &report->findings);
        tally_needed(&tallies[strict], report, simulation, plan, settled, strict);
    }
}

#endif

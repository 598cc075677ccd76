/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGET_JUDGE_H
#define ANALYSIS_TARGET_JUDGE_H

#include "analysis/target_measure.h"

/*
 * Holds every target against every cell it is about.
 *
 * pass: the value meets the limit, and so does its whole interval. fail: the value
 * does not. unproven: the value meets it, but its interval goes beyond, or there
 * is none, or some of its results failed, or the limit stands on the side on which
 * more is better; or there is no value at all (gap), which is a miss.
 *
 * A target is about the cells whose results its where, side and size select. One
 * without where and size is about the cells that have the metric; one that has them
 * is missed by a cell without it. A relative target holds each side but the
 * reference against the reference of the same benchmark and machine; the value
 * is always ours / reference. Where the samples of all series together resemble those
 * before them (p < TARGET_SERIAL_ALPHA), intervals are made for a variance that is
 * serial_inflation(rho) times as large (stats/autocorrelation.h). A success rate, failures and
 * degraded are of all rows together.
 */
#define TARGET_SERIAL_ALPHA 0.01

enum target_outcome { TARGET_PASS, TARGET_FAIL, TARGET_UNPROVEN, TARGET_OUTCOMES };
enum target_grade { GRADE_NONE, GRADE_EXCELLENT, GRADE_FAIR, GRADE_UNSTABLE };

struct judgement {
    const struct target *target;
    const struct sides_group *group;  /* NULL where it is of all, or of nothing */
    const struct sides_result *shown; /* whose names are shown; NULL like group */
    struct slice side;                /* data NULL: not told apart */
    struct slice statistic, unit;
    struct estimated figure;   /* the value that is judged, in unit; NaN where there is a gap */
    struct target_range limit; /* in unit */
    double ours, theirs;       /* of a ratio its two parts, in parts_unit; else NaN */
    struct slice parts_unit;
    enum better better; /* of the value; BETTER_NONE where nobody says it */
    size_t n, runs;
    double
        closes_at; /* of an interval that is open; of a ratio, of the part that needs more; NaN */
    uint32_t reasons;
    bool against; /* the limit stands where more is better */
    enum target_gap gap;
    enum target_outcome outcome;
    bool missed; /* fails, has no value, or should have been proven */
    enum target_grade grade;
};

struct judgements {
    struct judgement *items; /* by target, then as the benchmarks stand */
    size_t count, capacity;
    size_t counts[TARGET_OUTCOMES];
    size_t missed;
    double rho;          /* lag-1 autocorrelation of all samples that targets are about, pooled */
    bool autocorrelated; /* so much that intervals are widened for it */
    struct target_cells cells;
    struct arena arena, scratch;
};

struct target_rules {
    double alpha; /* intervals are at 1 - alpha */
    bool prove;   /* unproven is missed */
};

/* out is zero before; borrows from both. Fails as target_measure() does. */
int targets_judge(struct judgements *out, const struct sides *sides, const struct targets *targets,
    const struct target_rules *rules, struct error *error) MUST_USE;
void judgements_release(struct judgements *judgements);

const char *target_outcome_name(enum target_outcome outcome);
/* "excellent", …; NULL for none. */
const char *target_grade_name(enum target_grade grade);

#endif

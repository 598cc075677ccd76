/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include "analysis/verdict.h"
#include "record/report.h"
#include "stats/autocorrelation.h"
#include "stats/interval.h"
#include "stats/kendall.h"
#include "stats/mann_whitney.h"
#include "stats/rank_null.h"
#include "stats/runs.h"
#include "stats/samples.h"

/*
 * One metric of one benchmark on two sides, in two steps: compare_measure() looks
 * at the samples; family_settle() (analysis/family.h) then judges all comparisons
 * of a report together, because corrections for many comparisons, the pooled
 * autocorrelation and the shared spread between runs belong to the report.
 */

enum scale { SCALE_LOG, SCALE_RAW };
enum test {
    TEST_NONE,
    TEST_MANN_WHITNEY,
    TEST_SIGNED_RANK,
    TEST_WELCH_RUNS,
    TEST_WELCH_SUMMARY,
    TEST_DIRECT
};

#define PAIR_NONE UINT64_MAX /* the id of a sample that belongs to no pair */

/* The samples of one run, in the order taken, all borrowed. */
struct compare_run {
    uint64_t key; /* the same run on both sides has the same key */
    const double *values;
    size_t count;
    const uint64_t *pairs; /* ids parallel to values, or NULL */
};

struct compare_input_side {
    const struct compare_run *runs;
    size_t runs_count;
    /* Where a source gave no samples: n, mean, sd, each NaN where unknown. Used when runs hold no
       sample. */
    struct run_summary summary;
};

/* What counts as no change: the larger of both. NaN: not said. */
struct compare_band {
    double relative; /* .01 is 1/1.01 … 1.01 on the ratio */
    double absolute; /* in the metric's unit */
    bool given;      /* somebody asked for it: else values that do not vary have a band of 0 */
};

/* How much the values of earlier runs vary about their level, without the runs themselves. */
struct compare_noise {
    double cv;
    double points; /* how many; 0: nothing is known */
};

struct compare_input {
    struct compare_input_side base, head;
    enum better better;
    struct compare_band band;
    bool deterministic; /* the metric says that it does not vary */
    bool countable;     /* its unit is a count or bytes */
    bool interleaved;   /* what the two sides share a run for was measured in turns */
    /* Earlier runs of this benchmark, oldest first, on the scale of the comparison (logarithms
       where all samples are above 0); for the spread between runs. May be none. */
    const struct run_summary *history;
    size_t history_count;
    struct compare_noise history_noise; /* counts where the runs are too few */
    /* Where a run stopped on a rule that looked at the difference: the level of its last look as a
       share of alpha (stats/spending.h). 1 without looks. */
    double look_share;
    double alpha;     /* of this comparison; 0: the report's */
    bool informal;    /* belongs to a family of those that decide nothing */
    uint32_t reasons; /* known from outside: machines, health, order, … */
};

struct comparison_side {
    size_t n, runs;
    double median, mean, sd, cv, mad, min, max;
    struct interval median_ci; /* 95 % */
    double p95, p99;           /* NaN under 20, under 100 samples */
};

struct comparison_change {
    double ratio; /* head / base; NaN on the raw scale */
    struct interval ratio_ci;
    double shift; /* head - base; on the log scale base's median × (ratio - 1) */
    struct interval shift_ci;
};

struct comparison_test {
    enum test name;
    double statistic, p;
    double p_adjusted; /* for autocorrelation, looks, history, and the number of comparisons */
    bool exact;
};

/* One run's samples as a series. */
struct comparison_series {
    struct serial serial;
    double trend_p; /* Mann-Kendall; NaN where the order does not matter */
    double rise;    /* from the median of the first half to that of the second, doubled; on the
                       scale; only where trend_p is small, else 0 */
};

/* What settling needs to know and no report shows. On the scale of the comparison. */
struct comparison_work {
    /* With ties spread (stats/ties.h) where they are heavy; differences of pairs, else empty. */
    struct samples base, head, differences;
    struct comparison_series *series;
    size_t series_count;
    struct run_effects base_runs, head_runs;
    struct run_agreement agreement; /* of runs that both sides share; NaN where they share none */
    struct estimate base_summary, head_summary; /* NaN where there are samples */
    struct mann_whitney ranks; /* of both sides, whatever the test is; all NaN without samples */
    double smallest_p;         /* NaN where no arrangement limits it */
    double history_variance, history_degrees; /* of one run's centre; NaN without history */
    double history_within;                    /* what a run of so few samples adds to it */
    double look_share;
    double resolution; /* how far the clock may be off, on the scale; infinity: nobody knows */
    double low, high;  /* the band; NaN without one, low may be -INFINITY */
    double alpha;      /* 0: the report's */
    bool informal;
    bool same_runs; /* both sides come from the same runs, in turns */
    enum better better;
};

struct comparison {
    enum scale scale;
    struct comparison_side base, head;
    struct comparison_change change;
    struct comparison_test test;
    double spread_p, shape_p, cliffs_delta;
    struct interval band; /* ratios on the log scale, differences on the raw one; NaN: none */
    enum verdict verdict;
    uint32_t reasons;
    struct {
        double samples, runs; /* a side; NaN where not known or not the way */
    } needed;
    size_t pairs, pairs_dropped;
    struct comparison_work work;
};

/* What is worth keeping from one comparison to the next. */
struct compare_memory {
    struct rank_null ranks;
    struct sign_null signs;
    struct kendall_null orders;
    struct arena scratch;
};

#define COMPARE_MEMORY_INIT                                                                        \
    {                                                                                              \
        .ranks = {.n = 0 }                                                                         \
    }

void compare_memory_release(struct compare_memory *memory);

/*
 * Fills everything but what family_settle() fills: change, p of welch-runs, all
 * p_adjusted, verdict, needed. What the comparison keeps comes from the arena
 * `keep`, which must live until it is settled; the input may go. Fails
 * (ERROR_CONTENT) at a sample that is no finite number, with the side and the
 * index, over all runs of the side, in the text. A side without samples and
 * without a summary is no error: its figures are NaN, the test is TEST_NONE.
 */
int compare_measure(struct comparison *comparison, const struct compare_input *input,
    struct arena *keep, struct compare_memory *memory, struct error *error) MUST_USE;

/* "mann-whitney", …; NULL for TEST_NONE. */
const char *test_name(enum test test);

#endif

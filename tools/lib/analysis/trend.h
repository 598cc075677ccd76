/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TREND_H
#define ANALYSIS_TREND_H

#include "analysis/history.h"
#include "analysis/policy.h"
#include "stats/interval.h"

/*
 * Series over time: points (tags, commits or runs, in their order), what was
 * measured at each, and what happened in between. A series is one metric of one
 * benchmark of one variant on one machine; several runs at a point count as the
 * median of their medians.
 */
enum trend_verdict {
    TREND_STABLE,
    TREND_REGRESSED,   /* the last step was to the worse */
    TREND_IMPROVED,    /* to the better */
    TREND_CHANGED,     /* there is no worse or better */
    TREND_DRIFTING,    /* the last segment has a slope */
    TREND_UNCONFIRMED, /* the last one or two points stand off */
    TREND_TOO_FEW_POINTS,
    TREND_VERDICTS
};

struct trend_point {
    struct slice ref, commit; /* data NULL where unknown */
    int64_t ns;               /* INT64_MIN where unknown */
};

struct trend_value {
    size_t point;
    double n, median, low, high; /* low, high NaN where there is no interval */
};

struct trend_change {
    size_t index;         /* the first value of the new level */
    double before, after; /* the levels at the step */
    double ratio;         /* NaN where one of them is not above 0 */
    struct interval ratio_ci, shift_ci;
    double shift;
    double p; /* Mann and Whitney's, of at most TREND_NEAR values on each side; NaN: not tested */
    bool confirmed;
    enum better direction; /* lower: it fell; none: it did not change beyond the band */
    const struct policy_acceptance *accepted; /* or NULL */
};

struct trend_slope {
    size_t from, to;  /* to is its last value */
    double per_point; /* as a share of its level */
    double p;
};

enum { TREND_NEAR = 50 };

struct trend_series {
    struct report_result
        names;          /* suites, name, params, model, modality, variant; the newest ones */
    struct slice facts; /* the same as a JSON object */
    struct slice machine, metric, unit;
    bool machine_differs; /* the same benchmark has a series on another machine */
    enum better better;
    bool deterministic;
    enum importance importance;
    double band;
    struct trend_value *values;
    size_t count;
    struct trend_change *changes;
    size_t change_count;
    struct trend_slope *slopes;
    size_t slope_count;
    size_t *outliers;
    size_t outlier_count;
    double level; /* at the last value */
    double cv;    /* of the values round their levels; NaN where too few */
    enum trend_verdict verdict;
    bool worse; /* what the verdict says is to the worse */
};

struct trend_options {
    const struct identity *identity; /* by which benchmarks are matched, with the renames; history
                                        entries with a key of their own go by that */
    const struct policy *policy;     /* may be NULL */
    double band;                     /* a step up to this share does not count for the verdict */
    bool any_machine;
    /* The series are judged in up to so many threads; 0: in one. The answer is the same. */
    size_t threads;
    /* Whether a commit is part of what a point measured; NULL: it is the point's own. Asked by any
     * of the threads, by one at a time. */
    bool (*contains)(void *context, size_t point, struct slice commit);
    void *context;
};

struct trend_notes {
    size_t ignored;     /* series that the policy leaves out */
    size_t other_units; /* values in a unit that cannot be turned into the series' */
};

struct trend;

/* options are borrowed. */
struct trend *trend_create(const struct trend_options *options);
void trend_free(struct trend *trend);

/* The next point in order, borrowed texts; its number counts from 0. */
size_t trend_add_point(struct trend *trend, const struct trend_point *point);
/* What the history says; run i belongs to points[i], TREND_NOWHERE: to none. Its runs, series and
 * entries are borrowed until trend_free. */
#define TREND_NOWHERE SIZE_MAX
void trend_add(struct trend *trend, const struct history *history, const size_t *points);
/* Once everything is there. */
void trend_find(struct trend *trend);

/* By suite, name, params, model, variant, machine, metric. */
const struct trend_series *trend_all(const struct trend *trend, size_t *count);
const struct trend_point *trend_points(const struct trend *trend, size_t *count);
const struct trend_notes *trend_notes_of(const struct trend *trend);

const char *trend_verdict_name(enum trend_verdict verdict);

#endif

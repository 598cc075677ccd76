/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGET_H
#define ANALYSIS_TARGET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"
#include "query/query.h"

#include <stdbool.h>

/*
 * What a value should be, as a maintainer writes it:
 *
 *     ttft p95 < 200 ms where prompt_tokens = 128 and start = warm
 *     ttft <= 1.2 × reference
 *     output_throughput of new >= 90 % of old
 *     output_throughput between 40 and 60 tok/s for 7B
 *     wall_time cv < 5 %
 *     wall_time is stable
 *     success rate >= 99 %
 *     failures = 0
 *     degraded = 0
 *
 *     target:    subject [ "of" side ] condition [ "for" size [ "to" size ] ] [ "where" query ]
 *     subject:   metric [ statistic ] | "success" "rate" | "failures" | "degraded"
 *     statistic: "median" | "mean" | "min" | "max" | "sd" | "cv" | "p" percent | "count"
 *     condition: operator limit | "between" number "and" number [ unit ] | "is" "stable"
 *     limit:     number [ unit ] | [ number ( "×" | "x" | "times" | "% of" ) ] side
 *     operator:  "<" | "<=" | ">" | ">=" | "=" | "≤" | "≥"
 *
 * Without a statistic it is the median. A metric, a side or a unit with anything
 * else in it stands in quotes. The query is query_compile_short's.
 */
enum statistic {
    STATISTIC_MEDIAN,
    STATISTIC_MEAN,
    STATISTIC_MIN,
    STATISTIC_MAX,
    STATISTIC_SD,
    STATISTIC_CV,
    STATISTIC_QUANTILE,
    STATISTIC_COUNT,        /* of the samples */
    STATISTIC_SUCCESS_RATE, /* of the requests, or results, that match */
    STATISTIC_FAILURES,     /* how many of them failed */
    STATISTIC_DEGRADED      /* how many results were taken on a machine in a bad state */
};

/* What is allowed: from low to high, each end with or without itself; infinite where there is no
 * limit. */
struct target_range {
    double low, high;
    bool low_open, high_open;
};

struct target {
    struct slice text;   /* as it was written */
    struct slice name;   /* data NULL for none */
    struct slice metric; /* data NULL for a success rate, failures and degraded */
    enum statistic statistic;
    double quantile;        /* 0 … 1 */
    struct slice side;      /* whose value; data NULL: of every side */
    struct slice reference; /* range is in multiples of this side's value; data NULL: of unit */
    struct target_range range;
    struct slice unit;           /* as reports write it; data NULL where none was written */
    bool graded;                 /* "is stable" */
    double size_low, size_high;  /* of the model, in parameters; NaN: any */
    struct query *where, *scope; /* NULL: any; the scope is that of the item in the file */
    bool prove;                  /* unproven is a miss */
};

/* "stable": a cv up to this; up to half of it is excellent. */
#define TARGET_STABLE_CV    0.10
#define TARGET_EXCELLENT_CV 0.05

/*
 * Reads one target; texts lie in the arena. On failure error has the column, in
 * bytes from 1, and no file; target_release is not needed then.
 */
int target_parse(
    struct target *target, struct slice text, struct arena *arena, struct error *error) MUST_USE;
void target_release(struct target *target);

/* "median", "p95", "p99.9", "success rate", "failures"; in the arena. */
struct slice target_statistic(const struct target *target, struct arena *arena);

/*
 * How many parameters a model's name tells: 7e9 for "org/Mistral-7B-Instruct"; a
 * word of digits and M, B or T. NaN where no word does.
 */
double target_model_size(struct slice name);

bool target_range_holds(const struct target_range *range, double value);

#endif

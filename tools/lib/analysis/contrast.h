/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_CONTRAST_H
#define ANALYSIS_CONTRAST_H

#include "analysis/family.h"
#include "analysis/lineage.h"
#include "analysis/policy.h"
#include "analysis/sides.h"
#include "analysis/spread.h"
#include "base/options.h"

/*
 * What is found out about the groups of two sides: one contrast for each metric
 * of each benchmark, and one for each benchmark whose outcome changed. Nothing is
 * dropped silently: what stands on one side only is added or removed.
 */
struct contrast {
    const struct sides_group *group;
    const struct sides_result *shown; /* whose names are shown: head's newest, else base's */
    struct slice metric, unit;        /* data NULL: of the outcome as a whole */
    enum better better;
    bool compared; /* both sides have values: comparison is filled */
    struct comparison comparison;
    struct slice failure;         /* why it failed, of the outcome; data NULL where not said */
    struct slice commands[SIDES]; /* what was measured; data NULL where unknown or not one */
    enum importance importance;   /* IMPORTANCE_IGNORE is left out and has none */
    const struct policy_acceptance *accepted; /* what makes it a change that is wanted, or NULL */
};

struct contrast_options {
    const struct option_list *metrics; /* patterns of names; none: every metric */
    struct compare_band band;          /* given: goes over the policy's */
    struct family_rules rules;
    bool alpha_given;             /* rules.alpha goes over the policy's */
    const struct policy *policy;  /* NULL: none; lives as long as the contrasts */
    struct lineage *lineage;      /* for accepted changes; not NULL where there is a policy */
    const struct spread *history; /* NULL: none */
    bool any_machine;             /* the history may be of others */
};

struct contrasts {
    struct contrast *items;
    size_t count, capacity;
    size_t skipped;    /* benchmarks that were skipped on both sides */
    size_t ignored;    /* metrics and outcomes that the policy leaves out */
    size_t metricless; /* benchmarks that passed on both sides without a value to compare */
    struct family_findings findings;
    struct arena arena;
    struct compare_memory memory;
};

#define CONTRASTS_INIT                                                                             \
    {                                                                                              \
        .memory = COMPARE_MEMORY_INIT                                                              \
    }

/*
 * Fills contrasts, which is empty before, and settles them. They borrow from the
 * sides. Fails (ERROR_CONTENT) at a sample beyond what can be compared, with the
 * file and line of a result of that side.
 *
 * Where the policy accepts a change - its commit is in every run of head and in
 * none of base - a regression becomes `changed`, with the reason `accepted`.
 * Where it calls a metric informational, a regression or an improvement is
 * `changed` and every verdict has the reason `ignored`.
 */
int contrasts_find(struct contrasts *contrasts, const struct sides *sides,
    const struct contrast_options *options, struct error *error) MUST_USE;
void contrasts_release(struct contrasts *contrasts);

/* How often it went well on a side; a result that was skipped does not count, one in parts once. */
struct contrast_success {
    size_t results, passed;
    size_t requests, answered; /* of the results that say so, request by request */
};

/* Over the benchmarks that ran on both sides; for each side. */
void contrasts_success(struct contrast_success out[static SIDES], const struct sides *sides);

/*
 * The geometric mean of the ratios of one metric over the benchmarks that have it
 * on both sides with values above 0.
 */
struct contrast_mean {
    struct slice metric, unit;
    double ratio;
    size_t count;
};

/* By the metric's name and unit; only of two benchmarks or more. From the arena. */
struct contrast_mean *contrasts_means(
    const struct contrasts *contrasts, size_t *count, struct arena *arena);

#endif

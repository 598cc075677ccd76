/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_COMPARISONS_H
#define DOCUMENT_COMPARISONS_H

#include "analysis/verdict.h"
#include "base/arena.h"
#include "document/finding.h"
#include "record/reader.h"
#include "record/report.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a document needs of comparison lines and of their summary, as bench-diff
 * writes them. Texts and arrays live in the arena; unknown is NaN, data NULL.
 */
struct compared_side {
    bool there;
    double n, runs, median, median_low, median_high, mean, sd, cv, cv_within, cv_between, least,
        most, p95, p99;
};

struct compared {
    struct finding about;
    struct slice failure;
    struct compared_side base, head;
    double ratio, ratio_low, ratio_high, shift, shift_low, shift_high;
    struct slice test;
    double p, p_adjusted, spread_p, shape_p, cliffs_delta, band_low, band_high;
    enum verdict verdict;
    size_t sides;     /* whose comparison it is: the number of the summary behind it */
    uint32_t reasons; /* reason_bit */
    double needed_samples, needed_runs;
};

/* How often it went well on a side; NaN where it is not said. */
struct compared_success {
    double results, passed, requests, answered;
};

/* A summary of bench-diff. */
struct compared_summary {
    struct slice verdict, correction, base, head;
    double alpha, band;
    struct compared_success base_success, head_success;
    enum known strict, autocorrelated;
    struct slice *machines, *shared_runs;
    size_t machine_count, shared_run_count;
};

struct comparisons {
    struct arena arena;
    struct compared *items;
    size_t count, capacity;
    struct compared_summary *summaries; /* one for each pair of sides */
    size_t summary_count, summary_capacity;
};

void comparisons_release(struct comparisons *comparisons);

/* Takes a comparison that has a verdict, and a summary of bench-diff; passes over all else. */
void comparisons_add(struct comparisons *comparisons, const struct record *record);

/*
 * What all summaries agree on; what they do not, and everything without a summary, is
 * unknown. Machines and runs are those of all.
 */
struct compared_summary comparisons_summary(
    const struct comparisons *comparisons, struct arena *arena);
/* How many pairs of sides: the summaries, and one more where lines stand behind the last. */
size_t comparisons_pairs(const struct comparisons *comparisons);
/* The summary of the comparison's sides; NULL where none stands behind it. */
const struct compared_summary *compared_sides(
    const struct comparisons *comparisons, const struct compared *item);

#endif

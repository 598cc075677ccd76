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
    uint32_t reasons; /* reason_bit */
    double needed_samples, needed_runs;
};

struct compared_mean {
    struct slice metric, unit;
    double ratio, benchmarks;
};

/* How often it went well on a side; NaN where it is not said. */
struct compared_success {
    double results, passed, requests, answered;
};

/* The summary of bench-diff; with several of them the last. */
struct compared_summary {
    bool there;
    struct slice verdict, correction, base, head;
    double alpha, band;
    struct compared_success base_success, head_success;
    enum known strict, autocorrelated;
    struct slice *machines, *shared_runs;
    size_t machine_count, shared_run_count;
    struct compared_mean *means;
    size_t mean_count;
    uint64_t count; /* how many summaries there were */
};

struct comparisons {
    struct arena arena;
    struct compared *items;
    size_t count, capacity;
    struct compared_summary summary;
};

void comparisons_release(struct comparisons *comparisons);

/* Takes a comparison that has a verdict, and a summary of bench-diff; passes over all else. */
void comparisons_add(struct comparisons *comparisons, const struct record *record);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_HISTORY_H
#define ANALYSIS_HISTORY_H

#include "base/arena.h"
#include "query/query.h"
#include "record/identity.h"
#include "record/report.h"

/*
 * What one input (a file, a blob, a stream) holds for a series over time: its
 * runs, and of each metric of each benchmark in a run the median of its samples.
 * Everything else is left behind, so that a history of gigabytes is held in
 * megabytes, and can be kept between calls (analysis/history_store.h).
 */
struct history_run {
    struct slice run_id; /* the others: data NULL where unknown */
    struct slice commit, tag, version;
    struct slice machine; /* "" where nothing is known */
    bool dirty;
    int64_t started_ns, committed_ns; /* INT64_MIN where unknown */
};

/* One metric of one benchmark as one machine measured it: what its entries have in common. */
struct history_series {
    /* The result line without its figures, as JSON: benchmark, model, modality, variant. */
    struct slice facts;
    struct slice key; /* by other fields than the usual ones: see history_options.by; else NULL */
    struct slice machine; /* the run's, or that of the result's own host */
    struct slice metric, unit;
    enum better better;
    bool better_known;
    enum known deterministic;
};

struct history_entry {
    uint32_t run, series;        /* indices */
    double n, median, low, high; /* low, high: 95 %; NaN where there is no such interval */
};

struct history {
    const struct history_run *runs;
    size_t run_count;
    const struct history_series *series; /* some may have no entry: histories share them */
    size_t series_count;
    const struct history_entry *entries; /* in the order in which they were first met */
    size_t entry_count;
};

struct history_options {
    const struct identity *by;         /* NULL: the usual fields */
    struct query *where;               /* NULL: all results */
    const struct option_list *metrics; /* patterns of names; NULL or none: all */
};

struct history_reader;

/* options are borrowed. */
struct history_reader *history_reader_create(const struct history_options *options);
void history_reader_free(struct history_reader *reader);
/* -1 for a line without what every line of its kind has; it is left out. */
int history_take(
    struct history_reader *reader, const struct record *record, struct error *error) MUST_USE;
/*
 * What came so far, in the arena; the reader is empty then. Samples that are no
 * finite numbers are not counted.
 */
void history_finish(struct history_reader *reader, struct history *out, struct arena *arena);

#endif

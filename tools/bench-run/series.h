/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SERIES_H
#define SERIES_H

#include "process/process.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The samples of one cell. What is in lines already is forgotten, but for the
 * wall times, which the stopping rules and the last table need to the end, and the
 * metrics from the output, which stand in that table too.
 */
enum measured {
    MEASURED_WALL,
    MEASURED_USER,
    MEASURED_SYSTEM,
    MEASURED_MAX_RSS,
    MEASURED_MINOR_FAULTS,
    MEASURED_MAJOR_FAULTS,
    MEASURED_VOLUNTARY,
    MEASURED_INVOLUNTARY,
    MEASURED_READ,
    MEASURED_WRITE,
    MEASURED_COUNTERS, /* the first of them; only where they were asked for */
    MEASURED = MEASURED_COUNTERS + COUNTERS
};

struct measured_kind {
    const char *name, *unit, *better;
};
extern const struct measured_kind measured_kinds[MEASURED];

/* One run's values; NaN where the kernel did not tell. */
struct sample {
    double values[MEASURED];
};

struct samples_taken {
    struct sample *items;
    int64_t *rounds; /* parallel: in which round of the order it was taken */
    double *extra;   /* parallel, series.extra_count each: metrics from the output */
    size_t count, capacity;
};

struct series {
    size_t extra_count;
    struct samples_taken warmup, discarded, pending; /* not yet in a line */
    double *walls;                                   /* of all samples */
    int *exit_codes;                                 /* parallel; -1 for a signal */
    int64_t *wall_rounds;                            /* parallel; -1 for an earlier one */
    double *extras;                                  /* parallel, extra_count each; NaN unknown */
    size_t total, capacity;
    size_t earlier; /* of them, in a report that is continued: only their times are known */
    double wall_sum, user_sum, system_sum, peak_rss; /* of all samples; the largest of them */
    int64_t first_ns, last_ns; /* clock_monotonic(): when the first pending sample began and the
                                  last ended */
    int64_t parts;             /* lines written */
};

/* What a shell takes for itself, in seconds; taken off each sample, but not below 0. */
struct overhead {
    double wall_s, user_s, system_s;
};

void sample_of(
    struct sample *sample, const struct process_result *result, const struct overhead *overhead);
enum sample_use { SAMPLE_WARMUP, SAMPLE_DISCARDED, SAMPLE_KEPT };
void series_add(struct series *series, const struct process_result *result,
    const struct overhead *overhead, const double *extra, enum sample_use use, int64_t round);
/* The wall time of a sample that an earlier part has already. */
void series_add_earlier(struct series *series, double wall_s);
/* As if nothing had been measured. */
void series_forget(struct series *series);
/* The pending samples are in a line. */
void series_written(struct series *series);
void series_release(struct series *series);

#endif

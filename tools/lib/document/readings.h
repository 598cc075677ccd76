/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_READINGS_H
#define DOCUMENT_READINGS_H

#include "base/dictionary.h"
#include "record/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The machine's readings by host, to be asked what it did in the time of a
 * result. What a reading does not say is unknown, not zero. Memory: 72 bytes a
 * reading, and as much again once they are asked.
 */
enum reading_column {
    READING_GPU,      /* per cent, the mean of the machine's graphics units */
    READING_RENDERER, /* likewise */
    READING_CPU_USER, /* per cent */
    READING_CPU_SYSTEM,
    READING_MEMORY,   /* bytes available */
    READING_SWAP,     /* bytes used */
    READING_PRESSURE, /* 0 normal, 1 warning, 2 critical */
    READING_COLUMNS
};

struct reading {
    double ts, values[READING_COLUMNS]; /* NaN where unknown */
};

struct reading_series {
    uint32_t host; /* its number among the hosts */
    struct reading *items;
    size_t count, capacity;
    /* For the questions: sums up to each reading, and extremes of halves, quarters, … */
    double *sums;
    uint32_t *known;
    double *least, *most;
};

struct readings {
    struct dictionary hosts;
    struct reading_series *series; /* by host, in the order they came */
    size_t count, capacity;
    struct arena prepared;
    uint64_t without_time;
};

void readings_add(struct readings *readings, const struct record *record);
/* Sorts, and prepares for the questions; call once, after the last was added. */
void readings_finish(struct readings *readings);
void readings_release(struct readings *readings);

/* What one column says of a time; mean, least, most are NaN where nothing is known. */
struct reading_extent {
    uint64_t known;
    double mean, least, most;
};

/* What the machine did from start to end, both included. */
struct reading_window {
    uint64_t count; /* readings, whatever they say */
    struct reading_extent columns[READING_COLUMNS];
};

/* host data NULL: the first host that was read. */
struct reading_window readings_window(
    const struct readings *readings, struct slice host, double start, double end);

/* The median time between two readings of the first host, NaN under two of them. */
double readings_period(const struct readings *readings);

#endif

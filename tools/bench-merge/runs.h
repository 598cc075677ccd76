/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RUNS_H
#define RUNS_H

#include "base/dictionary.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The table of the runs: what is known of each, and where its lines lie. It is
 * all that a merge keeps in memory of what it has read, some 200 bytes a run and
 * 40 a segment.
 */

/* Where the lines of a segment lie. */
enum place {
    PLACE_INPUT, /* in an input, as they stand there */
    PLACE_MEMORY,
    PLACE_TEMPORARY /* both store.h */
};

/* Lines of one run that lie together, in the order in which they came. */
struct segment {
    enum place place;
    uint32_t input;       /* PLACE_INPUT: which */
    uint32_t next;        /* of the same run, or SEGMENT_NONE */
    uint64_t start, size; /* bytes; PLACE_MEMORY: lines */
    uint64_t line;        /* PLACE_INPUT: the number of the first */
};

#define SEGMENT_NONE UINT32_MAX

/* The order of a run's lines: run, all others, end, signature. */
enum phase { PHASE_RUN, PHASE_LINES, PHASE_END, PHASE_SIGNATURE };

struct run {
    struct slice id;       /* data NULL: the lines that belong to no run, which come last */
    int64_t started, seen; /* Unix nanoseconds: as its run line says; of its earliest line */
    bool started_known, seen_known;
    bool several;  /* it stands in several inputs */
    bool disorder; /* its lines did not come in the order of their phases */
    bool in_inputs, in_store;
    uint32_t input;            /* of its first line */
    enum phase phase;          /* of its last line */
    uint32_t first, last;      /* segments */
    struct gathered *gathered; /* gather.h, where it was kept */
};

struct runs {
    struct run *items;
    size_t count, capacity;
    struct segment *segments;
    size_t segment_count, segment_capacity;
    struct dictionary ids; /* a run's number is its index */
};

#define RUNS_INIT                                                                                  \
    {                                                                                              \
        .items = NULL                                                                              \
    }

void runs_release(struct runs *runs);

/* What the table takes, in bytes; the ids' own are not counted. */
size_t runs_memory(const struct runs *runs);

/* The index of the run, which is added where it is new. id is copied. */
uint32_t runs_find(struct runs *runs, struct slice id);
/* Adds a segment at the end of a run's. */
void runs_add_segment(struct runs *runs, uint32_t run, const struct segment *segment);

/* Its lines lie one behind the other, in the order in which they go out. */
bool run_in_order(const struct run *run);
/* When it began, as far as that is known; false where nothing is. */
bool run_time(const struct run *run, int64_t *out);
/* All runs by time, those without one behind, then by id. Pointers into items; goes back with
 * free(). */
struct run **runs_in_order(struct runs *runs);

#endif

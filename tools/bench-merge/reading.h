/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef READING_H
#define READING_H

#include "inputs.h"
#include "runs.h"
#include "store.h"

/*
 * The second reading: bytes of inputs and of the store, through one window, and
 * the lines of a segment one after the other.
 */
struct reading {
    struct inputs *inputs;
    struct store *store;
    enum place place; /* of the window */
    uint32_t input;
    uint64_t start;
    char *data; /* LINE_PADDING bytes behind size may be read */
    size_t size, capacity;
};

void reading_init(struct reading *reading, struct inputs *inputs, struct store *store);
void reading_release(struct reading *reading);

/*
 * size bytes at start of a place that is not memory, until the next call; limit
 * is how far may be read ahead, the end of the segment.
 */
int reading_get(struct reading *reading, const struct segment *segment, uint64_t start, size_t size,
    struct slice *out, struct error *error) MUST_USE;

/* One line of a segment, and where it lies. */
struct placed {
    struct slice bytes; /* until the next call; with its newline, where it has one */
    uint32_t input;
    uint64_t line;
    uint64_t start;   /* in the segment's place; PLACE_MEMORY: its number there */
    enum phase phase; /* where the segment's place is the store, else PHASE_LINES */
};

/* Where a walk over a segment is; begins as {segment, segment->start, segment->line}. */
struct segment_walk {
    const struct segment *segment;
    uint64_t at, line;
};

/* 1 and the next line, 0 at the end. Blank lines are left out. */
int reading_line(struct reading *reading, struct segment_walk *walk, struct placed *out,
    struct error *error) MUST_USE;

#endif

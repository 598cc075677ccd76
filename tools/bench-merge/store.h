/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STORE_H
#define STORE_H

#include "base/arena.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"
#include "runs.h"

#include <stdint.h>

/*
 * Lines that cannot be read again: from pipes and packed files, upgraded ones,
 * those of small files and those of files whose runs lie mixed. They are
 * collected in memory; where that is used up, they go, sorted by run, phase and
 * place, into a temporary file that has no name, so that it is gone after any
 * kind of end. What was sorted together is one segment a run.
 */
struct stored {
    uint32_t run, input;
    uint64_t line;
    const char *bytes; /* a whole line with its newline */
    uint32_t size;
    enum phase phase;
};

struct store {
    struct runs *runs;    /* gets the segments */
    const char *folder;   /* where the temporary file goes */
    size_t memory;        /* bytes that may be used, with the table of the runs */
    struct arena arena;   /* the lines */
    size_t used;          /* of memory */
    struct stored *items; /* those in memory */
    size_t count, capacity;
    int fd; /* the temporary file, or -1 */
    uint64_t written;
};

/* Before each line in the temporary file. */
struct stored_head {
    uint64_t line : 62, phase : 2;
    uint32_t input, size;
};

void store_init(struct store *store, struct runs *runs, const char *folder, size_t memory);
void store_release(struct store *store);

/* A newline is added where bytes have none. */
int store_add(struct store *store, const struct stored *line, struct slice bytes,
    struct error *error) MUST_USE;
/* No more lines come: sorts what is in memory and gives it its segments. */
int store_finish(struct store *store, struct error *error) MUST_USE;

/* Exactly size bytes of the temporary file. */
int store_read(
    struct store *store, uint64_t offset, char *out, size_t size, struct error *error) MUST_USE;

#endif

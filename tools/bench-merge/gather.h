/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GATHER_H
#define GATHER_H

#include "query/query.h"
#include "reading.h"
#include "record/identity.h"
#include "runs.h"

#include <stdint.h>

/*
 * The lines of one run, one by one: needed where they lie in several inputs, out
 * of order, or have to be asked about. Memory grows with the lines of the run,
 * by some 120 bytes each.
 *
 * What stands in two inputs is kept once: a line is a repeat as often as the
 * same canonical form came from an input before, and not more often, so that
 * nothing is dropped inside an input. Two result lines of two inputs that are
 * not the same, but have the same identity, variant, repetition and part,
 * contradict each other; so do two run lines and two end lines.
 */
enum conflict_rule { CONFLICT_FAIL, CONFLICT_KEEP_BOTH, CONFLICT_FIRST, CONFLICT_LAST };

struct entry {
    uint64_t start, line;
    uint32_t size, input;
    enum place place;
    enum phase phase;
    bool dropped, keyed, digested;
    char key[32], digest[32]; /* the first 128 bits of SHA-256, in hexadecimal */
};

struct gathered {
    struct entry *entries; /* in the order in which they go out */
    size_t count, capacity;
    uint64_t repeats, conflicts;
    bool has_run_line;
};

struct gathering {
    struct runs *runs;
    struct reading *reading;
    const struct identity *identity;
    struct query *where; /* may be NULL */
    enum conflict_rule rule;
    /* called for each conflict; NULL: they were told before */
    void (*say)(const struct error *error);
};

/* The result goes back through gathered_free. */
int gather(struct gathered **out, const struct gathering *gathering, const struct run *run,
    struct error *error) MUST_USE;
void gathered_free(struct gathered *gathered);

/* The bytes of an entry, until the next call. */
int entry_read(struct slice *out, struct reading *reading, const struct entry *entry,
    struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GATHER_H
#define GATHER_H

#include "base/buffer.h"
#include "query/query.h"
#include "reading.h"
#include "record/identity.h"
#include "runs.h"

#include <stdint.h>

/*
 * The lines of one run, one by one: needed where they lie in several inputs, out
 * of order, or have to be asked about. Memory grows with the lines of the run,
 * by some 120 bytes each, and by the lines themselves up to a megabyte a run.
 *
 * What stands in two inputs is kept once: a line is a repeat as often as the
 * same canonical form came from an input before, and not more often, so that
 * nothing is dropped inside an input. Two result lines of two inputs that are
 * not the same, but have the same identity, variant, repetition and part,
 * contradict each other; so do two run lines and two end lines.
 */
enum conflict_rule { CONFLICT_FAIL, CONFLICT_KEEP_BOTH, CONFLICT_FIRST, CONFLICT_LAST };

struct entry {
    uint64_t start, line; /* start as in struct placed, or in the gathered text */
    uint32_t size, input;
    enum place place;
    enum phase phase;
    bool in_text, dropped, keyed, digested;
    char key[32], digest[32]; /* the first 128 bits of SHA-256, in hexadecimal */
};

struct gathered {
    struct entry *entries; /* in the order in which they go out */
    size_t count, capacity;
    uint64_t repeats, conflicts;
    bool has_run_line;
    bool keeps_text; /* of a run that is not large, so that it need not be read again */
    struct buffer text;
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
/* What it takes, in bytes. */
size_t gathered_memory(const struct gathered *gathered);

/* The bytes of an entry of gathered, until the next call. */
int entry_read(struct slice *out, struct reading *reading, const struct gathered *gathered,
    const struct entry *entry, struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_INPUTS_H
#define RECORD_INPUTS_H

#include "record/reader.h"
#include "source/source.h"

/*
 * All records of some operands, one operand after the other. A line that is no
 * record, or that take refuses with ERROR_CONTENT, is told and left out; an input
 * that cannot be opened or read to its end is a failure, since the rest alone
 * would say something else.
 */
struct record_inputs {
    const struct source_options *source;
    size_t max_line;
    /* of_many: out of a folder or a revision, which hold a whole history. */
    int (*take)(void *context, const struct record *record, bool of_many, struct error *error);
    void *context;
    void (*tell)(const struct error *error);
    /* What came of it; zero before. */
    size_t bad;          /* lines left out */
    bool newer;          /* lines of a version newer than is known came by */
    bool standard_input; /* it was read, and cannot be read again */
};

/* "-" is standard input, and so are no operands at all. Can be called again for more. */
int record_inputs_read(struct record_inputs *inputs, const char *const *operands, size_t count,
    struct error *error) MUST_USE;

#endif

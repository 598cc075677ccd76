/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EMIT_H
#define EMIT_H

#include "base/options.h"
#include "base/output.h"
#include "gather.h"
#include "reading.h"

#include <stdint.h>

/* The second half of a merge: the runs go out in their order. */
struct emit_options {
    const char *output;               /* NULL: standard output */
    struct identity *split_by;        /* one field of the run line, or NULL; then output has "{}" */
    const struct option_list *labels; /* NAME=VALUE */
    bool since_given, until_given;
    int64_t since, until; /* Unix nanoseconds; runs that began from since on, and before until */
    size_t keep;          /* bytes of gathered lines that may be kept from the first look */
};

struct emit_totals {
    uint64_t runs, repeats, conflicts;
    uint64_t outside; /* runs left out by their time, or because it is not known */
    bool failed;      /* conflicts were found, and nothing is to be written */
};

/* gathering->rule decides whether conflicts are looked for before anything is written. */
int emit(const struct emit_options *options, struct gathering *gathering,
    struct emit_totals *totals, struct error *error) MUST_USE;

#endif

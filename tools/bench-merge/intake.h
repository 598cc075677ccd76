/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INTAKE_H
#define INTAKE_H

#include "inputs.h"
#include "record/version.h"
#include "runs.h"
#include "source/blocks.h"
#include "store.h"
#include "json/document.h"

#include <stdint.h>

/* The first half of a merge: every line is read and noted where it lies. */
struct intake_options {
    /* called for a line that is no report line, and for an input that cannot be read */
    void (*say)(const struct error *error);
};

struct intake_totals {
    uint64_t lines, bad, newer;
    int status; /* STATUS_FOUND, STATUS_INPUT as they apply */
};

int intake(const struct intake_options *options, struct blocks *blocks, struct inputs *inputs,
    struct runs *runs, struct store *store, struct intake_totals *totals,
    struct error *error) MUST_USE;

/* The phase that a line's kind belongs to. */
enum phase intake_phase(const struct json_document *line);

#endif

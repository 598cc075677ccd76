/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "base/output.h"
#include "check.h"
#include "lint.h"
#include "report.h"
#include "source/blocks.h"

#include <stdint.h>

/*
 * The way of the lines: blocks are read here, checked here or by threads beside,
 * and what was found is written here, in the order of the input.
 */
struct pipeline {
    struct catalog *catalog;
    const struct check_options *options;
    unsigned jobs;
    struct output *valid, *invalid; /* NULL: not wanted */
    struct report *report;
    struct lint *lint; /* NULL: not wanted */
    /* called for an input that cannot be read; the pipeline goes on */
    void (*unreadable)(const struct error *error);
};

struct totals {
    uint64_t lines, valid, bad, unsaid, warnings;
    int status; /* STATUS_FOUND, STATUS_INPUT as they apply */
};

/* -1 where writing or the check itself failed; totals say what came that far. */
int pipeline_run(const struct pipeline *pipeline, struct blocks *blocks, struct totals *totals,
    struct error *error) MUST_USE;
/* The same for one whole document. */
int pipeline_document(const struct pipeline *pipeline, const struct block *document,
    struct totals *totals, struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGETS_H
#define ANALYSIS_TARGETS_H

#include "analysis/target.h"
#include "config/check.h"

/* A file of targets (schemas/targets.schema.json). All texts are in the arena. */
struct targets {
    const char *label;   /* the label that tells the sides apart; NULL: the variant does */
    struct query *where; /* which results are looked at; NULL: all */
    struct target *items;
    size_t count;
    struct arena arena;
};

/*
 * Reads the file, which is an operand as source/source.h has it; schema is the
 * path of targets.schema.json. targets is zero before, and is released after a
 * failure too. Faults of content are told one by one, with line and column of the
 * YAML and, inside an expression, its column; then -1.
 */
int targets_read(struct targets *targets, const char *file, const char *schema,
    const struct source_options *source, const struct config_faults *faults,
    struct error *error) MUST_USE;
void targets_release(struct targets *targets);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GATHER_H
#define GATHER_H

#include "analysis/sides.h"
#include "analysis/spread.h"
#include "settings.h"
#include "source/source.h"

/* What the command line names for each side, and how messages call it. */
struct inputs {
    const char *const *operands[SIDES];
    size_t counts[SIDES];
    bool split; /* the base's operands hold both sides */
    struct sides_split how;
    struct slice names[SIDES]; /* from the arena */
    struct arena arena;
};

/* Borrows from settings and operands. Fails (ERROR_USAGE) where these do not make two sides. */
int inputs_read(struct inputs *inputs, const struct settings *settings,
    const struct operands *operands, struct error *error) MUST_USE;
void inputs_release(struct inputs *inputs);

/*
 * Turns every git:REVISION:PATH of the base into the merge base of that revision
 * and the head's, which is that of its first git: operand, else HEAD.
 */
int inputs_to_merge_base(
    struct inputs *inputs, const struct source_options *source, struct error *error) MUST_USE;

/*
 * Reads every input into sides. A line that is no record is told and left out,
 * *bad counts them; an input that cannot be opened or read to its end is a
 * failure, since the rest alone would say something else.
 */
int gather(struct sides *sides, const struct inputs *inputs, const struct source_options *source,
    const struct settings *settings, size_t *bad, struct error *error) MUST_USE;

/* The same for the earlier reports. What is no record there is told, and nothing more. */
int gather_history(struct spread *spread, const struct settings *settings,
    const struct source_options *source, struct error *error) MUST_USE;

#endif

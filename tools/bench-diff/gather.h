/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GATHER_H
#define GATHER_H

#include "analysis/sides.h"
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
 * Reads every input into sides. A line that is no record is told and left out,
 * *bad counts them; an input that cannot be opened or read to its end is a
 * failure, since the rest alone would say something else.
 */
int gather(struct sides *sides, const struct inputs *inputs, const struct source_options *source,
    const struct settings *settings, size_t *bad, struct error *error) MUST_USE;

#endif

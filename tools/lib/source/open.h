/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_OPEN_H
#define SOURCE_OPEN_H

#include "base/compiler.h"
#include "source/feed.h"
#include "source/names.h"
#include "source/source.h"

/*
 * From an operand to an open stream: what source_open and sources_next share.
 * A place is where one operand looks: the file system, or a repository, which is
 * opened by the first operand that needs it and kept for the others.
 */
struct opener {
    const struct source_options *options; /* never NULL */
    struct repository *repository;        /* NULL until needed */
};

void opener_init(struct opener *opener, const struct source_options *options);
void opener_release(struct opener *opener);

/*
 * 0: *out is open. 1: the operand is a folder, and *names, empty before, are the
 * operands of its reports, sorted; there is at least one. -1: error says what is
 * wrong with the operand. names NULL: a folder is an error.
 */
int opener_open(struct opener *opener, struct source **out, struct names *names,
    const char *operand, struct error *error) MUST_USE;

/* A source over an open feed, which it takes. */
struct source *source_from(struct feed *feed, const char *name, bool raw);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_LINES_H
#define SOURCE_LINES_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The lines of a list of inputs, one after the other, read in blocks and handed
 * out in place. Memory is one block plus the longest line.
 */
struct lines;

struct line {
    const char *file; /* as a message names it; until the reader is freed */
    uint64_t number;  /* from 1 in each file; blank lines count */
    const char *text; /* until the next call; LINE_PADDING bytes after size may be read */
    size_t size;      /* with the newline, where there is one */
    bool newline;     /* the last line of a file may have none */
    bool blank;       /* nothing but white space */
    bool oversized;   /* a part of a line that is longer than the ceiling: see below */
    bool last_part;   /* of an oversized line; true for every other line */
};

enum { LINE_PADDING = 64, LINE_BLOCK = 1 << 18 };
#define LINE_CEILING ((size_t)256 << 20)

struct lines_options {
    size_t ceiling; /* bytes a line may have, 0 is LINE_CEILING */
    /* Gets every line as it is handed out, with a newline where the last has none; NULL: nobody. */
    struct buffer *kept;
};

/* sources is borrowed until lines_free. */
struct lines *lines_create(struct sources *sources, const struct lines_options *options);
void lines_free(struct lines *lines);

/*
 * 1: *line is the next line. 0: there are no more. -1: an input could not be
 * opened or read (error says which, and for a damaged gzip or zstd file after
 * which line); everything before it was handed out, and the next call goes on
 * with the next input.
 *
 * A line longer than the ceiling comes in parts, with oversized set, none of
 * them longer than LINE_BLOCK and the last with last_part set, so that it can be
 * kept without being held.
 */
int lines_next(struct lines *lines, struct line *line, struct error *error) MUST_USE;

/* What is wrong with an oversized line; -1. */
int line_refuse_oversized(struct error *error);

#endif

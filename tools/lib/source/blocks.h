/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_BLOCKS_H
#define SOURCE_BLOCKS_H

#include "base/compiler.h"
#include "base/error.h"
#include "source/lines.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The layer below lines: runs of whole lines, as they come from the inputs, for
 * a reader that hands them to several threads. lines_next is blocks_next and
 * block_line.
 *
 * A block owns its memory, which grows to LINE_BLOCK or the longest line and is
 * used again when the block is passed in again; so as many blocks are in use as
 * the caller has. The bytes behind a block's lines are the begun next line: the
 * block that blocks_next filled last may be read by anybody, but must not be
 * released before the next call returned.
 */
struct blocks;

struct block {
    const char *file;    /* as a message names it; until blocks_free */
    bool first;          /* the first block of its file */
    uint64_t first_line; /* number of its first line; 0 where blocks do not count */
    const char *text;    /* lines, LINE_PADDING readable bytes behind them */
    size_t size;
    size_t ceiling; /* a line with more bytes before its newline is oversized */
    bool oversized; /* not lines, but a part of one that is longer than the ceiling */
    bool last_part; /* … its last; the next block begins with a new line */
    char *memory;   /* the block's own */
    size_t capacity;
};

#define BLOCK_INIT                                                                                 \
    {                                                                                              \
        .file = NULL                                                                               \
    }

struct blocks_options {
    size_t ceiling; /* bytes a line may have, 0 is LINE_CEILING */
    bool count;     /* fill first_line, for the price of one more look for newlines */
};

/* sources is borrowed until blocks_free. */
struct blocks *blocks_create(struct sources *sources, const struct blocks_options *options);
void blocks_free(struct blocks *blocks);

/*
 * 1: block holds the next run: whole lines of one file, at least one byte; only
 * the last line of a file may be without newline. What a pipe has is handed out
 * as it comes. 0: there is no more. -1: as lines_next; block->file is the input
 * that broke while it was read (first: before anything of it was handed out), NULL where one could
 * not be opened.
 */
int blocks_next(struct blocks *blocks, struct block *block, struct error *error) MUST_USE;
void block_release(struct block *block);

/* Where a reader of a block is: {block, 0, its first line's number}. */
struct block_walk {
    const struct block *block;
    size_t at;
    uint64_t number;
};

/*
 * The next line of a block, as lines_next hands it out; false at its end, and
 * then number is that of the line that follows in the same file.
 */
bool block_line(struct block_walk *walk, struct line *line);

#endif

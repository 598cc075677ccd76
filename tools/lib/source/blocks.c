/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/blocks.h"

#include "base/arena.h"
#include "base/memory.h"

#include <string.h>

struct blocks {
    struct sources *sources;
    struct source *source; /* NULL between two inputs */
    struct arena names;
    const char *file; /* the name of source */
    size_t ceiling;
    bool count;
    bool first;           /* nothing of source was handed out */
    bool ended;           /* source has no more */
    bool inside;          /* an oversized line: its end is still to come */
    struct error failure; /* of reading source, kept while what came before is handed out */
    uint64_t number;      /* of the next line */
    /* What was read behind the last block's lines; it lies in that block's memory, home. */
    struct slice rest;
    const char *home;
    bool searched; /* rest holds no newline */
};

struct blocks *blocks_create(struct sources *sources, const struct blocks_options *options)
{
    struct blocks *blocks = memory_zero(1, sizeof *blocks);
    blocks->sources = sources;
    blocks->ceiling = options && options->ceiling ? options->ceiling : LINE_CEILING;
    blocks->count = options && options->count;
    return blocks;
}

static void close_source(struct blocks *blocks)
{
    source_close(blocks->source);
    blocks->source = NULL;
}

void blocks_free(struct blocks *blocks)
{
    if (!blocks)
        return;
    close_source(blocks);
    arena_release(&blocks->names);
    free(blocks);
}

void block_release(struct block *block)
{
    free(block->memory);
    *block = (struct block)BLOCK_INIT;
}

/* Grows by doubling, but not beyond what the longest line can take. */
static void reserve(const struct blocks *blocks, struct block *block, size_t size)
{
    size_t most = blocks->ceiling + LINE_BLOCK + LINE_PADDING;
    if (size <= block->capacity)
        return;
    size_t capacity = block->capacity ? block->capacity : LINE_BLOCK + LINE_PADDING;
    while (capacity < size)
        capacity *= 2;
    if (capacity > most && size <= most)
        capacity = most;
    block->memory = memory_resize(block->memory, capacity, 1);
    block->capacity = capacity;
}

/* The rest begins the next block's memory; it is copied once, whoever owns it. */
static size_t move_rest(struct blocks *blocks, struct block *block)
{
    struct slice rest = blocks->rest;
    if (rest.size == 0)
        return 0;
    if (block->memory == blocks->home) {
        memmove(block->memory, rest.data, rest.size);
    } else {
        reserve(blocks, block, rest.size + LINE_PADDING);
        memcpy(block->memory, rest.data, rest.size);
    }
    return rest.size;
}

static uint64_t count_newlines(const char *text, size_t size)
{
    uint64_t count = 0;
    for (const char *at = text, *end = text + size;
         at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        count++;
    return count;
}

/* The end of the last line in text[0..size), which holds a newline. */
static size_t end_of_lines(const char *text, size_t size)
{
    while (text[size - 1] != '\n')
        size--;
    return size;
}

/* The first size bytes of block's memory go out; used says how many are there. */
static int hand_out(struct blocks *blocks, struct block *block, size_t size, size_t used)
{
    block->file = blocks->file;
    block->first = blocks->first;
    block->first_line = blocks->count ? blocks->number : 0;
    block->text = block->memory;
    block->size = size;
    block->ceiling = blocks->ceiling;
    block->oversized = blocks->inside;
    block->last_part = false;
    memset(block->memory + used, 0, LINE_PADDING);
    blocks->first = false;
    blocks->rest = (struct slice){block->memory + size, used - size};
    blocks->home = block->memory;
    if (blocks->count)
        blocks->number += count_newlines(block->memory, size);
    return 1;
}

/*
 * What is in block's memory, of which the bytes from `from` were not looked at:
 * 1 when some of it goes out.
 */
static int hand_out_lines(struct blocks *blocks, struct block *block, size_t from, size_t used)
{
    char *text = block->memory;
    const char *newline = from < used ? memchr(text + from, '\n', used - from) : NULL;

    if (blocks->inside && newline) {
        /* The oversized line ends here; whole lines may follow it. */
        hand_out(blocks, block, (size_t)(newline + 1 - text), used);
        block->last_part = true;
        blocks->inside = false;
        blocks->searched = false;
        return 1;
    }
    if (newline) {
        size_t begin = (size_t)(newline - text);
        blocks->searched = true;
        return hand_out(blocks, block, begin + end_of_lines(text + begin, used - begin), used);
    }
    if (used > (blocks->inside ? 1 : blocks->ceiling)) {
        /* One byte stays behind, so that there is something to be the last part. */
        blocks->inside = blocks->searched = true;
        return hand_out(blocks, block, used - 1, used);
    }
    return 0;
}

/* What is left when nothing more can be read: a last line without newline. */
static int hand_out_last(struct blocks *blocks, struct block *block, size_t used)
{
    blocks->ended = true;
    if (used == 0)
        return 0;
    hand_out(blocks, block, used, used);
    block->last_part = true;
    return 1;
}

/* 1: block is filled. 0: the source has no more. */
static int fill(struct blocks *blocks, struct block *block)
{
    size_t used = move_rest(blocks, block);
    size_t from = blocks->searched ? used : 0;
    blocks->rest.size = 0;
    if (blocks->ended)
        return 0;
    for (;;) {
        if (hand_out_lines(blocks, block, from, used) == 1)
            return 1;
        from = used;
        blocks->searched = true;
        /* A line over half a block makes the memory grow: less would be read each time. */
        size_t free_bytes =
            block->capacity > used + LINE_PADDING ? block->capacity - used - LINE_PADDING : 0;
        if (free_bytes < LINE_BLOCK / 2) {
            reserve(blocks, block, used + LINE_BLOCK / 2 + LINE_PADDING);
            free_bytes = block->capacity - used - LINE_PADDING;
        }
        ptrdiff_t count =
            source_read(blocks->source, block->memory + used, free_bytes, &blocks->failure);
        if (count <= 0)
            return hand_out_last(blocks, block, used);
        used += (size_t)count;
    }
}

static int open_next(struct blocks *blocks, struct error *error)
{
    int opened = sources_next(blocks->sources, &blocks->source, error);
    if (opened != 1)
        return opened;
    blocks->file = arena_text(&blocks->names, source_name(blocks->source));
    blocks->number = 1;
    blocks->first = blocks->searched = true;
    blocks->ended = blocks->inside = false;
    error_clear(&blocks->failure);
    return 1;
}

static int report(const struct error *failure, struct error *error)
{
    if (error && error->code == ERROR_NONE)
        *error = *failure;
    return -1;
}

int blocks_next(struct blocks *blocks, struct block *block, struct error *error)
{
    block->file = NULL;
    block->size = 0;
    for (;;) {
        if (!blocks->source) {
            int opened = open_next(blocks, error);
            if (opened != 1)
                return opened;
        }
        if (fill(blocks, block) == 1)
            return 1;
        close_source(blocks);
        if (blocks->failure.code != ERROR_NONE) {
            block->file = blocks->file;
            block->first = blocks->first;
            return report(&blocks->failure, error);
        }
    }
}

bool block_line(struct block_walk *walk, struct line *line)
{
    const struct block *block = walk->block;
    size_t left = block->size - walk->at;
    if (left == 0)
        return false;

    const char *text = block->text + walk->at;
    bool part = block->oversized || (walk->at > 0 && text[-1] != '\n');
    size_t seen = part && left > LINE_BLOCK ? LINE_BLOCK : left;
    const char *newline = memchr(text, '\n', seen);
    size_t size = newline ? (size_t)(newline - text) + 1 : seen;
    part = part || size - (newline != NULL) > block->ceiling;
    if (part && size > LINE_BLOCK) {
        size = LINE_BLOCK;
        newline = NULL;
    }
    bool whole = newline || (size == left && (!block->oversized || block->last_part));

    *line = (struct line){block->file, walk->number, text, size, newline != NULL,
        !part && slice_is_blank((struct slice){text, size}), part, whole};
    walk->at += size;
    walk->number += whole;
    return true;
}

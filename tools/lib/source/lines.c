/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/lines.h"

#include "base/memory.h"
#include "source/blocks.h"

struct lines {
    struct blocks *blocks;
    struct block block;
    struct block_walk walk;
    struct buffer *kept;
};

struct lines *lines_create(struct sources *sources, const struct lines_options *options)
{
    struct blocks_options block_options = {options ? options->ceiling : 0, false};
    struct lines *lines = memory_zero(1, sizeof *lines);
    lines->blocks = blocks_create(sources, &block_options);
    lines->walk.block = &lines->block;
    lines->kept = options ? options->kept : NULL;
    return lines;
}

void lines_free(struct lines *lines)
{
    if (!lines)
        return;
    blocks_free(lines->blocks);
    block_release(&lines->block);
    free(lines);
}

static void keep(struct buffer *kept, const struct line *line)
{
    buffer_add(kept, line->text, line->size);
    if (line->last_part && !line->newline)
        buffer_add_char(kept, '\n');
}

int line_refuse_oversized(struct error *error)
{
    error_set(error, ERROR_CONTENT,
        "the line is longer than is read; expected at most what --max-line says");
    error_place(error, NULL, 0, 1);
    return -1;
}

int lines_next(struct lines *lines, struct line *line, struct error *error)
{
    struct block_walk *walk = &lines->walk;
    while (!block_line(walk, line)) {
        bool clear = error && error->code == ERROR_NONE;
        int more = blocks_next(lines->blocks, &lines->block, error);
        walk->at = 0;
        if (more < 0 && clear && lines->block.file && !lines->block.first)
            error_place(error, NULL, walk->number - 1, 0);
        if (more != 1)
            return more;
        if (lines->block.first)
            walk->number = 1;
    }
    if (lines->kept)
        keep(lines->kept, line);
    return 1;
}

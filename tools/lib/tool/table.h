/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_TABLE_H
#define TOOL_TABLE_H

#include "base/buffer.h"
#include "document/text_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a table may look where it is written. */
struct table_look {
    size_t width; /* columns */
    bool colour;
};

/* In the file output or, where that is NULL, on standard output: a terminal has a width of its own,
 * and may have colours. */
struct table_look table_look_of(const char *output);

/*
 * A table for people, as the tools that judge write it: a heading, rows of which
 * the worst come first and --rows=N shows N, how many are not shown, and notes.
 */
struct table {
    struct slice heading; /* a sentence with a line feed */
    const struct text_column *columns;
    size_t column_count;
    const struct text_fit *steps; /* see text_table_fit */
    size_t step_count;
    size_t shown, count; /* rows; shown by table_shown */
    /* Writes the words of one cell; nothing leaves it empty. */
    void (*cell)(struct buffer *out, const void *context, size_t row, size_t column);
    /* The row's escape sequence, "" for none. */
    const char *(*colour)(const void *context, size_t row);
    const void *context; /* for both */
    struct slice notes;  /* sentences, each with a line feed; may be empty */
};

void table_write(struct buffer *out, const struct table *table, const struct table_look *look);

enum { TABLE_ROWS = 50 }; /* as many as are shown unless --rows says otherwise */

/* How many of count rows --rows=N shows; 0 shows all. */
size_t table_shown(int64_t rows, size_t count);

#endif

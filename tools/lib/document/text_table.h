/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_TEXT_TABLE_H
#define DOCUMENT_TEXT_TABLE_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A table for a terminal: a heading and rows, in columns that are two blanks
 * apart and fit a width. A column that is empty in every row is left out. Cells
 * are made safe here (text_safe), so a report's text moves no cursor.
 *
 *     struct text_table *table = text_table_create(columns, ARRAY_SIZE(columns));
 *     text_table_cell(table, 0, name);
 *     text_table_row_end(table, "\033[31m");
 *     text_table_fit(table, steps, ARRAY_SIZE(steps), width);
 *     text_table_write(table, &out, colour);
 *     text_table_free(table);
 */
struct text_column {
    const char *heading;
    bool right;     /* to the right edge: figures */
    bool keeps_end; /* where it is cut, the end is kept: names */
};

/* What is taken where the table is too wide, in this order: a column gets narrower, down to the
 * least, or goes (least 0). */
struct text_fit {
    size_t column, least;
};

struct text_table;

/* columns is borrowed. */
struct text_table *text_table_create(const struct text_column *columns, size_t count);
void text_table_free(struct text_table *table);

/* Of the row that is being filled; a cell that is not set is empty. */
void text_table_cell(struct text_table *table, size_t column, struct slice text);
/* colour is the row's escape sequence, "" for none; borrowed. */
void text_table_row_end(struct text_table *table, const char *colour);

void text_table_fit(
    struct text_table *table, const struct text_fit *steps, size_t count, size_t width);
void text_table_write(const struct text_table *table, struct buffer *out, bool colour);

/*
 * Sentences that end in line feeds, each made safe and broken at blanks to the
 * width; where one goes on, it does so two columns in.
 */
void text_wrap(struct buffer *out, struct slice sentences, size_t width);

#endif

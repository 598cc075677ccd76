/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/text_table.h"

#include "base/arena.h"
#include "base/memory.h"
#include "document/character.h"

enum { GAP = 2 };

#define ELLIPSIS "\342\200\246"

struct cell {
    struct slice text;
    size_t width;
};

struct row {
    struct cell *cells;
    const char *colour;
};

struct text_table {
    const struct text_column *columns;
    size_t column_count;
    struct row *rows; /* the heading is the first, the one being filled the last */
    size_t row_count, row_capacity;
    size_t *widths;
    struct arena arena;
    struct buffer safe;
};

/* ---- filling -------------------------------------------------------------------- */

static void begin_row(struct text_table *table)
{
    MEMORY_GROW(table->rows, table->row_count, table->row_capacity);
    table->rows[table->row_count++] =
        (struct row){arena_zero(&table->arena, table->column_count, sizeof(struct cell)), ""};
}

static struct cell make_cell(struct text_table *table, struct slice text)
{
    struct cell cell;
    buffer_reset(&table->safe);
    text_safe(&table->safe, text);
    cell.text = arena_slice(&table->arena, buffer_slice(&table->safe));
    cell.width = text_width(cell.text);
    return cell;
}

struct text_table *text_table_create(const struct text_column *columns, size_t count)
{
    struct text_table *table = memory_zero(1, sizeof *table);
    table->columns = columns;
    table->column_count = count;
    table->widths = arena_zero(&table->arena, count, sizeof *table->widths);
    begin_row(table);
    for (size_t i = 0; i < count; i++)
        table->rows[0].cells[i] = make_cell(table, slice_of(columns[i].heading));
    begin_row(table);
    return table;
}

void text_table_free(struct text_table *table)
{
    if (!table)
        return;
    arena_release(&table->arena);
    buffer_release(&table->safe);
    free(table->rows);
    free(table);
}

void text_table_cell(struct text_table *table, size_t column, struct slice text)
{
    struct cell cell = make_cell(table, text);
    size_t *width = &table->widths[column];
    table->rows[table->row_count - 1].cells[column] = cell;
    if (cell.width > *width)
        *width = cell.width;
}

void text_table_row_end(struct text_table *table, const char *colour)
{
    table->rows[table->row_count - 1].colour = colour;
    begin_row(table);
}

/* ---- fitting -------------------------------------------------------------------- */

/* A column is as wide as its heading, if there is anything in it. */
static void widen_for_headings(struct text_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->widths[i] > 0 && table->rows[0].cells[i].width > table->widths[i])
            table->widths[i] = table->rows[0].cells[i].width;
}

static size_t total_width(const struct text_table *table)
{
    size_t total = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->widths[i] > 0)
            total += table->widths[i] + (total > 0 ? GAP : 0);
    return total;
}

void text_table_fit(
    struct text_table *table, const struct text_fit *steps, size_t count, size_t width)
{
    widen_for_headings(table);
    for (size_t i = 0; i < count; i++) {
        size_t total = total_width(table), least = steps[i].least;
        size_t *column = &table->widths[steps[i].column];
        if (total <= width || *column <= least)
            continue;
        size_t over = total - width;
        *column = least > 0 && *column - least > over ? *column - over : least;
    }
}

/* ---- writing -------------------------------------------------------------------- */

static void pad(struct buffer *out, size_t count)
{
    while (count-- > 0)
        buffer_add_char(out, ' ');
}

/* The last columns of a text, at most width of them. */
static struct slice tail_of(struct slice text, size_t width)
{
    while (text.size > 0 && text_width(text) > width) {
        unsigned size = character_at(text).size;
        text.data += size;
        text.size -= size;
    }
    return text;
}

/* The first columns of a text, at most width of them. */
static struct slice head_of(struct slice text, size_t width)
{
    size_t limit = width;
    struct slice head = text_head(text, limit);
    while (limit > 0 && text_width(head) > width)
        head = text_head(text, --limit);
    return head;
}

/* The width that it took. */
static size_t add_cut(struct buffer *out, const struct cell *cell, size_t width, bool keeps_end)
{
    if (cell->width <= width) {
        buffer_add_slice(out, cell->text);
        return cell->width;
    }
    struct slice part = keeps_end ? tail_of(cell->text, width - 1) : head_of(cell->text, width - 1);
    if (keeps_end)
        buffer_add_text(out, ELLIPSIS);
    buffer_add_slice(out, part);
    if (!keeps_end)
        buffer_add_text(out, ELLIPSIS);
    return text_width(part) + 1;
}

/* Blanks are written when something follows them: a line has none at its end. */
static void write_row(const struct text_table *table, struct buffer *out, const struct row *row)
{
    size_t blanks = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t width = table->widths[i];
        const struct cell *cell = &row->cells[i];
        bool right = table->columns[i].right;
        if (width == 0)
            continue;
        if (right && cell->width < width)
            blanks += width - cell->width;
        if (cell->width > 0) {
            pad(out, blanks);
            size_t taken = add_cut(out, cell, width, table->columns[i].keeps_end);
            blanks = right ? 0 : width - taken;
        } else if (!right) {
            blanks += width;
        }
        blanks += GAP;
    }
}

void text_table_write(const struct text_table *table, struct buffer *out, bool colour)
{
    for (size_t i = 0; i + 1 < table->row_count; i++) {
        const char *begin = !colour ? "" : i == 0 ? "\033[1m" : table->rows[i].colour;
        buffer_add_text(out, begin);
        write_row(table, out, &table->rows[i]);
        buffer_add_text(out, begin[0] ? "\033[0m\n" : "\n");
    }
}

/* ---- sentences ------------------------------------------------------------------- */

static void wrap_one(struct buffer *out, struct slice sentence, size_t width)
{
    size_t column = 0;
    for (size_t from = 0; from < sentence.size;) {
        size_t end = from;
        while (end < sentence.size && sentence.data[end] != ' ')
            end++;
        struct slice word = {sentence.data + from, end - from};
        size_t taken = text_width(word);
        if (column > GAP && column + 1 + taken > width) {
            buffer_add_text(out, "\n  ");
            column = GAP;
        } else if (column > 0) {
            buffer_add_char(out, ' ');
            column++;
        }
        buffer_add_slice(out, word);
        column += taken;
        from = end + 1;
    }
    buffer_add_char(out, '\n');
}

void text_wrap(struct buffer *out, struct slice sentences, size_t width)
{
    struct buffer safe = BUFFER_INIT;
    size_t from = 0;
    for (size_t at = 0; at < sentences.size; at++) {
        if (sentences.data[at] != '\n')
            continue;
        buffer_reset(&safe);
        text_safe(&safe, (struct slice){sentences.data + from, at - from});
        wrap_one(out, buffer_slice(&safe), width);
        from = at + 1;
    }
    buffer_release(&safe);
}

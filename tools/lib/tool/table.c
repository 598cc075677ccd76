/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/table.h"

#include "base/plural.h"
#include "tool/terminal.h"

#include <unistd.h>

enum { WIDTH_ELSEWHERE = 120 };

struct table_look table_look_of(const char *output)
{
    bool terminal = !output && terminal_is(STDOUT_FILENO);
    return (struct table_look){
        .width = terminal ? (size_t)terminal_width(STDOUT_FILENO) : WIDTH_ELSEWHERE,
        .colour = terminal && terminal_colour(STDOUT_FILENO)};
}

size_t table_shown(int64_t rows, size_t count)
{
    return rows > 0 && (uint64_t)rows < count ? (size_t)rows : count;
}

static void fill(struct text_table *text, const struct table *table)
{
    struct buffer words = BUFFER_INIT;
    for (size_t row = 0; row < table->shown; row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            buffer_reset(&words);
            table->cell(&words, table->context, row, column);
            text_table_cell(text, column, buffer_slice(&words));
        }
        text_table_row_end(text, table->colour(table->context, row));
    }
    buffer_release(&words);
}

static void add_more(struct buffer *out, size_t more)
{
    if (more > 0)
        buffer_add_format(out, "\n%zu more row%s, none worse than these; --rows=0 shows all.\n",
            more, plural(more));
}

void table_write(struct buffer *out, const struct table *table, const struct table_look *look)
{
    struct text_table *text = text_table_create(table->columns, table->column_count);
    fill(text, table);
    text_wrap(out, table->heading, look->width);
    buffer_add_char(out, '\n');
    text_table_fit(text, table->steps, table->step_count, look->width);
    text_table_write(text, out, look->colour);
    text_table_free(text);
    add_more(out, table->count - table->shown);
    if (table->notes.size > 0)
        buffer_add_char(out, '\n');
    text_wrap(out, table->notes, look->width);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "table.h"

#include "base/memory.h"
#include "document/character.h"
#include "document/quantity.h"
#include "figures.h"

#include <stdlib.h>

enum { COLUMNS = 6, TITLE_FEWEST = 32, GAP = 2 };

struct table {
    struct buffer *cells; /* COLUMNS a row, the first row is the head */
    size_t rows;
    size_t widths[COLUMNS];
};

/* Hidden characters of a name are shown, so that none of them acts on the terminal. */
static void add_shown(struct buffer *out, struct slice text)
{
    while (text.size > 0) {
        struct character character = character_at(text);
        if (character_hidden(character.code))
            character_show(out, character.code);
        else
            character_add(out, character.code);
        text.data += character.size;
        text.size -= character.size;
    }
}

static void add_ratio(struct buffer *out, const struct figures *figures, bool base)
{
    if (figures->base == FIGURES_ALONE)
        return;
    if (base) {
        buffer_add_text(out, "1");
        return;
    }
    quantity_add_ratio(out, figures->ratio);
    if (!interval_exists(figures->ratio_ci))
        return;
    buffer_add_text(out, " (");
    quantity_add_ratio(out, figures->ratio_ci.low);
    buffer_add_text(out, " to ");
    quantity_add_ratio(out, figures->ratio_ci.high);
    buffer_add_char(out, ')');
}

static void add_interval(struct buffer *out, const struct interval *interval, enum time_unit unit)
{
    if (!interval_exists(*interval))
        return;
    if (unit == UNIT_AUTO) {
        quantity_add_interval(out, interval->low, interval->high, slice_of("s"));
        return;
    }
    figures_add_time(out, interval->low, unit);
    buffer_add_text(out, " to ");
    figures_add_time(out, interval->high, unit);
}

static void fill_row(struct buffer *row, const struct subject *subject,
    const struct figures *figures, bool base, enum time_unit unit)
{
    struct buffer title = BUFFER_INIT;
    figures_add_title(&title, subject);
    add_shown(&row[0], buffer_slice(&title));
    buffer_release(&title);
    if (figures->n > 0) {
        figures_add_time(&row[1], figures->median, unit);
        add_interval(&row[2], &figures->median_ci, unit);
        quantity_add_count(&row[3], figures->n);
        quantity_add(&row[4], figures->peak_rss, slice_of("By"));
        add_ratio(&row[5], figures, base);
    }
    if (subject->reason) {
        buffer_add_format(
            &row[5], "%s%s: ", row[5].size ? "  " : "", outcome_text(subject->outcome));
        add_shown(&row[5], slice_of(subject->reason));
    }
}

static void measure_widths(struct table *table, size_t width)
{
    size_t others = 0;
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < COLUMNS; j++) {
            size_t cell = text_width(buffer_slice(&table->cells[i * COLUMNS + j]));
            table->widths[j] = cell > table->widths[j] ? cell : table->widths[j];
        }
    for (size_t j = 1; j < COLUMNS; j++)
        others += table->widths[j] + GAP;
    size_t left = width > others + TITLE_FEWEST ? width - others : TITLE_FEWEST;
    if (table->widths[0] > left)
        table->widths[0] = left;
}

static void add_spaces(struct buffer *out, size_t count)
{
    buffer_add_format(out, "%*s", (int)count, "");
}

/* The title is cut in front of what does not fit; numbers stand at the right of their column. */
static void add_row(struct buffer *out, const struct table *table, const struct buffer *row)
{
    struct slice title = buffer_slice(&row[0]);
    bool cut = text_width(title) > table->widths[0];
    while (cut && text_width(title) > table->widths[0] - 1)
        title = text_head(title, text_length(title) - 1);
    buffer_add_slice(out, title);
    if (cut)
        buffer_add_text(out, "\u2026");
    size_t last = COLUMNS;
    while (last > 1 && row[last - 1].size == 0)
        last--;
    size_t shown = text_width(title) + cut;
    if (last > 1)
        add_spaces(out, table->widths[0] - shown);
    for (size_t j = 1; j < last; j++) {
        size_t width = text_width(buffer_slice(&row[j]));
        add_spaces(out, GAP + (j == COLUMNS - 1 ? 0 : table->widths[j] - width));
        buffer_add_slice(out, buffer_slice(&row[j]));
    }
    buffer_add_char(out, '\n');
}

void summary_table_add(struct buffer *out, const struct subject *subjects, size_t count,
    enum time_unit unit, size_t width)
{
    struct figures *figures = figures_create(subjects, count);
    struct table table = {
        .rows = count + 1, .cells = memory_zero((count + 1) * COLUMNS, sizeof(struct buffer))};
    bool reference = false;
    for (size_t i = 0; i < count; i++)
        reference = reference || subjects[i].cell->bench->reference;
    const char *const head[COLUMNS] = {"command", "median", "95 % interval", "samples", "memory",
        reference ? "time to the reference's" : "time to the fastest's"};
    for (size_t j = 0; j < COLUMNS; j++)
        buffer_add_text(&table.cells[j], head[j]);
    for (size_t i = 0; i < count; i++)
        fill_row(
            &table.cells[(i + 1) * COLUMNS], &subjects[i], &figures[i], i == figures[i].base, unit);
    measure_widths(&table, width);
    for (size_t i = 0; i < table.rows; i++)
        add_row(out, &table, &table.cells[i * COLUMNS]);
    for (size_t i = 0; i < table.rows * COLUMNS; i++)
        buffer_release(&table.cells[i]);
    free(table.cells);
    free(figures);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "chart.h"
#include "document/character.h"
#include "words.h"

#include <string.h>

enum column {
    COLUMN_VERDICT,
    COLUMN_BENCHMARK,
    COLUMN_METRIC,
    COLUMN_BASE,
    COLUMN_HEAD,
    COLUMN_CHANGE,
    COLUMN_CHART,
    COLUMN_INTERVAL,
    COLUMN_P,
    COLUMN_NOTE,
    COLUMNS
};

enum {
    GAP = 2,
    NAME_LEAST = 16,
    METRIC_LEAST = 10,
    NOTE_LEAST = 12,
    NAME_FIRST_CUT = 32,
    NOTE_FIRST_CUT = 28
};

struct cell {
    struct slice text;
    size_t width;
};

struct table {
    const struct report *report;
    const struct table_look *look;
    struct cell (*cells)[COLUMNS];
    size_t rows; /* the heading is the first */
    size_t widths[COLUMNS];
    struct chart chart;
    struct arena arena;
    struct buffer work;
};

/* ---- cells ---------------------------------------------------------------------- */

static struct cell make_cell(struct table *table, struct slice text)
{
    struct buffer safe = BUFFER_INIT;
    struct cell cell;
    words_safe(&safe, text);
    cell.text = arena_slice(&table->arena, buffer_slice(&safe));
    cell.width = text_width(cell.text);
    buffer_release(&safe);
    return cell;
}

static void add_words(
    struct buffer *out, struct table *table, const struct contrast *contrast, enum column column)
{
    switch (column) {
    case COLUMN_VERDICT: buffer_add_text(out, verdict_name(contrast->comparison.verdict)); break;
    case COLUMN_BENCHMARK: words_benchmark(out, contrast); break;
    case COLUMN_METRIC: buffer_add_slice(out, contrast->metric); break;
    case COLUMN_BASE: words_side(out, contrast, SIDE_BASE); break;
    case COLUMN_HEAD: words_side(out, contrast, SIDE_HEAD); break;
    case COLUMN_CHANGE: words_change(out, contrast); break;
    case COLUMN_CHART: chart_add(out, &table->chart, contrast); break;
    case COLUMN_INTERVAL: words_interval(out, contrast); break;
    case COLUMN_P:
        if (contrast->compared)
            words_p(out, contrast->comparison.test.p_adjusted);
        break;
    case COLUMN_NOTE: words_note(out, contrast); break;
    case COLUMNS: break;
    }
}

static void fill(struct table *table)
{
    static const char *const headings[] = {
        "verdict", "benchmark", "metric", "base", "head", "change", "", "interval", "p", "note"};
    size_t limit = table->rows;
    table->cells = arena_zero(&table->arena, limit + 1, sizeof *table->cells);
    for (int column = 0; column < COLUMNS; column++) {
        for (size_t i = 0; i < limit; i++) {
            buffer_reset(&table->work);
            add_words(&table->work, table, table->report->rows[i], (enum column)column);
            struct cell *cell = &table->cells[i + 1][column];
            *cell = make_cell(table, buffer_slice(&table->work));
            if (cell->width > table->widths[column])
                table->widths[column] = cell->width;
        }
        if (table->widths[column] == 0)
            continue;
        struct cell *heading = &table->cells[0][column];
        *heading = make_cell(table, slice_of(headings[column]));
        if (heading->width > table->widths[column])
            table->widths[column] = heading->width;
    }
    table->rows = limit + 1;
}

/* ---- fitting ----------------------------------------------------------------------- */

static size_t total_width(const struct table *table)
{
    size_t total = 0;
    for (int column = 0; column < COLUMNS; column++)
        if (table->widths[column] > 0)
            total += table->widths[column] + (total > 0 ? GAP : 0);
    return total;
}

/* Takes from a column what is too much, down to the least. */
static void shrink(struct table *table, enum column column, size_t least)
{
    size_t total = total_width(table), *width = &table->widths[column];
    if (total <= table->look->width || *width <= least)
        return;
    size_t over = total - table->look->width;
    *width = *width - least > over ? *width - over : least;
}

static void drop(struct table *table, enum column column)
{
    if (total_width(table) > table->look->width)
        table->widths[column] = 0;
}

/* What says least goes first: the chart shows the interval that the figures say. */
static void fit(struct table *table)
{
    shrink(table, COLUMN_NOTE, NOTE_FIRST_CUT);
    shrink(table, COLUMN_BENCHMARK, NAME_FIRST_CUT);
    drop(table, COLUMN_P);
    drop(table, COLUMN_INTERVAL);
    shrink(table, COLUMN_NOTE, NOTE_LEAST);
    shrink(table, COLUMN_BENCHMARK, NAME_LEAST);
    shrink(table, COLUMN_METRIC, METRIC_LEAST);
    drop(table, COLUMN_CHART);
    drop(table, COLUMN_NOTE);
}

/* ---- printing ------------------------------------------------------------------------- */

static void pad(struct buffer *out, size_t count)
{
    while (count-- > 0)
        buffer_add_char(out, ' ');
}

/* The last columns of a text, at most width of them. */
static struct slice text_tail(struct slice text, size_t width)
{
    while (text.size > 0 && text_width(text) > width) {
        unsigned size = character_at(text).size;
        text.data += size;
        text.size -= size;
    }
    return text;
}

/* Of a benchmark's name the end tells more than the beginning. The width it took. */
static size_t add_cut(struct buffer *out, const struct cell *cell, size_t width, enum column column)
{
    if (cell->width <= width) {
        buffer_add_slice(out, cell->text);
        return cell->width;
    }
    if (column == COLUMN_BENCHMARK) {
        struct slice tail = text_tail(cell->text, width - 1);
        buffer_add_text(out, "\342\200\246");
        buffer_add_slice(out, tail);
        return text_width(tail) + 1;
    }
    size_t limit = width - 1;
    struct slice head = text_head(cell->text, limit);
    while (limit > 0 && text_width(head) > width - 1)
        head = text_head(cell->text, --limit);
    buffer_add_slice(out, head);
    buffer_add_text(out, "\342\200\246");
    return text_width(head) + 1;
}

static bool is_right(enum column column)
{
    return column == COLUMN_BASE || column == COLUMN_HEAD || column == COLUMN_CHANGE ||
           column == COLUMN_INTERVAL || column == COLUMN_P;
}

static const char *colour_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_NEWLY_FAILING:
    case VERDICT_REGRESSION: return "\033[31m";
    case VERDICT_IMPROVEMENT:
    case VERDICT_FIXED: return "\033[32m";
    case VERDICT_CHANGED:
    case VERDICT_REMOVED:
    case VERDICT_INCOMPARABLE:
    case VERDICT_UNRELIABLE: return "\033[33m";
    case VERDICT_ADDED: return "";
    default: return "\033[2m";
    }
}

static void print_row(struct buffer *out, const struct table *table, size_t row)
{
    const char *colour = !table->look->colour ? ""
                         : row == 0           ? "\033[1m"
                                    : colour_of(table->report->rows[row - 1]->comparison.verdict);
    size_t blanks = 0;
    buffer_add_text(out, colour);
    for (int column = 0; column < COLUMNS; column++) {
        size_t width = table->widths[column];
        const struct cell *cell = &table->cells[row][column];
        if (width == 0)
            continue;
        if (is_right((enum column)column) && cell->width < width)
            blanks += width - cell->width;
        if (cell->width > 0) {
            pad(out, blanks);
            blanks = 0;
            size_t taken = add_cut(out, cell, width, (enum column)column);
            if (!is_right((enum column)column))
                blanks = width - taken;
        } else if (!is_right((enum column)column)) {
            blanks += width;
        }
        blanks += GAP;
    }
    if (colour[0])
        buffer_add_text(out, "\033[0m");
    buffer_add_char(out, '\n');
}

static void print_heading(struct buffer *out, const struct table *table)
{
    const struct report *report = table->report;
    words_safe(out, report->inputs->names[SIDE_BASE]);
    buffer_add_text(out, " \342\206\222 ");
    words_safe(out, report->inputs->names[SIDE_HEAD]);
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_text(out, "\n\n");
}

/* Breaks a sentence at blanks, and goes on two columns in. */
static void print_wrapped(struct buffer *out, struct slice sentence, size_t width)
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

static void print_footer(struct buffer *out, struct table *table)
{
    struct buffer safe = BUFFER_INIT;
    size_t from = 0;
    buffer_reset(&table->work);
    words_footer(&table->work, table->report);
    buffer_add_char(out, '\n');
    for (size_t at = 0; at < table->work.size; at++) {
        if (table->work.data[at] != '\n')
            continue;
        buffer_reset(&safe);
        words_safe(&safe, (struct slice){table->work.data + from, at - from});
        print_wrapped(out, buffer_slice(&safe), table->look->width);
        from = at + 1;
    }
    buffer_reset(&table->work);
    if (words_advice(&table->work, table->report)) {
        buffer_add_text(out, "\nThis would settle what is open:\n\n    ");
        words_safe(out, buffer_slice(&table->work));
        buffer_add_char(out, '\n');
    }
    buffer_release(&safe);
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct table table = {.report = report, .look = look, .rows = report->row_count};
    size_t limit = (size_t)report->settings->rows;
    if (limit > 0 && table.rows > limit)
        table.rows = limit;
    size_t shown = table.rows;
    table.chart = chart_for(report, shown, &table.arena);
    fill(&table);
    fit(&table);
    print_heading(out, &table);
    for (size_t row = 0; row < table.rows; row++)
        print_row(out, &table, row);
    if (shown < report->row_count)
        buffer_add_format(out, "\n%zu more rows, none of them worse; --rows=0 shows all.\n",
            report->row_count - shown);
    print_footer(out, &table);
    buffer_release(&table.work);
    arena_release(&table.arena);
}

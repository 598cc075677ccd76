/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/character.h"
#include "document/text_table.h"
#include "words.h"

enum column {
    COLUMN_OUTCOME,
    COLUMN_TARGET,
    COLUMN_BENCHMARK,
    COLUMN_VALUE,
    COLUMN_INTERVAL,
    COLUMN_LIMIT,
    COLUMN_BETTER,
    COLUMN_N,
    COLUMN_NOTE,
    COLUMNS
};

static const struct text_column columns[COLUMNS] = {
    [COLUMN_OUTCOME] = {"outcome", false, false},
    [COLUMN_TARGET] = {"target", false, false},
    [COLUMN_BENCHMARK] = {"benchmark", false, true},
    [COLUMN_VALUE] = {"value", true, false},
    [COLUMN_INTERVAL] = {"interval", true, false},
    [COLUMN_LIMIT] = {"limit", true, false},
    [COLUMN_BETTER] = {"better", false, false},
    [COLUMN_N] = {"n", true, false},
    [COLUMN_NOTE] = {"note", false, false},
};

static const struct text_fit steps[] = {
    {COLUMN_TARGET, 30},
    {COLUMN_BENCHMARK, 28},
    {COLUMN_NOTE, 28},
    {COLUMN_N, 0},
    {COLUMN_NOTE, 16},
    {COLUMN_TARGET, 18},
    {COLUMN_BENCHMARK, 18},
    {COLUMN_BETTER, 0},
    {COLUMN_INTERVAL, 0},
    {COLUMN_NOTE, 10},
    {COLUMN_TARGET, 12},
    {COLUMN_BENCHMARK, 12},
    {COLUMN_NOTE, 0},
    {COLUMN_TARGET, 8},
    {COLUMN_BENCHMARK, 8},
};

static void add_words(struct buffer *out, const struct judgement *judgement, enum column column)
{
    switch (column) {
    case COLUMN_OUTCOME: buffer_add_text(out, target_outcome_name(judgement->outcome)); break;
    case COLUMN_TARGET: words_target(out, judgement); break;
    case COLUMN_BENCHMARK: words_benchmark(out, judgement); break;
    case COLUMN_VALUE: words_value(out, judgement); break;
    case COLUMN_INTERVAL: words_interval(out, judgement); break;
    case COLUMN_LIMIT: words_limit(out, judgement); break;
    case COLUMN_BETTER: words_better(out, judgement); break;
    case COLUMN_N:
        if (judgement->n > 0)
            buffer_add_format(out, "%zu", judgement->n);
        break;
    case COLUMN_NOTE: words_note(out, judgement); break;
    case COLUMNS: break;
    }
}

static const char *colour_of(const struct judgement *judgement)
{
    if (judgement->missed)
        return "\033[31m";
    return judgement->outcome == TARGET_UNPROVEN ? "\033[33m" : "\033[32m";
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct text_table *table = text_table_create(columns, COLUMNS);
    struct buffer work = BUFFER_INIT;
    size_t limit = (size_t)report->settings->rows, shown = report->row_count;
    if (limit > 0 && shown > limit)
        shown = limit;
    for (size_t row = 0; row < shown; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            buffer_reset(&work);
            add_words(&work, report->rows[row], (enum column)column);
            text_table_cell(table, (size_t)column, buffer_slice(&work));
        }
        text_table_row_end(table, colour_of(report->rows[row]));
    }
    text_safe(out, slice_of(report->settings->targets));
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_text(out, "\n\n");
    text_table_fit(table, steps, ARRAY_SIZE(steps), look->width);
    text_table_write(table, out, look->colour);
    if (shown < report->row_count)
        buffer_add_format(out, "\n%zu more rows, none of them worse; --rows=0 shows all.\n",
            report->row_count - shown);
    buffer_reset(&work);
    words_footer(&work, report);
    buffer_add_char(out, '\n');
    text_wrap(out, buffer_slice(&work), look->width);
    text_table_free(table);
    buffer_release(&work);
}

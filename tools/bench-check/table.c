/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/character.h"
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

static void add_cell(struct buffer *out, const void *context, size_t row, size_t column)
{
    const struct report *report = context;
    const struct judgement *judgement = report->rows[row];
    switch ((enum column)column) {
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

static const char *colour_of(const void *context, size_t row)
{
    const struct report *report = context;
    const struct judgement *judgement = report->rows[row];
    if (judgement->missed)
        return "\033[31m";
    return judgement->outcome == TARGET_UNPROVEN ? "\033[33m" : "\033[32m";
}

static void add_heading(struct buffer *out, const struct report *report)
{
    text_safe(out, slice_of(report->settings->targets));
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_char(out, '\n');
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct buffer heading = BUFFER_INIT, notes = BUFFER_INIT;
    add_heading(&heading, report);
    words_footer(&notes, report);
    const struct table table = {.heading = buffer_slice(&heading),
        .columns = columns,
        .column_count = COLUMNS,
        .steps = steps,
        .step_count = ARRAY_SIZE(steps),
        .shown = table_shown(report->settings->rows, report->row_count),
        .count = report->row_count,
        .cell = add_cell,
        .colour = colour_of,
        .context = report,
        .notes = buffer_slice(&notes)};
    table_write(out, &table, look);
    buffer_release(&heading);
    buffer_release(&notes);
}

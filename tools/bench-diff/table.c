/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "chart.h"
#include "document/character.h"
#include "document/text_table.h"
#include "words.h"

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

/* Of a benchmark's name the end tells more than the beginning. */
static const struct text_column columns[COLUMNS] = {
    [COLUMN_VERDICT] = {"verdict", false, false},
    [COLUMN_BENCHMARK] = {"benchmark", false, true},
    [COLUMN_METRIC] = {"metric", false, false},
    [COLUMN_BASE] = {"base", true, false},
    [COLUMN_HEAD] = {"head", true, false},
    [COLUMN_CHANGE] = {"change", true, false},
    [COLUMN_CHART] = {"", false, false},
    [COLUMN_INTERVAL] = {"interval", true, false},
    [COLUMN_P] = {"p", true, false},
    [COLUMN_NOTE] = {"note", false, false},
};

/* What says least goes first: the chart shows the interval that the figures say. */
static const struct text_fit steps[] = {
    {COLUMN_NOTE, 28},
    {COLUMN_BENCHMARK, 32},
    {COLUMN_P, 0},
    {COLUMN_NOTE, 16},
    {COLUMN_BENCHMARK, 24},
    {COLUMN_INTERVAL, 0},
    {COLUMN_NOTE, 12},
    {COLUMN_BENCHMARK, 16},
    {COLUMN_METRIC, 9},
    {COLUMN_CHART, 0},
    {COLUMN_NOTE, 10},
    {COLUMN_NOTE, 0},
    {COLUMN_BASE, 0},
    {COLUMN_HEAD, 0},
};

static void add_words(struct buffer *out, const struct chart *chart,
    const struct contrast *contrast, enum column column)
{
    switch (column) {
    case COLUMN_VERDICT: buffer_add_text(out, verdict_name(contrast->comparison.verdict)); break;
    case COLUMN_BENCHMARK: words_benchmark(out, contrast); break;
    case COLUMN_METRIC: buffer_add_slice(out, contrast->metric); break;
    case COLUMN_BASE: words_side(out, contrast, SIDE_BASE); break;
    case COLUMN_HEAD: words_side(out, contrast, SIDE_HEAD); break;
    case COLUMN_CHANGE: words_change(out, contrast); break;
    case COLUMN_CHART: chart_add(out, chart, contrast); break;
    case COLUMN_INTERVAL: words_interval(out, contrast); break;
    case COLUMN_P:
        if (contrast->compared)
            words_p(out, contrast->comparison.test.p_adjusted);
        break;
    case COLUMN_NOTE: words_note(out, contrast); break;
    case COLUMNS: break;
    }
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

static void add_rows(
    struct text_table *table, const struct report *report, size_t count, struct buffer *work)
{
    struct arena scratch = ARENA_INIT;
    const struct chart chart = chart_for(report, count, &scratch);
    for (size_t row = 0; row < count; row++) {
        const struct contrast *contrast = report->rows[row];
        for (int column = 0; column < COLUMNS; column++) {
            buffer_reset(work);
            add_words(work, &chart, contrast, (enum column)column);
            text_table_cell(table, (size_t)column, buffer_slice(work));
        }
        text_table_row_end(table, colour_of(contrast->comparison.verdict));
    }
    arena_release(&scratch);
}

static void print_heading(
    struct buffer *out, const struct report *report, size_t width, struct buffer *work)
{
    buffer_reset(work);
    text_safe(work, report->inputs->names[SIDE_BASE]);
    buffer_add_text(work, " \342\206\222 ");
    text_safe(work, report->inputs->names[SIDE_HEAD]);
    buffer_add_text(work, ": ");
    words_counts(work, report);
    buffer_add_char(work, '\n');
    text_wrap(out, buffer_slice(work), width);
    buffer_add_char(out, '\n');
}

static void print_footer(
    struct buffer *out, const struct report *report, size_t width, struct buffer *work)
{
    buffer_reset(work);
    words_footer(work, report);
    buffer_add_char(out, '\n');
    text_wrap(out, buffer_slice(work), width);
    buffer_reset(work);
    const char *before = words_advice(work, report);
    if (before) {
        buffer_add_format(out, "\n%s\n\n    ", before);
        text_safe(out, buffer_slice(work));
        buffer_add_char(out, '\n');
    }
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct text_table *table = text_table_create(columns, COLUMNS);
    struct buffer work = BUFFER_INIT;
    size_t limit = (size_t)report->settings->rows, shown = report->row_count;
    if (limit > 0 && shown > limit)
        shown = limit;
    print_heading(out, report, look->width, &work);
    add_rows(table, report, shown, &work);
    text_table_fit(table, steps, ARRAY_SIZE(steps), look->width);
    text_table_write(table, out, look->colour);
    if (shown < report->row_count)
        buffer_add_format(out, "\n%zu more rows, none of them worse; --rows=0 shows all.\n",
            report->row_count - shown);
    print_footer(out, report, look->width, &work);
    text_table_free(table);
    buffer_release(&work);
}

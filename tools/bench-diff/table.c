/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "chart.h"
#include "document/character.h"
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

/* What the cells are made of. */
struct cells {
    const struct report *report;
    struct chart chart;
};

static void add_cell(struct buffer *out, const void *context, size_t row, size_t column)
{
    const struct cells *cells = context;
    const struct contrast *contrast = cells->report->rows[row];
    switch ((enum column)column) {
    case COLUMN_VERDICT: buffer_add_text(out, verdict_name(contrast->comparison.verdict)); break;
    case COLUMN_BENCHMARK: words_benchmark(out, contrast); break;
    case COLUMN_METRIC: buffer_add_slice(out, contrast->metric); break;
    case COLUMN_BASE: words_side(out, contrast, SIDE_BASE); break;
    case COLUMN_HEAD: words_side(out, contrast, SIDE_HEAD); break;
    case COLUMN_CHANGE: words_change(out, contrast); break;
    case COLUMN_CHART: chart_add(out, &cells->chart, contrast); break;
    case COLUMN_INTERVAL: words_interval(out, contrast); break;
    case COLUMN_P:
        if (contrast->compared)
            words_p(out, contrast->comparison.test.p_adjusted);
        break;
    case COLUMN_NOTE: words_note(out, contrast); break;
    case COLUMNS: break;
    }
}

static const char *colour_of(const void *context, size_t row)
{
    const struct cells *cells = context;
    switch (cells->report->rows[row]->comparison.verdict) {
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

static void add_heading(struct buffer *out, const struct report *report)
{
    text_safe(out, report->inputs->names[SIDE_BASE]);
    buffer_add_text(out, " \342\206\222 ");
    text_safe(out, report->inputs->names[SIDE_HEAD]);
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_char(out, '\n');
}

/* The command stands in a line of its own, however long it is: to be copied. */
static void add_advice(struct buffer *out, const struct report *report)
{
    struct buffer command = BUFFER_INIT;
    const char *before = words_advice(&command, report);
    if (before) {
        buffer_add_format(out, "\n%s\n\n    ", before);
        text_safe(out, buffer_slice(&command));
        buffer_add_char(out, '\n');
    }
    buffer_release(&command);
}

static struct chart make_chart(const struct report *report, size_t shown)
{
    struct arena scratch = ARENA_INIT;
    struct chart chart = chart_for(report, shown, &scratch);
    arena_release(&scratch);
    return chart;
}

void write_table(struct buffer *out, const struct report *report, const struct table_look *look)
{
    struct buffer heading = BUFFER_INIT, notes = BUFFER_INIT;
    size_t shown = table_shown(report->settings->rows, report->row_count);
    const struct cells cells = {report, make_chart(report, shown)};
    add_heading(&heading, report);
    words_footer(&notes, report);
    const struct table table = {.heading = buffer_slice(&heading),
        .columns = columns,
        .column_count = COLUMNS,
        .steps = steps,
        .step_count = ARRAY_SIZE(steps),
        .shown = shown,
        .count = report->row_count,
        .cell = add_cell,
        .colour = colour_of,
        .context = &cells,
        .notes = buffer_slice(&notes)};
    table_write(out, &table, look);
    add_advice(out, report);
    buffer_release(&heading);
    buffer_release(&notes);
}

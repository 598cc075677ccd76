/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "document/markdown.h"

/* What a pull request's comment holds; bench-render makes the same from the lines by a template. */

enum { COLUMNS = 8 };
typedef void add_words(struct buffer *out, const struct contrast *contrast);

static void add_adjusted_p(struct buffer *out, const struct contrast *contrast)
{
    if (contrast->compared)
        words_p(out, contrast->comparison.test.p_adjusted);
}

static void add_base(struct buffer *out, const struct contrast *contrast)
{
    words_side(out, contrast, SIDE_BASE);
}

static void add_head(struct buffer *out, const struct contrast *contrast)
{
    words_side(out, contrast, SIDE_HEAD);
}

static void add_row(
    struct markdown_table *table, const struct contrast *contrast, struct buffer *work)
{
    add_words *const cells[] = {
        add_base, add_head, words_change, words_interval, add_adjusted_p, words_note};
    const char *verdict = verdict_name(contrast->comparison.verdict);
    buffer_reset(work);
    if (contrast_is_finding(contrast))
        buffer_add_format(work, "**%s**", verdict);
    else
        buffer_add_text(work, verdict);
    markdown_cell(table, buffer_slice(work));
    buffer_reset(work);
    words_benchmark(work, contrast);
    if (contrast->metric.data) {
        buffer_add_char(work, ' ');
        buffer_add_slice(work, contrast->metric);
    }
    markdown_cell_code(table, buffer_slice(work));
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        buffer_reset(work);
        cells[i](work, contrast);
        markdown_cell_text(table, buffer_slice(work));
    }
}

static void add_heading(struct buffer *out, const struct report *report)
{
    markdown_code(out, report->inputs->names[SIDE_BASE], false);
    buffer_add_text(out, " \342\206\222 ");
    markdown_code(out, report->inputs->names[SIDE_HEAD], false);
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_text(out, ".\n\n");
}

void write_markdown(struct buffer *out, const struct report *report)
{
    const struct markdown_column columns[COLUMNS] = {{slice_of("Verdict"), MARKDOWN_LEFT},
        {slice_of("Benchmark"), MARKDOWN_LEFT}, {slice_of("Base"), MARKDOWN_RIGHT},
        {slice_of("Head"), MARKDOWN_RIGHT}, {slice_of("Change"), MARKDOWN_RIGHT},
        {slice_of("Interval"), MARKDOWN_RIGHT}, {slice_of("p"), MARKDOWN_RIGHT},
        {slice_of("Note"), MARKDOWN_LEFT}};
    struct buffer work = BUFFER_INIT;
    size_t shown = table_shown(report->settings->rows, report->row_count);
    add_heading(out, report);
    struct markdown_table table = markdown_table(out, columns, COLUMNS);
    for (size_t i = 0; i < shown; i++)
        add_row(&table, report->rows[i], &work);
    markdown_table_end(&table);
    if (shown < report->row_count)
        buffer_add_format(out, "\nand %zu more.\n", report->row_count - shown);
    buffer_reset(&work);
    words_footer(&work, report);
    buffer_add_char(out, '\n');
    markdown_sentences(out, buffer_slice(&work));
    buffer_reset(&work);
    const char *before = words_advice(&work, report);
    if (before) {
        buffer_add_format(out, "\n%s\n\n", before);
        markdown_block(out, buffer_slice(&work), "sh");
    }
    buffer_release(&work);
}

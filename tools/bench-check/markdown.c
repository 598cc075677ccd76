/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown.h"

#include "words.h"

enum { COLUMNS = 8 };
typedef void add_words(struct buffer *out, const struct judgement *judgement);

static void add_row(
    struct markdown_table *table, const struct judgement *judgement, struct buffer *work)
{
    add_words *const cells[] = {words_value, words_interval, words_limit, words_better, words_note};
    const char *outcome = target_outcome_name(judgement->outcome);
    buffer_reset(work);
    buffer_add_format(work, judgement->missed ? "**%s**" : "%s", outcome);
    markdown_cell(table, buffer_slice(work));
    buffer_reset(work);
    words_target(work, judgement);
    markdown_cell_text(table, buffer_slice(work));
    buffer_reset(work);
    words_benchmark(work, judgement);
    markdown_cell_code(table, buffer_slice(work));
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        buffer_reset(work);
        cells[i](work, judgement);
        markdown_cell_text(table, buffer_slice(work));
    }
}

void write_markdown(struct buffer *out, const struct report *report)
{
    const struct markdown_column columns[COLUMNS] = {{slice_of("Outcome"), MARKDOWN_LEFT},
        {slice_of("Target"), MARKDOWN_LEFT}, {slice_of("Benchmark"), MARKDOWN_LEFT},
        {slice_of("Value"), MARKDOWN_RIGHT}, {slice_of("Interval"), MARKDOWN_RIGHT},
        {slice_of("Limit"), MARKDOWN_RIGHT}, {slice_of("Better"), MARKDOWN_LEFT},
        {slice_of("Note"), MARKDOWN_LEFT}};
    struct buffer work = BUFFER_INIT;
    size_t shown = table_shown(report->settings->rows, report->row_count);
    markdown_code(out, slice_of(report->settings->targets), false);
    buffer_add_text(out, ": ");
    words_counts(out, report);
    buffer_add_text(out, ".\n\n");
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
    buffer_release(&work);
}

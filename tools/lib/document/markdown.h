/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MARKDOWN_H
#define DOCUMENT_MARKDOWN_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Text from a report in a Markdown document (GitHub Flavored Markdown): what is
 * read there is the text, and nothing else happens. It does not break a table,
 * open a heading, list or quotation, become HTML, a link, an emoji or a formula;
 * it pings nobody (@user) and links no issue (#1, GH-1).
 *
 * In every place a character that a reader would not see, or that turns the text
 * around (character.h), is shown as a visible stand-in, and a byte that is not
 * UTF-8 as U+FFFD. Where a backslash does not stop what GitHub does after the
 * Markdown is read (mentions, issues, links, emoji), a zero width space, written
 * &#8203;, parts the text, as the bots that write pull requests do it; a dollar
 * sign stands in a <span>, as GitHub's documentation asks.
 */

/*
 * Running text, a table cell, a heading or a link's text: one form is right in
 * all of them, at the start of a line or not. A line break becomes <br>, a tab
 * &#9;, a blank at either end &#32;.
 */
void markdown_text(struct buffer *out, struct slice text);

/*
 * A code span, with a fence longer than any in the text: what identifies things
 * is best read so, since nothing in it needs a stand-in but line breaks (␊).
 * in_cell: inside a table, where | needs a backslash. An empty text gives
 * nothing: there is no empty code span.
 */
void markdown_code(struct buffer *out, struct slice text, bool in_cell);

/* Sentences that end in line feeds, each as running text in a line of a list. */
void markdown_sentences(struct buffer *out, struct slice sentences);

/*
 * A fenced block, each line of the text on a line; ends with a newline. language
 * may be "". Line breaks and tabs stay, other hidden characters are shown.
 */
void markdown_block(struct buffer *out, struct slice text, const char *language);

/*
 * [text](target), and text alone where the target is neither relative nor http,
 * https or mailto. What a target may not hold is percent-encoded.
 */
void markdown_link(struct buffer *out, struct slice text, struct slice target);

/* <!-- text -->, on one line; nothing in it ends the comment early. */
void markdown_comment(struct buffer *out, struct slice text);

/*
 * The anchor of a heading as GitHub makes it: lower case, punctuation dropped,
 * blanks as "-". The caller numbers repeats (-1, -2). ASCII is lowered; other
 * letters stay as they are.
 */
void markdown_anchor(struct buffer *out, struct slice heading);

/* ---- tables ---- */
enum markdown_align { MARKDOWN_LEFT, MARKDOWN_RIGHT, MARKDOWN_CENTRE };

/*
 * Writes a table row by row: no cell can break it, since the pipes are written
 * here, with blanks round each cell. Cells come ready: as markdown_text or
 * markdown_code (in_cell) made them.
 *
 *     struct markdown_table table = markdown_table(&out, columns, count);
 *     markdown_cell(&table, name);
 *     markdown_cell(&table, time);
 *     …
 *     markdown_table_end(&table);
 */
struct markdown_column {
    struct slice title; /* as it is to be read; escaped here */
    enum markdown_align align;
};

struct markdown_table {
    struct buffer *out;
    size_t columns, filled;
    size_t rows;
};

/* Writes the head; count > 0. */
struct markdown_table markdown_table(
    struct buffer *out, const struct markdown_column *columns, size_t count);
void markdown_cell(struct markdown_table *table, struct slice cell);
void markdown_cell_text(struct markdown_table *table, struct slice text);
void markdown_cell_code(struct markdown_table *table, struct slice text);
/* Fills a row that was begun with empty cells. */
void markdown_table_end(struct markdown_table *table);

#endif

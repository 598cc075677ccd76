/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown_lint.h"

#include "base/memory.h"
#include "document/markdown_tree.h"

#include <cmark-gfm-core-extensions.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct linter {
    const struct lint_options *options;
    const struct lint_sink *sink;
    struct slice *lines; /* of the text, from 0 */
    size_t line_count, line_capacity;
    struct anchors anchors;
    struct dictionary headings; /* the anchor of each without a number behind it */
    uint64_t *heading_lines;
    size_t heading_count, heading_capacity;
    uint64_t *open_details;
    size_t open_count, open_capacity;
};

static void fault(const struct linter *linter, uint64_t line, uint64_t column, const char *code,
    const char *format, ...) PRINTF_LIKE(5, 6);

static void fault(const struct linter *linter, uint64_t line, uint64_t column, const char *code,
    const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    linter->sink->fault(linter->sink->context, line, column, code, text);
}

static void split_lines(struct linter *linter, struct slice text)
{
    for (size_t at = 0; at < text.size;) {
        const char *newline = memchr(text.data + at, '\n', text.size - at);
        size_t end = newline ? (size_t)(newline - text.data) : text.size;
        MEMORY_GROW(linter->lines, linter->line_count, linter->line_capacity);
        linter->lines[linter->line_count++] = (struct slice){text.data + at, end - at};
        at = end + 1;
    }
}

static struct slice line_of(const struct linter *linter, int number)
{
    bool there = number > 0 && (size_t)number <= linter->line_count;
    return there ? linter->lines[number - 1] : (struct slice){"", 0};
}

static uint64_t line_number(cmark_node *node)
{
    /* Inline nodes do not always know it; the block around them does. */
    for (; node; node = cmark_node_parent(node))
        if (cmark_node_get_start_line(node) > 0)
            return (uint64_t)cmark_node_get_start_line(node);
    return 0;
}

/* ---- tables ---- */
static struct slice trimmed(struct slice text)
{
    while (text.size && strchr(" \t\r", text.data[0]))
        text = (struct slice){text.data + 1, text.size - 1};
    while (text.size && strchr(" \t\r", text.data[text.size - 1]))
        text.size--;
    return text;
}

/* The cells of a line of a table: a pipe behind a backslash is text, those at the edges nothing. */
static int cells_of(struct slice line)
{
    struct slice row = trimmed(line);
    int cells = 1;
    if (row.size && row.data[0] == '|')
        row = (struct slice){row.data + 1, row.size - 1};
    for (size_t i = 0; i < row.size; i++) {
        if (row.data[i] == '\\' && i + 1 < row.size && row.data[i + 1] == '|')
            i++;
        else if (row.data[i] == '|' && i + 1 < row.size)
            cells++;
    }
    return cells;
}

static bool is_rule(struct slice line)
{
    struct slice rule = trimmed(line);
    bool pipe = false, dash = false;
    for (size_t i = 0; i < rule.size; i++) {
        if (!strchr("|:- \t", rule.data[i]))
            return false;
        pipe = pipe || rule.data[i] == '|';
        dash = dash || rule.data[i] == '-';
    }
    return pipe && dash;
}

static void lint_table(const struct linter *linter, cmark_node *table)
{
    int columns = cmark_gfm_extensions_get_table_columns(table);
    for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row)) {
        int number = cmark_node_get_start_line(row), column = cmark_node_get_start_column(row);
        struct slice line = line_of(linter, number);
        /* A table in a quotation begins behind its mark. */
        size_t before = column > 1 && (size_t)column <= line.size ? (size_t)column - 1 : 0;
        int cells = cells_of((struct slice){line.data + before, line.size - before});
        if (cells > columns)
            fault(linter, (uint64_t)number, 1, "row",
                "a row of %d cells in a table of %d columns; what is too much is not shown", cells,
                columns);
        else if (cells < columns)
            fault(linter, (uint64_t)number, 1, "row",
                "a row of %d cells in a table of %d columns; empty ones are added", cells, columns);
    }
}

/* A paragraph that holds the rule of a table is a table that went wrong. */
static void lint_paragraph(const struct linter *linter, cmark_node *paragraph)
{
    int first = cmark_node_get_start_line(paragraph), last = cmark_node_get_end_line(paragraph);
    for (int number = first > 0 ? first : 1; first > 0 && number <= last; number++) {
        struct slice line = line_of(linter, number);
        if (!is_rule(line))
            continue;
        fault(linter, (uint64_t)number, 1, "table",
            "this rule of %d columns makes no table; the line above it has %d cells",
            cells_of(line), number > first ? cells_of(line_of(linter, number - 1)) : 0);
        return;
    }
}

/* ---- headings ---- */
static void note_heading(struct linter *linter, cmark_node *heading)
{
    struct buffer plain = BUFFER_INIT;
    anchors_next(&linter->anchors, heading);
    markdown_plain(&plain, heading);
    uint32_t index =
        dictionary_id(&linter->headings, (struct slice){buffer_text(&plain), plain.size});
    if (index < linter->heading_count) {
        fault(linter, line_number(heading), 1, "heading",
            "a second heading \"%.100s\"; the first stands in line %llu", buffer_text(&plain),
            (unsigned long long)linter->heading_lines[index]);
    } else {
        MEMORY_GROW(linter->heading_lines, linter->heading_count, linter->heading_capacity);
        linter->heading_lines[linter->heading_count++] = line_number(heading);
    }
    buffer_release(&plain);
}

/* ---- links ---- */
static bool has_scheme(const char *url)
{
    size_t at = strcspn(url, ":/?#");
    return url[at] == ':';
}

static bool file_exists(const struct linter *linter, const char *url)
{
    size_t size = strcspn(url, "#?");
    char *path = memory_format("%s/%.*s", linter->options->folder, (int)size, url);
    size_t length = 0;
    for (size_t i = 0; path[i]; i++) {
        unsigned byte;
        if (path[i] == '%' && sscanf(path + i + 1, "%2x", &byte) == 1 && byte != 0) {
            path[length++] = (char)byte;
            i += 2;
        } else {
            path[length++] = path[i];
        }
    }
    path[length] = '\0';
    bool exists = access(path, F_OK) == 0;
    free(path);
    return exists;
}

static void lint_url(const struct linter *linter, cmark_node *node)
{
    static const char *const schemes[] = {"http:", "https:", "mailto:"};
    const char *url = cmark_node_get_url(node);
    bool known = false;
    if (url[0] == '#') {
        if (url[1] && !anchors_have(&linter->anchors, slice_of(url + 1)))
            fault(linter, line_number(node), 0, "anchor",
                "a link to \"%.100s\", but no heading has that anchor", url);
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        known = known || strncmp(url, schemes[i], strlen(schemes[i])) == 0;
    if (has_scheme(url) && !known)
        fault(linter, line_number(node), 0, "link",
            "a link to \"%.100s\"; only http, https and mailto are followed", url);
    else if (!has_scheme(url) && url[0] != '/' && url[0] && linter->options->folder &&
             !file_exists(linter, url))
        fault(
            linter, line_number(node), 0, "link", "a link to \"%.100s\", which is not there", url);
}

/* ---- HTML ---- */
static void note_details(struct linter *linter, const struct html_tag *tag, uint64_t line)
{
    if (strcmp(tag->name, "details") != 0)
        return;
    if (!tag->closes) {
        MEMORY_GROW(linter->open_details, linter->open_count, linter->open_capacity);
        linter->open_details[linter->open_count++] = line;
    } else if (linter->open_count > 0) {
        linter->open_count--;
    } else {
        fault(linter, line, 0, "html", "</details> closes nothing");
    }
}

static void lint_html(struct linter *linter, cmark_node *node)
{
    struct slice html = slice_of(cmark_node_get_literal(node));
    uint64_t line = line_number(node);
    for (size_t i = 0; i < html.size; i++) {
        line += html.data[i] == '\n';
        struct html_tag tag = html_tag_at((struct slice){html.data + i, html.size - i});
        if (tag.size == 0)
            continue;
        if (!tag.allowed)
            fault(linter, line, 0, "html", "%.*s is HTML that is not shown as such",
                (int)(tag.size < 100 ? tag.size : 100), html.data + i);
        note_details(linter, &tag, line);
        for (size_t end = i + tag.size - 1; i < end; i++)
            line += html.data[i] == '\n';
    }
}

/* ---- the walk ---- */
static void visit(struct linter *linter, cmark_node *node, bool headings)
{
    const char *type = cmark_node_get_type_string(node);
    if (headings) {
        if (strcmp(type, "heading") == 0)
            note_heading(linter, node);
        return;
    }
    if (strcmp(type, "table") == 0)
        lint_table(linter, node);
    else if (strcmp(type, "paragraph") == 0)
        lint_paragraph(linter, node);
    else if (strcmp(type, "link") == 0 || strcmp(type, "image") == 0)
        lint_url(linter, node);
    else if (strcmp(type, "html_block") == 0 || strcmp(type, "html_inline") == 0)
        lint_html(linter, node);
}

static void walk(struct linter *linter, cmark_node *document, bool headings)
{
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            visit(linter, cmark_iter_get_node(iterator), headings);
    cmark_iter_free(iterator);
}

int markdown_lint(struct slice text, const struct lint_options *options,
    const struct lint_sink *sink, struct error *error)
{
    struct linter linter = {.options = options, .sink = sink};
    cmark_node *document;
    if (markdown_parse(&document, text, error) != 0)
        return -1;
    split_lines(&linter, text);
    walk(&linter, document, true);
    walk(&linter, document, false);
    for (size_t i = 0; i < linter.open_count; i++)
        fault(&linter, linter.open_details[i], 0, "html", "<details> is never closed");
    cmark_node_free(document);
    anchors_release(&linter.anchors);
    dictionary_release(&linter.headings);
    free(linter.heading_lines);
    free(linter.open_details);
    free(linter.lines);
    return 0;
}

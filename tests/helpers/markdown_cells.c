/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * markdown_cells [FILE]: what a reader of GitHub's Markdown sees of a document,
 * a line each: "# heading" (as many # as its level), the cells of a table's row
 * separated by tabs, "- item", "> quotation", "code: " and each line of a code
 * block. What only markup can make is named: "!html: <script>" and so each line of
 * a block, "!link: target", "!markup: strikethrough". <br> is a space, a zero
 * width space is nothing.
 */
#include "base/buffer.h"
#include "base/compiler.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <string.h>

static struct buffer strange = BUFFER_INIT;

static void add_plain(struct buffer *out, const char *text)
{
    for (; *text; text++)
        if (strncmp(text, "\xE2\x80\x8B", 3) == 0)
            text += 2;
        else
            buffer_add_char(out, *text == '\n' || *text == '\t' ? ' ' : *text);
}

static void add_strange(const char *what, const char *text)
{
    buffer_add_format(&strange, "!%s: ", what);
    add_plain(&strange, text);
    buffer_add_char(&strange, '\n');
}

static void add_inline(struct buffer *out, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE: add_plain(out, literal); return;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: buffer_add_char(out, ' '); return;
    case CMARK_NODE_HTML_INLINE:
        if (strcmp(literal, "<br>") == 0)
            buffer_add_char(out, ' ');
        else if (strcmp(literal, "<span>") != 0 && strcmp(literal, "</span>") != 0)
            add_strange("html", literal);
        return;
    default: break;
    }
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "link") == 0 || strcmp(type, "image") == 0)
        add_strange(type, cmark_node_get_url(node));
    else if (strcmp(type, "emph") != 0 && strcmp(type, "strong") != 0)
        add_strange("markup", type);
}

static void add_inside(struct buffer *out, cmark_node *node)
{
    cmark_iter *iterator = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(iterator);
        const char *type = cmark_node_get_type_string(at);
        if (event == CMARK_EVENT_ENTER && at != node && strcmp(type, "paragraph") != 0)
            add_inline(out, at);
    }
    cmark_iter_free(iterator);
}

static void print_inside(const char *before, cmark_node *node, const char *after)
{
    struct buffer text = BUFFER_INIT;
    add_inside(&text, node);
    printf("%s%s%s%s", before, buffer_text(&text), after, buffer_text(&strange));
    buffer_reset(&strange);
    buffer_release(&text);
}

static void print_table(cmark_node *table)
{
    for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row))
        for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell))
            print_inside(
                cmark_node_previous(cell) ? "" : "| ", cell, cmark_node_next(cell) ? "\t" : "\n");
}

static void print_lines(const char *before, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        printf("%s%.*s\n", before, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void print_block(cmark_node *node)
{
    static const char marks[] = "###### ";
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "heading") == 0)
        print_inside(marks + 6 - cmark_node_get_heading_level(node), node, "\n");
    else if (strcmp(type, "table") == 0)
        print_table(node);
    else if (strcmp(type, "list") == 0)
        for (cmark_node *item = cmark_node_first_child(node); item; item = cmark_node_next(item))
            print_inside("- ", item, "\n");
    else if (strcmp(type, "block_quote") == 0)
        print_inside("> ", node, "\n");
    else if (strcmp(type, "code_block") == 0)
        print_lines("code: ", cmark_node_get_literal(node));
    else if (strcmp(type, "html_block") == 0)
        print_lines("!html: ", cmark_node_get_literal(node));
    else if (strcmp(type, "paragraph") == 0)
        print_inside("text: ", node, "\n");
    else
        printf("!block: %s\n", type);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"table", "autolink", "strikethrough", "tasklist"};
    char block[1 << 16];
    FILE *in = argc > 1 ? fopen(argv[1], "r") : stdin;
    if (!in)
        return 3;
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    for (size_t got; (got = fread(block, 1, sizeof block, in)) > 0;)
        cmark_parser_feed(parser, block, got);
    fclose(in);
    cmark_node *document = cmark_parser_finish(parser);
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node))
        print_block(node);
    cmark_node_free(document);
    cmark_parser_free(parser);
    buffer_release(&strange);
    return 0;
}

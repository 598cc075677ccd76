/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown_html.h"

#include "document/markdown_tree.h"
#include "document/mustache.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

struct html_writer {
    struct buffer *out;
    const struct html_options *options;
    struct anchors anchors;
    int column;      /* of the cell in its row */
    unsigned quoted; /* > 0: inside an image, whose content is its alternative text */
    int failed;
    struct error *error;
};

static void add(struct html_writer *writer, const char *html)
{
    buffer_add_text(writer->out, html);
}

static void add_escaped(struct html_writer *writer, struct slice text)
{
    mustache_escape_html(writer->out, text);
}

/* ---- links and images ---- */
static bool may_follow(const char *url)
{
    static const char *const schemes[] = {"http:", "https:", "mailto:"};
    size_t at = strcspn(url, ":/?#");
    if (url[at] != ':')
        return strncmp(url, "//", 2) != 0;
    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

static void add_base64(struct buffer *out, struct slice bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = (const unsigned char *)bytes.data;
    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        unsigned three = (unsigned)at[i] << 16 | (left > 1 ? (unsigned)at[i + 1] << 8 : 0) |
                         (left > 2 ? at[i + 2] : 0);
        buffer_add_char(out, digits[three >> 18]);
        buffer_add_char(out, digits[three >> 12 & 63]);
        buffer_add_char(out, left > 1 ? digits[three >> 6 & 63] : '=');
        buffer_add_char(out, left > 2 ? digits[three & 63] : '=');
    }
}

/* The image itself, as a data: URL; false where it cannot be had. */
static bool add_image(struct html_writer *writer, struct slice path)
{
    const struct html_options *options = writer->options;
    struct buffer bytes = BUFFER_INIT;
    const char *type = NULL;
    bool relative = path.size > 0 && path.data[0] != '/' && !memchr(path.data, ':', path.size);
    int found = options && options->image && relative
                    ? options->image(options->context, path, &bytes, &type, writer->error)
                    : 0;
    if (found > 0) {
        buffer_add_format(writer->out, "data:%s;base64,", type);
        add_base64(writer->out, buffer_slice(&bytes));
    } else if (found < 0) {
        writer->failed = -1;
    }
    buffer_release(&bytes);
    return found > 0;
}

/* ---- raw HTML ---- */
static void add_tag(struct html_writer *writer, const struct html_tag *tag, struct slice text)
{
    struct slice name, value;
    buffer_add_format(writer->out, "<%s%s", tag->closes ? "/" : "", tag->name);
    for (size_t at = 0; !tag->closes && html_attribute(text, &at, &name, &value);) {
        bool source = slice_is(name, "src") || slice_is(name, "srcset");
        buffer_add_char(writer->out, ' ');
        add_escaped(writer, name);
        if (!value.data)
            continue;
        add(writer, "=\"");
        if (!source || !add_image(writer, value))
            add_escaped(writer, source ? slice_of("") : value);
        add(writer, "\"");
    }
    add(writer, ">");
}

static void add_html(struct html_writer *writer, struct slice html)
{
    for (size_t i = 0; i < html.size;) {
        struct slice rest = {html.data + i, html.size - i};
        struct html_tag tag = html_tag_at(rest);
        if (tag.size == 0 || !tag.allowed) {
            size_t size = tag.size ? tag.size : 1;
            add_escaped(writer, (struct slice){rest.data, size});
            i += size;
            continue;
        }
        if (!tag.comment)
            add_tag(writer, &tag, (struct slice){rest.data, tag.size});
        i += tag.size;
    }
}

/* ---- alerts ---- */
struct alert {
    const char *mark, *class, *title;
};

/* [!NOTE] alone in the first line of a quotation makes it an alert. */
static const struct alert *alert_of(cmark_node *quote)
{
    static const struct alert alerts[] = {{"[!NOTE]", "note", "Note"}, {"[!TIP]", "tip", "Tip"},
        {"[!IMPORTANT]", "important", "Important"}, {"[!WARNING]", "warning", "Warning"},
        {"[!CAUTION]", "caution", "Caution"}};
    cmark_node *paragraph = cmark_node_first_child(quote);
    struct buffer first = BUFFER_INIT;
    const struct alert *found = NULL;
    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return NULL;
    for (cmark_node *node = cmark_node_first_child(paragraph);
         node && cmark_node_get_type(node) == CMARK_NODE_TEXT; node = cmark_node_next(node))
        buffer_add_text(&first, cmark_node_get_literal(node));
    for (size_t i = 0; i < ARRAY_SIZE(alerts); i++)
        if (strcmp(buffer_text(&first), alerts[i].mark) == 0)
            found = &alerts[i];
    buffer_release(&first);
    return found;
}

/* Takes the mark and the line break behind it out of the tree. */
static void remove_mark(cmark_node *quote)
{
    cmark_node *paragraph = cmark_node_first_child(quote);
    cmark_node *node = cmark_node_first_child(paragraph);
    bool text = true;
    while (node && text) {
        cmark_node *next = cmark_node_next(node);
        text = cmark_node_get_type(node) == CMARK_NODE_TEXT;
        if (text || cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK ||
            cmark_node_get_type(node) == CMARK_NODE_LINEBREAK)
            cmark_node_free(node);
        node = next;
    }
    if (!cmark_node_first_child(paragraph))
        cmark_node_free(paragraph);
}

/* Alerts are found before the walk, since a walk must not lose the nodes it stands on. */
static void find_alerts(cmark_node *document)
{
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_BLOCK_QUOTE ||
            cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT)
            continue;
        const struct alert *alert = alert_of(node);
        cmark_node_set_user_data(node, (void *)alert);
        if (alert)
            remove_mark(node);
    }
    cmark_iter_free(iterator);
}

/* ---- blocks ---- */
static void write_quote(struct html_writer *writer, cmark_node *node, bool enters)
{
    const struct alert *alert = cmark_node_get_user_data(node);
    if (!alert)
        add(writer, enters ? "<blockquote>\n" : "</blockquote>\n");
    else if (enters)
        buffer_add_format(writer->out,
            "<div class=\"alert %s\" role=\"note\">\n<p class=\"alert-title\">%s</p>\n",
            alert->class, alert->title);
    else
        add(writer, "</div>\n");
}

static void write_heading(struct html_writer *writer, cmark_node *node, bool enters)
{
    int level = cmark_node_get_heading_level(node);
    if (!enters) {
        buffer_add_format(writer->out, "</h%d>\n", level);
        return;
    }
    struct slice anchor = anchors_next(&writer->anchors, node);
    buffer_add_format(writer->out, "<h%d id=\"", level);
    add_escaped(writer, anchor);
    add(writer, "\">");
}

static void write_list(struct html_writer *writer, cmark_node *node, bool enters)
{
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    int start = cmark_node_get_list_start(node);
    if (!enters)
        add(writer, ordered ? "</ol>\n" : "</ul>\n");
    else if (ordered && start != 1)
        buffer_add_format(writer->out, "<ol start=\"%d\">\n", start);
    else
        add(writer, ordered ? "<ol>\n" : "<ul>\n");
}

static void write_code_block(struct html_writer *writer, cmark_node *node)
{
    add(writer, "<pre tabindex=\"0\"><code>");
    add_escaped(writer, slice_of(cmark_node_get_literal(node)));
    add(writer, "</code></pre>\n");
}

/* A paragraph of a tight list has no tags of its own. */
static bool is_tight(cmark_node *paragraph)
{
    cmark_node *item = cmark_node_parent(paragraph);
    cmark_node *list = item ? cmark_node_parent(item) : NULL;
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

/* ---- tables ---- */
static void write_cell(struct html_writer *writer, cmark_node *cell, bool enters)
{
    cmark_node *row = cmark_node_parent(cell);
    bool head = strcmp(cmark_node_get_type_string(row), "table_header") == 0;
    if (!enters) {
        add(writer, head ? "</th>" : "</td>");
        return;
    }
    const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(cmark_node_parent(row));
    char align = writer->column < cmark_gfm_extensions_get_table_columns(cmark_node_parent(row))
                     ? (char)alignments[writer->column]
                     : '\0';
    writer->column++;
    add(writer, head ? "<th scope=\"col\"" : "<td");
    add(writer, align == 'r' ? " class=\"right\">" : align == 'c' ? " class=\"center\">" : ">");
}

static void write_row(struct html_writer *writer, cmark_node *row, bool enters)
{
    bool head = strcmp(cmark_node_get_type_string(row), "table_header") == 0;
    bool first = cmark_node_previous(row) &&
                 strcmp(cmark_node_get_type_string(cmark_node_previous(row)), "table_header") == 0;
    writer->column = 0;
    if (enters)
        add(writer, head ? "<thead><tr>" : first ? "<tbody>\n<tr>" : "<tr>");
    else
        add(writer, head ? "</tr></thead>\n" : "</tr>\n");
    if (!enters && !head && !cmark_node_next(row))
        add(writer, "</tbody>");
}

/* true: it was a part of a table, or another extension's node. */
static bool write_extension(struct html_writer *writer, cmark_node *node, bool enters)
{
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "table") == 0)
        add(writer,
            enters ? "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">"
                     "<table>\n"
                   : "</table></div>\n");
    else if (strcmp(type, "table_header") == 0 || strcmp(type, "table_row") == 0)
        write_row(writer, node, enters);
    else if (strcmp(type, "table_cell") == 0)
        write_cell(writer, node, enters);
    else if (strcmp(type, "strikethrough") == 0)
        add(writer, enters ? "<del>" : "</del>");
    else if (strcmp(type, "tasklist") == 0 && enters)
        add(writer, cmark_gfm_extensions_get_tasklist_item_checked(node) ? "<li>\xE2\x98\x91 "
                                                                         : "<li>\xE2\x98\x90 ");
    else if (strcmp(type, "tasklist") == 0)
        add(writer, "</li>\n");
    else
        return false;
    return true;
}

/* ---- inline ---- */
static void write_link(struct html_writer *writer, cmark_node *node, bool enters)
{
    const char *url = cmark_node_get_url(node);
    if (!may_follow(url))
        return;
    if (!enters) {
        add(writer, "</a>");
        return;
    }
    add(writer, "<a href=\"");
    add_escaped(writer, slice_of(url));
    add(writer, "\">");
}

static void write_image(struct html_writer *writer, cmark_node *node, bool enters)
{
    if (enters) {
        if (writer->quoted++ == 0) {
            add(writer, "<img src=\"");
            add_image(writer, slice_of(cmark_node_get_url(node)));
            add(writer, "\" alt=\"");
        }
    } else if (--writer->quoted == 0) {
        add(writer, "\">");
    }
}

static void write_inline(struct html_writer *writer, cmark_node *node, bool enters)
{
    bool plain = writer->quoted > 0;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: add_escaped(writer, slice_of(cmark_node_get_literal(node))); return;
    case CMARK_NODE_SOFTBREAK: add(writer, plain ? " " : "\n"); return;
    case CMARK_NODE_LINEBREAK: add(writer, plain ? " " : "<br>\n"); return;
    case CMARK_NODE_CODE:
        add(writer, plain ? "" : "<code>");
        add_escaped(writer, slice_of(cmark_node_get_literal(node)));
        add(writer, plain ? "" : "</code>");
        return;
    case CMARK_NODE_IMAGE: write_image(writer, node, enters); return;
    default: break;
    }
    if (plain)
        return;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_INLINE: add_html(writer, slice_of(cmark_node_get_literal(node))); return;
    case CMARK_NODE_EMPH: add(writer, enters ? "<em>" : "</em>"); return;
    case CMARK_NODE_STRONG: add(writer, enters ? "<strong>" : "</strong>"); return;
    case CMARK_NODE_LINK: write_link(writer, node, enters); return;
    default: write_extension(writer, node, enters); return;
    }
}

/* An image alone is a drawing, which scrolls where the page is narrow. */
static void write_paragraph(struct html_writer *writer, cmark_node *node, bool enters)
{
    cmark_node *child = cmark_node_first_child(node);
    bool drawing =
        child && !cmark_node_next(child) && cmark_node_get_type(child) == CMARK_NODE_IMAGE;
    if (is_tight(node))
        return;
    if (!enters)
        add(writer, "</p>\n");
    else
        add(writer, drawing ? "<p class=\"figure\" tabindex=\"0\">" : "<p>");
}

static void write_node(struct html_writer *writer, cmark_node *node, bool enters)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT: return;
    case CMARK_NODE_BLOCK_QUOTE: write_quote(writer, node, enters); return;
    case CMARK_NODE_LIST: write_list(writer, node, enters); return;
    case CMARK_NODE_ITEM:
        if (!write_extension(writer, node, enters))
            add(writer, enters ? "<li>" : "</li>\n");
        return;
    case CMARK_NODE_CODE_BLOCK: write_code_block(writer, node); return;
    case CMARK_NODE_HTML_BLOCK: add_html(writer, slice_of(cmark_node_get_literal(node))); return;
    case CMARK_NODE_PARAGRAPH: write_paragraph(writer, node, enters); return;
    case CMARK_NODE_HEADING: write_heading(writer, node, enters); return;
    case CMARK_NODE_THEMATIC_BREAK: add(writer, "<hr>\n"); return;
    default: write_inline(writer, node, enters); return;
    }
}

/* The text of the first heading. */
static void add_title(struct buffer *out, cmark_node *document)
{
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node))
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
            markdown_plain(out, node);
            return;
        }
}

int markdown_html(
    struct buffer *out, struct slice text, const struct html_options *options, struct error *error)
{
    struct html_writer writer = {.out = out, .options = options, .error = error};
    struct buffer title = BUFFER_INIT;
    cmark_node *document;
    if (markdown_parse(&document, text, error) != 0)
        return -1;
    find_alerts(document);
    add_title(&title, document);
    html_page_begin(out, (struct slice){buffer_text(&title), title.size});
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        write_node(&writer, cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iterator);
    html_page_end(out);
    anchors_release(&writer.anchors);
    buffer_release(&title);
    cmark_node_free(document);
    return writer.failed;
}

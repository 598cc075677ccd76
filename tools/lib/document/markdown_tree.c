/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/markdown_tree.h"

#include "base/memory.h"
#include "document/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

/* ---- the ceiling ---- */
struct block_of_lines {
    uint64_t lines, columns;
};

static bool may_rule(char byte)
{
    return strchr(" \t|:->*+.)0123456789", byte) != NULL;
}

/* The columns of a line that may be the rule of a table, 0 for any other. */
static uint64_t rule_columns(struct slice line)
{
    uint64_t pipes = 0;
    bool dash = false;
    for (size_t i = 0; i < line.size; i++) {
        if (!may_rule(line.data[i]))
            return 0;
        pipes += line.data[i] == '|';
        dash = dash || line.data[i] == '-';
    }
    return dash ? pipes + 1 : 0;
}

static int check_cells(struct slice text, struct error *error)
{
    struct block_of_lines block = {0, 0};
    uint64_t line_number = 0;
    for (size_t at = 0; at < text.size;) {
        const char *newline = memchr(text.data + at, '\n', text.size - at);
        size_t end = newline ? (size_t)(newline - text.data) : text.size;
        struct slice line = {text.data + at, end - at};
        line_number++;
        at = end + 1;
        if (line.size == 0) {
            block = (struct block_of_lines){0, 0};
            continue;
        }
        uint64_t columns = rule_columns(line);
        block.lines++;
        block.columns = columns > block.columns ? columns : block.columns;
        if (block.lines * block.columns <= MARKDOWN_CELLS)
            continue;
        error_set(error, ERROR_CONTENT,
            "a table that may have %llu columns and %llu rows; at most %d cells are read",
            (unsigned long long)block.columns, (unsigned long long)block.lines, MARKDOWN_CELLS);
        error_place(error, NULL, line_number, 0);
        return -1;
    }
    return 0;
}

static void *take_zeroed(size_t count, size_t size)
{
    return memory_zero(count, size);
}

static void *resize(void *block, size_t size)
{
    return memory_resize(block, size, 1);
}

/* cmark's own allocator ends the program by abort() where memory runs out. It is
 * never written to; cmark asks for it without const. */
static cmark_mem memory = {take_zeroed, resize, free};

int markdown_parse(cmark_node **out, struct slice text, struct error *error)
{
    static const char *const names[] = {"table", "autolink", "strikethrough", "tasklist"};
    *out = NULL;
    if (check_cells(text, error) != 0)
        return -1;
    /* Its extensions are registered in memory of its default allocator. */
    *cmark_get_default_mem_allocator() = memory;
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, text.data, text.size);
    *out = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return 0;
}

void markdown_plain(struct buffer *out, cmark_node *node)
{
    cmark_iter *iterator = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *at = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(at);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            buffer_add_text(out, cmark_node_get_literal(at));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            buffer_add_char(out, ' ');
    }
    cmark_iter_free(iterator);
}

/* ---- anchors ---- */
static bool give(struct anchors *anchors, struct slice anchor, uint32_t *index)
{
    *index = dictionary_id(&anchors->given, anchor);
    if (*index < anchors->count)
        return false;
    MEMORY_GROW(anchors->uses, anchors->count, anchors->capacity);
    anchors->uses[anchors->count++] = 0;
    return true;
}

struct slice anchors_next(struct anchors *anchors, cmark_node *heading)
{
    struct buffer plain = BUFFER_INIT, anchor = BUFFER_INIT;
    uint32_t first, index;
    markdown_plain(&plain, heading);
    if (plain.size)
        markdown_anchor(&anchor, buffer_slice(&plain));
    size_t size = anchor.size;
    bool fresh = give(anchors, (struct slice){buffer_text(&anchor), anchor.size}, &first);
    index = first;
    while (!fresh) {
        anchor.size = size;
        buffer_add_format(&anchor, "-%u", (unsigned)++anchors->uses[first]);
        fresh = give(anchors, buffer_slice(&anchor), &index);
    }
    buffer_release(&plain);
    buffer_release(&anchor);
    return dictionary_text(&anchors->given, index);
}

bool anchors_have(const struct anchors *anchors, struct slice target)
{
    return dictionary_find(&anchors->given, target) != UINT32_MAX;
}

void anchors_release(struct anchors *anchors)
{
    dictionary_release(&anchors->given);
    free(anchors->uses);
}

/* ---- HTML ---- */
static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool among(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* The end of a tag: behind its >, which a quoted value may hold. 0: it has none. */
static size_t tag_end(struct slice text)
{
    char quote = '\0';
    for (size_t i = 1; i < text.size; i++) {
        char byte = text.data[i];
        if (quote)
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '>')
            return i + 1;
    }
    return 0;
}

static size_t comment_end(struct slice text)
{
    for (size_t i = 4; i + 3 <= text.size; i++)
        if (memcmp(text.data + i, "-->", 3) == 0)
            return i + 3;
    return text.size;
}

static size_t name_size(struct slice tag, size_t start)
{
    size_t end = start;
    while (end < tag.size && (is_letter(tag.data[end]) || tag.data[end] == '-' ||
                                 (tag.data[end] >= '0' && tag.data[end] <= '9')))
        end++;
    return end - start;
}

int html_attribute(struct slice tag, size_t *at, struct slice *name, struct slice *value)
{
    size_t i = *at;
    if (i == 0) {
        i = 1 + (tag.size > 1 && tag.data[1] == '/');
        i += name_size(tag, i);
    }
    while (i < tag.size && (is_blank(tag.data[i]) || tag.data[i] == '/'))
        i++;
    size_t start = i;
    while (i < tag.size && !is_blank(tag.data[i]) && !strchr("=/>", tag.data[i]))
        i++;
    *name = (struct slice){tag.data + start, i - start};
    *value = (struct slice){NULL, 0};
    if (name->size == 0)
        return 0;
    while (i < tag.size && is_blank(tag.data[i]))
        i++;
    if (i < tag.size && tag.data[i] == '=') {
        for (i++; i < tag.size && is_blank(tag.data[i]); i++)
            ;
        char quote = i < tag.size && strchr("\"'", tag.data[i]) ? tag.data[i++] : '\0';
        start = i;
        while (i < tag.size &&
               (quote ? tag.data[i] != quote : !is_blank(tag.data[i]) && tag.data[i] != '>'))
            i++;
        *value = (struct slice){tag.data + start, i - start};
        i += quote != '\0' && i < tag.size;
    }
    *at = i;
    return 1;
}

static bool has_known_attributes(struct slice tag)
{
    static const char *const known[] = {
        "open", "align", "width", "height", "alt", "src", "srcset", "media"};
    struct slice name, value;
    for (size_t at = 0; html_attribute(tag, &at, &name, &value);) {
        bool found = false;
        for (size_t i = 0; i < ARRAY_SIZE(known); i++)
            found = found || slice_is(name, known[i]);
        if (!found)
            return false;
    }
    return true;
}

struct html_tag html_tag_at(struct slice text)
{
    static const char *const known[] = {"details", "summary", "br", "span", "sub", "sup", "kbd",
        "div", "p", "picture", "source", "img"};
    struct html_tag tag = {0, "", false, false, false};
    if (text.size < 3 || text.data[0] != '<')
        return tag;
    if (text.size >= 4 && memcmp(text.data, "<!--", 4) == 0) {
        tag.size = comment_end(text);
        tag.comment = tag.allowed = true;
        return tag;
    }
    tag.closes = text.data[1] == '/';
    size_t start = 1 + tag.closes;
    if (!is_letter(text.data[start])) {
        tag.closes = false;
        return tag;
    }
    tag.size = tag_end(text);
    size_t size = name_size(text, start);
    for (size_t i = 0; i < size && i + 1 < HTML_NAME; i++)
        tag.name[i] = (char)(text.data[start + i] | 0x20);
    tag.allowed = size < HTML_NAME && among(known, ARRAY_SIZE(known), tag.name) && tag.size > 0 &&
                  has_known_attributes((struct slice){text.data, tag.size});
    return tag;
}

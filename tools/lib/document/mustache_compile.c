/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/mustache_parts.h"

#include "base/memory.h"

#include <string.h>

struct compiler {
    struct mustache *template;
    struct tokens tokens;
    uint32_t *open; /* the tokens of the sections that are open */
    size_t depth, capacity;
    struct error *error;
};

static int failed(const struct compiler *compiler, const struct token *token)
{
    error_place(compiler->error, NULL, token->line, token->column);
    return -1;
}

static bool is_opener(enum token_kind kind)
{
    return kind == TOKEN_SECTION || kind == TOKEN_INVERTED || kind == TOKEN_PARENT ||
           kind == TOKEN_BLOCK;
}

/* ---- which tags belong together ---- */
static int match_close(struct compiler *compiler, uint32_t at)
{
    struct token *close = &compiler->tokens.items[at];
    if (compiler->depth == 0) {
        error_set(compiler->error, ERROR_CONTENT, "the end tag of \"%.*s\" closes nothing",
            MUSTACHE_SHOWN(close->text));
        return failed(compiler, close);
    }
    uint32_t opened = compiler->open[compiler->depth - 1];
    struct token *open = &compiler->tokens.items[opened];
    if (!slice_equal(open->text, close->text) || open->dynamic != close->dynamic) {
        error_set(compiler->error, ERROR_CONTENT,
            "the end tag of \"%.*s\", where that of \"%.*s\" (opened in line %u) was expected",
            MUSTACHE_SHOWN(close->text), MUSTACHE_SHOWN(open->text), (unsigned)open->line);
        return failed(compiler, close);
    }
    open->match = at;
    close->match = opened;
    compiler->depth--;
    return 0;
}

static int match_tags(struct compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->tokens.count; i++) {
        enum token_kind kind = compiler->tokens.items[i].kind;
        if (is_opener(kind)) {
            MEMORY_GROW(compiler->open, compiler->depth, compiler->capacity);
            compiler->open[compiler->depth++] = i;
        } else if (kind == TOKEN_CLOSE && match_close(compiler, i) != 0) {
            return -1;
        }
    }
    if (compiler->depth > 0) {
        const struct token *open = &compiler->tokens.items[compiler->open[compiler->depth - 1]];
        error_set(compiler->error, ERROR_CONTENT, "the section \"%.*s\" is never closed",
            MUSTACHE_SHOWN(open->text));
        return failed(compiler, open);
    }
    return 0;
}

/* ---- lines ---- */
enum share { SHARE_NONE, SHARE_CORE, SHARE_INHERITANCE };

/* What a tag counts for when its line may be standalone. */
static enum share share_of(const struct token *tokens, const struct token *token)
{
    switch (token->kind) {
    case TOKEN_PARENT:
    case TOKEN_BLOCK: return SHARE_INHERITANCE;
    case TOKEN_CLOSE: {
        enum token_kind opener = tokens[token->match].kind;
        return opener == TOKEN_PARENT || opener == TOKEN_BLOCK ? SHARE_INHERITANCE : SHARE_CORE;
    }
    case TOKEN_SECTION:
    case TOKEN_INVERTED:
    case TOKEN_PARTIAL:
    case TOKEN_COMMENT:
    case TOKEN_DELIMITERS: return SHARE_CORE;
    case TOKEN_TEXT:
    case TOKEN_VALUE:
    case TOKEN_RAW: return SHARE_NONE;
    }
    return SHARE_NONE;
}

/* A parent that opens and closes in one line counts as one tag: what is in it is its own. */
static uint32_t after_unit(const struct token *tokens, uint32_t at, uint32_t end)
{
    const struct token *token = &tokens[at];
    return token->kind == TOKEN_PARENT && token->match < end ? token->match + 1 : at + 1;
}

static bool is_standalone(const struct token *tokens, uint32_t start, uint32_t end)
{
    unsigned core = 0, inheritance = 0;
    for (uint32_t i = start; i < end; i = after_unit(tokens, i, end)) {
        const struct token *token = &tokens[i];
        if (token->kind == TOKEN_TEXT && slice_is_blank(token->text))
            continue;
        enum share share = share_of(tokens, token);
        if (share == SHARE_NONE || (token->kind == TOKEN_BLOCK && token->match < end))
            return false;
        core += share == SHARE_CORE;
        inheritance += share == SHARE_INHERITANCE;
    }
    return (core == 1 && inheritance == 0) || (core == 0 && inheritance > 0);
}

static void mark_line(struct token *tokens, uint32_t start, uint32_t end)
{
    bool standalone = is_standalone(tokens, start, end);
    for (uint32_t i = start; standalone && i < end; i = after_unit(tokens, i, end)) {
        tokens[i].dropped = tokens[i].kind == TOKEN_TEXT;
        tokens[i].standalone = tokens[i].kind != TOKEN_TEXT;
        if (tokens[i].kind == TOKEN_PARENT && tokens[i].match < end)
            tokens[tokens[i].match].standalone = true;
    }
    struct slice space = {NULL, 0};
    uint32_t first = start;
    if (tokens[first].kind == TOKEN_TEXT && !tokens[first].newline &&
        slice_is_blank(tokens[first].text))
        space = tokens[first++].text;
    if (first < end && tokens[first].kind != TOKEN_TEXT) {
        tokens[first].first = true;
        tokens[first].space = space;
    }
    /* In {{<parent}}{{$block}} the block stands first as well. */
    if (standalone && first + 1 < end && tokens[first].kind == TOKEN_PARENT &&
        tokens[first + 1].kind == TOKEN_BLOCK) {
        tokens[first + 1].first = true;
        tokens[first + 1].space = space;
    }
}

static uint32_t line_end(const struct tokens *tokens, uint32_t start)
{
    while (start < tokens->count && !tokens->items[start].newline)
        start++;
    return start < tokens->count ? start + 1 : start;
}

/* ---- nodes ---- */
static struct node *add_node(
    struct compiler *compiler, enum node_kind kind, const struct token *token, struct slice text)
{
    struct mustache *template = compiler->template;
    MEMORY_GROW(template->nodes, template->count, template->capacity);
    struct node *node = &template->nodes[template->count++];
    *node = (struct node){.kind = kind,
        .end = (uint32_t) template->count,
        .line = token->line,
        .column = token->column,
        .text = text,
        .standalone = token->standalone,
        .first = token->first,
        .space = token->space,
        .delimiters = token->delimiters};
    return node;
}

int mustache_split(
    struct arena *arena, struct slice name, const struct slice **parts, size_t *count)
{
    size_t dots = 0;
    for (size_t i = 0; i < name.size; i++)
        dots += name.data[i] == '.';
    *count = 0;
    *parts = NULL;
    if (slice_is(name, "."))
        return 0;
    struct slice *made = arena_zero(arena, dots + 1, sizeof *made);
    size_t start = 0;
    for (size_t i = 0; i <= name.size; i++) {
        if (i < name.size && name.data[i] != '.')
            continue;
        if (i == start)
            return -1;
        made[(*count)++] = (struct slice){name.data + start, i - start};
        start = i + 1;
    }
    *parts = made;
    return 0;
}

static enum node_kind node_kind_of(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_RAW: return NODE_RAW;
    case TOKEN_SECTION: return NODE_SECTION;
    case TOKEN_INVERTED: return NODE_INVERTED;
    case TOKEN_PARTIAL: return NODE_PARTIAL;
    case TOKEN_PARENT: return NODE_PARENT;
    case TOKEN_BLOCK: return NODE_BLOCK;
    case TOKEN_VALUE:
    case TOKEN_TEXT:
    case TOKEN_CLOSE:
    case TOKEN_COMMENT:
    case TOKEN_DELIMITERS: break;
    }
    return NODE_VALUE;
}

/* The offset behind the blanks and the newline of a standalone line. */
static size_t after_line(struct slice source, size_t at)
{
    while (at < source.size && source.data[at] != '\n')
        at++;
    return at < source.size ? at + 1 : at;
}

static struct slice raw_content(
    struct slice source, const struct token *open, const struct token *close)
{
    size_t start = open->standalone ? after_line(source, open->end) : open->end;
    size_t end = close->start - (close->standalone ? close->space.size : 0);
    return (struct slice){source.data + start, end > start ? end - start : 0};
}

static int add_tag(struct compiler *compiler, struct slice source, const struct token *token)
{
    struct slice name = token->text;
    bool literal =
        token->kind == TOKEN_BLOCK ||
        ((token->kind == TOKEN_PARTIAL || token->kind == TOKEN_PARENT) && !token->dynamic);
    struct node *node = add_node(compiler, node_kind_of(token->kind), token, name);
    node->dynamic = token->dynamic;
    if (!literal &&
        mustache_split(&compiler->template->arena, name, &node->parts, &node->part_count) != 0) {
        error_set(compiler->error, ERROR_CONTENT,
            "\"%.*s\" has an empty part; expected names joined by dots", MUSTACHE_SHOWN(name));
        return failed(compiler, token);
    }
    if (token->kind == TOKEN_SECTION)
        node->raw = raw_content(source, token, &compiler->tokens.items[token->match]);
    return 0;
}

/* Whether the blanks that a line of the template begins with are known at this node. */
static bool stands_first(const struct node *node)
{
    return node->kind == NODE_LINE || (node->first && node->kind == NODE_BLOCK) ||
           (node->standalone && (node->kind == NODE_PARTIAL || node->kind == NODE_PARENT));
}

/* What a block's content begins with decides how an override is indented. */
static void close_block(struct mustache *template, struct node *block)
{
    uint32_t at = (uint32_t)(block - template->nodes) + 1;
    while (block->standalone && at < block->end && !stands_first(&template->nodes[at]))
        at++;
    if (at == block->end || !stands_first(&template->nodes[at]))
        return;
    const struct node *node = &template->nodes[at];
    block->own = node->kind == NODE_LINE ? node->text : node->space;
    if (!block->own.data)
        block->own = (struct slice){"", 0};
}

static void add_close(struct compiler *compiler)
{
    struct mustache *template = compiler->template;
    struct node *node = &template->nodes[compiler->open[--compiler->depth]];
    node->end = (uint32_t) template->count;
    if (node->kind == NODE_BLOCK)
        close_block(template, node);
}

/* Whether the line of a token takes its indentation from a NODE_LINE. */
static bool begins_line(const struct tokens *tokens, uint32_t start, uint32_t end)
{
    const struct token *token = &tokens->items[start];
    if (token->kind == TOKEN_TEXT && !token->newline && slice_is_blank(token->text) &&
        start + 1 < end)
        token++;
    if (token->standalone || (token->kind == TOKEN_TEXT && slice_is_blank(token->text)))
        return false;
    return token->kind != TOKEN_BLOCK;
}

static size_t leading_blanks(struct slice text)
{
    size_t count = 0;
    while (count < text.size && (text.data[count] == ' ' || text.data[count] == '\t'))
        count++;
    return count;
}

static int add_line(struct compiler *compiler, struct slice source, uint32_t start, uint32_t end)
{
    struct token *tokens = compiler->tokens.items;
    if (begins_line(&compiler->tokens, start, end)) {
        bool text = tokens[start].kind == TOKEN_TEXT;
        size_t blanks = text ? leading_blanks(tokens[start].text) : 0;
        struct slice space = {tokens[start].text.data, blanks};
        add_node(compiler, NODE_LINE, &tokens[start], space);
        if (text) {
            tokens[start].text.data += blanks;
            tokens[start].text.size -= blanks;
        }
    } else if (tokens[start].kind == TOKEN_TEXT && start + 1 < end &&
               tokens[start + 1].kind == TOKEN_BLOCK && slice_is_blank(tokens[start].text)) {
        tokens[start].dropped = true; /* the block has it as its space */
    }
    for (uint32_t i = start; i < end; i++) {
        const struct token *token = &tokens[i];
        if (token->kind == TOKEN_TEXT && !token->dropped && token->text.size > 0)
            add_node(compiler, NODE_TEXT, token, token->text);
        if (token->kind == TOKEN_CLOSE)
            add_close(compiler);
        if (token->kind == TOKEN_TEXT || token->kind == TOKEN_CLOSE ||
            token->kind == TOKEN_COMMENT || token->kind == TOKEN_DELIMITERS)
            continue;
        uint32_t node = (uint32_t)compiler->template->count;
        if (add_tag(compiler, source, token) != 0)
            return -1;
        if (is_opener(token->kind)) {
            MEMORY_GROW(compiler->open, compiler->depth, compiler->capacity);
            compiler->open[compiler->depth++] = node;
        }
    }
    return 0;
}

static int compile(
    struct compiler *compiler, struct slice source, const struct beginning *beginning)
{
    struct tokens *tokens = &compiler->tokens;
    if (source.size > MUSTACHE_SOURCE)
        return error_set(compiler->error, ERROR_CONTENT,
            "a template of %zu bytes; at most %zu are read", source.size, MUSTACHE_SOURCE);
    if (mustache_scan(tokens, &compiler->template->arena, source, beginning, compiler->error) !=
            0 ||
        match_tags(compiler) != 0)
        return -1;
    for (uint32_t i = 0; i < tokens->count; i = line_end(tokens, i))
        mark_line(tokens->items, i, line_end(tokens, i));
    for (uint32_t i = 0; i < tokens->count; i = line_end(tokens, i))
        if (add_line(compiler, source, i, line_end(tokens, i)) != 0)
            return -1;
    return 0;
}

int mustache_compile_with(struct mustache **out, struct slice text, const char *file,
    const struct beginning *beginning, struct error *error)
{
    struct mustache *template = memory_zero(1, sizeof *template);
    struct compiler compiler = {.template = template, .error = error};

    template->file = arena_text(&template->arena, file);
    int result = compile(&compiler, arena_slice(&template->arena, text), beginning);
    free(compiler.tokens.items);
    free(compiler.open);
    if (result != 0) {
        error_place(error, template->file, 0, 0);
        mustache_free(template);
        template = NULL;
    }
    *out = template;
    return result;
}

int mustache_compile(
    struct mustache **out, struct slice text, const char *file, struct error *error)
{
    return mustache_compile_at(out, text, file, 1, error);
}

int mustache_compile_at(
    struct mustache **out, struct slice text, const char *file, unsigned line, struct error *error)
{
    const struct beginning beginning = {line, NULL};
    return mustache_compile_with(out, text, file, &beginning, error);
}

void mustache_free(struct mustache *template)
{
    if (!template)
        return;
    arena_release(&template->arena);
    free(template->nodes);
    free(template);
}

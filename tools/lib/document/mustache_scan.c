/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/mustache_parts.h"

#include "base/memory.h"

#include <string.h>

struct scanner {
    struct tokens *tokens;
    struct arena *arena;
    struct slice text;
    const struct delimiters *delimiters;
    size_t at;
    uint32_t line;
    size_t line_start;
    struct error *error;
};

/* The offset of wanted in text from start on, or text.size. */
static size_t find(struct slice text, size_t start, struct slice wanted)
{
    while (start + wanted.size <= text.size) {
        const char *candidate =
            memchr(text.data + start, wanted.data[0], text.size - start - wanted.size + 1);
        if (!candidate)
            break;
        if (memcmp(candidate, wanted.data, wanted.size) == 0)
            return (size_t)(candidate - text.data);
        start = (size_t)(candidate - text.data) + 1;
    }
    return text.size;
}

static struct token *add(struct scanner *scanner, enum token_kind kind, size_t start, size_t end)
{
    struct tokens *tokens = scanner->tokens;
    MEMORY_GROW(tokens->items, tokens->count, tokens->capacity);
    struct token *token = &tokens->items[tokens->count++];
    *token = (struct token){.kind = kind,
        .text = {scanner->text.data + start, end - start},
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .line = scanner->line,
        .column = (uint32_t)(start - scanner->line_start + 1),
        .match = NO_MATCH,
        .delimiters = scanner->delimiters};
    return token;
}

static void count_lines(struct scanner *scanner, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (scanner->text.data[i] == '\n') {
            scanner->line++;
            scanner->line_start = i + 1;
        }
}

static void add_text(struct scanner *scanner, size_t end)
{
    while (scanner->at < end) {
        const char *from = scanner->text.data + scanner->at;
        const char *newline = memchr(from, '\n', end - scanner->at);
        size_t stop = newline ? (size_t)(newline - scanner->text.data) + 1 : end;
        add(scanner, TOKEN_TEXT, scanner->at, stop)->newline = newline != NULL;
        count_lines(scanner, scanner->at, stop);
        scanner->at = stop;
    }
}

static int fault(struct scanner *scanner, const struct token *token, const char *what)
{
    error_place(scanner->error, NULL, token->line, token->column);
    error_set(scanner->error, ERROR_CONTENT, "%s", what);
    return -1;
}

static bool has_blank(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (is_blank(text.data[i]))
            return true;
    return false;
}

/* {{=<% %>=}}: the two sequences between the equals signs. */
static int set_delimiters(struct scanner *scanner, struct token *token)
{
    static const char wanted[] =
        "a delimiter tag holds two sequences without blanks or '=', as {{=<% %>=}}";
    struct slice both = slice_trim(token->text);
    size_t middle = 0;
    while (middle < both.size && !is_blank(both.data[middle]))
        middle++;
    struct slice open = {both.data, middle};
    struct slice close = slice_trim((struct slice){both.data + middle, both.size - middle});
    if (open.size == 0 || close.size == 0 || has_blank(close) ||
        memchr(open.data, '=', open.size) || memchr(close.data, '=', close.size))
        return fault(scanner, token, wanted);
    struct delimiters *set = arena_take(scanner->arena, sizeof *set);
    *set = (struct delimiters){open, close};
    scanner->delimiters = set;
    token->delimiters = set;
    return 0;
}

static enum token_kind kind_of(char sigil)
{
    switch (sigil) {
    case '#': return TOKEN_SECTION;
    case '^': return TOKEN_INVERTED;
    case '/': return TOKEN_CLOSE;
    case '>': return TOKEN_PARTIAL;
    case '<': return TOKEN_PARENT;
    case '$': return TOKEN_BLOCK;
    case '!': return TOKEN_COMMENT;
    case '=': return TOKEN_DELIMITERS;
    case '{':
    case '&': return TOKEN_RAW;
    default: return TOKEN_VALUE;
    }
}

/* What other dialects begin a tag with, and this one does not know. */
static bool is_foreign(char sigil)
{
    return sigil != '\0' && strchr("%?~+*", sigil) != NULL;
}

static int check_name(struct scanner *scanner, struct token *token, char sigil)
{
    if (token->kind == TOKEN_COMMENT)
        return 0;
    if (token->kind == TOKEN_DELIMITERS)
        return set_delimiters(scanner, token);
    token->text = slice_trim(token->text);
    if (token->kind == TOKEN_VALUE && is_foreign(sigil))
        return fault(scanner, token,
            "an unknown tag; after the opening comes a name, or one of # ^ / > < $ & { ! =");
    /* {{>*name}}, {{<*name}} and the end tag of the latter: the name is behind the asterisk. */
    token->dynamic =
        token->text.size > 0 && token->text.data[0] == '*' &&
        (token->kind == TOKEN_PARTIAL || token->kind == TOKEN_PARENT || token->kind == TOKEN_CLOSE);
    if (token->dynamic)
        token->text = slice_trim((struct slice){token->text.data + 1, token->text.size - 1});
    if (token->text.size == 0)
        return fault(scanner, token, "a tag without a name");
    if (has_blank(token->text))
        return fault(scanner, token, "a name with a blank in it; expected one name in a tag");
    return 0;
}

static int add_tag(struct scanner *scanner)
{
    struct slice text = scanner->text;
    struct slice close = scanner->delimiters->close;
    size_t start = scanner->at, body = start + scanner->delimiters->open.size;

    while (body < text.size && is_blank(text.data[body]))
        body++;
    char sigil = body < text.size ? text.data[body] : '\0';
    enum token_kind kind = kind_of(sigil);
    size_t name = body + (kind != TOKEN_VALUE);

    /* {{{x}}} and {{=a b=}} end in a sequence of their own. */
    struct slice end_mark = close;
    if (sigil == '{' || sigil == '=') {
        char *mark = arena_take(scanner->arena, close.size + 1);
        mark[0] = sigil == '{' ? '}' : '=';
        memcpy(mark + 1, close.data, close.size);
        end_mark = (struct slice){mark, close.size + 1};
    }
    size_t stop = name <= text.size ? find(text, name, end_mark) : text.size;
    struct token *token = add(scanner, kind, start, stop);
    if (stop == text.size) {
        error_place(scanner->error, NULL, token->line, token->column);
        return error_set(scanner->error, ERROR_CONTENT, "a tag that is never closed; expected %.*s",
            MUSTACHE_SHOWN(end_mark));
    }
    token->text = (struct slice){text.data + name, stop - name};
    token->end = (uint32_t)(stop + end_mark.size);
    scanner->at = token->end;
    count_lines(scanner, start, token->end);
    return check_name(scanner, token, sigil);
}

int mustache_scan(struct tokens *tokens, struct arena *arena, struct slice text,
    const struct beginning *beginning, struct error *error)
{
    static const struct delimiters usual = {{"{{", 2}, {"}}", 2}};
    struct scanner scanner = {.tokens = tokens,
        .arena = arena,
        .text = text,
        .delimiters = beginning->delimiters ? beginning->delimiters : &usual,
        .line = beginning->line,
        .error = error};

    while (scanner.at < text.size) {
        size_t tag = find(text, scanner.at, scanner.delimiters->open);
        add_text(&scanner, tag);
        if (tag < text.size && add_tag(&scanner) != 0)
            return -1;
    }
    return 0;
}

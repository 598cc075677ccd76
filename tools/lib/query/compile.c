/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "query/program.h"
#include "query/query.h"
#include "query/tokens.h"

#include <string.h>

/*
 *     or:         and { "or" and }
 *     and:        not { "and" not }
 *     not:        { "not" } primary
 *     primary:    "(" or ")" | "has" "(" field ")" | field [ operator value ]
 *
 * A field on the right is written as a pointer: a bare word there is most often
 * a string that lacks its quotes, and would never match.
 */
struct compiler {
    struct tokens tokens;
    unsigned depth;
};

static int read_or(struct compiler *compiler, struct term **out, struct error *error);

static struct term *new_term(struct compiler *compiler, enum term_kind kind)
{
    struct term *term = arena_zero(compiler->tokens.arena, 1, sizeof *term);
    term->kind = kind;
    return term;
}

/* What stands where something else was expected, for a message. */
static int unexpected(struct compiler *compiler, const char *expected, struct error *error)
{
    const struct token *now = &compiler->tokens.now;
    if (now->kind == TOKEN_END)
        return tokens_fail(
            &compiler->tokens, now->start, error, "the expression ends; expected %s", expected);
    size_t size = now->end - now->start;
    return tokens_fail(&compiler->tokens, now->start, error, "found %.*s; expected %s",
        size > 60 ? 60 : (int)size, compiler->tokens.text.data + now->start, expected);
}

static int expect(
    struct compiler *compiler, enum token_kind kind, const char *text, struct error *error)
{
    if (compiler->tokens.now.kind != kind)
        return unexpected(compiler, text, error);
    return tokens_next(&compiler->tokens, error);
}

static int read_field(
    struct compiler *compiler, struct path *out, const char *expected, struct error *error)
{
    struct token *now = &compiler->tokens.now;
    if (now->kind != TOKEN_PATH)
        return unexpected(compiler, expected, error);
    *out = now->value.path;
    return tokens_next(&compiler->tokens, error);
}

static int read_value(struct compiler *compiler, struct term *term, struct error *error)
{
    struct token *now = &compiler->tokens.now;
    bool text_only = term->test == TEST_LIKE || term->test == TEST_NOT_LIKE;
    if (now->kind == TOKEN_PATH && !now->pointer && compiler->tokens.words) {
        now->kind = TOKEN_VALUE;
        now->value = (struct value){.kind = VALUE_TEXT,
            .text = {compiler->tokens.text.data + now->start, now->end - now->start}};
    }
    if (now->kind == TOKEN_PATH && !now->pointer) {
        size_t size = now->end - now->start;
        const char *text = compiler->tokens.text.data + now->start;
        return tokens_fail(&compiler->tokens, now->start, error,
            "found %.*s; expected a value: a string stands in quotes, a field as a pointer "
            "(/a/b)",
            size > 60 ? 60 : (int)size, text);
    }
    if (now->kind != TOKEN_VALUE && now->kind != TOKEN_PATH)
        return unexpected(compiler, "a string, a number, true, false, null or a pointer", error);
    if (text_only && (now->kind != TOKEN_VALUE || now->value.kind != VALUE_TEXT))
        return unexpected(compiler, "a pattern in quotes", error);
    bool ordered = term->test >= TEST_LESS && term->test <= TEST_GREATER_EQUAL;
    if (ordered && now->kind == TOKEN_VALUE && now->value.kind != VALUE_TEXT &&
        now->value.kind != VALUE_NUMBER)
        return unexpected(compiler, "a number or a string, which have an order", error);
    term->value = now->value;
    return tokens_next(&compiler->tokens, error);
}

/* In an expression of people's own, a benchmark that is compared is its name. */
static void shorten(struct compiler *compiler, struct path *field)
{
    if (!compiler->tokens.words || field->count != 1 || !slice_is(field->parts[0], "benchmark"))
        return;
    field->parts = arena_zero(compiler->tokens.arena, 2, sizeof *field->parts);
    field->parts[0] = slice_of("benchmark");
    field->parts[1] = slice_of("name");
    field->count = 2;
}

static int read_test(struct compiler *compiler, struct term **out, struct error *error)
{
    struct term *term = *out = new_term(compiler, TERM_TEST);
    if (read_field(compiler, &term->field, "a field, has(…), not or a parenthesis", error) != 0)
        return -1;
    term->test = TEST_TRUE;
    if (compiler->tokens.now.kind != TOKEN_TEST)
        return 0;
    term->test = compiler->tokens.now.test;
    shorten(compiler, &term->field);
    if (tokens_next(&compiler->tokens, error) != 0)
        return -1;
    return read_value(compiler, term, error);
}

static int read_has(struct compiler *compiler, struct term **out, struct error *error)
{
    struct term *term = *out = new_term(compiler, TERM_TEST);
    term->test = TEST_THERE;
    if (tokens_next(&compiler->tokens, error) != 0 ||
        expect(compiler, TOKEN_OPEN, "a parenthesis and a field, as in has(model.id)", error) !=
            0 ||
        read_field(compiler, &term->field, "a field", error) != 0)
        return -1;
    return expect(compiler, TOKEN_CLOSE, "a closing parenthesis", error);
}

static int deeper(struct compiler *compiler, struct error *error)
{
    if (++compiler->depth <= QUERY_DEPTH)
        return 0;
    return tokens_fail(&compiler->tokens, compiler->tokens.now.start, error,
        "the expression is nested deeper than %d levels", (int)QUERY_DEPTH);
}

static int read_primary(struct compiler *compiler, struct term **out, struct error *error)
{
    if (compiler->tokens.now.kind == TOKEN_HAS)
        return read_has(compiler, out, error);
    if (compiler->tokens.now.kind != TOKEN_OPEN)
        return read_test(compiler, out, error);
    if (deeper(compiler, error) != 0 || tokens_next(&compiler->tokens, error) != 0 ||
        read_or(compiler, out, error) != 0)
        return -1;
    compiler->depth--;
    return expect(compiler, TOKEN_CLOSE, "and, or or a closing parenthesis", error);
}

static int read_not(struct compiler *compiler, struct term **out, struct error *error)
{
    bool negated = false;
    while (compiler->tokens.now.kind == TOKEN_NOT) {
        negated = !negated;
        if (tokens_next(&compiler->tokens, error) != 0)
            return -1;
    }
    struct term *inner;
    if (read_primary(compiler, &inner, error) != 0)
        return -1;
    *out = inner;
    if (negated) {
        *out = new_term(compiler, TERM_NOT);
        (*out)->first = inner;
    }
    return 0;
}

/* part { word part }, as one term with a chain of parts. */
static int read_chain(struct compiler *compiler, enum token_kind word, enum term_kind kind,
    int (*read_part)(struct compiler *, struct term **, struct error *), struct term **out,
    struct error *error)
{
    struct term *part;
    if (read_part(compiler, &part, error) != 0)
        return -1;
    *out = part;
    if (compiler->tokens.now.kind != word)
        return 0;
    *out = new_term(compiler, kind);
    struct term **end = &(*out)->first;
    for (;;) {
        *end = part;
        end = &part->next;
        if (compiler->tokens.now.kind != word)
            return 0;
        if (tokens_next(&compiler->tokens, error) != 0 || read_part(compiler, &part, error) != 0)
            return -1;
    }
}

static int read_and(struct compiler *compiler, struct term **out, struct error *error)
{
    return read_chain(compiler, TOKEN_AND, TERM_AND, read_not, out, error);
}

static int read_or(struct compiler *compiler, struct term **out, struct error *error)
{
    return read_chain(compiler, TOKEN_OR, TERM_OR, read_and, out, error);
}

static int compile(
    struct query **out, const char *name, const char *text, bool is_short, struct error *error)
{
    struct query *query = memory_zero(1, sizeof *query);
    struct compiler compiler = {
        .tokens = {.name = name, .arena = &query->arena, .words = is_short}};
    struct term *root;
    if (strlen(text) > QUERY_SIZE) {
        query_free(query);
        error_place(error, name, 0, 0);
        return error_set(
            error, ERROR_USAGE, "the expression is longer than %d bytes", (int)QUERY_SIZE);
    }
    /* The terms point into the expression. */
    compiler.tokens.text = arena_slice(&query->arena, slice_of(text));
    int result = tokens_next(&compiler.tokens, error);
    if (result == 0)
        result = read_or(&compiler, &root, error);
    if (result == 0 && compiler.tokens.now.kind != TOKEN_END)
        result = unexpected(&compiler, "an operator, and, or or the end", error);
    if (result != 0) {
        query_free(query);
        return -1;
    }
    query->root = root;
    query->is_short = is_short;
    *out = query;
    return 0;
}

int query_compile(struct query **out, const char *name, const char *text, struct error *error)
{
    return compile(out, name, text, false, error);
}

int query_compile_short(struct query **out, const char *name, const char *text, struct error *error)
{
    return compile(out, name, text, true, error);
}

void query_free(struct query *query)
{
    if (!query)
        return;
    arena_release(&query->arena);
    arena_release(&query->scratch);
    free(query);
}

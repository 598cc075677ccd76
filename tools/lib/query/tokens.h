/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QUERY_TOKENS_H
#define QUERY_TOKENS_H

#include "base/compiler.h"
#include "base/error.h"
#include "query/program.h"

/* Inside query/ only: an expression in its words. */

enum token_kind {
    TOKEN_END,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_HAS,
    TOKEN_TEST,  /* an operator: test says which */
    TOKEN_VALUE, /* a string, a number, true, false or null */
    TOKEN_PATH   /* a field; pointer says how it was written */
};

struct token {
    enum token_kind kind;
    size_t start, end; /* its bytes in the expression */
    enum test test;
    struct value value; /* of a VALUE, and the path of a PATH */
    bool pointer;
};

struct tokens {
    struct slice text;
    const char *name; /* what messages call the expression */
    struct arena *arena;
    bool words;       /* a word may begin with a digit, and a number is loose */
    struct token now; /* the token that is looked at */
    size_t at;        /* behind it */
};

/* Goes on to the next token. */
int tokens_next(struct tokens *tokens, struct error *error) MUST_USE;
/* -1 with the place of an offset in the expression. */
int tokens_fail(const struct tokens *tokens, size_t at, struct error *error, const char *format,
    ...) PRINTF_LIKE(4, 5);

#endif

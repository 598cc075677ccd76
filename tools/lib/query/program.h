/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QUERY_PROGRAM_H
#define QUERY_PROGRAM_H

#include "base/arena.h"
#include "base/slice.h"
#include "json/document.h"

#include <stdbool.h>

/* Inside query/ only: what an expression is compiled to. */

struct path {
    struct slice *parts; /* a member's name or an item's number; data NULL: each of them */
    size_t count;
};

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_PATH };

struct value {
    enum value_kind kind;
    struct slice text; /* of a string: its value; of a number: its JSON text */
    bool loose;        /* a number: a string that reads so is equal */
    struct path path;
};

enum test {
    TEST_EQUAL,
    TEST_NOT_EQUAL,
    TEST_LESS,
    TEST_LESS_EQUAL,
    TEST_GREATER,
    TEST_GREATER_EQUAL,
    TEST_LIKE,
    TEST_NOT_LIKE,
    TEST_CONTAINS,
    TEST_THERE, /* has(…) */
    TEST_TRUE   /* a field alone */
};

enum term_kind { TERM_AND, TERM_OR, TERM_NOT, TERM_TEST };

struct term {
    enum term_kind kind;
    struct term *first; /* of AND, OR, NOT: the parts, in a chain by next */
    struct term *next;
    enum test test;
    struct path field;
    struct value value;
};

struct query {
    struct arena arena; /* the terms, and what they point at */
    const struct term *root;
    bool is_short;        /* fields are looked for in more places */
    struct arena scratch; /* of a line */
};

#endif

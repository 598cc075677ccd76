/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MUSTACHE_PARTS_H
#define DOCUMENT_MUSTACHE_PARTS_H

#include "base/arena.h"
#include "document/mustache.h"

#include <stdint.h>

/* What the scanner, the compiler and the renderer of templates share, and nobody else. */

/* A name in a message, for "%.*s". */
#define MUSTACHE_SHOWN(name) (int)((name).size < 100 ? (name).size : 100), (name).data

struct delimiters {
    struct slice open, close;
};

enum token_kind {
    TOKEN_TEXT, /* up to and with a newline, so a line is a run of tokens */
    TOKEN_VALUE,
    TOKEN_RAW,
    TOKEN_SECTION,
    TOKEN_INVERTED,
    TOKEN_CLOSE,
    TOKEN_PARTIAL,
    TOKEN_PARENT,
    TOKEN_BLOCK,
    TOKEN_COMMENT,
    TOKEN_DELIMITERS
};

#define NO_MATCH UINT32_MAX

struct token {
    enum token_kind kind;
    bool newline;        /* a text that ends its line */
    bool standalone;     /* a tag on a standalone line */
    bool dynamic;        /* an asterisk stood before the name */
    bool dropped;        /* blanks of a standalone line */
    struct slice text;   /* the text, or the name as it is written in the tag */
    struct slice space;  /* the blanks before a tag that is the first on its line */
    uint32_t start, end; /* offsets of the whole tag */
    uint32_t line, column;
    uint32_t match; /* the token that closes a section, or that a close tag closes */
    bool first;     /* nothing but blanks stands before it on its line */
    const struct delimiters *delimiters; /* in force behind a tag */
};

struct tokens {
    struct token *items;
    size_t count, capacity;
};

/* Where a template begins: the line of its file, and its delimiters (NULL: {{ and }}). */
struct beginning {
    unsigned line;
    const struct delimiters *delimiters;
};

/* Reads text, which stays borrowed. */
int mustache_scan(struct tokens *tokens, struct arena *arena, struct slice text,
    const struct beginning *beginning, struct error *error) MUST_USE;

enum node_kind {
    NODE_TEXT,
    NODE_LINE, /* a line of the template begins: indentation goes here, then text */
    NODE_VALUE,
    NODE_RAW,
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
    NODE_PARENT,
    NODE_BLOCK
};

struct node {
    enum node_kind kind;
    bool standalone;
    bool first;   /* a partial, parent or block that nothing but space precedes on its line */
    bool dynamic; /* the name of the partial or parent is the value of this name */
    uint32_t end; /* the node behind this one and its content */
    uint32_t line, column;
    struct slice text;  /* the literal text, a line's blanks, or the name */
    struct slice space; /* the blanks before it, where first */
    struct slice own; /* a block whose content begins with a line: the blanks of that; else NULL */
    struct slice raw; /* a section: its content as written */
    const struct slice *parts; /* the dotted name; none for "." */
    size_t part_count;
    const struct delimiters *delimiters;
};

struct mustache {
    struct arena arena;
    const char *file;
    struct node *nodes;
    size_t count, capacity;
};

int mustache_compile_with(struct mustache **out, struct slice text, const char *file,
    const struct beginning *beginning, struct error *error) MUST_USE;

/* Splits a dotted name. "." gives none. -1: a part is empty. */
int mustache_split(
    struct arena *arena, struct slice name, const struct slice **parts, size_t *count) MUST_USE;

#endif

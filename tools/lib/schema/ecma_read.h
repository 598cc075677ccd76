/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_ECMA_READ_H
#define SCHEMA_ECMA_READ_H

#include "schema/ecma.h"

#include <stdbool.h>
#include <stdint.h>

/* What the parts of the translator share. */
enum {
    ECMA_GROUPS_DEEP = 200,
    ECMA_COUNT_MOST = 65535,
    ECMA_SIZE_MOST = 65536,
    ECMA_LAST = 0x10ffff
};

struct ecma {
    struct slice text;
    size_t at;
    bool loose;
    struct buffer *out;
    struct error *error;
    uint32_t groups;                 /* capturing ones, counted beforehand */
    bool named;                      /* there are named ones, so \k is a reference */
    uint8_t kinds[ECMA_GROUPS_DEEP]; /* of the groups that are open */
    unsigned depth;
};

/* The byte at the reader, 0 at the end (a pattern may hold NUL: then at tells). */
char ecma_peek(const struct ecma *ecma);
bool ecma_take(struct ecma *ecma, char byte);
/* The next code point; the text is valid UTF-8. */
uint32_t ecma_next(struct ecma *ecma);
/* Sets the error, with the place in the pattern; returns -1. */
int ecma_fail(const struct ecma *ecma, size_t at, const char *what) MUST_USE;

/* Appends a code point so that PCRE2 takes it as itself, in a class or out of it. */
void ecma_add(struct ecma *ecma, uint32_t code_point);
void ecma_add_text(struct ecma *ecma, const char *text);

/* What an escape stands for. */
enum ecma_escape {
    ECMA_POINT,    /* one code point */
    ECMA_NOTHING,  /* half a surrogate pair, which no text holds */
    ECMA_SET,      /* a set; set tells which, already in PCRE2's words for inside a class */
    ECMA_BOUNDARY, /* \b or \B */
    ECMA_REFERENCE /* to the group number */
};

struct ecma_escaped {
    enum ecma_escape kind;
    uint32_t point;
    const char *set;
    uint32_t group;
    char property[80]; /* what set points at for \p */
};

/* Reads an escape after its backslash. */
int ecma_read_escape(struct ecma *ecma, struct ecma_escaped *out, bool in_class) MUST_USE;
/* Reads a class after its bracket, and writes it. */
int ecma_read_class(struct ecma *ecma) MUST_USE;
/* Writes PCRE2's name of the property NAME or NAME=VALUE; -1 where ECMA-262 has none. */
int ecma_property(char *out, size_t size, struct slice name, struct slice value, bool negative);
/* The number of a named group; 0 where there is none. */
uint32_t ecma_group(const struct ecma *ecma, struct slice name);
/* Reads <NAME>; the name in out. */
int ecma_read_name(struct ecma *ecma, struct slice *out) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * A borrowed run of bytes: not NUL-terminated, may hold NUL. Whoever hands one
 * out says until when it holds. data may be NULL where size is 0.
 */
struct slice {
    const char *data;
    size_t size;
};

/* A literal as an initializer of a constant table. */
#define SLICE(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, text ? strlen(text) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

/* What JSON calls white space, and no locale has a say in it. */
static inline bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Without the blanks at both ends. */
static inline struct slice slice_trim(struct slice text)
{
    while (text.size > 0 && is_blank(text.data[0]))
        text = (struct slice){text.data + 1, text.size - 1};
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    return text;
}

/* Nothing but blanks. */
static inline bool slice_is_blank(struct slice text)
{
    size_t at = 0;
    while (at < text.size && is_blank(text.data[at]))
        at++;
    return at == text.size;
}

/* In the order of bytes, which for UTF-8 is the order of code points. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/compiler.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Bytes that grow, up to a ceiling. data[size] is always a NUL once something
 * was added (size does not count it); before that data is NULL. What would pass
 * the ceiling is left out whole and `overflow` is set, which stays: check it
 * once, after a series of additions.
 */
struct buffer {
    char *data;
    size_t size, capacity;
    size_t ceiling; /* 0 is BUFFER_CEILING */
    bool overflow;
};

#define BUFFER_CEILING ((size_t)1 << 32)
#define BUFFER_INIT                                                                                \
    {                                                                                              \
        NULL, 0, 0, 0, false                                                                       \
    }

/* buffer_room where the memory has to grow first, or may not. */
char *buffer_grow(struct buffer *buffer, size_t count) MUST_USE;

/*
 * Room for count more bytes: the place to write them (then add the number
 * written to size and set the NUL with buffer_wrote), or NULL past the ceiling.
 */
static inline char *buffer_room(struct buffer *buffer, size_t count)
{
    if (LIKELY(count < buffer->capacity - buffer->size && !buffer->overflow))
        return buffer->data + buffer->size;
    return buffer_grow(buffer, count);
}

static inline void buffer_wrote(struct buffer *buffer, size_t count)
{
    buffer->size += count;
    buffer->data[buffer->size] = '\0';
}

static inline void buffer_add(struct buffer *buffer, const void *bytes, size_t count)
{
    char *room = buffer_room(buffer, count);
    if (!room)
        return;
    if (count)
        memcpy(room, bytes, count);
    buffer_wrote(buffer, count);
}

static inline void buffer_add_slice(struct buffer *buffer, struct slice slice)
{
    buffer_add(buffer, slice.data, slice.size);
}

static inline void buffer_add_char(struct buffer *buffer, char byte)
{
    buffer_add(buffer, &byte, 1);
}

void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

/* ", " where something stands behind start already: between the words of a list. */
static inline void buffer_add_comma(struct buffer *buffer, size_t start)
{
    if (buffer->size > start)
        buffer_add_text(buffer, ", ");
}

/* Empty, memory kept. */
void buffer_reset(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
/* The bytes become the caller's (free), the buffer is empty; never NULL. */
char *buffer_steal(struct buffer *buffer) MUST_USE;

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->data, buffer->size};
}

/* The content as a NUL-terminated text, "" where there is none. */
static inline const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SMALLEST = 64 };

char *buffer_grow(struct buffer *buffer, size_t count)
{
    size_t ceiling = buffer->ceiling ? buffer->ceiling : BUFFER_CEILING;
    if (buffer->overflow || count > ceiling || buffer->size > ceiling - count) {
        buffer->overflow = true;
        return NULL;
    }
    size_t needed = buffer->size + count + 1;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? 2 * buffer->capacity : SMALLEST;
        /* Never more than the ceiling and its NUL: what fits passes no ceiling. */
        if (capacity > ceiling + 1)
            capacity = ceiling + 1;
        if (capacity < needed)
            capacity = needed;
        buffer->data = memory_resize(buffer->data, capacity, 1);
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->size;
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *room = length < 0 ? NULL : buffer_room(buffer, (size_t)length);
    if (room) {
        vsnprintf(room, (size_t)length + 1, format, again);
        buffer_wrote(buffer, (size_t)length);
    }
    va_end(again);
}

void buffer_reset(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->overflow = false;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->data);
    buffer->data = NULL;
    buffer->size = buffer->capacity = 0;
    buffer->overflow = false;
}

char *buffer_steal(struct buffer *buffer)
{
    char *data = buffer->data ? buffer->data : memory_text("");
    buffer->data = NULL;
    buffer->size = buffer->capacity = 0;
    buffer->overflow = false;
    return data;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *block_create(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_block))
        memory_exhausted(size);
    struct arena_block *block = memory_take(sizeof *block + size);
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

/* The next block that has room: one kept from before a reset, or a new one. */
static void next_block(struct arena *arena, size_t size)
{
    struct arena_block *current = arena->current;
    while (current && current->next) {
        current = current->next;
        current->used = 0;
        arena->current = current;
        if (current->size >= size)
            return;
    }
    size_t step = current ? 2 * current->size : FIRST_BLOCK;
    if (step > LARGEST_STEP)
        step = LARGEST_STEP;
    struct arena_block *block = block_create(size > step ? size : step);
    if (current)
        current->next = block;
    else
        arena->first = block;
    arena->current = block;
}

void *arena_take(struct arena *arena, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        memory_exhausted(size);
    size = (size + align - 1) / align * align;
    if (!arena->current || arena->current->size - arena->current->used < size)
        next_block(arena, size);
    void *result = arena->current->bytes + arena->current->used;
    arena->current->used += size;
    return result;
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted(SIZE_MAX);
    void *result = arena_take(arena, count * size);
    memset(result, 0, count * size);
    return result;
}

char *arena_text_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_text_n(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_take(arena, size);
    text[0] = '\0';
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

struct slice arena_slice(struct arena *arena, struct slice slice)
{
    return (struct slice){arena_text_n(arena, slice.data, slice.size), slice.size};
}

void arena_reset(struct arena *arena)
{
    arena->current = arena->first;
    if (arena->first)
        arena->first->used = 0;
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->first;
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->first = arena->current = NULL;
}

/* Blocks before the current one are full to everybody. */
void arena_take_over(struct arena *arena, struct arena *from)
{
    struct arena_block *last = from->first;
    if (!last)
        return;
    if (!arena->first) {
        *arena = *from;
    } else {
        while (last->next)
            last = last->next;
        last->next = arena->first;
        arena->first = from->first;
    }
    from->first = from->current = NULL;
}

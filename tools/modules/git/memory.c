/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <git2/sys/alloc.h>
#include <malloc.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * libgit2 1.5 does not outlive an allocation that fails (it writes through NULL,
 * seen by making each fail in turn), so that its memory comes from base/, where
 * a program that has none left ends clean. But where it ends while a reference
 * moves, the reference's lock stays: until it has moved, what the system does not
 * give comes out of a reserve. An allocator is not told for whom it works, hence
 * the one variable.
 */
static struct {
    const struct git_services *base;
    struct reserve *reserve; /* the newest, from which the others hang */
    bool open;
} memory;

enum { RESERVE = 256 * 1024, ALIGN = alignof(max_align_t) };

/* Blocks, each behind its size; none is given out twice. */
struct reserve {
    struct reserve *older;
    size_t used;
    alignas(max_align_t) unsigned char bytes[RESERVE];
};

/* ---- the reserve ---- */
static bool is_reserved(const void *block)
{
    uintptr_t at = (uintptr_t)block;
    for (const struct reserve *reserve = memory.reserve; reserve; reserve = reserve->older)
        if (at >= (uintptr_t)reserve->bytes && at < (uintptr_t)reserve->bytes + RESERVE)
            return true;
    return false;
}

/* NULL where the reserve does not have it, either. */
static void *take_reserved(size_t size)
{
    struct reserve *reserve = memory.reserve;
    size_t most = memory.open ? RESERVE - reserve->used : 0;
    if (most < ALIGN || size > most - ALIGN)
        return NULL;
    unsigned char *block = reserve->bytes + reserve->used + ALIGN;
    memcpy(block - ALIGN, &size, sizeof size);
    size_t whole = ALIGN + (size + ALIGN - 1) / ALIGN * ALIGN;
    reserve->used += whole < most ? whole : most;
    return block;
}

static size_t size_of(void *block)
{
    size_t size;
    if (!is_reserved(block))
        return malloc_usable_size(block);
    memcpy(&size, (unsigned char *)block - ALIGN, sizeof size);
    return size;
}

void repo_open_reserve(void)
{
    /* libgit2 may keep blocks of one that was used. */
    if (!memory.reserve || memory.reserve->used > 0) {
        struct reserve *reserve = memory.base->memory_take(sizeof *reserve);
        reserve->older = memory.reserve;
        reserve->used = 0;
        memory.reserve = reserve;
    }
    memory.open = true;
}

void repo_close_reserve(void)
{
    memory.open = false;
}

void repo_free_reserve(void)
{
    while (memory.reserve) {
        struct reserve *older = memory.reserve->older;
        free(memory.reserve);
        memory.reserve = older;
    }
}

/* ---- the allocator ---- */
static void give_back(void *block)
{
    if (!is_reserved(block))
        free(block);
}

static void *take_block(size_t size)
{
    void *block = memory.open ? malloc(size > 0 ? size : 1) : NULL;
    if (!block)
        block = take_reserved(size);
    return block ? block : memory.base->memory_take(size);
}

static void *resize_block(void *block, size_t size)
{
    bool reserved = is_reserved(block);
    if (!reserved && !memory.open)
        return memory.base->memory_resize(block, size, 1);
    void *grown = reserved ? NULL : realloc(block, size > 0 ? size : 1);
    if (grown)
        return grown;
    grown = take_block(size);
    if (block) {
        size_t old = size_of(block);
        memcpy(grown, block, old < size ? old : size);
        give_back(block);
    }
    return grown;
}

static void *array(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return memory.base->memory_resize(block, count, size);
    return resize_block(block, count * size);
}

static void *take(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return take_block(size);
}

static void *take_zeroed(size_t count, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    void *block = array(NULL, count, size);
    if (count > 0 && size > 0)
        memset(block, 0, count * size);
    return block;
}

static char *copy(const char *text, size_t length, const char *file, int line)
{
    (void)file;
    (void)line;
    char *out = take_block(length + 1);
    memcpy(out, text, length);
    out[length] = '\0';
    return out;
}

static char *copy_whole(const char *text, const char *file, int line)
{
    return copy(text, strlen(text), file, line);
}

static char *copy_most(const char *text, size_t most, const char *file, int line)
{
    const char *end = memchr(text, '\0', most);
    return copy(text, end ? (size_t)(end - text) : most, file, line);
}

static void *resize(void *block, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return resize_block(block, size);
}

static void *resize_array(void *block, size_t count, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return array(block, count, size);
}

static void *take_array(size_t count, size_t size, const char *file, int line)
{
    return resize_array(NULL, count, size, file, line);
}

int repo_take_memory_from(const struct git_services *services)
{
    git_allocator allocator = {.gmalloc = take,
        .gcalloc = take_zeroed,
        .gstrdup = copy_whole,
        .gstrndup = copy_most,
        .gsubstrdup = copy,
        .grealloc = resize,
        .greallocarray = resize_array,
        .gmallocarray = take_array,
        .gfree = give_back};
    memory.base = services;
    return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}

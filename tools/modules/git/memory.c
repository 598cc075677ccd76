/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <git2/sys/alloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * libgit2 1.5 does not outlive an allocation that fails (it writes through NULL,
 * seen by making each fail in turn), so that its memory comes from base/, where
 * a program that has none left ends clean. An allocator is not told for whom it
 * works, hence the one variable.
 */
static const struct git_services *base;

static void *array(void *block, size_t count, size_t size)
{
    return base->memory_resize(block, count, size);
}

static void *take(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return base->memory_take(size);
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
    char *out = base->memory_take(length + 1);
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
    return array(block, size, 1);
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

static void give_back(void *block)
{
    free(block);
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
    base = services;
    return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}

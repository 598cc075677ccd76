/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/compiler.h"
#include "base/slice.h"

#include <stddef.h>

/*
 * Memory that is given back all at once: per line, per group, per document.
 * Once warm, an arena that is reset for each line allocates nothing. What it
 * hands out is aligned for any type and holds until reset or release.
 */
struct arena {
    struct arena_block *first, *current;
};

#define ARENA_INIT                                                                                 \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

void *arena_take(struct arena *arena, size_t size) MUST_USE;
/* Zeroed. */
void *arena_zero(struct arena *arena, size_t count, size_t size) MUST_USE;
/* A NUL-terminated copy. */
char *arena_text(struct arena *arena, const char *text) MUST_USE;
char *arena_text_n(struct arena *arena, const char *text, size_t length) MUST_USE;
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3) MUST_USE;
/* A copy that ends in a NUL which its size does not count. */
struct slice arena_slice(struct arena *arena, struct slice slice) MUST_USE;

/* Everything handed out is void; the memory stays for the next use. */
void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);
/* What `from` handed out now belongs to arena; `from` is empty then. */
void arena_take_over(struct arena *arena, struct arena *from);

#endif

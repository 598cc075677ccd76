/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/compiler.h"

#include <stddef.h>
#include <stdlib.h>

/*
 * Allocation that does not fail: when memory is out, the program ends here with
 * status 4 and a message, its temporary files removed (base/cleanup.h) and every
 * unfinished output untouched. Results go back through free(). A size of 0 gives
 * a pointer that may be freed.
 */
void *memory_take(size_t size) OWNED(free);
void *memory_zero(size_t count, size_t size) OWNED(free);
/* count × size bytes, the old content kept; block may be NULL. */
void *memory_resize(void *block, size_t count, size_t size) MUST_USE;
char *memory_text(const char *text) OWNED(free);
char *memory_text_n(const char *text, size_t length) OWNED(free);
/* As printf. */
char *memory_format(const char *format, ...) PRINTF_LIKE(1, 2) OWNED(free);

/*
 * Room for one more element in an array that grows by doubling: after
 *     MEMORY_GROW(array, count, capacity);
 * array[count] may be written.
 */
#define MEMORY_GROW(array, count, capacity)                                                        \
    do {                                                                                           \
        if ((count) == (capacity)) {                                                               \
            (capacity) = (capacity) ? 2 * (capacity) : 8;                                          \
            (array) = memory_resize((array), (capacity), sizeof *(array));                         \
        }                                                                                          \
    } while (0)

/* The end of a program that has no memory; does not return. */
_Noreturn void memory_exhausted(size_t wanted);

#endif

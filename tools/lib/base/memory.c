/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"

#include "base/cleanup.h"
#include "base/exit.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

ANALYZER_LOSES_OWNERS

_Noreturn void memory_exhausted(size_t wanted)
{
    char text[96];
    int length =
        snprintf(text, sizeof text, "benchline: out of memory (%zu bytes wanted)\n", wanted);
    cleanup_run();
    if (length > 0 && write(STDERR_FILENO, text, (size_t)length) < 0)
        _exit(STATUS_MACHINE);
    _exit(STATUS_MACHINE);
}

void *memory_take(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block)
        memory_exhausted(size);
    return block;
}

void *memory_zero(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        memory_exhausted(size);
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted(SIZE_MAX);
    size_t bytes = count * size;
    void *grown = realloc(block, bytes > 0 ? bytes : 1);
    if (!grown)
        memory_exhausted(bytes);
    return grown;
}

char *memory_text_n(const char *text, size_t length)
{
    char *copy = memory_take(length + 1);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *memory_text(const char *text)
{
    return memory_text_n(text, strlen(text));
}

char *memory_format(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = memory_take(size);
    text[0] = '\0';
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

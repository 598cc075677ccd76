/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "source/lines.h"
#include "source/open.h"
#include "source/source.h"

#include <string.h>

enum { FIRST_READ = 64 * 1024 };

int source_open(struct source **out, const char *operand, const struct source_options *options,
    struct error *error)
{
    struct opener opener;
    opener_init(&opener, options);
    int result = opener_open(&opener, out, NULL, operand, error);
    opener_release(&opener);
    return result;
}

static int too_long(const struct source *source, size_t ceiling, struct error *error)
{
    error_set(error, ERROR_INPUT, "is longer than %zu bytes, the most that is read of such a file",
        ceiling);
    error_place(error, source_name(source), 0, 0);
    return -1;
}

static int read_all(
    char **text, size_t *size, struct source *source, size_t ceiling, struct error *error)
{
    size_t capacity = 0;
    for (;;) {
        if (capacity - *size <= LINE_PADDING) {
            capacity = capacity ? 2 * capacity : FIRST_READ;
            *text = memory_resize(*text, capacity, 1);
        }
        ptrdiff_t count =
            source_read(source, *text + *size, capacity - *size - LINE_PADDING, error);
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        *size += (size_t)count;
        if (*size > ceiling)
            return too_long(source, ceiling, error);
    }
    memset(*text + *size, 0, LINE_PADDING);
    return 0;
}

int source_read_whole(char **text, size_t *size, const char *operand, size_t ceiling,
    const struct source_options *options, struct error *error)
{
    struct source *source;
    *text = NULL;
    *size = 0;
    if (source_open(&source, operand, options, error) != 0)
        return -1;
    int result = read_all(text, size, source, ceiling, error);
    source_close(source);
    if (result != 0) {
        free(*text);
        *text = NULL;
        *size = 0;
    }
    return result;
}

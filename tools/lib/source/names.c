/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/names.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void names_add(struct names *names, char *name)
{
    MEMORY_GROW(names->items, names->count, names->capacity);
    names->items[names->count++] = name;
}

static int compare(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

void names_sort(struct names *names)
{
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare);
}

void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (struct names)NAMES_INIT;
}

bool names_report(const char *name)
{
    static const char *const endings[] = {".jsonl", ".jsonl.gz", ".jsonl.zst"};
    size_t length = strlen(name);

    if (name[0] == '.')
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0)
            return true;
    }
    return false;
}

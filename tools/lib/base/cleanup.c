/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/cleanup.h"

#include "base/memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/*
 * A list that only grows; an entry that is dropped is marked and used again.
 * The handler sees either a whole entry or none: `live` is set last and cleared
 * first.
 */
struct cleanup {
    struct cleanup *next;
    char *path;
    size_t capacity;
    atomic_bool live;
};

static _Atomic(struct cleanup *) head;

static void fill(struct cleanup *entry, const char *path)
{
    size_t size = strlen(path) + 1;
    if (size > entry->capacity) {
        entry->path = memory_resize(entry->path, size, 1);
        entry->capacity = size;
    }
    memcpy(entry->path, path, size);
    atomic_store(&entry->live, true);
}

struct cleanup *cleanup_add(const char *path)
{
    for (struct cleanup *entry = atomic_load(&head); entry; entry = entry->next) {
        if (!atomic_load(&entry->live)) {
            fill(entry, path);
            return entry;
        }
    }
    struct cleanup *entry = memory_zero(1, sizeof *entry);
    entry->next = atomic_load(&head);
    fill(entry, path);
    atomic_store(&head, entry);
    return entry;
}

void cleanup_drop(struct cleanup *entry)
{
    if (entry)
        atomic_store(&entry->live, false);
}

void cleanup_run(void)
{
    for (struct cleanup *entry = atomic_load(&head); entry; entry = entry->next)
        if (atomic_exchange(&entry->live, false))
            unlink(entry->path);
}

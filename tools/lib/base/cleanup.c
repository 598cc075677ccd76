/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* mkostemp */
#include "base/cleanup.h"

#include "base/memory.h"
#include "base/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
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
static size_t dropped; /* how many entries can be used again */

/* An entry that is not live, with room for a path of size bytes. */
static struct cleanup *reserve(size_t size)
{
    /* Where none can be used again, thousands need not be asked. */
    struct cleanup *entry = dropped > 0 ? atomic_load(&head) : NULL;
    while (entry && atomic_load(&entry->live))
        entry = entry->next;
    if (entry) {
        dropped--;
    } else {
        entry = memory_zero(1, sizeof *entry);
        entry->next = atomic_load(&head);
        atomic_store(&head, entry);
    }
    if (size > entry->capacity) {
        entry->path = memory_resize(entry->path, size, 1);
        entry->capacity = size;
    }
    return entry;
}

static int make_file(char *pattern)
{
    int fd;
    do
        fd = mkostemp(pattern, O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* For a file without a name, or fd -1: for a new one, whose descriptor comes back. */
static int make_name(struct cleanup **out, int fd, char *pattern)
{
    /* All that may end the program comes before the name is there, or waits. */
    struct cleanup *entry = reserve(strlen(pattern) + 1);
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int result = fd < 0 ? make_file(pattern) : nameless_name_temporary(fd, pattern);
    int number = errno;
    if (result >= 0) {
        memcpy(entry->path, pattern, strlen(pattern) + 1);
        atomic_store(&entry->live, true);
        *out = entry;
    } else {
        dropped++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = number;
    return result;
}

int cleanup_temporary(struct cleanup **out, char *pattern)
{
    return make_name(out, -1, pattern);
}

int cleanup_name(struct cleanup **out, int fd, char *pattern)
{
    return make_name(out, fd, pattern);
}

void cleanup_drop(struct cleanup *entry)
{
    if (!entry)
        return;
    atomic_store(&entry->live, false);
    dropped++;
}

void cleanup_run(void)
{
    for (struct cleanup *entry = atomic_load(&head); entry; entry = entry->next)
        if (atomic_exchange(&entry->live, false))
            unlink(entry->path);
}

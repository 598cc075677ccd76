/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { WRITE_BLOCK = 1 << 20 };

void store_init(struct store *store, struct runs *runs, const char *folder, size_t memory)
{
    *store = (struct store){.runs = runs, .folder = folder, .memory = memory, .fd = -1};
}

void store_release(struct store *store)
{
    arena_release(&store->arena);
    free(store->items);
    if (store->fd >= 0)
        close(store->fd);
}

static int failed(const struct store *store, const char *what, struct error *error)
{
    int number = errno;
    error_system(error, ERROR_MACHINE, number,
        "cannot %s a temporary file in %s (-T names another "
        "folder)",
        what, store->folder);
    return -1;
}

/* Its name is taken away at once; no signal comes between. */
static int open_temporary(struct store *store, struct error *error)
{
    char *path = memory_format("%s/bench-merge.XXXXXX", store->folder);
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    store->fd = mkstemp(path);
    int number = errno;
    if (store->fd >= 0)
        unlink(path);
    sigprocmask(SIG_SETMASK, &old, NULL);
    free(path);
    errno = number;
    return store->fd < 0 ? failed(store, "make", error) : 0;
}

static int write_all(struct store *store, struct buffer *block, struct error *error)
{
    const char *at = block->data;
    size_t left = block->size;
    while (left > 0) {
        ssize_t count = pwrite(store->fd, at, left, (off_t)store->written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failed(store, "write", error);
        at += count;
        left -= (size_t)count;
        store->written += (uint64_t)count;
    }
    buffer_reset(block);
    return 0;
}

static int compare_stored(const void *left, const void *right)
{
    const struct stored *a = left, *b = right;
    if (a->run != b->run)
        return a->run < b->run ? -1 : 1;
    if (a->phase != b->phase)
        return a->phase < b->phase ? -1 : 1;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    /* What an old line became has two phases, so this is a whole order. */
    return (a->line > b->line) - (a->line < b->line);
}

/* How many lines from first on are of one run. */
static size_t same_run(const struct store *store, size_t first)
{
    size_t count = 1;
    while (
        first + count < store->count && store->items[first + count].run == store->items[first].run)
        count++;
    return count;
}

static int write_run(
    struct store *store, size_t first, size_t count, struct buffer *block, struct error *error)
{
    struct segment segment = {.place = PLACE_TEMPORARY, .start = store->written + block->size};
    for (size_t i = first; i < first + count; i++) {
        const struct stored *line = &store->items[i];
        struct stored_head head = {
            .line = line->line, .phase = line->phase, .input = line->input, .size = line->size};
        buffer_add(block, &head, sizeof head);
        buffer_add(block, line->bytes, line->size);
        segment.size += sizeof head + line->size;
        if (block->size >= WRITE_BLOCK && write_all(store, block, error) != 0)
            return -1;
    }
    runs_add_segment(store->runs, store->items[first].run, &segment);
    return 0;
}

static int spill(struct store *store, struct error *error)
{
    struct buffer block = BUFFER_INIT;
    int result = 0;
    if (store->fd < 0 && open_temporary(store, error) != 0)
        return -1;
    qsort(store->items, store->count, sizeof *store->items, compare_stored);
    for (size_t i = 0, count; i < store->count && result == 0; i += count) {
        count = same_run(store, i);
        result = write_run(store, i, count, &block, error);
    }
    if (result == 0)
        result = write_all(store, &block, error);
    buffer_release(&block);
    store->count = 0;
    store->used = 0;
    arena_reset(&store->arena);
    return result;
}

/* The table of the runs lies in the same memory, but leaves a part of it to the lines. */
static size_t room_for_lines(const struct store *store)
{
    size_t least = store->memory / 4, table = runs_memory(store->runs);
    return table < store->memory - least ? store->memory - table : least;
}

int store_add(
    struct store *store, const struct stored *line, struct slice bytes, struct error *error)
{
    bool newline = bytes.size > 0 && bytes.data[bytes.size - 1] == '\n';
    size_t needed = bytes.size + 1 + 16 + 2 * sizeof *line;
    if (store->count > 0 && store->used + needed > room_for_lines(store) &&
        spill(store, error) != 0)
        return -1;
    char *copy = arena_take(&store->arena, bytes.size + 1);
    memcpy(copy, bytes.data, bytes.size);
    copy[bytes.size] = '\n';
    MEMORY_GROW(store->items, store->count, store->capacity);
    struct stored *item = &store->items[store->count++];
    *item = *line;
    item->bytes = copy;
    item->size = (uint32_t)(bytes.size + !newline);
    store->used += needed;
    return 0;
}

int store_finish(struct store *store, struct error *error)
{
    if (store->fd >= 0) {
        if (store->count > 0 && spill(store, error) != 0)
            return -1;
        arena_release(&store->arena);
        return 0;
    }
    if (store->count == 0)
        return 0;
    qsort(store->items, store->count, sizeof *store->items, compare_stored);
    for (size_t i = 0, count; i < store->count; i += count) {
        count = same_run(store, i);
        struct segment segment = {.place = PLACE_MEMORY, .start = i, .size = count};
        runs_add_segment(store->runs, store->items[i].run, &segment);
    }
    return 0;
}

int store_read(struct store *store, uint64_t offset, char *out, size_t size, struct error *error)
{
    while (size > 0) {
        ssize_t count = pread(store->fd, out, size, (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failed(store, "read", error);
        out += count;
        offset += (uint64_t)count;
        size -= (size_t)count;
    }
    return 0;
}

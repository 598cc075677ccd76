/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "cache.h"

#include "analysis/history_store.h"
#include "base/memory.h"
#include "base/output.h"
#include "record/version.h"
#include "tool/tool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t CACHE_MOST = (size_t)1 << 30;

struct cache {
    struct material *material;
    char *folder, *file, *writer;
    struct slice bytes;
    struct history_store *store; /* NULL: there is none that can be used */
};

/* In place, as git reads its packs: whoever writes it puts another file in its place, and leaves
 * this one as it is. data NULL where that fails. */
static struct slice map_file(const char *path)
{
    struct stat status;
    struct slice bytes = {NULL, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return bytes;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        (size_t)status.st_size <= CACHE_MOST) {
        void *mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (mapped != MAP_FAILED)
            bytes = (struct slice){mapped, (size_t)status.st_size};
    }
    close(fd);
    return bytes;
}

struct cache *cache_open(struct material *material)
{
    const struct history_options *options = &material->options;
    if (material->settings->no_cache || options->by || options->where ||
        (options->metrics && options->metrics->count > 0))
        return NULL;
    struct cache *cache = memory_zero(1, sizeof *cache);
    char *top = repository_folder(material->repository);
    cache->material = material;
    cache->folder = memory_format("%sbenchline", top);
    cache->file = memory_format("%s/trend-1", cache->folder);
    cache->writer =
        memory_format("bench-trend %s, %s", tool_version(), report_version_text(REPORT_CURRENT));
    cache->bytes = map_file(cache->file);
    if (cache->bytes.data)
        cache->store = history_store_open(cache->bytes, cache->writer);
    free(top);
    return cache;
}

void cache_find(struct cache *cache, struct blob *blobs, size_t count)
{
    if (!cache || !cache->store)
        return;
    for (size_t i = 0; i < count; i++)
        blobs[i].known = history_store_find(
            cache->store, blobs[i].id.hex, &blobs[i].history, &cache->material->arena);
}

static bool is_clean(const struct blob *blob)
{
    return !blob->failed && blob->bad == 0 && !blob->newer;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(
        ((const struct history_named *)left)->name, ((const struct history_named *)right)->name);
}

/* What other calls asked for stays as long as it is not the larger part. */
static size_t add_others(struct cache *cache, struct history_named *items, size_t count)
{
    size_t stored = cache->store ? history_store_count(cache->store) : 0, kept = count;
    struct history_named *others = memory_take((stored + 1) * sizeof *others);
    if (stored > 0)
        history_store_all(cache->store, others, &cache->material->arena);
    for (size_t i = 0; i < stored && kept < 2 * count; i++)
        if (!bsearch(&others[i], items, count, sizeof *items, by_name))
            items[kept++] = others[i];
    free(others);
    return kept;
}

static void write_file(const struct cache *cache, struct slice bytes)
{
    struct output *output;
    struct error ignored = ERROR_INIT; /* the answer stands without the cache */
    if (bytes.size > CACHE_MOST)
        return;
    mkdir(cache->folder, 0777);
    if (output_open(&output, cache->file, &ignored) != 0)
        return;
    output_write(output, bytes, &ignored);
    if (output_commit(output, &ignored) != 0)
        return;
}

static void keep(struct cache *cache, const struct blob *blobs, size_t count)
{
    struct history_named *items = memory_take((2 * count + 1) * sizeof *items);
    struct buffer bytes = BUFFER_INIT;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_clean(&blobs[i])) {
            memcpy(items[kept].name, blobs[i].id.hex, HISTORY_NAME);
            items[kept++].history = &blobs[i].history;
        }
    if (kept > 1)
        qsort(items, kept, sizeof *items, by_name);
    kept = add_others(cache, items, kept);
    history_store_write(&bytes, items, kept, cache->writer);
    write_file(cache, buffer_slice(&bytes));
    buffer_release(&bytes);
    free(items);
}

void cache_close(struct cache *cache, const struct blob *blobs, size_t count)
{
    bool is_new = false;
    if (!cache)
        return;
    for (size_t i = 0; i < count; i++)
        is_new = is_new || (!blobs[i].known && is_clean(&blobs[i]));
    if (is_new)
        keep(cache, blobs, count);
    /* What was found borrows the bytes. */
    cache->material->cached = cache->bytes;
    history_store_free(cache->store);
    free(cache->folder);
    free(cache->file);
    free(cache->writer);
    free(cache);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "cache.h"

#include "analysis/history_store.h"
#include "base/digest.h"
#include "base/memory.h"
#include "base/output.h"
#include "record/version.h"
#include "tool/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const size_t CACHE_MOST = (size_t)1 << 30;

/* Goes into the writer's name: bytes of another format are another's. */
enum { FORMAT = 2 };

struct cache {
    struct material *material;
    char *folder, *histories, *commits, *writer;
    struct slice bytes;          /* of the histories' file, which what is found borrows */
    struct history_store *store; /* NULL: there is none that can be used */
    struct git_known *known;
    struct buffer choice; /* what histories depend on beside the content; empty: nothing else */
    bool kept;            /* --no-cache was not given */
    bool histories_kept;
};

/* ---- files ------------------------------------------------------------------------------- */

static size_t read_up_to(int fd, char *bytes, size_t size)
{
    size_t got = 0;
    while (got < size) {
        ssize_t count = read(fd, bytes + got, size - got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        got += (size_t)count;
    }
    return got;
}

/*
 * A copy, not mapped: another program that cuts the file short would end this one (SIGBUS).
 * data NULL where it cannot be read; to be freed.
 */
static struct slice read_file(const char *path)
{
    struct stat status;
    struct slice bytes = {NULL, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return bytes;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        (uint64_t)status.st_size <= CACHE_MOST) {
        char *copy = memory_take((size_t)status.st_size);
        bytes = (struct slice){copy, read_up_to(fd, copy, (size_t)status.st_size)};
    }
    close(fd);
    return bytes;
}

/* What a repository of somebody else brings there (a link, a pipe) is not written through. */
static bool may_write(const struct cache *cache, const char *path)
{
    struct stat folder, file;
    mkdir(cache->folder, 0777);
    return lstat(cache->folder, &folder) == 0 && S_ISDIR(folder.st_mode) &&
           (lstat(path, &file) != 0 || S_ISREG(file.st_mode));
}

static void write_file(const struct cache *cache, const char *path, struct slice bytes)
{
    struct output *output;
    struct error ignored = ERROR_INIT; /* the answer stands without the cache */
    if (bytes.size > CACHE_MOST || !may_write(cache, path))
        return;
    if (output_open(&output, path, &ignored) != 0)
        return;
    output_write(output, bytes, &ignored);
    if (output_commit(output, &ignored) != 0)
        return;
}

/* ---- open, free ---------------------------------------------------------------------------- */

static void add_choice(struct buffer *choice, const char *option, const char *value)
{
    buffer_add_format(choice, "\n%s %zu %s", option, strlen(value), value);
}

static void note_choices(struct cache *cache)
{
    const struct settings *settings = cache->material->settings;
    if (settings->by)
        add_choice(&cache->choice, "by", settings->by);
    for (size_t i = 0; settings->by && i < settings->renames.count; i++)
        add_choice(&cache->choice, "rename", settings->renames.items[i]);
    if (settings->where)
        add_choice(&cache->choice, "where", settings->where);
    for (size_t i = 0; i < settings->metrics.count; i++)
        add_choice(&cache->choice, "metric", settings->metrics.items[i]);
    /* What a policy renames goes into the keys that --by makes, and is not looked at here. */
    cache->histories_kept = cache->kept && !(settings->by && settings->policy);
}

static void read_files(struct cache *cache)
{
    struct slice commits = {NULL, 0};
    if (cache->kept)
        commits = read_file(cache->commits);
    cache->known = git_known_create(commits, cache->writer);
    free((char *)commits.data);
    if (!cache->histories_kept)
        return;
    cache->bytes = read_file(cache->histories);
    cache->store = history_store_open(cache->bytes, cache->writer);
}

struct cache *cache_open(struct material *material)
{
    struct cache *cache = memory_zero(1, sizeof *cache);
    char *top = repository_folder(material->repository);
    cache->material = material;
    cache->kept = !material->settings->no_cache;
    cache->folder = memory_format("%sbenchline", top);
    cache->histories = memory_format("%s/trend-histories", cache->folder);
    cache->commits = memory_format("%s/trend-commits", cache->folder);
    cache->writer = memory_format(
        "bench-trend %s, %s, %d", tool_version(), report_version_text(REPORT_CURRENT), FORMAT);
    note_choices(cache);
    read_files(cache);
    free(top);
    return cache;
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    history_store_free(cache->store);
    git_known_free(cache->known);
    buffer_release(&cache->choice);
    free((char *)cache->bytes.data);
    free(cache->folder);
    free(cache->histories);
    free(cache->commits);
    free(cache->writer);
    free(cache);
}

/* ---- commits ------------------------------------------------------------------------------- */

int cache_point(
    struct cache *cache, struct git_point *out, const struct git_ref *tag, struct error *error)
{
    bool named = tag->target.hex[0] != '\0';
    if (named && git_known_point(cache->known, out, &tag->target))
        return 0;
    *out = (struct git_point){.summary = NULL};
    int result = repository_point(cache->material->repository, out, tag, error);
    free(out->summary);
    out->summary = NULL;
    if (named && result == 0)
        git_known_add_point(cache->known, &tag->target, out);
    return result;
}

int cache_files(struct cache *cache, struct git_known_files *out, const struct git_id *commit,
    const char *path, struct error *error)
{
    struct git_files files = {.items = NULL};
    if (git_known_files(cache->known, out, commit, path))
        return 0;
    int result = repository_files(cache->material->repository, &files, commit, path, error);
    if (result == 0) {
        git_known_add_files(cache->known, commit, path, &files);
        git_known_files(cache->known, out, commit, path);
    }
    git_files_release(&files);
    return result;
}

const struct git_known *cache_known(const struct cache *cache)
{
    return cache->known;
}

/* ---- histories ------------------------------------------------------------------------------ */

/* What a content's history is kept under: its own name where nothing else matters. */
static void name_of(const struct cache *cache, const struct blob *blob, char out[HISTORY_NAME])
{
    struct digest digest;
    char text[DIGEST_TEXT];
    memcpy(out, blob->id.hex, HISTORY_NAME);
    if (cache->choice.size == 0)
        return;
    digest_start(&digest);
    digest_add(&digest, blob->id.hex, GIT_ID_DIGITS);
    digest_add(&digest, cache->choice.data, cache->choice.size);
    digest_end(&digest, text);
    memcpy(out, text, HISTORY_NAME - 1);
}

void cache_find(struct cache *cache, struct blob *blobs, size_t count)
{
    char name[HISTORY_NAME];
    for (size_t i = 0; cache->store && i < count; i++) {
        name_of(cache, &blobs[i], name);
        blobs[i].known =
            history_store_find(cache->store, name, &blobs[i].history, &cache->material->arena);
    }
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

static void keep_histories(struct cache *cache, const struct blob *blobs, size_t count)
{
    struct history_named *items = memory_take((2 * count + 1) * sizeof *items);
    struct buffer bytes = BUFFER_INIT;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_clean(&blobs[i])) {
            name_of(cache, &blobs[i], items[kept].name);
            items[kept++].history = &blobs[i].history;
        }
    if (kept > 1)
        qsort(items, kept, sizeof *items, by_name);
    kept = add_others(cache, items, kept);
    history_store_write(&bytes, items, kept, cache->writer);
    write_file(cache, cache->histories, buffer_slice(&bytes));
    buffer_release(&bytes);
    free(items);
}

static void keep_commits(struct cache *cache)
{
    struct buffer bytes = BUFFER_INIT;
    git_known_write(cache->known, &bytes, cache->writer);
    write_file(cache, cache->commits, buffer_slice(&bytes));
    buffer_release(&bytes);
}

void cache_keep(struct cache *cache, const struct blob *blobs, size_t count)
{
    bool is_new = false;
    for (size_t i = 0; i < count; i++)
        is_new = is_new || (!blobs[i].known && is_clean(&blobs[i]));
    if (is_new && cache->histories_kept)
        keep_histories(cache, blobs, count);
    if (cache->kept && git_known_grew(cache->known))
        keep_commits(cache);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "blobs.h"

#include "base/memory.h"
#include "record/reader.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A thread takes several neighbours at a time: what git keeps of one helps with the next. */
enum { THREADS_MOST = 16, BLOBS_FOR_A_THREAD = 4, NEIGHBOURS = 32 };

struct crew {
    struct material *material;
    struct blob *blobs;
    size_t count, next;
    pthread_mutex_t lock;
};

struct worker {
    struct crew *crew;
    struct repository *repository; /* NULL: it could not be opened, for this reason */
    struct error error;
    struct arena arena; /* what it read; goes to the material at the end */
    pthread_t thread;
};

static void note(struct worker *worker, struct blob *blob, const struct error *error)
{
    if (blob->error)
        return;
    blob->error = arena_take(&worker->arena, sizeof *blob->error);
    *blob->error = *error;
}

static void read_lines(
    struct worker *worker, struct blob *blob, struct history_reader *history, struct lines *lines)
{
    struct record_reader *reader = record_reader_create(lines, NULL);
    struct record record;
    struct error error = ERROR_INIT;
    for (;;) {
        int got = record_next(reader, &record, &error);
        if (got == 0)
            break;
        if (got > 0 && history_take(history, &record, &error) == 0)
            continue;
        bool content = error.code == ERROR_CONTENT;
        note(worker, blob, &error);
        blob->bad++;
        error = (struct error)ERROR_INIT;
        if (!content)
            break;
    }
    blob->newer = record_reader_saw_newer(reader);
    record_reader_free(reader);
}

static void read_blob(struct worker *worker, struct history_reader *history, struct blob *blob)
{
    char *bytes;
    size_t size;
    struct lines_options options = {.ceiling = worker->crew->material->settings->max_line};
    struct error error = ERROR_INIT;
    if (repository_blob(worker->repository, &bytes, &size, &blob->id, blob->path, &error) != 0) {
        blob->failed = true;
        note(worker, blob, &error);
        return;
    }
    struct sources *sources = sources_of_bytes(blob->path, bytes, size);
    struct lines *lines = lines_create(sources, &options);
    read_lines(worker, blob, history, lines);
    history_finish(history, &blob->history, &worker->arena);
    lines_free(lines);
    sources_free(sources);
}

/* The next blobs that nobody has taken: from *from on, up to *to. */
static bool take_jobs(struct crew *crew, size_t *from, size_t *to)
{
    pthread_mutex_lock(&crew->lock);
    *from = crew->next;
    crew->next += NEIGHBOURS < crew->count - *from ? NEIGHBOURS : crew->count - *from;
    *to = crew->next;
    pthread_mutex_unlock(&crew->lock);
    return *from < *to;
}

static void do_job(struct worker *worker, struct history_reader *history, struct blob *blob)
{
    if (blob->known)
        return;
    if (!worker->repository) {
        blob->failed = true;
        note(worker, blob, &worker->error);
        return;
    }
    read_blob(worker, history, blob);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct history_reader *history = history_reader_create(&worker->crew->material->options);
    for (size_t from, to; take_jobs(worker->crew, &from, &to);)
        for (; from < to; from++)
            do_job(worker, history, &worker->crew->blobs[from]);
    history_reader_free(history);
    return NULL;
}

/* A repository belongs to one thread, but opening one is not for several at a time. */
static void open_repositories(struct worker *workers, size_t count, struct material *material)
{
    for (size_t i = 0; i < count; i++)
        if (repository_open(&workers[i].repository, material->git_module,
                material->settings->repository, &workers[i].error) != 0)
            workers[i].repository = NULL;
}

/* A query holds what it found last, so it is one thread's. */
static size_t thread_count(const struct material *material, size_t jobs)
{
    size_t most = material_threads();
    if (most > THREADS_MOST)
        most = THREADS_MOST;
    if (most > jobs / BLOBS_FOR_A_THREAD)
        most = jobs / BLOBS_FOR_A_THREAD;
    return most < 1 || material->options.where ? 1 : most;
}

void blobs_read(struct material *material, struct blob *blobs, size_t count)
{
    struct crew crew = {.material = material, .blobs = blobs, .count = count};
    struct worker workers[THREADS_MOST];
    size_t jobs = 0, started = 1;
    for (size_t i = 0; i < count; i++)
        jobs += !blobs[i].known;
    if (jobs == 0)
        return;
    size_t threads = thread_count(material, jobs);
    pthread_mutex_init(&crew.lock, NULL);
    for (size_t i = 0; i < threads; i++)
        workers[i] = (struct worker){.crew = &crew, .error = ERROR_INIT};
    open_repositories(workers, threads, material);
    while (started < threads &&
           pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    work(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_mutex_destroy(&crew.lock);
    for (size_t i = 0; i < threads; i++)
        repository_close(workers[i].repository);
    for (size_t i = 0; i < threads; i++)
        arena_take_over(&material->arena, &workers[i].arena);
}

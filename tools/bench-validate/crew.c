/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "crew.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdbool.h>

/* Each thread works at one job while another waits for it; two more are read and written. */
enum { JOBS_FOR_ONE = 2, JOBS_A_THREAD = 2, JOBS_BESIDE = 2 };

struct place {
    struct crew_job job;
    bool checked;
};

struct crew {
    struct catalog *catalog;
    const struct check_options *options;
    struct checker *own; /* without threads */
    pthread_t *threads;
    unsigned thread_count;
    struct place *ring;
    size_t size;
    /* Numbers of jobs since the beginning; a job's place is its number modulo size. */
    size_t given, started, taken;
    bool ended;
    pthread_mutex_t lock;
    pthread_cond_t work, progress;
};

static void *work(void *argument)
{
    struct crew *crew = argument;
    struct checker *checker = checker_create(crew->catalog, crew->options);
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (crew->started == crew->given && !crew->ended)
            pthread_cond_wait(&crew->work, &crew->lock);
        if (crew->started == crew->given)
            break;
        struct place *place = &crew->ring[crew->started++ % crew->size];
        pthread_mutex_unlock(&crew->lock);
        check_block(checker, &place->job.block, &place->job.findings);
        pthread_mutex_lock(&crew->lock);
        place->checked = true;
        pthread_cond_signal(&crew->progress);
    }
    pthread_mutex_unlock(&crew->lock);
    checker_free(checker);
    return NULL;
}

struct crew *crew_create(
    struct catalog *catalog, const struct check_options *options, unsigned jobs)
{
    struct crew *crew = memory_zero(1, sizeof *crew);
    crew->catalog = catalog;
    crew->options = options;
    crew->size = jobs > 1 ? (size_t)jobs * JOBS_A_THREAD + JOBS_BESIDE : JOBS_FOR_ONE;
    crew->ring = memory_zero(crew->size, sizeof *crew->ring);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->work, NULL);
    pthread_cond_init(&crew->progress, NULL);
    crew->threads = memory_zero(jobs, sizeof *crew->threads);
    for (unsigned i = 0; jobs > 1 && i < jobs; i++) {
        /* A thread that the system refuses is done without. */
        if (pthread_create(&crew->threads[crew->thread_count], NULL, work, crew) != 0)
            break;
        crew->thread_count++;
    }
    if (crew->thread_count == 0)
        crew->own = checker_create(catalog, options);
    return crew;
}

void crew_end(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->ended = true;
    pthread_cond_broadcast(&crew->work);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned i = 0; i < crew->thread_count; i++)
        pthread_join(crew->threads[i], NULL);
    for (size_t i = 0; i < crew->size; i++) {
        block_release(&crew->ring[i].job.block);
        findings_release(&crew->ring[i].job.findings);
    }
    checker_free(crew->own);
    pthread_cond_destroy(&crew->progress);
    pthread_cond_destroy(&crew->work);
    pthread_mutex_destroy(&crew->lock);
    free(crew->threads);
    free(crew->ring);
    free(crew);
}

size_t crew_waiting(const struct crew *crew)
{
    return crew->given - crew->taken;
}

struct crew_job *crew_free_job(struct crew *crew)
{
    /* Without threads nothing is gained by reading ahead. */
    size_t most = crew->own ? 1 : crew->size - 1;
    if (crew_waiting(crew) >= most)
        return NULL;
    return &crew->ring[crew->given % crew->size].job;
}

void crew_give(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->ring[crew->given % crew->size].checked = false;
    crew->given++;
    pthread_cond_signal(&crew->work);
    pthread_mutex_unlock(&crew->lock);
}

struct crew_job *crew_take(struct crew *crew)
{
    struct place *place = &crew->ring[crew->taken % crew->size];
    if (crew->own) {
        check_block(crew->own, &place->job.block, &place->job.findings);
        return &place->job;
    }
    pthread_mutex_lock(&crew->lock);
    while (!place->checked)
        pthread_cond_wait(&crew->progress, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    return &place->job;
}

void crew_done(struct crew *crew)
{
    crew->taken++;
}

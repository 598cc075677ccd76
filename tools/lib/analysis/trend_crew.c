/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/trend_parts.h"

#include <string.h>

enum { THREADS_MOST = 16, SERIES_FOR_A_THREAD = 4 };

/* What the threads share. The lines are each one thread's, the trend is only read. */
struct trend_crew {
    struct trend_line *lines;
    size_t count, next;
    pthread_mutex_t lock;    /* of next */
    pthread_mutex_t outside; /* of what contains() asks */
};

static bool is_at(const struct trend_point *point, struct slice commit)
{
    struct slice own = point->commit, ref = point->ref;
    bool prefix = commit.size >= 7 && own.size >= commit.size &&
                  memcmp(own.data, commit.data, commit.size) == 0;
    return prefix || (ref.data && slice_equal(ref, commit));
}

bool trend_contains(const struct trend_worker *worker, size_t point, struct slice commit)
{
    const struct trend *trend = worker->trend;
    const struct trend_options *options = trend->options;
    if (!options->contains)
        return is_at(&trend->points[point], commit);
    pthread_mutex_lock(&worker->crew->outside);
    bool found = options->contains(options->context, point, commit);
    pthread_mutex_unlock(&worker->crew->outside);
    return found;
}

/* A line that nobody has taken; NULL: none is left. */
static struct trend_line *take_line(struct trend_crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    struct trend_line *line = crew->next < crew->count ? &crew->lines[crew->next++] : NULL;
    pthread_mutex_unlock(&crew->lock);
    return line;
}

static void *work(void *argument)
{
    struct trend_worker *worker = argument;
    for (struct trend_line *line; (line = take_line(worker->crew));) {
        if (line->mark_count == 0)
            continue;
        trend_line_order(worker, line);
        trend_judge(worker, &line->series);
    }
    return NULL;
}

static struct trend_worker new_worker(const struct trend *trend, struct trend_crew *crew)
{
    return (struct trend_worker){.trend = trend, .crew = crew};
}

static void finish(struct trend *trend, struct trend_worker *worker)
{
    trend->notes.other_units += worker->other_units;
    arena_take_over(&trend->arena, &worker->arena);
    arena_release(&worker->scratch);
}

static size_t thread_count(const struct trend *trend)
{
    size_t most = trend->options->threads;
    if (most > THREADS_MOST)
        most = THREADS_MOST;
    if (most > trend->line_count / SERIES_FOR_A_THREAD)
        most = trend->line_count / SERIES_FOR_A_THREAD;
    return most < 1 ? 1 : most;
}

void trend_judge_all(struct trend *trend)
{
    struct trend_crew crew = {.lines = trend->lines, .count = trend->line_count};
    struct trend_worker workers[THREADS_MOST];
    size_t threads = thread_count(trend), started = 1;
    pthread_mutex_init(&crew.lock, NULL);
    pthread_mutex_init(&crew.outside, NULL);
    workers[0] = new_worker(trend, &crew);
    for (; started < threads; started++) {
        workers[started] = new_worker(trend, &crew);
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0)
            break;
    }
    work(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < started; i++)
        finish(trend, &workers[i]);
    pthread_mutex_destroy(&crew.outside);
    pthread_mutex_destroy(&crew.lock);
}

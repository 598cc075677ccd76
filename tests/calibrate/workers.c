/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "workers.h"

#include "base/memory.h"
#include "tool/terminal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct workers {
    size_t count;
    void (*task)(void *context, size_t number);
    void *context;
    atomic_size_t next, done;
    bool shown; /* progress is */
};

static void show_progress(struct workers *workers)
{
    size_t done = atomic_fetch_add(&workers->done, 1) + 1, count = workers->count;
    if (workers->shown && 1000 * done / count != 1000 * (done - 1) / count)
        fprintf(stderr, done < count ? "\r%5.1f %%" : "\r       \r",
            100 * (double)done / (double)count);
}

static void *work(void *argument)
{
    struct workers *workers = argument;
    size_t number;
    while ((number = atomic_fetch_add(&workers->next, 1)) < workers->count) {
        workers->task(workers->context, number);
        show_progress(workers);
    }
    return NULL;
}

void workers_run(
    size_t count, size_t jobs, void (*task)(void *context, size_t number), void *context)
{
    struct workers workers = {
        .count = count, .task = task, .context = context, .shown = terminal_is(STDERR_FILENO)};
    pthread_t *threads = memory_zero(jobs, sizeof *threads);
    size_t started = 0;
    while (started + 1 < jobs && pthread_create(&threads[started], NULL, work, &workers) == 0)
        started++;
    work(&workers);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}

size_t workers_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 1 ? (size_t)count : 1;
}

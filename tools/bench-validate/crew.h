/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CREW_H
#define CREW_H

#include "check.h"

#include <stddef.h>

/*
 * Threads that check blocks. Jobs go round in a ring: one is filled by the
 * reader, given to the crew, taken back in the order in which it was given. With
 * one job at a time the check happens in crew_take, and there is no thread.
 */
struct crew;

struct crew_job {
    struct block block;
    struct findings findings;
};

struct crew *crew_create(
    struct catalog *catalog, const struct check_options *options, unsigned jobs);
/* Waits for what was given, and frees everything. */
void crew_end(struct crew *crew);

/* A job to fill, or NULL when all are on their way: take one first. */
struct crew_job *crew_free_job(struct crew *crew);
/* The job that crew_free_job named goes to the crew; one that is not given stays free. */
void crew_give(struct crew *crew);

/* How many were given and not taken. */
size_t crew_waiting(const struct crew *crew);
/* The oldest, checked; waits for it. Then crew_done makes it free again. */
struct crew_job *crew_take(struct crew *crew);
void crew_done(struct crew *crew);

#endif

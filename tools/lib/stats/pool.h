/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_POOL_H
#define STATS_POOL_H

#include "stats/samples.h"

/*
 * Both sides in one sorted row, one step for each distinct value:
 *     struct pool pool = pool_start(x, y);
 *     struct pool_group group;
 *     while (pool_next(&pool, &group)) …
 */
struct pool {
    const struct samples *x, *y;
    size_t i, j; /* how many of each side lie behind */
};

struct pool_group {
    double value;
    size_t x, y; /* how often the value stands on each side; never both 0 */
};

struct pool pool_start(const struct samples *x, const struct samples *y);
bool pool_next(struct pool *pool, struct pool_group *group);

/* What rank statistics need of the pooled row. */
struct pool_ranks {
    double u;     /* pairs with y above x, half of those equal: 0 … nm */
    double ties;  /* the sum of t³ - t over the groups of t equal values */
    bool tied;    /* is any value there twice, on whichever side */
    size_t first; /* the size of the group that holds the m-th lowest value, m = y's count … */
    size_t first_taken;      /* … and how many of it are among the m lowest */
    size_t last, last_taken; /* the same from the top */
};

struct pool_ranks pool_rank(const struct samples *x, const struct samples *y);

#endif

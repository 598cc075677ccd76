/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/pool.h"

struct pool pool_start(const struct samples *x, const struct samples *y)
{
    return (struct pool){x, y, 0, 0};
}

bool pool_next(struct pool *pool, struct pool_group *group)
{
    const double *x = pool->x->sorted, *y = pool->y->sorted;
    size_t n = pool->x->count, m = pool->y->count, i = pool->i, j = pool->j;
    if (i == n && j == m)
        return false;
    double value = j == m || (i < n && x[i] <= y[j]) ? x[i] : y[j];
    while (i < n && x[i] == value)
        i++;
    while (j < m && y[j] == value)
        j++;
    *group = (struct pool_group){value, i - pool->i, j - pool->j};
    pool->i = i;
    pool->j = j;
    return true;
}

/* Is this the group in which the count of the values so far passes `wanted`? */
static bool holds(size_t before, size_t size, size_t wanted)
{
    return before < wanted && wanted <= before + size;
}

struct pool_ranks pool_rank(const struct samples *x, const struct samples *y)
{
    struct pool_ranks ranks = {0};
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    size_t n = x->count, m = y->count, before = 0;
    while (pool_next(&pool, &group)) {
        size_t size = group.x + group.y;
        double below = (double)(pool.i - group.x);
        ranks.u += (double)group.y * (below + (double)group.x / 2);
        if (size > 1) {
            double t = (double)size;
            ranks.ties += t * t * t - t;
            ranks.tied = true;
        }
        if (holds(before, size, m)) {
            ranks.first = size;
            ranks.first_taken = m - before;
        }
        if (holds(before, size, n + 1)) {
            ranks.last = size;
            ranks.last_taken = before + size - n;
        }
        before += size;
    }
    return ranks;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/mann_whitney.h"

#include "stats/distribution.h"
#include "stats/pool.h"
#include "stats/tied_ranks.h"

#include <math.h>

static double exact_untied(const struct rank_null *null, double u)
{
    size_t most = null->n * null->m, at = (size_t)u;
    return fmin(1, 2 * rank_null_lower(null, at < most - at ? at : most - at));
}

/* The smaller side is the one whose ranks are summed: fewer ways to keep. */
static double exact_tied(const struct samples *x, const struct samples *y, struct arena *scratch)
{
    size_t count = x->count + y->count, i = 0;
    bool head = y->count <= x->count;
    uint32_t *ranks = arena_take(scratch, count * sizeof *ranks), sum = 0;
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    while (pool_next(&pool, &group)) {
        size_t size = group.x + group.y;
        uint32_t rank = (uint32_t)(2 * i + size + 1);
        sum += rank * (uint32_t)(head ? group.y : group.x);
        for (size_t end = i + size; i < end; i++)
            ranks[i] = rank;
    }
    return tied_ranks_choose(ranks, count, head ? y->count : x->count, sum, scratch);
}

static double normal(double n, double m, const struct pool_ranks *ranks)
{
    double total = n + m;
    double variance = n * m / 12 * (total + 1 - ranks->ties / (total * (total - 1)));
    double distance = fabs(ranks->u - n * m / 2) - 0.5;
    if (distance <= 0 || variance <= 0)
        return 1;
    return normal_two_sided(distance / sqrt(variance));
}

/* Twice the share of the arrangements in which y holds all the lowest, or all the highest values.
 */
static double smallest(const struct pool_ranks *ranks, size_t n, size_t m)
{
    double low = choose_log((double)ranks->first, (double)ranks->first_taken);
    double high = choose_log((double)ranks->last, (double)ranks->last_taken);
    return fmin(1, 2 * exp(fmin(low, high) - choose_log((double)(n + m), (double)m)));
}

void mann_whitney(struct mann_whitney *test, const struct samples *x, const struct samples *y,
    struct rank_null *null, struct arena *scratch)
{
    size_t n = x->count, m = y->count;
    *test = (struct mann_whitney){NAN, NAN, NAN, false};
    if (n == 0 || m == 0)
        return;
    struct pool_ranks ranks = pool_rank(x, y);
    test->u = ranks.u;
    test->exact = n <= RANK_NULL_LARGEST && m <= RANK_NULL_LARGEST;
    double p;
    if (!test->exact) {
        p = normal((double)n, (double)m, &ranks);
    } else if (ranks.tied) {
        p = exact_tied(x, y, scratch);
    } else {
        rank_null_prepare(null, n, m);
        p = exact_untied(null, ranks.u);
    }
    test->p = p_value(p);
    test->smallest_p = p_value(smallest(&ranks, n, m));
}

double cliffs_delta(double u, size_t n, size_t m)
{
    return n && m ? 2 * u / ((double)n * (double)m) - 1 : NAN;
}

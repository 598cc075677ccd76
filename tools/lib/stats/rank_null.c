/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/rank_null.h"

#include "stats/gaussian_binomial.h"

#include <string.h>

/* From how many ways there are for each value to the probability of at most that value. */
static void accumulate(double *lower, size_t count, double ways)
{
    double sum = 0;
    for (size_t u = 0; u < count; u++) {
        sum += lower[u];
        lower[u] = sum / ways;
    }
}

static double lower_tail(const double *lower, size_t most, size_t u)
{
    if (u >= most)
        return 1;
    return u <= most / 2 ? lower[u] : 1 - lower[most - u - 1];
}

static size_t critical(const double *lower, size_t count, double tail)
{
    size_t c = 0;
    while (c < count && lower[c] <= tail)
        c++;
    return c;
}

/* The ways to reach u are the coefficients of the Gaussian binomial (Mann & Whitney 1947). */
void rank_null_prepare(struct rank_null *null, size_t n, size_t m)
{
    if (null->n == n && null->m == m)
        return;
    size_t count = n * m / 2 + 1;
    double *ways = null->lower, all = 1;
    memset(ways, 0, count * sizeof *ways);
    ways[0] = 1;
    for (size_t i = 1; i <= m; i++) {
        gaussian_binomial_step(ways, count, n, i);
        all *= (double)(n + i) / (double)i;
    }
    accumulate(ways, count, all);
    null->n = n;
    null->m = m;
}

double rank_null_lower(const struct rank_null *null, size_t u)
{
    return lower_tail(null->lower, null->n * null->m, u);
}

size_t rank_null_critical(const struct rank_null *null, double tail)
{
    return critical(null->lower, null->n * null->m / 2 + 1, tail);
}

/* The ways to reach v are the coefficients of the product over i of (1 + q^i). */
void sign_null_prepare(struct sign_null *null, size_t n)
{
    if (null->n == n)
        return;
    size_t count = n * (n + 1) / 4 + 1;
    double *ways = null->lower, all = 1;
    memset(ways, 0, count * sizeof *ways);
    ways[0] = 1;
    for (size_t i = 1; i <= n; i++) {
        for (size_t v = count; v-- > i;)
            ways[v] += ways[v - i];
        all *= 2;
    }
    accumulate(ways, count, all);
    null->n = n;
}

double sign_null_lower(const struct sign_null *null, size_t v)
{
    return lower_tail(null->lower, null->n * (null->n + 1) / 2, v);
}

size_t sign_null_critical(const struct sign_null *null, double tail)
{
    return critical(null->lower, null->n * (null->n + 1) / 4 + 1, tail);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/kolmogorov_smirnov.h"

#include "stats/distribution.h"
#include "stats/pool.h"

#include <math.h>
#include <stdint.h>

static const double PI = 3.14159265358979323846;

/* A distance as a whole number: |i m - j n| for i of n and j of m. */
static uint64_t apart(uint64_t i, uint64_t m, uint64_t j, uint64_t n)
{
    uint64_t a = i * m, b = j * n;
    return a > b ? a - b : b - a;
}

static uint64_t farthest(const struct samples *x, const struct samples *y)
{
    uint64_t most = 0;
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    while (pool_next(&pool, &group)) {
        uint64_t here = apart(pool.i, y->count, pool.j, x->count);
        if (here > most)
            most = here;
    }
    return most;
}

/* seen[k]: do the lowest k values end a group of equal ones? */
static bool *ends_of_groups(const struct samples *x, const struct samples *y, struct arena *scratch)
{
    bool *seen = arena_zero(scratch, x->count + y->count + 1, sizeof *seen);
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    while (pool_next(&pool, &group))
        seen[pool.i + pool.j] = true;
    return seen;
}

/*
 * A random order of the pooled values is a path; its mass is followed cell by
 * cell, and what comes to a cell at the distance leaves into the answer. Only
 * sums of positive numbers, so that a tiny p keeps its digits.
 */
static double exact(
    const struct samples *x, const struct samples *y, uint64_t distance, struct arena *scratch)
{
    size_t n = x->count, m = y->count;
    const bool *seen = ends_of_groups(x, y, scratch);
    double *mass = arena_zero(scratch, n + 1, sizeof *mass), reached = 0;
    for (size_t j = 0; j <= m; j++) {
        for (size_t i = 0; i <= n; i++) {
            double left = (double)(n + m - i - j);
            double here = i + j == 0 ? 1 : 0;
            if (j > 0)
                here += mass[i] * (double)(m - j + 1) / (left + 1);
            if (i > 0)
                here += mass[i - 1] * (double)(n - i + 1) / (left + 1);
            if (seen[i + j] && apart(i, m, j, n) >= distance) {
                reached += here;
                here = 0;
            }
            mass[i] = here;
        }
    }
    return reached;
}

/* P(K > z) of Kolmogorov's distribution: one of two series, whichever is short. */
static double limit(double z)
{
    double sum = 0;
    if (z < 1) {
        double step = -PI * PI / (8 * z * z);
        for (int k = 1; k < 20; k += 2)
            sum += exp(step * k * k);
        return 1 - sqrt(2 * PI) / z * sum;
    }
    for (int k = 1; k < 20; k++)
        sum += (k % 2 ? 2 : -2) * exp(-2 * z * z * k * k);
    return sum;
}

struct kolmogorov_smirnov kolmogorov_smirnov(
    const struct samples *x, const struct samples *y, struct arena *scratch)
{
    struct kolmogorov_smirnov test = {NAN, NAN, false};
    if (x->count == 0 || y->count == 0)
        return test;
    double n = (double)x->count, m = (double)y->count;
    uint64_t distance = farthest(x, y);
    test.d = (double)distance / (n * m);
    test.exact = n * m <= KOLMOGOROV_EXACT;
    double p = 1;
    if (distance > 0)
        p = test.exact ? exact(x, y, distance, scratch) : limit(test.d * sqrt(n * m / (n + m)));
    test.p = p_value(p);
    return test;
}

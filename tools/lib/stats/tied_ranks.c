/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/tied_ranks.h"

#include <math.h>
#include <stdbool.h>

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static double two_sided(double at_most, double exactly, double ways)
{
    double lower = at_most / ways, upper = 1 - lower + exactly / ways;
    return fmin(1, 2 * fmin(lower, upper));
}

/*
 * The row of items, from the end that is nearer to the sum seen. Sums are counted
 * above the least possible one, in units of what all differences share.
 */
struct choice {
    uint32_t *ranks;  /* upward */
    uint32_t *before; /* before[i]: the sum of the first i ranks */
    size_t count, k;
    uint32_t unit;
    size_t reach; /* the sum seen */
};

static void choice_prepare(
    struct choice *choice, const uint32_t *ranks, uint32_t sum, struct arena *scratch)
{
    size_t count = choice->count;
    choice->ranks = arena_take(scratch, count * sizeof *choice->ranks);
    choice->before = arena_take(scratch, (count + 1) * sizeof *choice->before);
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += ranks[i];
    bool mirror = (uint64_t)sum * count > all * choice->k;
    uint32_t ends = ranks[0] + ranks[count - 1];
    choice->before[0] = 0;
    for (size_t i = 0; i < count; i++) {
        choice->ranks[i] = mirror ? ends - ranks[count - 1 - i] : ranks[i];
        choice->before[i + 1] = choice->before[i] + choice->ranks[i];
        choice->unit = common_divisor(choice->unit, choice->ranks[i] - choice->ranks[0]);
    }
    if (mirror)
        sum = (uint32_t)choice->k * ends - sum;
    if (choice->unit == 0)
        choice->unit = 1;
    choice->reach = (sum - choice->before[choice->k]) / choice->unit;
}

/* Item i may be the k-th chosen one: adds the ways of k - 1 among the items before it. */
static void choice_add(const struct choice *choice, double *ways, size_t i, size_t k)
{
    const uint32_t *before = choice->before;
    size_t shift = (choice->ranks[i] - choice->ranks[k - 1]) / choice->unit;
    size_t most = before[i] - before[i - (k - 1)] - before[k - 1];
    most /= choice->unit;
    if (shift > choice->reach)
        return;
    if (most > choice->reach - shift)
        most = choice->reach - shift;
    const double *from = ways + (k - 1) * (choice->reach + 1);
    double *to = ways + k * (choice->reach + 1) + shift;
    for (size_t sum = 0; sum <= most; sum++)
        to[sum] += from[sum];
}

double tied_ranks_choose(
    const uint32_t *ranks, size_t count, size_t k, uint32_t sum, struct arena *scratch)
{
    struct choice choice = {.count = count, .k = k};
    choice_prepare(&choice, ranks, sum, scratch);
    double *ways = arena_zero(scratch, (k + 1) * (choice.reach + 1), sizeof *ways);
    double all = 1;
    ways[0] = 1;
    for (size_t i = 0; i < count; i++) {
        size_t left = count - 1 - i, least = k > left ? k - left : 1;
        for (size_t chosen = i < k ? i + 1 : k; chosen >= least && chosen > 0; chosen--)
            choice_add(&choice, ways, i, chosen);
    }
    for (size_t i = 1; i <= k; i++)
        all *= (double)(count - k + i) / (double)i;

    const double *row = ways + k * (choice.reach + 1);
    double at_most = 0;
    for (size_t s = 0; s <= choice.reach; s++)
        at_most += row[s];
    return two_sided(at_most, row[choice.reach], all);
}

double tied_ranks_signs(const uint32_t *ranks, size_t count, uint32_t sum, struct arena *scratch)
{
    uint32_t most = 0, unit = 0;
    for (size_t i = 0; i < count; i++) {
        most += ranks[i];
        unit = common_divisor(unit, ranks[i]);
    }
    if (count == 0 || unit == 0)
        return 1;
    /* Turning all signs round mirrors the sums. */
    size_t reach = (sum < most - sum ? sum : most - sum) / unit;
    double *ways = arena_zero(scratch, reach + 1, sizeof *ways), all = 1;
    ways[0] = 1;
    for (size_t i = 0; i < count; i++) {
        size_t rank = ranks[i] / unit;
        for (size_t s = reach + 1; s-- > rank;)
            ways[s] += ways[s - rank];
        all *= 2;
    }
    double at_most = 0;
    for (size_t s = 0; s <= reach; s++)
        at_most += ways[s];
    return two_sided(at_most, ways[reach], all);
}

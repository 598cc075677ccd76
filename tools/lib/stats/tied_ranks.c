/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/tied_ranks.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

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
 * Half of the row of items. ways[k * width + s]: in how many ways k of them have a
 * sum of s units above the least that k of them can have.
 */
struct half {
    const uint32_t *ranks; /* upward */
    uint32_t *before;      /* before[i]: the sum of the first i ranks */
    size_t count, width;
    uint32_t unit;
    double *ways;
};

/* How many units the sums of k among the first i items range over. */
static size_t half_range(const struct half *half, size_t i, size_t k)
{
    return (half->before[i] - half->before[i - k] - half->before[k]) / half->unit;
}

/* Item i may be the k-th chosen one: adds the ways of k - 1 among the items before it. */
static void half_add(const struct half *half, size_t i, size_t k)
{
    size_t shift = (half->ranks[i] - half->ranks[k - 1]) / half->unit;
    size_t count = half_range(half, i, k - 1) + 1, sum = 0;
    const double *restrict from = half->ways + (k - 1) * half->width;
    double *restrict to = half->ways + k * half->width + shift;
    /* In fours, which become vector instructions without being asked for. */
    for (; sum + 4 <= count; sum += 4)
        for (size_t lane = 0; lane < 4; lane++)
            to[sum + lane] += from[sum + lane];
    for (; sum < count; sum++)
        to[sum] += from[sum];
}

/* What is not chosen is chosen by the others: row count - k is row k turned round. */
static void half_turn(const struct half *half, size_t k)
{
    size_t range = half_range(half, half->count, k);
    const double *from = half->ways + k * half->width;
    double *to = half->ways + (half->count - k) * half->width;
    for (size_t sum = 0; sum <= range; sum++)
        to[sum] = from[range - sum];
}

static void half_count(struct half *half, struct arena *scratch)
{
    size_t count = half->count, middle = count / 2;
    half->before = arena_take(scratch, (count + 1) * sizeof *half->before);
    half->before[0] = 0;
    for (size_t i = 0; i < count; i++)
        half->before[i + 1] = half->before[i] + half->ranks[i];
    half->width = half_range(half, count, middle) + 1;
    half->ways = arena_take(scratch, (count + 1) * half->width * sizeof *half->ways);
    memset(half->ways, 0, (middle + 1) * half->width * sizeof *half->ways);
    half->ways[0] = 1;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i < middle ? i + 1 : middle; k > 0; k--)
            half_add(half, i, k);
    for (size_t k = 0; 2 * k < count; k++)
        half_turn(half, k);
}

/* From the ways to have a sum to the ways to have at most that sum. */
static void half_accumulate(struct half *half)
{
    for (size_t k = 0; k <= half->count; k++) {
        double *row = half->ways + k * half->width;
        size_t range = half_range(half, half->count, k);
        for (size_t sum = 1; sum <= range; sum++)
            row[sum] += row[sum - 1];
    }
}

/*
 * The ways in which i of the lower and k - i of the upper half come to at most
 * `reach` units above what these can have at least; and to exactly that.
 */
static void join(double *at_most, double *exactly, const struct half *lower,
    const struct half *upper, size_t i, size_t k, size_t reach)
{
    const double *left = lower->ways + i * lower->width;
    const double *right = upper->ways + (k - i) * upper->width;
    size_t range = half_range(lower, lower->count, i);
    size_t last = half_range(upper, upper->count, k - i);
    for (size_t sum = 0; sum <= range && sum <= reach; sum++) {
        size_t rest = reach - sum;
        *at_most += left[sum] * right[rest < last ? rest : last];
        if (rest <= last)
            *exactly += left[sum] * (right[rest] - (rest > 0 ? right[rest - 1] : 0));
    }
}

/* The items as seen from the end that is nearer to the sum; the unit that all differences share. */
struct choice {
    uint32_t *ranks;
    uint32_t sum, unit;
};

static struct choice choice_turn(
    const uint32_t *ranks, size_t count, size_t k, uint32_t sum, struct arena *scratch)
{
    struct choice choice = {arena_take(scratch, count * sizeof *choice.ranks), sum, 0};
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += ranks[i];
    bool mirror = (uint64_t)sum * count > all * k;
    uint32_t ends = ranks[0] + ranks[count - 1];
    for (size_t i = 0; i < count; i++) {
        choice.ranks[i] = mirror ? ends - ranks[count - 1 - i] : ranks[i];
        choice.unit = common_divisor(choice.unit, choice.ranks[i] - choice.ranks[0]);
    }
    if (mirror)
        choice.sum = (uint32_t)k * ends - sum;
    if (choice.unit == 0)
        choice.unit = 1;
    return choice;
}

/* In halves, because the work grows with the fourth power of the number of items. */
double tied_ranks_choose(
    const uint32_t *ranks, size_t count, size_t k, uint32_t sum, struct arena *scratch)
{
    struct choice choice = choice_turn(ranks, count, k, sum, scratch);
    struct half lower = {.ranks = choice.ranks, .count = count / 2, .unit = choice.unit};
    struct half upper = {
        .ranks = choice.ranks + lower.count, .count = count - lower.count, .unit = choice.unit};
    half_count(&lower, scratch);
    half_count(&upper, scratch);
    half_accumulate(&upper);

    double at_most = 0, exactly = 0, all = 1;
    for (size_t i = k > upper.count ? k - upper.count : 0; i <= k && i <= lower.count; i++) {
        uint32_t least = lower.before[i] + upper.before[k - i];
        if (least <= choice.sum)
            join(&at_most, &exactly, &lower, &upper, i, k, (choice.sum - least) / choice.unit);
    }
    for (size_t i = 1; i <= k; i++)
        all *= (double)(count - k + i) / (double)i;
    return two_sided(at_most, exactly, all);
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/hodges_lehmann.h"

#include "stats/distribution.h"
#include "stats/pairs.h"
#include "stats/selection.h"

/* How far from the ends the order statistics of one interval lie, from 1; 0 is no interval. */
struct depth {
    uint64_t c;
    double coverage;
};

static struct depth normal_depth(double confidence, double total, double variance)
{
    double sd = sqrt(variance), middle = total / 2;
    double c = floor(middle + 0.5 - normal_critical(1 - confidence) * sd);
    if (!(c >= 1))
        return (struct depth){0, NAN};
    return (struct depth){(uint64_t)c, 1 - normal_two_sided((middle + 0.5 - c) / sd)};
}

static struct depth exact_depth(size_t c, double lower)
{
    return (struct depth){c, 1 - 2 * lower};
}

static struct depth depth_between(double confidence, size_t n, size_t m, struct rank_null *null)
{
    double rows = (double)n, columns = (double)m;
    if (n > RANK_NULL_LARGEST || m > RANK_NULL_LARGEST)
        return normal_depth(confidence, rows * columns, rows * columns * (rows + columns + 1) / 12);
    rank_null_prepare(null, n, m);
    size_t c = rank_null_critical(null, (1 - confidence) / 2);
    return exact_depth(c, c ? rank_null_lower(null, c - 1) : 0);
}

static struct depth depth_paired(double confidence, size_t n, struct sign_null *null)
{
    double count = (double)n;
    if (n > RANK_NULL_LARGEST)
        return normal_depth(
            confidence, count * (count + 1) / 2, count * (count + 1) * (2 * count + 1) / 24);
    sign_null_prepare(null, n);
    size_t c = sign_null_critical(null, (1 - confidence) / 2);
    return exact_depth(c, c ? sign_null_lower(null, c - 1) : 0);
}

/* The order statistics that a shift needs, in one list: the middle two, then two an interval. */
struct wanted {
    uint64_t ranks[2 + 2 * SHIFT_INTERVALS];
    double values[2 + 2 * SHIFT_INTERVALS];
    struct depth depths[SHIFT_INTERVALS];
    size_t count, intervals;
};

static void wanted_start(struct wanted *wanted, uint64_t total)
{
    selection_middle(wanted->ranks, total);
    wanted->count = 2;
    wanted->intervals = 0;
}

static void wanted_add(struct wanted *wanted, struct depth depth, uint64_t total)
{
    wanted->depths[wanted->intervals++] = depth;
    if (depth.c == 0)
        return;
    wanted->ranks[wanted->count++] = depth.c - 1;
    wanted->ranks[wanted->count++] = total - depth.c;
}

static void wanted_give(const struct wanted *wanted, struct shift *shift)
{
    const double *values = wanted->values;
    shift->estimate = values[0] + (values[1] - values[0]) / 2;
    values += 2;
    for (size_t i = 0; i < wanted->intervals; i++) {
        if (wanted->depths[i].c == 0)
            continue;
        shift->intervals[i] = (struct interval){values[0], values[1], wanted->depths[i].coverage};
        values += 2;
    }
}

static void shift_clear(struct shift *shift)
{
    shift->estimate = NAN;
    for (size_t i = 0; i < SHIFT_INTERVALS; i++)
        shift->intervals[i] = interval_none();
}

void hodges_lehmann(struct shift *shift, const struct samples *x, const struct samples *y,
    const double *confidences, size_t count, struct rank_null *null, struct arena *scratch)
{
    shift_clear(shift);
    if (x->count == 0 || y->count == 0)
        return;
    struct wanted wanted = {.count = 0};
    uint64_t total = (uint64_t)x->count * y->count;
    wanted_start(&wanted, total);
    for (size_t i = 0; i < count && i < SHIFT_INTERVALS; i++)
        wanted_add(&wanted, depth_between(confidences[i], x->count, y->count, null), total);
    pairs_differences(wanted.values, wanted.ranks, wanted.count, x, y, scratch);
    wanted_give(&wanted, shift);
}

void hodges_lehmann_paired(struct shift *shift, const struct samples *differences,
    const double *confidences, size_t count, struct sign_null *null, struct arena *scratch)
{
    shift_clear(shift);
    size_t n = differences->count;
    if (n == 0)
        return;
    struct wanted wanted = {.count = 0};
    uint64_t total = (uint64_t)n * (n + 1) / 2;
    wanted_start(&wanted, total);
    for (size_t i = 0; i < count && i < SHIFT_INTERVALS; i++)
        wanted_add(&wanted, depth_paired(confidences[i], n, null), total);
    pairs_averages(wanted.values, wanted.ranks, wanted.count, differences, scratch);
    wanted_give(&wanted, shift);
}

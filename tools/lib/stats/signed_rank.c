/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/signed_rank.h"

#include "stats/distribution.h"
#include "stats/tied_ranks.h"

#include <math.h>

/* The magnitudes of the differences that are not zero, in groups of equal ones, upward. */
struct magnitudes {
    const double *sorted;
    size_t below, above, count; /* negative ones end at below, positive ones start at above */
};

struct magnitude_group {
    size_t negative, positive;
};

static struct magnitudes magnitudes_start(const struct samples *differences)
{
    struct magnitudes row = {differences->sorted, 0, differences->count, differences->count};
    while (row.below < row.count && row.sorted[row.below] < 0)
        row.below++;
    while (row.above > row.below && row.sorted[row.above - 1] > 0)
        row.above--;
    return row;
}

static bool magnitudes_next(struct magnitudes *row, struct magnitude_group *group)
{
    double left = row->below > 0 ? -row->sorted[row->below - 1] : INFINITY;
    double right = row->above < row->count ? row->sorted[row->above] : INFINITY;
    double value = fmin(left, right);
    *group = (struct magnitude_group){0, 0};
    if (isinf(value))
        return false;
    for (; row->below > 0 && -row->sorted[row->below - 1] == value; row->below--)
        group->negative++;
    for (; row->above < row->count && row->sorted[row->above] == value; row->above++)
        group->positive++;
    return true;
}

struct signed_sums {
    double v, ties; /* ties: the sum of t³ - t */
    size_t count;
};

static struct signed_sums sums_of(struct magnitudes row)
{
    struct signed_sums sums = {0, 0, 0};
    struct magnitude_group group;
    while (magnitudes_next(&row, &group)) {
        double t = (double)(group.negative + group.positive);
        sums.v += (double)group.positive * ((double)sums.count + (t + 1) / 2);
        sums.ties += t * t * t - t;
        sums.count += group.negative + group.positive;
    }
    return sums;
}

static double exact_tied(
    struct magnitudes row, const struct signed_sums *sums, struct arena *scratch)
{
    uint32_t *ranks = arena_take(scratch, sums->count * sizeof *ranks);
    struct magnitude_group group;
    size_t i = 0;
    while (magnitudes_next(&row, &group)) {
        size_t t = group.negative + group.positive;
        uint32_t rank = (uint32_t)(2 * i + t + 1);
        for (size_t end = i + t; i < end; i++)
            ranks[i] = rank;
    }
    return tied_ranks_signs(ranks, sums->count, (uint32_t)(2 * sums->v), scratch);
}

static double exact_untied(const struct sign_null *null, double v)
{
    size_t most = null->n * (null->n + 1) / 2, at = (size_t)v;
    return fmin(1, 2 * sign_null_lower(null, at < most - at ? at : most - at));
}

static double normal(const struct signed_sums *sums)
{
    double n = (double)sums->count;
    double variance = n * (n + 1) * (2 * n + 1) / 24 - sums->ties / 48;
    double distance = fabs(sums->v - n * (n + 1) / 4) - 0.5;
    return distance <= 0 || variance <= 0 ? 1 : normal_two_sided(distance / sqrt(variance));
}

void signed_rank(struct signed_rank *test, const struct samples *differences,
    struct sign_null *null, struct arena *scratch)
{
    *test = (struct signed_rank){NAN, NAN, NAN, 0, false};
    if (differences->count == 0)
        return;
    struct magnitudes row = magnitudes_start(differences);
    struct signed_sums sums = sums_of(row);
    test->v = sums.v;
    test->zeros = differences->count - sums.count;
    test->exact = sums.count <= RANK_NULL_LARGEST;
    double p;
    if (sums.count == 0) {
        p = 1;
    } else if (!test->exact) {
        p = normal(&sums);
    } else if (sums.ties > 0) {
        p = exact_tied(row, &sums, scratch);
    } else {
        sign_null_prepare(null, sums.count);
        p = exact_untied(null, sums.v);
    }
    test->p = p_value(p);
    test->smallest_p = p_value(sums.count ? exp2(1 - (double)sums.count) : 1);
}

struct sign_test sign_test(size_t positive, size_t negative)
{
    size_t n = positive + negative, fewer = positive < negative ? positive : negative;
    if (n == 0)
        return (struct sign_test){1, 1};
    return (struct sign_test){
        p_value(2 * coin_lower((double)fewer, n)), p_value(exp2(1 - (double)n))};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/kendall.h"

#include "stats/distribution.h"
#include "stats/gaussian_binomial.h"
#include "stats/selection.h"

#include <math.h>
#include <string.h>

/* Merges two sorted runs, without branches that cannot be foretold; returns in how many pairs the
 * first element is the larger. */
static uint64_t merge(double *to, const double *left, size_t n, const double *right, size_t m)
{
    uint64_t falls = 0;
    size_t i = 0, j = 0;
    while (i < n && j < m) {
        double a = left[i], b = right[j];
        size_t fall = a > b;
        *to++ = fall ? b : a;
        falls += (n - i) & (0 - fall);
        j += fall;
        i += 1 - fall;
    }
    memcpy(to, left + i, (n - i) * sizeof *to);
    memcpy(to + (n - i), right + j, (m - j) * sizeof *to);
    return falls;
}

/* The pairs that fall: what a merge sort from the bottom up has to turn round. */
static uint64_t count_falls(const struct samples *series, struct arena *scratch)
{
    size_t n = series->count;
    double *from = arena_take(scratch, n * sizeof *from), *to = arena_take(scratch, n * sizeof *to);
    memcpy(from, series->values, n * sizeof *from);
    uint64_t falls = 0;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t left = n - start < width ? n - start : width;
            size_t right = n - start - left < width ? n - start - left : width;
            falls += merge(to + start, from + start, left, from + start + left, right);
        }
        double *spare = from;
        from = to;
        to = spare;
    }
    return falls;
}

/* The size of the group of equal values that starts at i. */
static size_t group_at(const struct samples *series, size_t i)
{
    size_t end = i + 1;
    while (end < series->count && series->sorted[end] == series->sorted[i])
        end++;
    return end - i;
}

/* share[f], f < count, becomes P(at most f pairs fall) over all orders of the values. */
static void count_orders(double *share, size_t count, const struct samples *series)
{
    memset(share, 0, count * sizeof *share);
    double ways = 1, sum = 0; /* at most 50!, which a double holds */
    share[0] = 1;
    for (size_t before = 0, size; before < series->count; before += size) {
        size = group_at(series, before);
        for (size_t i = 1; i <= size; i++) {
            gaussian_binomial_step(share, count, before, i);
            ways *= (double)(before + i) / (double)i;
        }
    }
    for (size_t f = 0; f < count; f++) {
        sum += share[f];
        share[f] = sum / ways;
    }
}

/* falls is at most half of the pairs that differ. */
static double exact(const struct samples *series, size_t falls, bool tied,
    struct kendall_null *null, struct arena *scratch)
{
    double *share = null->lower;
    size_t n = series->count;
    if (tied) {
        share = arena_take(scratch, (falls + 1) * sizeof *share);
        count_orders(share, falls + 1, series);
    } else if (null->n != n) {
        count_orders(share, n * (n - 1) / 4 + 1, series);
        null->n = n;
    }
    return fmin(1, 2 * share[falls]);
}

static double normal(double s, double n, double ties)
{
    double variance = (n * (n - 1) * (2 * n + 5) - ties) / 18, distance = fabs(s) - 1;
    return distance <= 0 || variance <= 0 ? 1 : normal_two_sided(distance / sqrt(variance));
}

struct mann_kendall mann_kendall(
    const struct samples *series, struct kendall_null *null, struct arena *scratch)
{
    struct mann_kendall test = {NAN, NAN, NAN, false};
    size_t n = series->count;
    if (n < 2)
        return test;
    double pairs = (double)n * (double)(n - 1) / 2, differing = pairs, ties = 0;
    for (size_t i = 0, size; i < n; i += size) {
        size = group_at(series, i);
        double t = (double)size;
        differing -= t * (t - 1) / 2;
        ties += t * (t - 1) * (2 * t + 5);
    }
    test.s = differing - 2 * (double)count_falls(series, scratch);
    test.tau = test.s / pairs;
    test.exact = n <= KENDALL_EXACT;
    double falls = (differing - fabs(test.s)) / 2;
    test.p = p_value(test.exact ? exact(series, (size_t)falls, ties > 0, null, scratch)
                                : normal(test.s, (double)n, ties));
    return test;
}

static double slope(const struct samples *series, size_t i, size_t j)
{
    return (series->values[j] - series->values[i]) / (double)(j - i);
}

static uint64_t count_slopes(const void *set, double value)
{
    const struct samples *series = set;
    uint64_t below = 0;
    for (size_t j = 1; j < series->count; j++)
        for (size_t i = 0; i < j; i++)
            below += slope(series, i, j) < value;
    return below;
}

static double nth_slope(const void *set, double low, double high, uint64_t nth)
{
    const struct samples *series = set;
    for (size_t j = 1; j < series->count; j++)
        for (size_t i = 0; i < j; i++) {
            double here = slope(series, i, j);
            if (here >= low && here < high && nth-- == 0)
                return here;
        }
    return low + (high - low) / 2;
}

static size_t gather_slopes(const void *set, double low, double high, double *out)
{
    const struct samples *series = set;
    size_t written = 0;
    for (size_t j = 1; j < series->count; j++)
        for (size_t i = 0; i < j; i++) {
            double here = slope(series, i, j);
            if (here >= low && here < high && written < SELECTION_GATHERED)
                out[written++] = here;
        }
    return written;
}

double theil_sen(const struct samples *series, struct arena *scratch)
{
    size_t n = series->count;
    if (n < 2)
        return NAN;
    struct selection_source source = {
        .set = series,
        .total = (uint64_t)n * (n - 1) / 2,
        .cost = (uint64_t)n * (n - 1) / 2,
        .least = INFINITY,
        .most = -INFINITY,
        .count = count_slopes,
        .nth = nth_slope,
        .gather = gather_slopes,
    };
    for (size_t j = 1; j < n; j++)
        for (size_t i = 0; i < j; i++) {
            source.least = fmin(source.least, slope(series, i, j));
            source.most = fmax(source.most, slope(series, i, j));
        }
    uint64_t ranks[2];
    double middle[2];
    selection_middle(ranks, source.total);
    selection_ranks(middle, ranks, 2, &source, scratch);
    return middle[0] + (middle[1] - middle[0]) / 2;
}

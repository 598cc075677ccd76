/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/order.h"

#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

double order_median_of(const double *sorted, size_t count)
{
    if (count == 0)
        return NAN;
    double low = sorted[(count - 1) / 2], high = sorted[count / 2];
    return low + (high - low) / 2;
}

/* Hoare 1961. */
double order_select(double *values, size_t count, size_t rank)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        size_t i = low, k = high;
        while (i <= k) {
            while (values[i] < pivot)
                i++;
            while (values[k] > pivot)
                k--;
            if (i > k)
                break;
            double other = values[i];
            values[i++] = values[k];
            values[k] = other;
            if (k == 0)
                break;
            k--;
        }
        if (rank <= k)
            high = k;
        else if (rank >= i)
            low = i;
        else
            break;
    }
    return values[rank];
}

double order_median_in_place(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    size_t rank = count / 2;
    double high = order_select(values, count, rank), low = high;
    if (count % 2 == 0) {
        low = values[0];
        for (size_t i = 1; i < rank; i++)
            low = values[i] > low ? values[i] : low;
    }
    return low + (high - low) / 2;
}

double order_median(const struct samples *samples)
{
    return order_median_of(samples->sorted, samples->count);
}

double order_quantile(const struct samples *samples, double p)
{
    if (samples->count == 0 || !(p >= 0 && p <= 1))
        return NAN;
    double place = (double)(samples->count - 1) * p;
    size_t low = (size_t)place;
    double value = samples->sorted[low];
    if (low + 1 < samples->count)
        value += (place - (double)low) * (samples->sorted[low + 1] - value);
    return value;
}

/* The k-th of the sorted samples, from 1, the first and the last for what lies beyond. */
static double order_at(const struct samples *samples, double k)
{
    double last = (double)samples->count;
    return samples->sorted[(size_t)fmin(fmax(k, 1), last) - 1];
}

/* Types 1 to 3 take a sample, or the middle of two: Hyndman & Fan 1996, table 1. */
static double quantile_of_steps(const struct samples *samples, int type, double place)
{
    double below = floor(place), rest = place - below;
    if (type == 3) {
        bool even = fmod(below, 2) == 0;
        return order_at(samples, rest < 0.5 || (rest == 0.5 && even) ? below : below + 1);
    }
    if (rest > 0)
        return order_at(samples, below + 1);
    if (type == 1)
        return order_at(samples, below);
    double low = order_at(samples, below);
    return low + (order_at(samples, below + 1) - low) / 2;
}

double order_quantile_type(const struct samples *samples, int type, double p)
{
    if (samples->count == 0 || type < 1 || type > 9 || !(p >= 0 && p <= 1))
        return NAN;
    double n = (double)samples->count;
    /* n p + m for types 1 to 9, without noise in the last digits where it is a whole number. */
    const double m[] = {0, 0, 0, 0, 0.5, p, 1 - p, (p + 1) / 3, p / 4 + 0.375};
    double place = n * p + m[type - 1], whole = round(place);
    if (fabs(place - whole) < 1e-9 * n)
        place = whole;
    if (type <= 3)
        return quantile_of_steps(samples, type, place);
    double low = order_at(samples, floor(place));
    return low + (place - floor(place)) * (order_at(samples, floor(place) + 1) - low);
}

/*
 * Below the median the distances grow downward, above it upward: two sorted rows
 * that are merged until the middle is reached.
 */
double order_mad(const struct samples *samples)
{
    size_t n = samples->count;
    if (n == 0)
        return NAN;
    const double *sorted = samples->sorted;
    double median = order_median(samples), before = 0, last = 0;
    size_t above = n / 2, below = above;
    for (size_t taken = 0; taken <= n / 2; taken++) {
        double left = below > 0 ? median - sorted[below - 1] : INFINITY;
        double right = above < n ? sorted[above] - median : INFINITY;
        before = last;
        last = fmin(left, right);
        if (left <= right)
            below--;
        else
            above++;
    }
    return n % 2 ? last : before + (last - before) / 2;
}

struct interval order_median_interval(const struct samples *samples, double confidence)
{
    size_t n = samples->count;
    if (!(confidence > 0 && confidence < 1))
        return interval_none();
    size_t k = coin_quantile((1 - confidence) / 2, n);
    if (k == 0)
        return interval_none();
    return (struct interval){
        samples->sorted[k - 1], samples->sorted[n - k], 1 - 2 * coin_lower((double)k - 1, n)};
}

struct interval order_quantile_interval(const struct samples *samples, double p, double confidence)
{
    size_t n = samples->count;
    if (n == 0 || !(confidence > 0 && confidence < 1) || !(p > 0 && p < 1))
        return interval_none();
    double tail = (1 - confidence) / 2;
    size_t low = binomial_quantile(tail, n, p), high = binomial_quantile(1 - tail, n, p) + 1;
    double above = high <= n ? binomial_lower((double)high - 1, n, p) : 1;
    double below = low > 0 ? binomial_lower((double)low - 1, n, p) : 0;
    return (struct interval){low > 0 ? samples->sorted[low - 1] : -INFINITY,
        high <= n ? samples->sorted[high - 1] : INFINITY, above - below};
}

double order_quantile_fewest(double p, double confidence)
{
    double further = p > 0.5 ? p : 1 - p;
    return ceil(log((1 - confidence) / 2) / log(further));
}

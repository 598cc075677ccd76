/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/order.h"

#include "stats/distribution.h"

#include <math.h>

double order_median_of(const double *sorted, size_t count)
{
    if (count == 0)
        return NAN;
    double low = sorted[(count - 1) / 2], high = sorted[count / 2];
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

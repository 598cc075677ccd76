/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/moments.h"

#include <math.h>

/* A sum, and beside it what rounding took away. */
struct sum {
    double total, lost;
};

static void sum_add(struct sum *sum, double value)
{
    double total = sum->total + value;
    if (fabs(sum->total) >= fabs(value))
        sum->lost += (sum->total - total) + value;
    else
        sum->lost += (value - total) + sum->total;
    sum->total = total;
}

static double sum_value(const struct sum *sum)
{
    return sum->total + sum->lost;
}

double moments_sum(const double *values, size_t count)
{
    struct sum sum = {0, 0};
    for (size_t i = 0; i < count; i++)
        sum_add(&sum, values[i]);
    return sum_value(&sum);
}

struct moments moments_of(const struct samples *samples)
{
    struct moments moments = {NAN, NAN, NAN};
    size_t n = samples->count;
    if (n == 0)
        return moments;

    double offset = samples->sorted[n / 2];
    struct sum sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum_add(&sum, samples->sorted[i] - offset);
    double above = sum_value(&sum) / (double)n;
    moments.mean = offset + above;
    if (n < 2)
        return moments;

    struct sum squares = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double distance = samples->sorted[i] - offset - above;
        sum_add(&squares, distance * distance);
    }
    moments.sd = sqrt(sum_value(&squares) / (double)(n - 1));
    if (moments.mean != 0)
        moments.cv = moments.sd / fabs(moments.mean);
    return moments;
}

double moments_geometric_mean(const struct samples *samples)
{
    if (!samples_positive(samples))
        return NAN;
    double middle = samples->sorted[samples->count / 2];
    struct sum sum = {0, 0};
    for (size_t i = 0; i < samples->count; i++)
        sum_add(&sum, log(samples->sorted[i] / middle));
    return middle * exp(sum_value(&sum) / (double)samples->count);
}

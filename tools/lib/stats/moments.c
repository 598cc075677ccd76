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

struct center moments_center(const struct samples *samples)
{
    size_t n = samples->count;
    if (n == 0)
        return (struct center){NAN, NAN};
    double offset = samples->sorted[n / 2];
    struct sum sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum_add(&sum, samples->sorted[i] - offset);
    return (struct center){offset, sum_value(&sum) / (double)n};
}

struct moments moments_of(const struct samples *samples)
{
    struct center center = moments_center(samples);
    struct moments moments = {center.offset + center.rest, NAN, NAN};
    if (samples->count < 2)
        return moments;
    struct sum squares = {0, 0};
    for (size_t i = 0; i < samples->count; i++) {
        double distance = samples->sorted[i] - center.offset - center.rest;
        sum_add(&squares, distance * distance);
    }
    moments.sd = sqrt(sum_value(&squares) / (double)(samples->count - 1));
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

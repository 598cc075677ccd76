/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/brown_forsythe.h"

#include "stats/distribution.h"
#include "stats/order.h"

#include <math.h>

enum { FEWEST = 3 };

/* The distances from the median: their mean, and the squares about it. */
struct distances {
    double mean, squares;
};

static struct distances distances_of(const struct samples *samples)
{
    double median = order_median(samples), n = (double)samples->count;
    struct distances distances = {0, 0};
    for (size_t i = 0; i < samples->count; i++)
        distances.mean += fabs(samples->sorted[i] - median);
    distances.mean /= n;
    double rest = 0;
    for (size_t i = 0; i < samples->count; i++) {
        double above = fabs(samples->sorted[i] - median) - distances.mean;
        distances.squares += above * above;
        rest += above;
    }
    distances.squares -= rest * rest / n;
    return distances;
}

struct brown_forsythe brown_forsythe(const struct samples *x, const struct samples *y)
{
    struct brown_forsythe test = {NAN, NAN};
    if (x->count < FEWEST || y->count < FEWEST)
        return test;
    struct distances a = distances_of(x), b = distances_of(y);
    double n = (double)x->count, m = (double)y->count;
    double within = (a.squares + b.squares) / (n + m - 2), apart = a.mean - b.mean;
    /* What is left of equal distances is rounding, not spread. */
    double scale = fmax(a.mean, b.mean);
    if (!(within > scale * scale * 1e-24))
        return test;
    test.f = n * m / (n + m) * apart * apart / within;
    test.p = p_value(fisher_upper(test.f, 1, n + m - 2));
    return test;
}

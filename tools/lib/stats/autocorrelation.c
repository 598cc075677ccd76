/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/autocorrelation.h"

#include "stats/distribution.h"
#include "stats/moments.h"

#include <math.h>

double autocorrelation(const struct samples *series, size_t lag)
{
    size_t n = series->count;
    if (lag >= n || samples_constant(series))
        return NAN;
    struct center mean = moments_center(series);
    double products = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double here = series->values[i] - mean.offset - mean.rest;
        squares += here * here;
        if (i + lag < n)
            products += here * (series->values[i + lag] - mean.offset - mean.rest);
    }
    return products / squares;
}

struct ljung_box ljung_box(const struct samples *series, size_t lags)
{
    struct ljung_box test = {NAN, NAN};
    double n = (double)series->count, sum = 0;
    for (size_t lag = 1; lag <= lags; lag++) {
        double r = autocorrelation(series, lag);
        sum += r * r / (n - (double)lag);
    }
    if (lags == 0 || isnan(sum))
        return test;
    test.q = n * (n + 2) * sum;
    test.p = p_value(chi_square_upper(test.q, (double)lags));
    return test;
}

static bool usable(const struct serial *series)
{
    return series->n >= SERIAL_FEWEST && !isnan(series->lag1);
}

static double variance_of_lag1(double n)
{
    return (n - 2) * (n - 2) / (n * n * (n - 1));
}

struct serial_pooled serial_pool(const struct serial *series, size_t count)
{
    double above = 0, slope = 0, variance = 0;
    for (size_t i = 0; i < count; i++) {
        if (!usable(&series[i]))
            continue;
        double n = (double)series[i].n;
        above += n * (series[i].lag1 + 1 / n);
        slope += n - 4;
        variance += n * n * variance_of_lag1(n);
    }
    if (!(variance > 0))
        return (struct serial_pooled){NAN, NAN};
    return (struct serial_pooled){above / slope, p_value(normal_upper(above / sqrt(variance)))};
}

double serial_excess(const struct serial *series, double rho)
{
    if (!usable(series))
        return NAN;
    double n = (double)series->n, expected = rho - (1 + 4 * rho) / n;
    return p_value(normal_upper((series->lag1 - expected) / sqrt(variance_of_lag1(n))));
}

double serial_inflation(double rho)
{
    if (!(rho > 0))
        return 1;
    rho = fmin(rho, SERIAL_MOST);
    return (1 + rho) / (1 - rho);
}

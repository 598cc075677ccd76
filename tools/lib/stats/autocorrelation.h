/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_AUTOCORRELATION_H
#define STATS_AUTOCORRELATION_H

#include "stats/samples.h"

/* Does a sample know something of the one before it? */

/* The sample autocorrelation at a lag (R's acf); NaN for a constant series or lag >= count. */
double autocorrelation(const struct samples *series, size_t lag);

/* Ljung & Box 1978 over lags 1 … lags; NaN where the series is constant or no longer than lags. */
struct ljung_box {
    double q, p;
};

struct ljung_box ljung_box(const struct samples *series, size_t lags);

/*
 * One series is too short to say much; all series of a report together are not.
 * In an independent series of n normal samples the lag-1 autocorrelation has the
 * mean -1/n and the variance (n-2)² / (n² (n-1)) (Moran 1948); in one of true
 * rho about rho - (1 + 4 rho)/n (Marriott & Pope 1954) and, when short, no smaller variance.
 */
struct serial {
    size_t n;
    double lag1; /* autocorrelation(series, 1) */
};

struct serial_pooled {
    double rho; /* weighted by n, freed of the bias; NaN without a usable series */
    double p;   /* that it is above 0 by chance; one-sided */
};

/* Series under SERIAL_FEWEST samples, or whose lag1 is NaN, are passed over. */
enum { SERIAL_FEWEST = 5 };
struct serial_pooled serial_pool(const struct serial *series, size_t count);

/* The p that one series correlates by chance as much more than rho >= 0; NaN where passed over. */
double serial_excess(const struct serial *series, double rho);

/* By how much rho multiplies the variance of a mean: (1 + rho) / (1 - rho), at least 1; rho is
 * taken as SERIAL_MOST where it is above. */
#define SERIAL_MOST 0.95
double serial_inflation(double rho);

#endif

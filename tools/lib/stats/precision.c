/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/precision.h"

#include "stats/distribution.h"
#include "stats/moments.h"

#include <math.h>

static bool is_confidence(double confidence)
{
    return confidence > 0 && confidence < 1;
}

struct interval mean_interval_of(double n, double mean, double sd, double confidence)
{
    if (!(n >= 2) || !is_confidence(confidence) || isnan(mean) || isnan(sd))
        return interval_none();
    double reach = student_critical(1 - confidence, n - 1) * sd / sqrt(n);
    return (struct interval){mean - reach, mean + reach, confidence};
}

struct interval mean_interval(const struct samples *samples, double confidence)
{
    struct moments moments = moments_of(samples);
    return mean_interval_of((double)samples->count, moments.mean, moments.sd, confidence);
}

struct interval sd_interval(const struct samples *samples, double confidence)
{
    size_t n = samples->count;
    if (n < 2 || !is_confidence(confidence))
        return interval_none();
    double sd = moments_of(samples).sd, degrees = (double)(n - 1), tail = (1 - confidence) / 2;
    return (struct interval){sd * sqrt(degrees / chi_square_quantile(1 - tail, degrees)),
        sd * sqrt(degrees / chi_square_quantile(tail, degrees)), confidence};
}

/* One end, where the chi-square quantile is x. */
static double cv_end(double cv, double n, double x)
{
    double square = ((x + 2) / n - 1) * cv * cv + x / (n - 1);
    return square > 0 ? cv / sqrt(square) : INFINITY;
}

struct interval cv_interval(const struct samples *samples, double confidence)
{
    size_t n = samples->count;
    double cv = moments_of(samples).cv, tail = (1 - confidence) / 2;
    if (n < 2 || isnan(cv) || !is_confidence(confidence))
        return interval_none();
    double low = cv_end(cv, (double)n, chi_square_quantile(1 - tail, (double)(n - 1)));
    double high = cv_end(cv, (double)n, chi_square_quantile(tail, (double)(n - 1)));
    return (struct interval){low, cv > 0 ? high : 0, confidence};
}

struct interval share_interval(size_t successes, size_t trials, double confidence)
{
    if (trials == 0 || successes > trials || !is_confidence(confidence))
        return interval_none();
    double tail = (1 - confidence) / 2, hits = (double)successes,
           misses = (double)(trials - successes);
    return (struct interval){successes > 0 ? beta_quantile(tail, hits, misses + 1) : 0,
        misses > 0 ? beta_quantile(1 - tail, hits + 1, misses) : 1, confidence};
}

/* How far an end is from the value, on logarithms. */
static double log_distance(double value, double end)
{
    return end > 0 ? fabs(log(end / value)) : INFINITY;
}

struct interval ratio_interval(const struct estimated *over, const struct estimated *under)
{
    if (!(over->value > 0 && under->value > 0) || !interval_exists(over->interval) ||
        !interval_exists(under->interval))
        return interval_none();
    double ratio = over->value / under->value;
    double down = hypot(log_distance(over->value, over->interval.low),
        log_distance(under->value, under->interval.high));
    double up = hypot(log_distance(over->value, over->interval.high),
        log_distance(under->value, under->interval.low));
    return (struct interval){ratio * exp(-down), ratio * exp(up),
        fmin(over->interval.coverage, under->interval.coverage)};
}

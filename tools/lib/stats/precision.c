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

/* ---- spreads ------------------------------------------------------------------------- */

enum { BONETT_FEWEST = 5 };

/* Its distance from an offset, so that it keeps its digits under any. */
static double trimmed_mean(const struct samples *samples, double offset)
{
    size_t n = samples->count;
    size_t cut = (size_t)((double)n / (2 * sqrt((double)n - 4)));
    const struct samples middle = {samples->values, samples->sorted + cut, n - 2 * cut};
    const struct center center = moments_center(&middle);
    return center.offset - offset + center.rest;
}

/* n times the fourth powers about the trimmed mean, over the squares about the mean, squared. */
static double kurtosis(const struct samples *samples)
{
    const struct center center = moments_center(samples);
    size_t n = samples->count;
    double trimmed = trimmed_mean(samples, center.offset), fourths = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double distance = samples->sorted[i] - center.offset;
        double square = (distance - trimmed) * (distance - trimmed);
        fourths += square * square;
        squares += (distance - center.rest) * (distance - center.rest);
    }
    return (double)n * fourths / (squares * squares);
}

/* What the sd is multiplied by at both ends; none where so few, or equal, samples have no tails. */
static struct interval bonett_factors(const struct samples *samples, double confidence)
{
    double n = (double)samples->count, z = normal_critical(1 - confidence);
    if (samples->count < BONETT_FEWEST || samples_constant(samples) || n <= z)
        return interval_none();
    double c = n / (n - z);
    double e = c * sqrt((kurtosis(samples) - (n - 3) / n) / (n - 1));
    return (struct interval){sqrt(c * exp(-z * e)), sqrt(c * exp(z * e)), confidence};
}

static struct interval widened(struct interval interval, struct interval factors, double figure)
{
    if (!interval_exists(factors))
        return interval;
    return (struct interval){fmin(interval.low, factors.low * figure),
        fmax(interval.high, factors.high * figure), interval.coverage};
}

struct interval sd_interval(const struct samples *samples, double confidence)
{
    size_t n = samples->count;
    if (n < 2 || !is_confidence(confidence))
        return interval_none();
    double sd = moments_of(samples).sd, degrees = (double)(n - 1), tail = (1 - confidence) / 2;
    const struct interval normal = {sd * sqrt(degrees / chi_square_quantile(1 - tail, degrees)),
        sd * sqrt(degrees / chi_square_quantile(tail, degrees)), confidence};
    return widened(normal, bonett_factors(samples, confidence), sd);
}

/* One end, where the chi-square quantile is x. */
static double mckay_end(double cv, double n, double x)
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
    double low = mckay_end(cv, (double)n, chi_square_quantile(1 - tail, (double)(n - 1)));
    double high = mckay_end(cv, (double)n, chi_square_quantile(tail, (double)(n - 1)));
    const struct interval normal = {low, cv > 0 ? high : 0, confidence};
    return widened(normal, bonett_factors(samples, confidence), cv);
}

/* ---- shares and ratios ----------------------------------------------------------------- */

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

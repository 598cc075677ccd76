/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/runs.h"

#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/sort.h"

#include <math.h>

enum { FEWEST_VARIANCES = 3 };
static const double LEAST_OF_MEDIAN = 1e-5;

struct run_summary run_summary_of(const struct samples *samples)
{
    struct moments moments = moments_of(samples);
    return (struct run_summary){(double)samples->count, moments.mean, moments.sd};
}

static double mean_of_runs(const struct run_summary *runs, size_t count)
{
    double offset = runs[0].mean, sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += runs[i].mean - offset;
    return offset + sum / (double)count;
}

struct run_effects run_effects_of(const struct run_summary *runs, size_t count)
{
    struct run_effects effects = {count, NAN, NAN, NAN, NAN};
    if (count == 0)
        return effects;
    double squares = 0, degrees = 0, shares = 0, apart = 0;
    effects.mean = mean_of_runs(runs, count);
    for (size_t i = 0; i < count; i++) {
        shares += 1 / runs[i].n;
        apart += (runs[i].mean - effects.mean) * (runs[i].mean - effects.mean);
        if (runs[i].n >= 2) {
            squares += (runs[i].n - 1) * runs[i].sd * runs[i].sd;
            degrees += runs[i].n - 1;
        }
    }
    if (degrees > 0)
        effects.within_sd = sqrt(squares / degrees);
    if (count < 2)
        return effects;
    effects.variance_of_means = apart / (double)(count - 1);
    if (degrees > 0) {
        double between = effects.variance_of_means - squares / degrees * shares / (double)count;
        effects.between_sd = sqrt(fmax(0, between));
    }
    return effects;
}

struct run_agreement run_agreement_of(const struct run_difference *runs, size_t count)
{
    struct run_agreement agreement = {NAN, NAN};
    double weights = 0, sum = 0, squares = 0, inside = 0, degrees = 0;
    for (size_t i = 0; i < count; i++) {
        weights += 1 / runs[i].share;
        sum += (runs[i].difference - runs[0].difference) / runs[i].share;
        inside += runs[i].degrees * runs[i].sd * runs[i].sd;
        degrees += runs[i].degrees;
    }
    if (count < 2 || degrees <= 2 || !(inside > 0))
        return agreement;
    double mean = runs[0].difference + sum / weights;
    for (size_t i = 0; i < count; i++)
        squares += (runs[i].difference - mean) * (runs[i].difference - mean) / runs[i].share;
    double f = squares / (double)(count - 1) / (inside / degrees);
    agreement.ratio = f * (degrees - 2) / degrees;
    agreement.p = p_value(fisher_upper(f, (double)count - 1, degrees));
    return agreement;
}

struct run_agreement run_agreement_pool(const struct run_agreement *agreements, size_t count)
{
    double ratios = 0, sum = 0, known = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(agreements[i].p))
            continue;
        ratios += agreements[i].ratio;
        /* Runs that agree to the last bit have p = 1, which would outweigh all others. */
        sum -= normal_quantile(fmin(agreements[i].p, 1 - 1e-9));
        known++;
    }
    if (known == 0)
        return (struct run_agreement){NAN, NAN};
    return (struct run_agreement){ratios / known, p_value(normal_upper(sum / sqrt(known)))};
}

/* The variances that say something, with a floor under them. */
struct known_variances {
    double *variances, *degrees;
    size_t count;
};

static struct known_variances known_variances(
    const double *variances, const double *degrees, size_t count, struct arena *scratch)
{
    struct known_variances known = {arena_take(scratch, count * sizeof(double)),
        arena_take(scratch, count * sizeof(double)), 0};
    double *sorted = known.degrees; /* filled anew below */
    for (size_t i = 0; i < count; i++)
        if (variances[i] >= 0 && degrees[i] > 0)
            sorted[known.count++] = variances[i];
    sort_numbers(sorted, known.count, scratch);
    double least = LEAST_OF_MEDIAN * order_median_of(sorted, known.count);
    known.count = 0;
    for (size_t i = 0; i < count; i++)
        if (variances[i] >= 0 && degrees[i] > 0) {
            known.variances[known.count] = fmax(variances[i], least);
            known.degrees[known.count++] = degrees[i];
        }
    return known;
}

struct variance_prior variance_prior_fit(
    const double *variances, const double *degrees, size_t count, struct arena *scratch)
{
    struct variance_prior prior = {NAN, 0, 0};
    struct known_variances known = known_variances(variances, degrees, count, scratch);
    for (size_t i = 0; i < known.count; i++)
        prior.most += known.degrees[i];
    if (known.count < FEWEST_VARIANCES || !(known.variances[0] > 0))
        return prior;

    double mean = 0, expected = 0, squares = 0, n = (double)known.count;
    for (size_t i = 0; i < known.count; i++) {
        double half = known.degrees[i] / 2;
        known.variances[i] = log(known.variances[i]) - log_gamma_slope(half) + log(half);
        expected += log_gamma_curvature(half) / n;
        mean += known.variances[i] / n;
    }
    for (size_t i = 0; i < known.count; i++)
        squares += (known.variances[i] - mean) * (known.variances[i] - mean);
    double excess = squares / (n - 1) - expected;
    if (!(excess > 0)) {
        prior.degrees = INFINITY;
        prior.variance = exp(mean);
        return prior;
    }
    double half = log_gamma_curvature_inverse(excess);
    prior.degrees = 2 * half;
    prior.variance = exp(mean + log_gamma_slope(half) - log(half));
    return prior;
}

struct variance_moderated variance_moderate(
    const struct variance_prior *prior, double variance, double degrees)
{
    if (isnan(variance))
        degrees = 0;
    struct variance_moderated both = {NAN, fmin(prior->degrees + degrees, prior->most)};
    if (prior->degrees <= 0)
        both = (struct variance_moderated){degrees > 0 ? variance : NAN, degrees};
    else if (isinf(prior->degrees) || degrees <= 0)
        both.variance = prior->variance;
    else
        both.variance =
            (prior->degrees * prior->variance + degrees * variance) / (prior->degrees + degrees);
    return both;
}

struct estimate run_estimate(const struct run_effects *effects, const struct variance_prior *prior)
{
    double runs = (double)effects->runs;
    struct variance_moderated moderated =
        variance_moderate(prior, effects->variance_of_means, runs - 1);
    return (struct estimate){effects->mean, 0, moderated.variance / runs, moderated.degrees};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_RUNS_H
#define STATS_RUNS_H

#include "stats/samples.h"
#include "stats/welch.h"

/*
 * Many runs on a side: one-way random effects. Samples inside a run share its
 * machine state, so the run is the unit: its mean is one observation.
 */
struct run_summary {
    double n, mean, sd; /* sd NaN under 2 samples */
};

/* Of the samples of one run (logarithms, as a rule). */
struct run_summary run_summary_of(const struct samples *samples);

/*
 * The two variances of a side (unweighted means: Searle, Casella & McCulloch
 * 1992, ch. 4). NaN: within without a run of two samples; the others under two
 * runs, between also without a within.
 */
struct run_effects {
    size_t runs;
    double mean;              /* of the run means, each counting once; NaN without runs */
    double variance_of_means; /* s² of the run means, runs - 1 degrees */
    double within_sd;         /* of samples inside a run, pooled */
    double between_sd;        /* sqrt(max(0, variance_of_means - within² × mean of 1/n)) */
};

struct run_effects run_effects_of(const struct run_summary *runs, size_t count);

/*
 * Do runs agree on a difference? The F test of the one-way analysis of variance:
 * what the runs' differences vary by, over what they should by the samples inside.
 */
struct run_difference {
    double difference;
    double share; /* its variance is that of a sample × share: 1/n of pairs, 1/n + 1/m of sides */
    double degrees; /* with which sd was estimated; 0: sd says nothing */
    double sd;      /* of samples inside the run */
};

struct run_agreement {
    double ratio; /* F, freed of its bias: 1 where they agree */
    double p;     /* NaN, as the ratio: under two runs, or without spread inside */
};

struct run_agreement run_agreement_of(const struct run_difference *runs, size_t count);

/* Of all comparisons of a report: the mean ratio, and p after Stouffer 1949; NaN of none. */
struct run_agreement run_agreement_pool(const struct run_agreement *agreements, size_t count);

/*
 * With two or three runs a variance is hardly known. Smyth 2004: the variances of
 * all sides of a report share a prior (scaled inverse chi-square: `variance` with
 * `degrees`), fitted to their logarithms by moments; each is then a weighted mean
 * of itself and the prior, with the degrees of both, but at most all degrees of
 * the report together.
 */
struct variance_prior {
    double variance, degrees; /* degrees: 0 knows nothing, infinity: all variances are one */
    double most;              /* the degrees of all variances together */
};

/*
 * Fitted to variances[i] with degrees[i]; those that are NaN or have no degrees
 * are passed over, and zeros are taken as 1e-5 of the median variance. Under 3
 * variances: no prior. Scratch: 2 × count doubles.
 */
struct variance_prior variance_prior_fit(
    const double *variances, const double *degrees, size_t count, struct arena *scratch);

struct variance_moderated {
    double variance, degrees;
};

/* A variance that is NaN becomes the prior's. NaN and 0 degrees where neither knows anything. */
struct variance_moderated variance_moderate(
    const struct variance_prior *prior, double variance, double degrees);

/* The estimate of a side's mean from its runs, for welch(). */
struct estimate run_estimate(const struct run_effects *effects, const struct variance_prior *prior);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FIGURES_H
#define FIGURES_H

#include "settings.h"
#include "stats/interval.h"
#include "subject.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a table says of a subject. All is NaN where there is no sample. */
struct figures {
    size_t n;
    double median, mean, sd, min, max;
    struct interval median_ci; /* 95 %, exact */
    double user_mean, system_mean, peak_rss;
    /* To the one that it is compared with: the reference, else the fastest, of all commands, or
     * in a suite of the variants of its benchmark. base is its index, or FIGURES_ALONE where
     * there is nothing to compare with; the base itself has NaN below. */
    size_t base;
    double ratio;             /* of the medians of all pairs: Hodges & Lehmann on logarithms */
    struct interval ratio_ci; /* 95 % */
    double mean_ratio, mean_ratio_sd; /* of the means, with the error propagated: as hyperfine */
};

#define FIGURES_ALONE SIZE_MAX

/* One for each of count subjects; goes back with free(). */
struct figures *figures_create(const struct subject *subjects, size_t count);

/* Of a metric from the output: the index in its bench's extractions. No sample: n is 0. */
struct metric_figures {
    size_t n;
    double median, min, max;
    struct interval median_ci;
};
struct metric_figures figures_of_metric(const struct series *series, size_t index);

/* The median and its interval of what is there so far. */
double figures_median(const struct series *series, struct interval *interval);

/* "12.3 ms" in the unit asked for. */
void figures_add_time(struct buffer *out, double seconds, enum time_unit unit);

/* How a table names a subject: its name and parameters; as a title, with its variant too. */
void figures_add_name(struct buffer *out, const struct subject *subject);
void figures_add_title(struct buffer *out, const struct subject *subject);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures.h"

#include "base/memory.h"
#include "document/quantity.h"
#include "stats/hodges_lehmann.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/samples.h"

#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95

static bool prepare(struct samples *samples, const struct series *series, struct arena *arena)
{
    struct error error = ERROR_INIT;
    return series->total > 0 &&
           samples_prepare(samples, series->walls, series->total, arena, &error) == 0;
}

double figures_median(const struct series *series, struct interval *interval)
{
    struct arena arena = ARENA_INIT;
    struct samples samples;
    double median = NAN;
    *interval = interval_none();
    if (prepare(&samples, series, &arena)) {
        median = order_median(&samples);
        *interval = order_median_interval(&samples, CONFIDENCE);
    }
    arena_release(&arena);
    return median;
}

static struct figures figures_of(const struct subject *subject)
{
    const struct series *series = &subject->series;
    struct arena arena = ARENA_INIT;
    struct samples samples;
    struct figures figures = {.median = NAN,
        .mean = NAN,
        .sd = NAN,
        .min = NAN,
        .max = NAN,
        .median_ci = interval_none(),
        .user_mean = NAN,
        .system_mean = NAN,
        .peak_rss = NAN,
        .base = FIGURES_ALONE,
        .ratio = NAN,
        .ratio_ci = interval_none(),
        .mean_ratio = NAN,
        .mean_ratio_sd = NAN};
    if (prepare(&samples, series, &arena)) {
        struct moments moments = moments_of(&samples);
        double n = (double)(series->total - series->earlier);
        figures.n = samples.count;
        figures.median = order_median(&samples);
        figures.median_ci = order_median_interval(&samples, CONFIDENCE);
        figures.mean = moments.mean;
        figures.sd = moments.sd;
        figures.min = samples.sorted[0];
        figures.max = samples.sorted[samples.count - 1];
        figures.user_mean = series->user_sum / n;
        figures.system_mean = series->system_sum / n;
        figures.peak_rss = series->peak_rss;
    }
    arena_release(&arena);
    return figures;
}

struct metric_figures figures_of_metric(const struct series *series, size_t index)
{
    struct metric_figures figures = {0, NAN, NAN, NAN, interval_none()};
    struct arena arena = ARENA_INIT;
    struct error error = ERROR_INIT;
    struct samples samples;
    double *values = arena_take(&arena, (series->total + 1) * sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < series->total; i++) {
        double value = series->extras[i * series->extra_count + index];
        if (isfinite(value))
            values[count++] = value;
    }
    if (count > 0 && samples_prepare(&samples, values, count, &arena, &error) == 0)
        figures = (struct metric_figures){count, order_median(&samples), samples.sorted[0],
            samples.sorted[count - 1], order_median_interval(&samples, CONFIDENCE)};
    arena_release(&arena);
    return figures;
}

/* All commands of the command line do the same work, as a rule; a suite says which do. */
static bool comparable(const struct subject *a, const struct subject *b)
{
    return a->cell->bench->suite ? cell_same_benchmark(a->cell, b->cell) : true;
}

static size_t find_base(const struct subject *subjects, const struct figures *figures, size_t count,
    const struct subject *subject)
{
    size_t base = FIGURES_ALONE, among = 0;
    for (size_t i = 0; i < count; i++) {
        if (figures[i].n == 0 || !comparable(&subjects[i], subject))
            continue;
        among++;
        if (base != FIGURES_ALONE && subjects[base].cell->bench->reference)
            continue;
        if (base == FIGURES_ALONE || subjects[i].cell->bench->reference ||
            figures[i].median < figures[base].median)
            base = i;
    }
    return among > 1 ? base : FIGURES_ALONE;
}

static void compare_means(struct figures *figures, const struct figures *base)
{
    double ratio = figures->mean / base->mean;
    double own = figures->sd / figures->mean, other = base->sd / base->mean;
    figures->mean_ratio = ratio;
    figures->mean_ratio_sd = ratio * sqrt(own * own + other * other);
}

static void compare(
    struct figures *figures, const struct subject *subject, const struct subject *base)
{
    static const double confidence = CONFIDENCE;
    struct arena arena = ARENA_INIT;
    struct samples own, other, own_logs, other_logs;
    if (prepare(&own, &subject->series, &arena) && prepare(&other, &base->series, &arena) &&
        samples_positive(&own) && samples_positive(&other)) {
        struct rank_null *null = memory_zero(1, sizeof *null);
        struct shift shift;
        samples_logs(&own_logs, &own, &arena);
        samples_logs(&other_logs, &other, &arena);
        hodges_lehmann(&shift, &other_logs, &own_logs, &confidence, 1, null, &arena);
        figures->ratio = exp(shift.estimate);
        figures->ratio_ci = shift.intervals[0];
        figures->ratio_ci.low = exp(figures->ratio_ci.low);
        figures->ratio_ci.high = exp(figures->ratio_ci.high);
        free(null);
    }
    arena_release(&arena);
}

struct figures *figures_create(const struct subject *subjects, size_t count)
{
    struct figures *figures = memory_zero(count, sizeof *figures);
    for (size_t i = 0; i < count; i++)
        figures[i] = figures_of(&subjects[i]);
    for (size_t i = 0; i < count; i++) {
        if (figures[i].n == 0)
            continue;
        size_t base = figures[i].base = find_base(subjects, figures, count, &subjects[i]);
        if (base == FIGURES_ALONE || base == i)
            continue;
        compare(&figures[i], &subjects[i], &subjects[base]);
        compare_means(&figures[i], &figures[base]);
    }
    return figures;
}

void figures_add_time(struct buffer *out, double seconds, enum time_unit unit)
{
    static const struct {
        const char *name;
        double factor;
        int decimals;
    } units[] = {[UNIT_SECOND] = {"s", 1, 3},
        [UNIT_MILLISECOND] = {"ms", 1e3, 1},
        [UNIT_MICROSECOND] = {"\u00b5s", 1e6, 1}};
    if (unit == UNIT_AUTO || !isfinite(seconds))
        quantity_add(out, seconds, slice_of("s"));
    else
        buffer_add_format(
            out, "%.*f %s", units[unit].decimals, seconds * units[unit].factor, units[unit].name);
}

void figures_add_name(struct buffer *out, const struct subject *subject)
{
    const struct cell *cell = subject->cell;
    const struct bench *bench = cell->bench;
    if (bench->suite)
        buffer_add_format(out, "%s/", bench->suite);
    /* A name that is the command is best shown with its values in it. */
    bool own_name = bench->name != NULL;
    buffer_add_text(out, own_name ? cell->name : cell->command);
    for (size_t i = 0; own_name && i < bench->parameter_count; i++)
        buffer_add_format(out, "%s%s=%s", i ? ", " : " (", bench->parameters[i].name,
            bench->parameters[i].values[cell->chosen[i]]);
    if (own_name && bench->parameter_count > 0)
        buffer_add_char(out, ')');
}

void figures_add_title(struct buffer *out, const struct subject *subject)
{
    figures_add_name(out, subject);
    if (subject->cell->variant)
        buffer_add_format(out, " [%s]", subject->cell->variant);
}

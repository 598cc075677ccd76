/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stopping.h"

#include "conclusive.h"
#include "figures.h"
#include "process/clock.h"
#include "stats/spending.h"

#include <math.h>

int64_t stopping_most_samples(const struct settings *settings)
{
    return settings->max_given ? settings->max_runs : CONCLUSIVE_SAMPLES;
}

/* Even looks, ten samples apart, but not more than fifty. */
int64_t stopping_most_looks(const struct settings *settings)
{
    int64_t looks = stopping_most_samples(settings) / CONCLUSIVE_STEP;
    return looks < 1 ? 1 : looks > CONCLUSIVE_LOOKS_MOST ? CONCLUSIVE_LOOKS_MOST : looks;
}

/* Of a conclusive rule: the number of samples at which look `number` is due. */
static int64_t look_at(const struct settings *settings, int64_t number)
{
    int64_t samples = stopping_most_samples(settings), looks = stopping_most_looks(settings);
    return (number * samples + looks - 1) / looks;
}

void stopping_start(
    struct stopping *stopping, const struct settings *settings, const struct against *against)
{
    *stopping = (struct stopping){
        .settings = settings, .against = against, .started_ns = clock_monotonic()};
}

static bool is_asked(const struct subject *subject)
{
    return !subject->over && subject->cell->runs == 0;
}

/* The most samples that one of those has whom the rule is for. */
static int64_t samples_so_far(const struct subject *subjects, size_t count)
{
    int64_t most = 0;
    for (size_t i = 0; i < count; i++)
        if (is_asked(&subjects[i]) && (int64_t)subjects[i].series.total > most)
            most = (int64_t)subjects[i].series.total;
    return most;
}

void stopping_begin(struct stopping *stopping, const struct subject *subjects, size_t count)
{
    const struct settings *settings = stopping->settings;
    int64_t least = settings->min_given ? settings->min_runs : 0;
    stopping->next_look = least > FIRST_LOOK ? least : FIRST_LOOK;
    if (!settings->conclusive)
        return;
    int64_t most = stopping_most_looks(settings), samples = samples_so_far(subjects, count);
    while (stopping->looks < most && look_at(settings, stopping->looks + 1) <= samples)
        stopping->looks++;
    stopping->spent = stopping->looks == most;
    stopping->next_look = look_at(settings, stopping->looks + 1);
}

int64_t stopping_rounds_left(
    const struct stopping *stopping, const struct subject *subjects, size_t count)
{
    if (!stopping_looks(stopping->settings))
        return INT64_MAX;
    int64_t left = stopping->next_look - samples_so_far(subjects, count);
    return left > 1 ? left : 1;
}

static bool time_is_up(const struct stopping *stopping)
{
    double most = stopping->settings->max_time_s;
    return most > 0 && clock_seconds(clock_monotonic() - stopping->started_ns) >= most;
}

/* Of the interval, as a share of the median; infinite where there is none. */
static double width_of(const struct subject *subject)
{
    struct interval interval;
    double median = figures_median(&subject->series, &interval);
    return interval_exists(interval) ? (interval.high - interval.low) / median : INFINITY;
}

const struct subject *stopping_widest(
    const struct stopping *stopping, const struct subject *subjects, size_t count, double *width)
{
    const struct subject *widest = NULL;
    *width = stopping->settings->precision;
    for (size_t i = 0; i < count; i++) {
        if (!is_asked(&subjects[i]) || width_of(&subjects[i]) <= *width)
            continue;
        widest = &subjects[i];
        *width = width_of(widest);
    }
    return widest;
}

static bool is_conclusive(struct stopping *stopping, const struct subject *subjects, size_t count)
{
    size_t comparisons;
    int64_t most = stopping_most_looks(stopping->settings);
    stopping->next_look = look_at(stopping->settings, stopping->looks + 1);
    enum conclusion conclusion =
        conclusive_look(subjects, count, stopping->against, stopping->looks, most, &comparisons);
    stopping->limited = conclusion == CONCLUSION_LIMITED;
    stopping->settled = conclusion == CONCLUSION_SETTLED;
    return conclusion != CONCLUSION_OPEN || stopping->looks >= most;
}

bool stopping_enough(struct stopping *stopping, const struct subject *subjects, size_t count)
{
    if (!stopping_looks(stopping->settings))
        return false;
    if (time_is_up(stopping))
        return true;
    int64_t most = samples_so_far(subjects, count);
    if (most < stopping->next_look)
        return false;
    stopping->looks++;
    if (stopping->settings->conclusive)
        return is_conclusive(stopping, subjects, count);
    stopping->next_look = most + (most >= 20 ? most / 10 : 1);
    double width;
    stopping->settled = !stopping_widest(stopping, subjects, count, &width);
    return stopping->settled;
}

static void write_most(struct json_writer *writer, const struct settings *settings)
{
    int64_t samples = settings->runs > 0     ? settings->runs
                      : settings->conclusive ? stopping_most_samples(settings)
                                             : settings->max_runs;
    if (samples == 0 && !stopping_looks(settings))
        return;
    json_member_object(writer, "max");
    if (samples > 0)
        json_member_integer(writer, "samples", samples);
    if (stopping_looks(settings))
        json_member_double(writer, "time_s", settings->max_time_s);
    if (settings->conclusive)
        json_member_integer(writer, "looks", stopping_most_looks(settings));
    json_end_object(writer);
}

static const char *rule_name(const struct settings *settings)
{
    if (settings->conclusive)
        return "conclusive";
    return settings->precision > 0 ? "precision" : settings->runs > 0 ? "fixed" : "time";
}

/* What the looks so far may have found by chance. */
static double alpha_spent(const struct settings *settings, const struct stopping *stopping)
{
    if (!settings->conclusive)
        return 0;
    return spending_at(
        CONCLUSIVE_ALPHA, (double)stopping->looks / (double)stopping_most_looks(settings));
}

void stopping_write(
    struct json_writer *writer, const struct settings *settings, const struct stopping *stopping)
{
    json_begin_object(writer);
    json_member_text(writer, "rule", rule_name(settings));
    if (settings->precision > 0)
        json_member_double(writer, "precision", settings->precision);
    if (stopping_looks(settings) && stopping) {
        json_member_integer(writer, "looks", stopping->looks);
        json_member_double(writer, "alpha_spent", alpha_spent(settings, stopping));
    }
    if (stopping && stopping->continued > 0)
        json_member_integer(writer, "continued", stopping->continued);
    write_most(writer, settings);
    json_end_object(writer);
}

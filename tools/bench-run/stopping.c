/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stopping.h"

#include "figures.h"
#include "process/clock.h"

void stopping_start(struct stopping *stopping, const struct settings *settings)
{
    *stopping = (struct stopping){.settings = settings, .started_ns = clock_monotonic()};
    stopping_begin(stopping);
}

void stopping_begin(struct stopping *stopping)
{
    int64_t least = stopping->settings->min_given ? stopping->settings->min_runs : 0;
    stopping->next_look = least > FIRST_LOOK ? least : FIRST_LOOK;
}

static bool time_is_up(const struct stopping *stopping)
{
    double most = stopping->settings->max_time_s;
    return most > 0 && clock_seconds(clock_monotonic() - stopping->started_ns) >= most;
}

static bool is_narrow(const struct subject *subject, double precision)
{
    struct interval interval;
    double median = figures_median(&subject->series, &interval);
    return interval_exists(interval) && interval.high - interval.low <= precision * median;
}

static bool is_asked(const struct subject *subject)
{
    return !subject->over && subject->cell->runs == 0;
}

bool stopping_enough(struct stopping *stopping, const struct subject *subjects, size_t count)
{
    if (!(stopping->settings->precision > 0))
        return false;
    if (time_is_up(stopping))
        return true;
    int64_t most = 0;
    for (size_t i = 0; i < count; i++)
        if (is_asked(&subjects[i]) && (int64_t)subjects[i].series.total > most)
            most = (int64_t)subjects[i].series.total;
    if (most < stopping->next_look)
        return false;
    stopping->looks++;
    stopping->next_look = most + (most >= 20 ? most / 10 : 1);
    for (size_t i = 0; i < count; i++)
        if (is_asked(&subjects[i]) && !is_narrow(&subjects[i], stopping->settings->precision))
            return false;
    return true;
}

static void write_most(struct json_writer *writer, const struct settings *settings)
{
    int64_t samples = settings->runs > 0 ? settings->runs : settings->max_runs;
    if (samples == 0 && !(settings->precision > 0))
        return;
    json_write_key(writer, "max");
    json_begin_object(writer);
    if (samples > 0)
        json_member_integer(writer, "samples", samples);
    if (settings->precision > 0)
        json_member_double(writer, "time_s", settings->max_time_s);
    json_end_object(writer);
}

void stopping_write(
    struct json_writer *writer, const struct settings *settings, const struct stopping *stopping)
{
    bool precision = settings->precision > 0;
    json_begin_object(writer);
    json_member_text(writer, "rule",
        precision            ? "precision"
        : settings->runs > 0 ? "fixed"
                             : "time");
    if (precision)
        json_member_double(writer, "precision", settings->precision);
    if (precision && stopping) {
        json_member_integer(writer, "looks", stopping->looks);
        json_member_integer(writer, "alpha_spent", 0);
    }
    write_most(writer, settings);
    json_end_object(writer);
}

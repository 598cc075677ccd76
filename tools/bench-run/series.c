/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "series.h"

#include "base/memory.h"
#include "process/clock.h"

#include <math.h>
#include <stdlib.h>

/*
 * Time and memory are what people pay for. How often the kernel had to act says
 * why, and is no aim in itself: no direction of it is better.
 */
const struct measured_kind measured_kinds[MEASURED] = {
    [MEASURED_WALL] = {"wall_time", "s", "lower"},
    [MEASURED_USER] = {"user_time", "s", "lower"},
    [MEASURED_SYSTEM] = {"system_time", "s", "lower"},
    [MEASURED_MAX_RSS] = {"max_rss", "By", "lower"},
    [MEASURED_MINOR_FAULTS] = {"minor_faults", "1", "none"},
    [MEASURED_MAJOR_FAULTS] = {"major_faults", "1", "none"},
    [MEASURED_VOLUNTARY] = {"voluntary_switches", "1", "none"},
    [MEASURED_INVOLUNTARY] = {"involuntary_switches", "1", "none"},
    [MEASURED_READ] = {"read_bytes", "By", "none"},
    [MEASURED_WRITE] = {"write_bytes", "By", "none"},
};

void sample_of(struct sample *sample, const struct process_result *result)
{
    const struct process_usage *usage = &result->usage;
    *sample = (struct sample){{
        [MEASURED_WALL] = clock_seconds(result->end_ns - result->start_ns),
        [MEASURED_USER] = usage->user_s,
        [MEASURED_SYSTEM] = usage->system_s,
        [MEASURED_MAX_RSS] = (double)usage->max_rss,
        [MEASURED_MINOR_FAULTS] = (double)usage->minor_faults,
        [MEASURED_MAJOR_FAULTS] = (double)usage->major_faults,
        [MEASURED_VOLUNTARY] = (double)usage->voluntary_switches,
        [MEASURED_INVOLUNTARY] = (double)usage->involuntary_switches,
        [MEASURED_READ] = usage->io_known ? (double)usage->read_bytes : NAN,
        [MEASURED_WRITE] = usage->io_known ? (double)usage->write_bytes : NAN,
    }};
}

static const struct sample *add(
    struct samples_taken *taken, const struct process_result *result, int64_t round)
{
    size_t capacity = taken->capacity;
    MEMORY_GROW(taken->items, taken->count, taken->capacity);
    if (taken->capacity != capacity)
        taken->rounds = memory_resize(taken->rounds, taken->capacity, sizeof *taken->rounds);
    taken->rounds[taken->count] = round;
    sample_of(&taken->items[taken->count], result);
    return &taken->items[taken->count++];
}

void series_add_warmup(struct series *series, const struct process_result *result)
{
    add(&series->warmup, result, 0);
}

void series_add(struct series *series, const struct process_result *result, int64_t round)
{
    if (series->pending.count == 0)
        series->first_ns = result->start_ns;
    series->last_ns = result->end_ns;
    double wall = add(&series->pending, result, round)->values[MEASURED_WALL];
    MEMORY_GROW(series->walls, series->total, series->capacity);
    series->walls[series->total++] = wall;
    series->wall_sum += wall;
}

void series_written(struct series *series)
{
    series->warmup.count = 0;
    series->pending.count = 0;
    series->parts++;
}

static void release(struct samples_taken *taken)
{
    free(taken->items);
    free(taken->rounds);
}

void series_release(struct series *series)
{
    release(&series->warmup);
    release(&series->pending);
    free(series->walls);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "series.h"

#include "base/memory.h"
#include "process/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    [MEASURED_COUNTERS + COUNTER_TASK_CLOCK] = {"task_clock", "ns", "lower"},
    [MEASURED_COUNTERS + COUNTER_INSTRUCTIONS] = {"instructions", "1", "lower"},
    [MEASURED_COUNTERS + COUNTER_CYCLES] = {"cycles", "1", "lower"},
    [MEASURED_COUNTERS + COUNTER_BRANCHES] = {"branches", "1", "none"},
    [MEASURED_COUNTERS + COUNTER_BRANCH_MISSES] = {"branch_misses", "1", "none"},
    [MEASURED_COUNTERS + COUNTER_CACHE_REFERENCES] = {"cache_references", "1", "none"},
    [MEASURED_COUNTERS + COUNTER_CACHE_MISSES] = {"cache_misses", "1", "none"},
};

/* To the nanosecond, which is as fine as the clock is. */
static double less(double seconds, double overhead)
{
    return fmax(round((seconds - overhead) * 1e9), 0) / 1e9;
}

void sample_of(
    struct sample *sample, const struct process_result *result, const struct overhead *overhead)
{
    const struct process_usage *usage = &result->usage;
    double wall = clock_seconds(result->end_ns - result->start_ns);
    *sample = (struct sample){{
        [MEASURED_WALL] = less(wall, overhead->wall_s),
        [MEASURED_USER] = less(usage->user_s, overhead->user_s),
        [MEASURED_SYSTEM] = less(usage->system_s, overhead->system_s),
        [MEASURED_MAX_RSS] = (double)usage->max_rss,
        [MEASURED_MINOR_FAULTS] = (double)usage->minor_faults,
        [MEASURED_MAJOR_FAULTS] = (double)usage->major_faults,
        [MEASURED_VOLUNTARY] = (double)usage->voluntary_switches,
        [MEASURED_INVOLUNTARY] = (double)usage->involuntary_switches,
        [MEASURED_READ] = usage->io_known ? (double)usage->read_bytes : NAN,
        [MEASURED_WRITE] = usage->io_known ? (double)usage->write_bytes : NAN,
    }};
    for (int i = 0; i < COUNTERS; i++)
        sample->values[MEASURED_COUNTERS + i] = usage->counters[i];
}

static void add(struct samples_taken *taken, const struct sample *sample, const double *extra,
    size_t extra_count, int64_t round)
{
    size_t capacity = taken->capacity;
    MEMORY_GROW(taken->items, taken->count, taken->capacity);
    if (taken->capacity != capacity) {
        taken->rounds = memory_resize(taken->rounds, taken->capacity, sizeof *taken->rounds);
        taken->extra =
            memory_resize(taken->extra, taken->capacity, extra_count * sizeof *taken->extra);
    }
    if (extra_count > 0)
        memcpy(taken->extra + taken->count * extra_count, extra, extra_count * sizeof *extra);
    taken->rounds[taken->count] = round;
    taken->items[taken->count++] = *sample;
}

/* extra is NULL for an earlier sample. */
static void keep_extra(struct series *series, const double *extra)
{
    double *kept = series->extras + series->total * series->extra_count;
    for (size_t i = 0; i < series->extra_count; i++)
        kept[i] = extra ? extra[i] : NAN;
}

static void keep_summary(struct series *series, const struct sample *sample, const double *extra,
    int exit_code, int64_t round)
{
    size_t capacity = series->capacity;
    MEMORY_GROW(series->walls, series->total, series->capacity);
    if (series->capacity != capacity) {
        series->exit_codes =
            memory_resize(series->exit_codes, series->capacity, sizeof *series->exit_codes);
        series->wall_rounds =
            memory_resize(series->wall_rounds, series->capacity, sizeof *series->wall_rounds);
        series->extras = memory_resize(
            series->extras, series->capacity, series->extra_count * sizeof *series->extras);
    }
    keep_extra(series, extra);
    series->wall_rounds[series->total] = round;
    series->walls[series->total] = sample->values[MEASURED_WALL];
    series->exit_codes[series->total++] = exit_code;
    series->wall_sum += sample->values[MEASURED_WALL];
    series->user_sum += sample->values[MEASURED_USER];
    series->system_sum += sample->values[MEASURED_SYSTEM];
    series->peak_rss = fmax(series->peak_rss, sample->values[MEASURED_MAX_RSS]);
}

void series_add(struct series *series, const struct process_result *result,
    const struct overhead *overhead, const double *extra, enum sample_use use, int64_t round)
{
    struct samples_taken *const uses[] = {[SAMPLE_WARMUP] = &series->warmup,
        [SAMPLE_DISCARDED] = &series->discarded,
        [SAMPLE_KEPT] = &series->pending};
    struct sample sample;
    sample_of(&sample, result, overhead);
    if (use == SAMPLE_KEPT) {
        if (series->pending.count == 0)
            series->first_ns = result->start_ns;
        series->last_ns = result->end_ns;
        keep_summary(series, &sample, extra, result->exit_code, round);
    }
    add(uses[use], &sample, extra, series->extra_count, round);
}

void series_add_earlier(struct series *series, double wall_s)
{
    struct sample sample = {{[MEASURED_WALL] = wall_s}};
    if (isnan(wall_s))
        return;
    keep_summary(series, &sample, NULL, 0, -1);
    series->earlier++;
}

void series_forget(struct series *series)
{
    series->total = 0;
    series->earlier = 0;
    series->parts = 0;
    series->wall_sum = series->user_sum = series->system_sum = series->peak_rss = 0;
}

void series_written(struct series *series)
{
    series->warmup.count = 0;
    series->discarded.count = 0;
    series->pending.count = 0;
    series->parts++;
}

static void release(struct samples_taken *taken)
{
    free(taken->items);
    free(taken->rounds);
    free(taken->extra);
}

void series_release(struct series *series)
{
    release(&series->warmup);
    release(&series->discarded);
    release(&series->pending);
    free(series->walls);
    free(series->exit_codes);
    free(series->wall_rounds);
    free(series->extras);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/readings.h"

#include "base/memory.h"
#include "record/access.h"

#include <math.h>
#include <stdlib.h>

/* ---- reading ---- */
static struct reading_series *series_of(struct readings *readings, struct slice host)
{
    uint32_t index = dictionary_id(&readings->hosts, host);
    if (index == readings->count) {
        MEMORY_GROW(readings->series, readings->count, readings->capacity);
        readings->series[readings->count++] = (struct reading_series){.host = index};
    }
    return &readings->series[index];
}

/* The mean over the graphics units that say it. */
static double gpus_mean(const struct json_document *document, uint32_t gpus, const char *name)
{
    double sum = 0, known = 0;
    if (gpus == JSON_NONE)
        return NAN;
    for (uint32_t item = json_first(document, gpus); item != json_end(document, gpus);
         item = json_after(document, item)) {
        if (json_type(document, item) != JSON_OBJECT)
            continue;
        double value = access_number(document, item, name);
        sum += isnan(value) ? 0 : value;
        known += !isnan(value);
    }
    return known > 0 ? sum / known : NAN;
}

static double level_of(const struct json_document *document, uint32_t pressure)
{
    static const char *const levels[] = {"normal", "warning", "critical"};
    uint32_t node = access_node(document, pressure, "level", JSON_STRING);
    for (size_t i = 0; node != JSON_NONE && i < ARRAY_SIZE(levels); i++)
        if (json_string_is(document, node, slice_of(levels[i])))
            return (double)i;
    return NAN;
}

void readings_add(struct readings *readings, const struct record *record)
{
    const struct json_document *document = record->document;
    struct arena text = ARENA_INIT;
    struct reading reading = {.ts = access_number(document, ACCESS_ROOT, "ts")};
    if (isnan(reading.ts)) {
        readings->without_time++;
        return;
    }
    uint32_t gpus = access_node(document, ACCESS_ROOT, "gpus", JSON_ARRAY);
    uint32_t cpu = access_node(document, ACCESS_ROOT, "cpu", JSON_OBJECT);
    uint32_t memory = access_node(document, ACCESS_ROOT, "memory", JSON_OBJECT);
    uint32_t swap = access_node(document, ACCESS_ROOT, "swap", JSON_OBJECT);
    uint32_t pressure = access_node(document, ACCESS_ROOT, "pressure", JSON_OBJECT);
    reading.values[READING_GPU] = gpus_mean(document, gpus, "device_percent");
    reading.values[READING_RENDERER] = gpus_mean(document, gpus, "renderer_percent");
    reading.values[READING_CPU_USER] = access_number(document, cpu, "user_percent");
    reading.values[READING_CPU_SYSTEM] = access_number(document, cpu, "system_percent");
    reading.values[READING_MEMORY] = access_number(document, memory, "available_bytes");
    reading.values[READING_SWAP] = access_number(document, swap, "used_bytes");
    reading.values[READING_PRESSURE] = level_of(document, pressure);
    struct reading_series *series =
        series_of(readings, access_text(document, ACCESS_ROOT, "host", &text));
    MEMORY_GROW(series->items, series->count, series->capacity);
    series->items[series->count++] = reading;
    arena_release(&text);
}

void readings_release(struct readings *readings)
{
    for (size_t i = 0; i < readings->count; i++) {
        free(readings->series[i].items);
    }
    free(readings->series);
    arena_release(&readings->prepared);
    dictionary_release(&readings->hosts);
}

/* ---- preparing ---- */
static int by_time(const void *left, const void *right)
{
    const struct reading *a = left, *b = right;
    if (a->ts != b->ts)
        return a->ts < b->ts ? -1 : 1;
    /* Equal times: by their values, so that no order of the input shows. */
    for (int column = 0; column < READING_COLUMNS; column++) {
        double x = a->values[column], y = b->values[column];
        if (isnan(x) != isnan(y))
            return isnan(x) ? 1 : -1;
        if (x < y || x > y)
            return x < y ? -1 : 1;
    }
    return 0;
}

/* Leaves from count on, the node i over 2i and 2i + 1: a segment tree without recursion. */
static void prepare_extremes(struct reading_series *series, struct arena *arena)
{
    size_t count = series->count;
    series->least = arena_zero(arena, 2 * count * READING_COLUMNS, sizeof *series->least);
    series->most = arena_zero(arena, 2 * count * READING_COLUMNS, sizeof *series->most);
    for (size_t node = 2 * count; node-- > 1;)
        for (size_t column = 0; column < READING_COLUMNS; column++) {
            size_t at = node * READING_COLUMNS + column;
            if (node >= count) {
                series->least[at] = series->items[node - count].values[column];
                series->most[at] = series->least[at];
                continue;
            }
            /* fmin and fmax pass over a NaN. */
            size_t left = 2 * node * READING_COLUMNS + column, right = left + READING_COLUMNS;
            series->least[at] = fmin(series->least[left], series->least[right]);
            series->most[at] = fmax(series->most[left], series->most[right]);
        }
}

static void prepare_sums(struct reading_series *series, struct arena *arena)
{
    size_t size = (series->count + 1) * READING_COLUMNS;
    series->sums = arena_zero(arena, size, sizeof *series->sums);
    series->known = arena_zero(arena, size, sizeof *series->known);
    for (size_t i = 0; i < series->count; i++)
        for (size_t column = 0; column < READING_COLUMNS; column++) {
            size_t at = i * READING_COLUMNS + column;
            double value = series->items[i].values[column];
            series->sums[at + READING_COLUMNS] = series->sums[at] + (isnan(value) ? 0 : value);
            series->known[at + READING_COLUMNS] = series->known[at] + !isnan(value);
        }
}

void readings_finish(struct readings *readings)
{
    for (size_t i = 0; i < readings->count; i++) {
        struct reading_series *series = &readings->series[i];
        qsort(series->items, series->count, sizeof *series->items, by_time);
        prepare_sums(series, &readings->prepared);
        prepare_extremes(series, &readings->prepared);
    }
}

/* ---- asking ---- */
/* The first reading at or after a time; with after, behind it. */
static size_t first_at(const struct reading_series *series, double ts, bool after)
{
    size_t low = 0, high = series->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double at = series->items[middle].ts;
        if (after ? at <= ts : at < ts)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct reading_extent extent_of(
    const struct reading_series *series, size_t first, size_t end, size_t column)
{
    struct reading_extent extent = {0, NAN, NAN, NAN};
    size_t from = first * READING_COLUMNS + column, to = end * READING_COLUMNS + column;
    extent.known = series->known[to] - series->known[from];
    if (extent.known == 0)
        return extent;
    extent.mean = (series->sums[to] - series->sums[from]) / (double)extent.known;
    for (first += series->count, end += series->count; first < end; first /= 2, end /= 2) {
        if (first % 2) {
            extent.least = fmin(extent.least, series->least[first * READING_COLUMNS + column]);
            extent.most = fmax(extent.most, series->most[first++ * READING_COLUMNS + column]);
        }
        if (end % 2) {
            end--;
            extent.least = fmin(extent.least, series->least[end * READING_COLUMNS + column]);
            extent.most = fmax(extent.most, series->most[end * READING_COLUMNS + column]);
        }
    }
    return extent;
}

struct reading_window readings_window(
    const struct readings *readings, struct slice host, double start, double end)
{
    struct reading_window window = {.count = 0};
    uint32_t index = host.data ? dictionary_find(&readings->hosts, host) : 0;
    for (size_t column = 0; column < READING_COLUMNS; column++)
        window.columns[column] = (struct reading_extent){0, NAN, NAN, NAN};
    if (index >= readings->count || !(start <= end))
        return window;
    const struct reading_series *series = &readings->series[index];
    size_t first = first_at(series, start, false), last = first_at(series, end, true);
    window.count = last - first;
    for (size_t column = 0; column < READING_COLUMNS && first < last; column++)
        window.columns[column] = extent_of(series, first, last, column);
    return window;
}

static int by_number(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double readings_period(const struct readings *readings)
{
    if (readings->count == 0 || readings->series[0].count < 2)
        return NAN;
    const struct reading_series *series = &readings->series[0];
    size_t count = series->count - 1;
    double *periods = memory_zero(count, sizeof *periods);
    for (size_t i = 0; i < count; i++)
        periods[i] = series->items[i + 1].ts - series->items[i].ts;
    qsort(periods, count, sizeof *periods, by_number);
    double median =
        count % 2 ? periods[count / 2] : (periods[count / 2 - 1] + periods[count / 2]) / 2;
    free(periods);
    return median;
}

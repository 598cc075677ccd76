/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review_parts.h"

#include "base/memory.h"
#include "base/plural.h"
#include "record/access.h"
#include "record/unit.h"

#include <math.h>

/*
 * A result may come in parts, so what is said of all its samples waits for the
 * last: a count and the first value of each metric are enough.
 */
enum { CONSTANT_FROM = 5 }; /* samples; fewer are the same by chance on a coarse clock */

struct series_metric {
    struct series_metric *next;
    struct slice name, unit;
    struct review_place place;
    uint64_t count;
    double first;
    bool varies, may_be_constant, may_be_zero;
};

struct review_series {
    struct review_series *next; /* of the same run */
    struct review_place place, gap;
    uint64_t next_part, missing;
    bool passed, measured, closed;
    struct series_metric *metrics;
};

/*
 * The processor times come from the kernel, which counts them in ticks: several
 * samples, or all, may well be the same or zero.
 */
static bool is_in_ticks(struct slice name)
{
    return slice_is(name, "user_time") || slice_is(name, "system_time");
}

static struct series_metric *metric_of(struct review_series *series, const struct metric *metric,
    size_t number, struct review *review, struct arena *arena)
{
    struct series_metric **at = &series->metrics;
    for (; *at; at = &(*at)->next)
        if (slice_equal((*at)->name, metric->name))
            return *at;
    struct series_metric *made = *at = arena_zero(arena, 1, sizeof *made);
    made->name = arena_slice(arena, metric->name);
    made->unit = arena_slice(arena, metric->unit);
    made->place = review_here(review, arena_format(arena, "/metrics/%zu/samples", number));
    made->may_be_constant = metric->deterministic == KNOWN_TRUE ||
                            unit_is_countable(metric->unit) || is_in_ticks(metric->name);
    made->may_be_zero = !unit_takes_time(metric->unit) || is_in_ticks(metric->name);
    return made;
}

static void add_samples(struct series_metric *series, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]))
            continue;
        if (series->count++ == 0)
            series->first = values[i];
        else if (values[i] != series->first)
            series->varies = true;
    }
}

static bool has_figures(const struct review *review, size_t number)
{
    const struct json_document *document = review->record->document;
    uint32_t list = access_node(document, ACCESS_ROOT, "metrics", JSON_ARRAY);
    uint32_t item = json_first(document, list);
    for (size_t i = 0; i < number; i++)
        item = json_after(document, item);
    return json_get(document, item, "summary") != JSON_NONE ||
           json_get(document, item, "histogram") != JSON_NONE;
}

static void add_result(struct review *review, struct review_series *series,
    const struct report_result *result, struct arena *arena)
{
    if (result->outcome != OUTCOME_PASSED)
        series->passed = false;
    for (size_t i = 0; i < result->metric_count; i++) {
        const struct metric *metric = &result->metrics[i];
        struct series_metric *known = metric_of(series, metric, i, review, arena);
        add_samples(known, metric->samples, metric->count);
        if (known->count > 0 || has_figures(review, i))
            series->measured = true;
    }
}

static void judge_metric(struct review *review, const struct series_metric *metric)
{
    if (metric->count == 0 || metric->varies)
        return;
    if (metric->first == 0 && !metric->may_be_zero)
        review_say_at(review, REVIEW_ALL_ZERO, &metric->place,
            "%llu sample%s of %.*s, and all are 0 %.*s; expected what was measured, or null",
            (unsigned long long)metric->count, plural(metric->count), REVIEW_TEXT(metric->name),
            REVIEW_TEXT(metric->unit));
    else if (metric->first != 0 && metric->count >= CONSTANT_FROM && !metric->may_be_constant)
        review_say_at(review, REVIEW_CONSTANT_SERIES, &metric->place,
            "%llu samples of %.*s, and all are %.9g %.*s; expected some spread, or deterministic",
            (unsigned long long)metric->count, REVIEW_TEXT(metric->name), metric->first,
            REVIEW_TEXT(metric->unit));
}

static void judge(struct review *review, struct review_series *series)
{
    if (series->closed)
        return;
    series->closed = true;
    if (series->missing > 0)
        review_say_at(review, REVIEW_PART_MISSING, &series->gap,
            "%llu part%s of this result %s missing before this one; expected them from 0 on",
            (unsigned long long)series->missing, plural(series->missing),
            series->missing == 1 ? "is" : "are");
    if (series->passed && !series->measured)
        review_say_at(review, REVIEW_NO_METRICS, &series->place,
            "it passed and has no value of any metric; expected what was measured");
    for (const struct series_metric *metric = series->metrics; metric; metric = metric->next)
        judge_metric(review, metric);
}

static void init(struct review *review, struct review_series *series)
{
    *series = (struct review_series){.place = review_here(review, "/outcome"),
        .passed = true,
        /* A test of version 0 tells whether it passed; how good it was, it need not. */
        .measured = report_version_is_old(review->record->version)};
}

/* Of a result in parts: a known one, or a new one of its run. */
static struct review_series *series_of(
    struct review *review, struct review_run *run, const struct report_result *result)
{
    uint32_t known = review->series.count;
    buffer_reset(&review->text);
    buffer_add_slice(&review->text, run->id);
    buffer_add_char(&review->text, '\n');
    identity_write(review->identity, review->record->document, &review->text);
    buffer_add_slice(&review->text, result->variant);
    buffer_add_format(&review->text, "\n%.0f", isnan(result->repetition) ? 0 : result->repetition);
    uint32_t number = dictionary_id(&review->series, buffer_slice(&review->text));
    if (number < known)
        return review->series_items[number];
    MEMORY_GROW(review->series_items, known, review->series_capacity);
    struct review_series *series = arena_take(&review->arena, sizeof *series);
    init(review, series);
    series->next = run->series;
    run->series = series;
    review->series_items[number] = series;
    return series;
}

static void take_part(struct review *review, struct review_series *series, uint64_t part)
{
    if (part < series->next_part) {
        review_say(review, REVIEW_PART_ORDER, "/part",
            "part %llu comes after part %llu; expected the parts in their order, each once",
            (unsigned long long)part, (unsigned long long)series->next_part - 1);
        series->missing -= series->missing > 0;
        return;
    }
    if (part > series->next_part && series->missing == 0)
        series->gap = review_here(review, "/part");
    series->missing += part - series->next_part;
    series->next_part = part + 1;
}

void review_series_take(
    struct review *review, struct review_run *run, const struct report_result *result)
{
    if (!(result->part >= 0 && result->part < 1e15)) {
        struct review_series whole;
        init(review, &whole);
        add_result(review, &whole, result, &review->line);
        judge(review, &whole);
        return;
    }
    struct review_series *series = series_of(review, run, result);
    take_part(review, series, (uint64_t)result->part);
    add_result(review, series, result, &review->arena);
}

/* They were put in front as they came. */
static struct review_series *reversed(struct review_series *series)
{
    struct review_series *first = NULL;
    while (series) {
        struct review_series *next = series->next;
        series->next = first;
        first = series;
        series = next;
    }
    return first;
}

void review_series_close(struct review *review, struct review_run *run)
{
    struct review_series *first = reversed(run->series);
    run->series = NULL;
    for (struct review_series *series = first; series; series = series->next)
        judge(review, series);
}

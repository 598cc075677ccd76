/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/trend.h"

#include "analysis/trend_parts.h"
#include "base/memory.h"
#include "record/access.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct trend *trend_create(const struct trend_options *options)
{
    struct trend *trend = memory_zero(1, sizeof *trend);
    trend->options = options;
    return trend;
}

void trend_free(struct trend *trend)
{
    if (!trend)
        return;
    for (size_t i = 0; i < trend->line_count; i++)
        free(trend->lines[i].marks);
    free(trend->points);
    free(trend->facts);
    free(trend->fact_slots);
    free(trend->lists);
    free(trend->links);
    free(trend->lines);
    free(trend->line_slots);
    buffer_release(&trend->work);
    json_release(&trend->document);
    arena_release(&trend->arena);
    free(trend);
}

size_t trend_add_point(struct trend *trend, const struct trend_point *point)
{
    MEMORY_GROW(trend->points, trend->point_count, trend->point_capacity);
    trend->points[trend->point_count] = *point;
    return trend->point_count++;
}

static uint64_t hash_of(struct slice text, uint64_t hash)
{
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
    return (hash ^ hash >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
}

/* ---- facts --------------------------------------------------------------------------- */

static struct slice key_of(struct trend *trend, struct slice own, struct slice variant)
{
    buffer_reset(&trend->work);
    if (own.data)
        buffer_add_slice(&trend->work, own);
    else
        identity_write(trend->options->identity, &trend->document, &trend->work);
    buffer_add_char(&trend->work, '\n');
    buffer_add_slice(&trend->work, variant);
    return arena_slice(&trend->arena, buffer_slice(&trend->work));
}

static void read_facts(struct trend *trend, struct trend_facts *facts)
{
    static const struct slice none = {NULL, 0};
    struct record record = {.kind = RECORD_RESULT, .document = &trend->document, .file = ""};
    struct error ignored = ERROR_INIT;
    struct report_result *names = &facts->names;
    memset(names, 0, sizeof *names);
    if (json_parse_copy(&trend->document, facts->text, NULL, &ignored) != 0 ||
        report_benchmark_read(names, &record, &trend->arena, &ignored) != 0)
        return; /* written by ourselves, or the cache was checked */
    const struct json_document *document = &trend->document;
    uint32_t model = access_node(document, ACCESS_ROOT, "model", JSON_OBJECT);
    names->model_id = access_text(document, model, "id", &trend->arena);
    names->model_size_bytes = access_number(document, model, "size_bytes");
    names->model_family = access_text(document, model, "family", &trend->arena);
    names->model_variant = access_text(document, model, "variant", &trend->arena);
    names->model_framework = access_text(document, model, "framework", &trend->arena);
    names->model_quantization = access_text(document, model, "quantization", &trend->arena);
    names->modality = access_text(document, ACCESS_ROOT, "modality", &trend->arena);
    names->variant = access_text(document, ACCESS_ROOT, "variant", &trend->arena);
    facts->key = key_of(trend, none, names->variant);
    facts->hash = hash_of(facts->key, 3);
}

static size_t fact_slot(const struct trend *trend, struct slice text)
{
    size_t at = hash_of(text, 1) & (trend->fact_slot_count - 1);
    while (
        trend->fact_slots[at] && !slice_equal(trend->facts[trend->fact_slots[at] - 1].text, text))
        at = (at + 1) & (trend->fact_slot_count - 1);
    return at;
}

static size_t facts_by_text(struct trend *trend, struct slice text)
{
    if (2 * (trend->fact_count + 1) > trend->fact_slot_count) {
        free(trend->fact_slots);
        trend->fact_slot_count = trend->fact_slot_count ? 2 * trend->fact_slot_count : 256;
        trend->fact_slots = memory_zero(trend->fact_slot_count, sizeof *trend->fact_slots);
        for (size_t i = 0; i < trend->fact_count; i++)
            trend->fact_slots[fact_slot(trend, trend->facts[i].text)] = i + 1;
    }
    size_t at = fact_slot(trend, text);
    if (trend->fact_slots[at])
        return trend->fact_slots[at] - 1;
    MEMORY_GROW(trend->facts, trend->fact_count, trend->fact_capacity);
    struct trend_facts *facts = &trend->facts[trend->fact_count];
    *facts = (struct trend_facts){.text = text};
    read_facts(trend, facts);
    trend->fact_slots[at] = ++trend->fact_count;
    return trend->fact_count - 1;
}

/* ---- series ------------------------------------------------------------------------------ */

static bool same_line(const struct trend_line *a, const struct trend_line *b)
{
    return a->hash == b->hash && slice_equal(a->key, b->key) &&
           slice_equal(a->series.metric, b->series.metric) &&
           slice_equal(a->series.machine, b->series.machine);
}

static size_t line_slot(const struct trend *trend, const struct trend_line *wanted)
{
    size_t at = wanted->hash & (trend->line_slot_count - 1);
    while (trend->line_slots[at] && !same_line(&trend->lines[trend->line_slots[at] - 1], wanted))
        at = (at + 1) & (trend->line_slot_count - 1);
    return at;
}

static size_t line_number(struct trend *trend, const struct trend_line *wanted)
{
    if (2 * (trend->line_count + 1) > trend->line_slot_count) {
        free(trend->line_slots);
        trend->line_slot_count = trend->line_slot_count ? 2 * trend->line_slot_count : 256;
        trend->line_slots = memory_zero(trend->line_slot_count, sizeof *trend->line_slots);
        for (size_t i = 0; i < trend->line_count; i++)
            trend->line_slots[line_slot(trend, &trend->lines[i])] = i + 1;
    }
    size_t at = line_slot(trend, wanted);
    if (trend->line_slots[at])
        return trend->line_slots[at] - 1;
    MEMORY_GROW(trend->lines, trend->line_count, trend->line_capacity);
    trend->lines[trend->line_count] = *wanted;
    trend->line_slots[at] = ++trend->line_count;
    return trend->line_count - 1;
}

/* The line and the facts of one of a history's series; line 0 where its facts cannot be read. */
static struct trend_link link_of(struct trend *trend, const struct history_series *series)
{
    size_t number = facts_by_text(trend, series->facts);
    const struct trend_facts *facts = &trend->facts[number];
    struct trend_line wanted = {.facts = number, .key = facts->key};
    struct trend_link link = {0, (uint32_t)number + 1};
    if (!facts->key.data)
        return link;
    if (series->key.data)
        wanted.key = key_of(trend, series->key, facts->names.variant);
    wanted.series.metric = series->metric;
    wanted.series.machine = trend->options->any_machine ? slice_of("") : series->machine;
    uint64_t named = series->key.data ? hash_of(wanted.key, 3) : facts->hash;
    wanted.hash = hash_of(wanted.series.metric, hash_of(wanted.series.machine, named));
    link.line = (uint32_t)line_number(trend, &wanted) + 1;
    return link;
}

static void add_mark(struct trend *trend, struct trend_link link, const struct trend_mark *mark)
{
    struct trend_line *line = &trend->lines[link.line - 1];
    if (mark->point >= line->newest) {
        line->facts = link.facts - 1;
        line->newest = mark->point;
    }
    MEMORY_GROW(line->marks, line->mark_count, line->mark_capacity);
    line->marks[line->mark_count++] = *mark;
}

/* Histories out of one store share the list. */
static void take_list(struct trend *trend, const struct history *history)
{
    size_t count = history->series_count;
    if (trend->list_count > 0 && trend->lists[trend->list_count - 1] == history->series)
        return;
    MEMORY_GROW(trend->lists, trend->list_count, trend->list_capacity);
    trend->lists[trend->list_count++] = history->series;
    if (count > trend->link_count) {
        trend->links = memory_resize(trend->links, count, sizeof *trend->links);
        trend->link_count = count;
    }
    if (count > 0)
        memset(trend->links, 0, count * sizeof *trend->links);
}

void trend_add(struct trend *trend, const struct history *history, const size_t *points)
{
    take_list(trend, history);
    for (size_t i = 0; i < history->entry_count; i++) {
        const struct history_entry *entry = &history->entries[i];
        struct trend_link *link = &trend->links[entry->series];
        struct trend_mark mark = {.run = &history->runs[entry->run],
            .entry = entry,
            .list = (uint32_t)trend->list_count - 1};
        if (points[entry->run] == TREND_NOWHERE)
            continue;
        mark.point = (uint32_t)points[entry->run];
        if (link->facts == 0)
            *link = link_of(trend, &history->series[entry->series]);
        if (link->line != 0)
            add_mark(trend, *link, &mark);
    }
}

/* ---- which machine ------------------------------------------------------------------------ */

static int by_name(const void *left, const void *right)
{
    const struct trend_line *a = left, *b = right;
    int order = slice_compare(a->key, b->key);
    if (order == 0)
        order = slice_compare(a->series.metric, b->series.metric);
    return order ? order : slice_compare(a->series.machine, b->series.machine);
}

static bool same_but_machine(const struct trend_line *a, const struct trend_line *b)
{
    return slice_equal(a->key, b->key) && slice_equal(a->series.metric, b->series.metric);
}

static void take_marks(struct trend_line *to, struct trend_line *from)
{
    for (size_t i = 0; i < from->mark_count; i++) {
        MEMORY_GROW(to->marks, to->mark_count, to->mark_capacity);
        to->marks[to->mark_count++] = from->marks[i];
    }
    free(from->marks);
    from->marks = NULL;
    from->mark_count = 0;
}

/* Values of an unknown machine belong to the one that is known, where there is but one. */
static void settle_machines(struct trend *trend)
{
    for (size_t from = 0, end; from < trend->line_count; from = end) {
        struct trend_line *lines = trend->lines + from;
        for (end = from + 1;
             end < trend->line_count && same_but_machine(lines, &trend->lines[end]);)
            end++;
        if (end - from == 2 && lines[0].series.machine.size == 0) {
            take_marks(&lines[1], &lines[0]);
            continue;
        }
        for (size_t i = from; i < end; i++)
            trend->lines[i].series.machine_differs = end - from > 1;
    }
}

static void gather_series(struct trend *trend)
{
    trend->series = arena_zero(&trend->arena, trend->line_count + 1, sizeof *trend->series);
    for (size_t i = 0; i < trend->line_count; i++) {
        const struct trend_line *line = &trend->lines[i];
        if (line->mark_count == 0)
            continue;
        if (line->series.importance == IMPORTANCE_IGNORE)
            trend->notes.ignored++;
        else
            trend->series[trend->series_count++] = line->series;
    }
}

void trend_find(struct trend *trend)
{
    if (trend->line_count > 1)
        qsort(trend->lines, trend->line_count, sizeof *trend->lines, by_name);
    settle_machines(trend);
    for (size_t i = 0; i < trend->line_count; i++) {
        struct trend_line *line = &trend->lines[i];
        line->series.names = trend->facts[line->facts].names;
        line->series.facts = trend->facts[line->facts].text;
    }
    trend_judge_all(trend);
    gather_series(trend);
}

const struct trend_series *trend_all(const struct trend *trend, size_t *count)
{
    *count = trend->series_count;
    return trend->series;
}

const struct trend_point *trend_points(const struct trend *trend, size_t *count)
{
    *count = trend->point_count;
    return trend->points;
}

const struct trend_notes *trend_notes_of(const struct trend *trend)
{
    return &trend->notes;
}

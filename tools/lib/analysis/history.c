/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/history.h"

#include "analysis/sides.h"
#include "base/memory.h"
#include "base/options.h"
#include "query/glob.h"
#include "record/access.h"
#include "record/time.h"
#include "stats/order.h"
#include "json/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The samples of one metric of one benchmark in one run, as they come. */
struct gathered {
    uint32_t run;
    struct history_series series; /* no machine yet: the run line may come later */
    struct slice host;
    uint64_t hash;
    double *samples;
    size_t count, capacity;
    struct metric_summary summary; /* counts where there are no samples */
};

struct read_run {
    struct report_run facts; /* only run_id where no run line came */
    int64_t committed_ns;
    struct slice machine; /* its name, once all is read */
    struct slice line;    /* where --where asks for it */
};

struct history_reader {
    const struct history_options *options;
    struct arena arena; /* until finish */
    struct arena line;  /* until the next line */
    struct read_run *runs;
    size_t run_count, run_capacity;
    size_t *run_slots; /* of runs by run_id: index + 1; a power of two */
    size_t run_slot_count;
    struct gathered *items;
    size_t count, capacity;
    size_t *slots; /* of items by hash: index + 1; a power of two */
    size_t slot_count;
    struct slice *texts; /* of the series, each once, in a table of their own */
    size_t text_count, text_slots;
    struct buffer work;
    struct json_document run_document; /* of the run whose number is document_run */
    size_t document_run;
};

struct history_reader *history_reader_create(const struct history_options *options)
{
    struct history_reader *reader = memory_zero(1, sizeof *reader);
    reader->options = options;
    reader->document_run = SIZE_MAX;
    return reader;
}

static void empty(struct history_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++)
        free(reader->items[i].samples);
    reader->count = reader->run_count = reader->text_count = 0;
    reader->document_run = SIZE_MAX;
    if (reader->slots)
        memset(reader->slots, 0, reader->slot_count * sizeof *reader->slots);
    if (reader->run_slots)
        memset(reader->run_slots, 0, reader->run_slot_count * sizeof *reader->run_slots);
    if (reader->texts)
        memset(reader->texts, 0, reader->text_slots * sizeof *reader->texts);
    arena_reset(&reader->arena);
}

void history_reader_free(struct history_reader *reader)
{
    if (!reader)
        return;
    empty(reader);
    free(reader->runs);
    free(reader->items);
    free(reader->slots);
    free(reader->run_slots);
    free(reader->texts);
    buffer_release(&reader->work);
    json_release(&reader->run_document);
    arena_release(&reader->arena);
    arena_release(&reader->line);
    free(reader);
}

/* ---- each text once ------------------------------------------------------------------- */

static uint64_t hash_of(struct slice text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

static struct slice *text_slot(struct slice *texts, size_t slots, struct slice text)
{
    size_t at = hash_of(text) & (slots - 1);
    while (texts[at].data && !slice_equal(texts[at], text))
        at = (at + 1) & (slots - 1);
    return &texts[at];
}

/* The text as it stands in the reader's arena, at one address. */
static struct slice once(struct history_reader *reader, struct slice text)
{
    if (2 * (reader->text_count + 1) > reader->text_slots) {
        size_t slots = reader->text_slots ? 2 * reader->text_slots : 64;
        struct slice *texts = memory_zero(slots, sizeof *texts);
        for (size_t i = 0; i < reader->text_slots; i++)
            if (reader->texts[i].data)
                *text_slot(texts, slots, reader->texts[i]) = reader->texts[i];
        free(reader->texts);
        reader->texts = texts;
        reader->text_slots = slots;
    }
    struct slice *slot = text_slot(reader->texts, reader->text_slots, text);
    if (!slot->data) {
        *slot = arena_slice(&reader->arena, text);
        reader->text_count++;
    }
    return *slot;
}

/* ---- runs ------------------------------------------------------------------------------- */

static size_t run_slot(const struct history_reader *reader, struct slice run_id)
{
    size_t at = hash_of(run_id) & (reader->run_slot_count - 1);
    while (reader->run_slots[at] &&
           !slice_equal(reader->runs[reader->run_slots[at] - 1].facts.run_id, run_id))
        at = (at + 1) & (reader->run_slot_count - 1);
    return at;
}

static void grow_run_slots(struct history_reader *reader)
{
    free(reader->run_slots);
    reader->run_slot_count = reader->run_slot_count ? 2 * reader->run_slot_count : 64;
    reader->run_slots = memory_zero(reader->run_slot_count, sizeof *reader->run_slots);
    for (size_t i = 0; i < reader->run_count; i++)
        reader->run_slots[run_slot(reader, reader->runs[i].facts.run_id)] = i + 1;
}

static size_t run_called(struct history_reader *reader, struct slice run_id)
{
    if (2 * (reader->run_count + 1) > reader->run_slot_count)
        grow_run_slots(reader);
    size_t at = run_slot(reader, run_id);
    if (reader->run_slots[at])
        return reader->run_slots[at] - 1;
    MEMORY_GROW(reader->runs, reader->run_count, reader->run_capacity);
    struct read_run *run = &reader->runs[reader->run_count];
    memset(run, 0, sizeof *run);
    run->facts.run_id = arena_slice(&reader->arena, run_id);
    run->facts.cores_physical = run->facts.cores_logical = run->facts.memory_bytes = NAN;
    run->committed_ns = INT64_MIN;
    reader->run_slots[at] = ++reader->run_count;
    return reader->run_count - 1;
}

static int64_t time_of(struct slice text)
{
    int64_t time;
    return text.data && time_read(text, &time, NULL) ? time : INT64_MIN;
}

static int take_run(struct history_reader *reader, const struct record *record, struct error *error)
{
    const struct json_document *document = record->document;
    struct report_run facts;
    if (report_run_read(&facts, record, &reader->arena, error) != 0)
        return -1;
    size_t number = run_called(reader, facts.run_id);
    struct read_run *run = &reader->runs[number];
    uint32_t vcs = access_node(document, ACCESS_ROOT, "vcs", JSON_OBJECT);
    run->facts = facts;
    run->committed_ns = time_of(access_text(document, vcs, "committed_at", &reader->line));
    if (reader->options->where)
        run->line = arena_slice(&reader->arena, (struct slice){document->text, document->size});
    reader->document_run = SIZE_MAX;
    return 0;
}

static struct history_run summed_up_run(
    struct history_reader *reader, struct read_run *run, struct arena *arena)
{
    static const struct slice none = {NULL, 0};
    struct sides_machine machine = sides_machine_of(&run->facts, none);
    const struct report_run *facts = &run->facts;
    run->machine = once(reader, sides_machine_name(&machine, &reader->work, &reader->line));
    return (struct history_run){.run_id = arena_slice(arena, facts->run_id),
        .commit = facts->commit.data ? arena_slice(arena, facts->commit) : none,
        .tag = facts->tag.data ? arena_slice(arena, facts->tag) : none,
        .version = facts->subject.version.data ? arena_slice(arena, facts->subject.version) : none,
        .machine = arena_slice(arena, run->machine),
        .dirty = facts->dirty == KNOWN_TRUE,
        .started_ns = time_of(facts->started_at),
        .committed_ns = run->committed_ns};
}

/* ---- results ------------------------------------------------------------------------------ */

static bool is_wanted(struct history_reader *reader, const struct record *record, size_t run)
{
    const struct json_document *beside = NULL;
    struct error ignored = ERROR_INIT;
    if (!reader->options->where)
        return true;
    if (reader->document_run != run) {
        reader->document_run = run;
        struct slice line = reader->runs[run].line;
        if (line.size == 0 || json_parse_copy(&reader->run_document, line, NULL, &ignored) != 0)
            reader->run_document.count = 0;
    }
    if (reader->run_document.count > 0)
        beside = &reader->run_document;
    return query_holds_beside(reader->options->where, record->document, beside);
}

/* What tells the benchmark apart, without its figures. */
static struct slice facts_of(struct history_reader *reader, const struct record *record)
{
    static const char *const kept[] = {"benchmark", "model", "modality", "variant"};
    const struct json_document *document = record->document;
    buffer_reset(&reader->work);
    struct json_writer writer = json_writer(&reader->work, 0);
    json_begin_object(&writer);
    for (size_t i = 0; i < ARRAY_SIZE(kept); i++) {
        uint32_t node = json_get(document, 0, kept[i]);
        if (node != JSON_NONE)
            json_member_copy(&writer, kept[i], document, node);
    }
    json_end_object(&writer);
    return once(reader, buffer_slice(&reader->work));
}

static struct slice key_of(struct history_reader *reader, const struct record *record)
{
    if (!reader->options->by)
        return (struct slice){NULL, 0};
    buffer_reset(&reader->work);
    identity_write(reader->options->by, record->document, &reader->work);
    return once(reader, buffer_slice(&reader->work));
}

static bool metric_wanted(const struct history_options *options, struct slice name)
{
    const struct option_list *patterns = options->metrics;
    for (size_t i = 0; patterns && i < patterns->count; i++)
        if (glob_matches(slice_of(patterns->items[i]), name))
            return true;
    return !patterns || patterns->count == 0;
}

static bool same_item(const struct gathered *a, const struct gathered *b)
{
    return a->hash == b->hash && a->run == b->run && a->series.facts.data == b->series.facts.data &&
           a->series.key.data == b->series.key.data && slice_equal(a->host, b->host) &&
           slice_equal(a->series.metric, b->series.metric) &&
           slice_equal(a->series.unit, b->series.unit);
}

static size_t free_slot(const struct history_reader *reader, const struct gathered *wanted)
{
    size_t at = wanted->hash & (reader->slot_count - 1);
    while (reader->slots[at] && !same_item(&reader->items[reader->slots[at] - 1], wanted))
        at = (at + 1) & (reader->slot_count - 1);
    return at;
}

static void grow_slots(struct history_reader *reader)
{
    free(reader->slots);
    reader->slot_count = reader->slot_count ? 2 * reader->slot_count : 256;
    reader->slots = memory_zero(reader->slot_count, sizeof *reader->slots);
    for (size_t i = 0; i < reader->count; i++)
        reader->slots[free_slot(reader, &reader->items[i])] = i + 1;
}

/* Where the samples of such an entry are gathered. */
static struct gathered *item_for(struct history_reader *reader, struct gathered *wanted)
{
    if (2 * (reader->count + 1) > reader->slot_count)
        grow_slots(reader);
    wanted->hash = hash_of(wanted->series.metric) + hash_of(wanted->host) +
                   (uint64_t)wanted->run * 31 + (uint64_t)(uintptr_t)wanted->series.facts.data * 7 +
                   (uint64_t)(uintptr_t)wanted->series.key.data * 5;
    wanted->hash ^= wanted->hash >> 17;
    size_t at = free_slot(reader, wanted);
    if (reader->slots[at])
        return &reader->items[reader->slots[at] - 1];
    MEMORY_GROW(reader->items, reader->count, reader->capacity);
    wanted->host = wanted->host.data ? arena_slice(&reader->arena, wanted->host) : wanted->host;
    wanted->series.metric = once(reader, wanted->series.metric);
    wanted->series.unit = once(reader, wanted->series.unit);
    reader->items[reader->count++] = *wanted;
    reader->slots[at] = reader->count;
    return &reader->items[reader->count - 1];
}

static void add_samples(struct gathered *item, const struct metric *metric)
{
    for (size_t i = 0; i < metric->count; i++)
        if (isfinite(metric->samples[i])) {
            MEMORY_GROW(item->samples, item->count, item->capacity);
            item->samples[item->count++] = metric->samples[i];
        }
    if (metric->count == 0 && metric->summary.present)
        item->summary = metric->summary;
}

static void take_metrics(struct history_reader *reader, const struct record *record, size_t run,
    const struct report_result *result)
{
    struct slice facts = facts_of(reader, record), key = key_of(reader, record);
    struct slice host = access_text(record->document, ACCESS_ROOT, "host", &reader->line);
    for (size_t i = 0; i < result->metric_count; i++) {
        const struct metric *metric = &result->metrics[i];
        if (!metric_wanted(reader->options, metric->name))
            continue;
        struct gathered wanted = {.run = (uint32_t)run,
            .host = host,
            .series = {.facts = facts,
                .key = key,
                .metric = metric->name,
                .unit = metric->unit,
                .better = metric->better,
                .better_known = metric->better_known,
                .deterministic = metric->deterministic}};
        add_samples(item_for(reader, &wanted), metric);
    }
}

static int take_result(
    struct history_reader *reader, const struct record *record, struct error *error)
{
    struct report_result result;
    if (report_result_read(&result, record, &reader->line, error) != 0)
        return -1;
    size_t run = run_called(reader, result.run_id);
    if (result.outcome == OUTCOME_PASSED && is_wanted(reader, record, run))
        take_metrics(reader, record, run, &result);
    return 0;
}

int history_take(struct history_reader *reader, const struct record *record, struct error *error)
{
    arena_reset(&reader->line);
    switch (record->kind) {
    case RECORD_RUN: return take_run(reader, record, error);
    case RECORD_RESULT: return take_result(reader, record, error);
    default: return 0;
    }
}

/* ---- summing up ----------------------------------------------------------------------------- */

static void sum_up(struct history_entry *entry, const struct gathered *item, struct arena *scratch)
{
    struct samples samples;
    struct error ignored = ERROR_INIT;
    entry->n = (double)item->count;
    entry->median = entry->low = entry->high = NAN;
    if (item->count == 0) {
        const struct metric_summary *summary = &item->summary;
        entry->n = summary->present ? summary->n : 0;
        if (summary->present)
            entry->median = isnan(summary->median) ? summary->mean : summary->median;
    } else if (samples_prepare(&samples, item->samples, item->count, scratch, &ignored) == 0) {
        struct interval interval = order_median_interval(&samples, 0.95);
        entry->median = order_median(&samples);
        entry->low = interval.low;
        entry->high = interval.high;
    }
}

/* As once() gives it. */
static struct slice machine_of(
    struct history_reader *reader, const struct gathered *item, struct slice run_machine)
{
    if (!item->host.data)
        return run_machine;
    struct sides_machine machine = sides_machine_of(&reader->runs[item->run].facts, item->host);
    return once(reader, sides_machine_name(&machine, &reader->work, &reader->line));
}

/* Texts that once() gave are the same where their addresses are. */
static bool same_series(const struct history_series *a, const struct history_series *b)
{
    return a->facts.data == b->facts.data && a->key.data == b->key.data &&
           a->machine.data == b->machine.data && a->metric.data == b->metric.data &&
           a->unit.data == b->unit.data && a->better == b->better &&
           a->better_known == b->better_known && a->deterministic == b->deterministic;
}

static uint64_t series_hash(const struct history_series *series)
{
    const char *const addresses[] = {series->facts.data, series->key.data, series->machine.data,
        series->metric.data, series->unit.data};
    uint64_t hash =
        (uint64_t)series->better * 9 + (uint64_t)series->deterministic * 3 + series->better_known;
    for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
        hash = (hash ^ (uint64_t)(uintptr_t)addresses[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* The number of such a series in the list, where it is put if need be. Nobody asks for items any
 * more: their slots, of which there are enough, serve the series. */
static uint32_t series_number(struct history_reader *reader, struct history_series *list,
    size_t *count, const struct history_series *wanted)
{
    size_t at = series_hash(wanted) & (reader->slot_count - 1);
    while (reader->slots[at] && !same_series(&list[reader->slots[at] - 1], wanted))
        at = (at + 1) & (reader->slot_count - 1);
    if (!reader->slots[at]) {
        list[*count] = *wanted;
        reader->slots[at] = ++*count;
    }
    return (uint32_t)(reader->slots[at] - 1);
}

static struct slice copied(struct arena *arena, struct slice text)
{
    return text.data ? arena_slice(arena, text) : text;
}

static struct history_series *copied_series(
    const struct history_series *list, size_t count, struct arena *arena)
{
    struct history_series *copies = arena_take(arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        copies[i] = list[i];
        copies[i].facts = copied(arena, list[i].facts);
        copies[i].key = copied(arena, list[i].key);
        copies[i].machine = copied(arena, list[i].machine);
        copies[i].metric = copied(arena, list[i].metric);
        copies[i].unit = copied(arena, list[i].unit);
    }
    return copies;
}

static void finish_entries(struct history_reader *reader, struct history *out, struct arena *arena)
{
    struct history_series *list = arena_take(&reader->arena, (reader->count + 1) * sizeof *list);
    struct history_entry *entries = arena_take(arena, (reader->count + 1) * sizeof *entries);
    if (reader->slots)
        memset(reader->slots, 0, reader->slot_count * sizeof *reader->slots);
    for (size_t i = 0; i < reader->count; i++) {
        const struct gathered *item = &reader->items[i];
        struct history_series series = item->series;
        struct history_entry entry = {.run = item->run};
        arena_reset(&reader->line);
        sum_up(&entry, item, &reader->line);
        if (!isfinite(entry.median))
            continue;
        series.machine = machine_of(reader, item, reader->runs[item->run].machine);
        entry.series = series_number(reader, list, &out->series_count, &series);
        entries[out->entry_count++] = entry;
    }
    out->entries = entries;
    out->series = copied_series(list, out->series_count, arena);
}

void history_finish(struct history_reader *reader, struct history *out, struct arena *arena)
{
    struct history_run *runs = arena_take(arena, (reader->run_count + 1) * sizeof *runs);
    *out = (struct history){.runs = runs, .run_count = reader->run_count};
    for (size_t i = 0; i < reader->run_count; i++)
        runs[i] = summed_up_run(reader, &reader->runs[i], arena);
    finish_entries(reader, out, arena);
    empty(reader);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/history_store.h"

#include "base/dictionary.h"
#include "base/memory.h"
#include "base/seal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The parts follow each other: names, runs, series, entries, texts, the texts' bytes. */
struct stored_head {
    uint32_t names, runs, series, texts;
    uint64_t entries;
};

struct stored_name {
    char name[HISTORY_NAME - 1];
    uint64_t first_entry;
    uint32_t entry_count, first_run, run_count, unused;
};

struct stored_run {
    int64_t started_ns, committed_ns;
    uint32_t run_id, commit, tag, version, machine, dirty; /* numbers of texts */
};

struct stored_series {
    uint32_t facts, key, machine, metric, unit; /* numbers of texts */
    uint8_t better, better_known, deterministic, unused;
};

struct stored_text {
    uint64_t start;
    uint32_t size, known;
};

/* Entries stand in the store as they are used, so that none is copied. */
_Static_assert(sizeof(struct history_entry) == 40, "an entry has no gaps");
_Static_assert(sizeof(struct stored_head) % 8 == 0 && sizeof(struct stored_name) % 8 == 0 &&
                   sizeof(struct stored_run) % 8 == 0 && sizeof(struct stored_series) % 8 == 0,
    "each part is aligned where the one before it ends");

struct history_store {
    struct stored_head head;
    const struct stored_name *names;
    const struct stored_run *runs;
    const struct stored_series *stored_series;
    const struct history_entry *entries;
    const struct stored_text *texts;
    const char *bytes; /* of the texts */
    uint64_t room;
    struct history_series *series; /* as it is used */
};

/* ---- reading -------------------------------------------------------------------------- */

/* Where the parts begin; false where they do not fit. */
static bool find_parts(struct history_store *store, struct slice body)
{
    const struct stored_head *head = &store->head;
    const uint64_t sizes[] = {sizeof *head, head->names * (uint64_t)sizeof *store->names,
        head->runs * (uint64_t)sizeof *store->runs,
        head->series * (uint64_t)sizeof *store->stored_series,
        head->entries * sizeof *store->entries, head->texts * (uint64_t)sizeof *store->texts};
    const char *parts[ARRAY_SIZE(sizes) + 1] = {body.data};
    uint64_t left = body.size;
    if (head->entries > body.size)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        if (sizes[i] > left)
            return false;
        left -= sizes[i];
        parts[i + 1] = parts[i] + sizes[i];
    }
    store->names = (const void *)parts[1];
    store->runs = (const void *)parts[2];
    store->stored_series = (const void *)parts[3];
    store->entries = (const void *)parts[4];
    store->texts = (const void *)parts[5];
    store->bytes = parts[6];
    store->room = left;
    return true;
}

static bool texts_are_inside(const struct history_store *store)
{
    for (uint32_t i = 0; i < store->head.texts; i++) {
        const struct stored_text *text = &store->texts[i];
        if (text->start > store->room || text->size > store->room - text->start)
            return false;
    }
    return true;
}

static bool series_is_sound(const struct history_store *store, const struct stored_series *series)
{
    uint32_t texts = store->head.texts;
    return series->facts < texts && series->key < texts && series->machine < texts &&
           series->metric < texts && series->unit < texts && series->better <= BETTER_HIGHER &&
           series->deterministic <= KNOWN_TRUE;
}

static bool run_is_sound(const struct history_store *store, const struct stored_run *run)
{
    uint32_t texts = store->head.texts;
    return run->run_id < texts && run->commit < texts && run->tag < texts && run->version < texts &&
           run->machine < texts;
}

static bool name_is_sound(const struct history_store *store, const struct stored_name *name)
{
    const struct stored_head *head = &store->head;
    if (name->first_run > head->runs || name->run_count > head->runs - name->first_run ||
        name->first_entry > head->entries || name->entry_count > head->entries - name->first_entry)
        return false;
    for (uint32_t i = 0; i < name->entry_count; i++) {
        const struct history_entry *entry = &store->entries[name->first_entry + i];
        if (entry->run >= name->run_count || entry->series >= head->series ||
            !isfinite(entry->median))
            return false;
    }
    return true;
}

static bool is_sound(const struct history_store *store)
{
    const struct stored_head *head = &store->head;
    bool sound = texts_are_inside(store);
    for (uint32_t i = 0; sound && i < head->runs; i++)
        sound = run_is_sound(store, &store->runs[i]);
    for (uint32_t i = 0; sound && i < head->series; i++)
        sound = series_is_sound(store, &store->stored_series[i]);
    for (uint32_t i = 0; sound && i < head->names; i++)
        sound = name_is_sound(store, &store->names[i]);
    return sound;
}

static struct slice text_of(const struct history_store *store, uint32_t number)
{
    const struct stored_text *text = &store->texts[number];
    return (struct slice){text->known ? store->bytes + text->start : NULL, text->size};
}

static void read_series(struct history_store *store)
{
    store->series = memory_zero(store->head.series + (size_t)1, sizeof *store->series);
    for (uint32_t i = 0; i < store->head.series; i++) {
        const struct stored_series *stored = &store->stored_series[i];
        store->series[i] = (struct history_series){.facts = text_of(store, stored->facts),
            .key = text_of(store, stored->key),
            .machine = text_of(store, stored->machine),
            .metric = text_of(store, stored->metric),
            .unit = text_of(store, stored->unit),
            .better = (enum better)stored->better,
            .better_known = stored->better_known != 0,
            .deterministic = (enum known)stored->deterministic};
    }
}

struct history_store *history_store_open(struct slice bytes, const char *writer)
{
    struct history_store *store = memory_zero(1, sizeof *store);
    struct slice body = seal_open(bytes, writer);
    if (body.size >= sizeof store->head) {
        memcpy(&store->head, body.data, sizeof store->head);
        if (find_parts(store, body) && is_sound(store)) {
            read_series(store);
            return store;
        }
    }
    free(store);
    return NULL;
}

void history_store_free(struct history_store *store)
{
    if (store)
        free(store->series);
    free(store);
}

size_t history_store_count(const struct history_store *store)
{
    return store->head.names;
}

static const struct history_run *read_runs(
    const struct history_store *store, const struct stored_name *name, struct arena *arena)
{
    struct history_run *runs = arena_take(arena, (name->run_count + (size_t)1) * sizeof *runs);
    for (size_t i = 0; i < name->run_count; i++) {
        const struct stored_run *run = &store->runs[name->first_run + i];
        runs[i] = (struct history_run){.run_id = text_of(store, run->run_id),
            .commit = text_of(store, run->commit),
            .tag = text_of(store, run->tag),
            .version = text_of(store, run->version),
            .machine = text_of(store, run->machine),
            .dirty = run->dirty != 0,
            .started_ns = run->started_ns,
            .committed_ns = run->committed_ns};
    }
    return runs;
}

static void read_history(const struct history_store *store, const struct stored_name *name,
    struct history *out, struct arena *arena)
{
    *out = (struct history){.runs = read_runs(store, name, arena),
        .run_count = name->run_count,
        .series = store->series,
        .series_count = store->head.series,
        .entries = store->entries + name->first_entry,
        .entry_count = name->entry_count};
}

bool history_store_find(
    const struct history_store *store, const char *name, struct history *out, struct arena *arena)
{
    size_t low = 0, high = store->head.names;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = memcmp(store->names[middle].name, name, HISTORY_NAME - 1);
        if (order == 0) {
            read_history(store, &store->names[middle], out, arena);
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

void history_store_all(
    const struct history_store *store, struct history_named *items, struct arena *arena)
{
    for (uint32_t i = 0; i < store->head.names; i++) {
        struct history *history = arena_take(arena, sizeof *history);
        read_history(store, &store->names[i], history, arena);
        memcpy(items[i].name, store->names[i].name, HISTORY_NAME - 1);
        items[i].name[HISTORY_NAME - 1] = '\0';
        items[i].history = history;
    }
}

/* ---- writing --------------------------------------------------------------------------- */

struct writing {
    struct stored_head head;
    struct buffer names, runs, entries, texts;
    struct dictionary dictionary;      /* of the texts */
    struct dictionary series;          /* of struct stored_series as bytes */
    const struct history_series *list; /* of the last history, and the numbers in it */
    uint32_t *numbers;
    size_t number_count;
};

static void add_bytes(struct buffer *out, const void *bytes, size_t size)
{
    buffer_add_slice(out, (struct slice){bytes, size});
}

static void add_runs(struct writing *writing, const struct history *history)
{
    struct dictionary *texts = &writing->dictionary;
    for (size_t i = 0; i < history->run_count; i++) {
        const struct history_run *run = &history->runs[i];
        struct stored_run stored = {.started_ns = run->started_ns,
            .committed_ns = run->committed_ns,
            .run_id = dictionary_id(texts, run->run_id),
            .commit = dictionary_id(texts, run->commit),
            .tag = dictionary_id(texts, run->tag),
            .version = dictionary_id(texts, run->version),
            .machine = dictionary_id(texts, run->machine),
            .dirty = run->dirty};
        add_bytes(&writing->runs, &stored, sizeof stored);
    }
    writing->head.runs += (uint32_t)history->run_count;
}

static uint32_t series_number(struct writing *writing, const struct history_series *series)
{
    struct dictionary *texts = &writing->dictionary;
    struct stored_series stored = {.facts = dictionary_id(texts, series->facts),
        .key = dictionary_id(texts, series->key),
        .machine = dictionary_id(texts, series->machine),
        .metric = dictionary_id(texts, series->metric),
        .unit = dictionary_id(texts, series->unit),
        .better = (uint8_t)series->better,
        .better_known = series->better_known,
        .deterministic = (uint8_t)series->deterministic};
    return dictionary_id(&writing->series, (struct slice){(const char *)&stored, sizeof stored});
}

/* Histories out of one store share the list. */
static void take_list(struct writing *writing, const struct history *history)
{
    if (writing->list == history->series && writing->number_count == history->series_count)
        return;
    writing->list = history->series;
    writing->number_count = history->series_count;
    writing->numbers =
        memory_resize(writing->numbers, history->series_count + 1, sizeof *writing->numbers);
    for (size_t i = 0; i < history->series_count; i++)
        writing->numbers[i] = UINT32_MAX;
}

static void add_entries(struct writing *writing, const struct history *history)
{
    take_list(writing, history);
    for (size_t i = 0; i < history->entry_count; i++) {
        struct history_entry entry = history->entries[i];
        uint32_t *number = &writing->numbers[entry.series];
        if (*number == UINT32_MAX)
            *number = series_number(writing, &history->series[entry.series]);
        entry.series = *number;
        add_bytes(&writing->entries, &entry, sizeof entry);
    }
    writing->head.entries += history->entry_count;
}

static void add_named(struct writing *writing, const struct history_named *item)
{
    const struct history *history = item->history;
    struct stored_name stored = {.first_run = writing->head.runs,
        .run_count = (uint32_t)history->run_count,
        .first_entry = writing->head.entries,
        .entry_count = (uint32_t)history->entry_count};
    memcpy(stored.name, item->name, sizeof stored.name);
    add_bytes(&writing->names, &stored, sizeof stored);
    writing->head.names++;
    add_runs(writing, history);
    add_entries(writing, history);
}

static void add_series(struct buffer *out, struct writing *writing)
{
    writing->head.series = writing->series.count;
    for (uint32_t i = 0; i < writing->series.count; i++)
        buffer_add_slice(out, dictionary_text(&writing->series, i));
}

static void add_texts(struct writing *writing, struct buffer *bytes)
{
    for (uint32_t i = 0; i < writing->dictionary.count; i++) {
        struct slice text = dictionary_text(&writing->dictionary, i);
        struct stored_text stored = {bytes->size, (uint32_t)text.size, text.data != NULL};
        add_bytes(&writing->texts, &stored, sizeof stored);
        if (text.data)
            buffer_add_slice(bytes, text);
        buffer_add_char(bytes, '\0'); /* an empty text must be somewhere, too */
    }
    writing->head.texts = writing->dictionary.count;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(
        ((const struct history_named *)left)->name, ((const struct history_named *)right)->name);
}

static void put_together(struct buffer *out, struct writing *writing, const char *writer)
{
    struct buffer series = BUFFER_INIT, bytes = BUFFER_INIT, body = BUFFER_INIT;
    const struct buffer *parts[] = {
        &writing->names, &writing->runs, &series, &writing->entries, &writing->texts, &bytes};
    add_series(&series, writing);
    add_texts(writing, &bytes);
    add_bytes(&body, &writing->head, sizeof writing->head);
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        buffer_add_slice(&body, buffer_slice(parts[i]));
    seal_write(out, buffer_slice(&body), writer);
    buffer_release(&series);
    buffer_release(&bytes);
    buffer_release(&body);
}

void history_store_write(
    struct buffer *out, struct history_named *items, size_t count, const char *writer)
{
    struct writing writing = {.head = {.names = 0}};
    if (count > 1)
        qsort(items, count, sizeof *items, by_name);
    for (size_t i = 0; i < count; i++)
        add_named(&writing, &items[i]);
    put_together(out, &writing, writer);
    buffer_release(&writing.names);
    buffer_release(&writing.runs);
    buffer_release(&writing.entries);
    buffer_release(&writing.texts);
    dictionary_release(&writing.dictionary);
    dictionary_release(&writing.series);
    free(writing.numbers);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/history_store.h"

#include "base/dictionary.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char magic[16] = "benchline store\n";
static const uint64_t ORDER_MARK = UINT64_C(0x0102030405060708);

struct stored_head {
    char magic[sizeof magic];
    uint64_t order;
    char writer[64];
    uint64_t checksum; /* of this head, with 0 here, and of all that follows */
    uint64_t size;     /* of what follows */
    uint32_t names, runs, entries, texts;
};

struct stored_name {
    char name[HISTORY_NAME - 1];
    uint32_t first_run, run_count, first_entry, entry_count;
    uint64_t results, others;
};

struct stored_run {
    int64_t started_ns, committed_ns;
    uint32_t run_id, commit, tag, version, machine, dirty; /* numbers of texts */
};

struct stored_entry {
    double n, median, low, high;
    uint32_t run, facts, machine, metric, unit;
    uint8_t better, better_known, deterministic, unused;
};

struct stored_text {
    uint64_t start;
    uint32_t size, known;
};

struct history_store {
    struct stored_head head;
    const struct stored_name *names;
    const struct stored_run *runs;
    const struct stored_entry *entries;
    const struct stored_text *texts;
    const char *bytes; /* of the texts */
};

/* Catches what happens to files, and no malice: eight bytes at a step. */
static uint64_t checksum_of(const char *bytes, size_t size)
{
    uint64_t sums[4] = {1, 2, 3, 4}, word;
    size_t at = 0;
    for (; at + sizeof sums <= size; at += sizeof sums)
        for (size_t lane = 0; lane < 4; lane++) {
            memcpy(&word, bytes + at + lane * sizeof word, sizeof word);
            sums[lane] = (sums[lane] ^ word) * UINT64_C(0x9e3779b97f4a7c15);
            sums[lane] ^= sums[lane] >> 29;
        }
    for (; at < size; at++)
        sums[0] = (sums[0] ^ (unsigned char)bytes[at]) * UINT64_C(0x100000001b3);
    return sums[0] + 3 * sums[1] + 5 * sums[2] + 7 * sums[3] + size;
}

static uint64_t checksum_with(const struct stored_head *head, const char *bytes)
{
    struct stored_head copy = *head;
    copy.checksum = 0;
    return checksum_of((const char *)&copy, sizeof copy) * 3 +
           checksum_of(bytes, (size_t)head->size);
}

/* ---- reading -------------------------------------------------------------------------- */

static bool head_is_ours(const struct stored_head *head, struct slice bytes, const char *writer)
{
    size_t longest = sizeof head->writer;
    return memcmp(head->magic, magic, sizeof magic) == 0 && head->order == ORDER_MARK &&
           strlen(writer) < longest && strncmp(head->writer, writer, longest) == 0 &&
           head->size == bytes.size - sizeof *head &&
           head->checksum == checksum_with(head, bytes.data + sizeof *head);
}

/* Where the parts begin; false where they do not fit. */
static bool find_parts(struct history_store *store, struct slice bytes)
{
    const char *at = bytes.data + sizeof store->head;
    const struct stored_head *head = &store->head;
    uint64_t need = (uint64_t)head->names * sizeof *store->names +
                    (uint64_t)head->runs * sizeof *store->runs +
                    (uint64_t)head->entries * sizeof *store->entries +
                    (uint64_t)head->texts * sizeof *store->texts;
    if (need > head->size)
        return false;
    store->names = (const void *)at;
    store->runs = (const void *)(store->names + head->names);
    store->entries = (const void *)(store->runs + head->runs);
    store->texts = (const void *)(store->entries + head->entries);
    store->bytes = (const void *)(store->texts + head->texts);
    return true;
}

static bool texts_are_inside(const struct history_store *store, struct slice bytes)
{
    uint64_t room = (uint64_t)(bytes.data + bytes.size - store->bytes);
    for (uint32_t i = 0; i < store->head.texts; i++)
        if (store->texts[i].start > room || store->texts[i].size > room - store->texts[i].start)
            return false;
    return true;
}

static bool entry_is_sound(const struct history_store *store, const struct stored_name *name,
    const struct stored_entry *entry)
{
    uint32_t texts = store->head.texts;
    return entry->run < name->run_count && entry->facts < texts && entry->machine < texts &&
           entry->metric < texts && entry->unit < texts && entry->better <= BETTER_HIGHER &&
           entry->deterministic <= KNOWN_TRUE && isfinite(entry->median);
}

static bool name_is_sound(const struct history_store *store, const struct stored_name *name)
{
    const struct stored_head *head = &store->head;
    if (name->first_run > head->runs || name->run_count > head->runs - name->first_run ||
        name->first_entry > head->entries || name->entry_count > head->entries - name->first_entry)
        return false;
    for (uint32_t i = 0; i < name->run_count; i++) {
        const struct stored_run *run = &store->runs[name->first_run + i];
        if (run->run_id >= head->texts || run->commit >= head->texts || run->tag >= head->texts ||
            run->version >= head->texts || run->machine >= head->texts)
            return false;
    }
    for (uint32_t i = 0; i < name->entry_count; i++)
        if (!entry_is_sound(store, name, &store->entries[name->first_entry + i]))
            return false;
    return true;
}

static bool is_sound(const struct history_store *store, struct slice bytes)
{
    if (!texts_are_inside(store, bytes))
        return false;
    for (uint32_t i = 0; i < store->head.names; i++)
        if (!name_is_sound(store, &store->names[i]))
            return false;
    return true;
}

struct history_store *history_store_open(struct slice bytes, const char *writer)
{
    struct history_store *store = memory_zero(1, sizeof *store);
    if (bytes.size >= sizeof store->head) {
        memcpy(&store->head, bytes.data, sizeof store->head);
        if (head_is_ours(&store->head, bytes, writer) && find_parts(store, bytes) &&
            is_sound(store, bytes))
            return store;
    }
    free(store);
    return NULL;
}

void history_store_free(struct history_store *store)
{
    free(store);
}

size_t history_store_count(const struct history_store *store)
{
    return store->head.names;
}

static struct slice text_of(const struct history_store *store, uint32_t number)
{
    const struct stored_text *text = &store->texts[number];
    return (struct slice){text->known ? store->bytes + text->start : NULL, text->size};
}

static void read_runs(const struct history_store *store, const struct stored_name *name,
    struct history *out, struct arena *arena)
{
    out->run_count = name->run_count;
    out->runs = arena_take(arena, (out->run_count + 1) * sizeof *out->runs);
    for (size_t i = 0; i < out->run_count; i++) {
        const struct stored_run *run = &store->runs[name->first_run + i];
        out->runs[i] = (struct history_run){.run_id = text_of(store, run->run_id),
            .commit = text_of(store, run->commit),
            .tag = text_of(store, run->tag),
            .version = text_of(store, run->version),
            .machine = text_of(store, run->machine),
            .dirty = run->dirty != 0,
            .started_ns = run->started_ns,
            .committed_ns = run->committed_ns};
    }
}

static void read_entries(const struct history_store *store, const struct stored_name *name,
    struct history *out, struct arena *arena)
{
    out->entry_count = name->entry_count;
    out->entries = arena_take(arena, (out->entry_count + 1) * sizeof *out->entries);
    for (size_t i = 0; i < out->entry_count; i++) {
        const struct stored_entry *entry = &store->entries[name->first_entry + i];
        out->entries[i] = (struct history_entry){.run = entry->run,
            .facts = text_of(store, entry->facts),
            .machine = text_of(store, entry->machine),
            .metric = text_of(store, entry->metric),
            .unit = text_of(store, entry->unit),
            .better = (enum better)entry->better,
            .better_known = entry->better_known != 0,
            .deterministic = (enum known)entry->deterministic,
            .n = entry->n,
            .median = entry->median,
            .low = entry->low,
            .high = entry->high};
    }
}

static void read_history(const struct history_store *store, const struct stored_name *name,
    struct history *out, struct arena *arena)
{
    *out = (struct history){.results = (size_t)name->results, .others = (size_t)name->others};
    read_runs(store, name, out, arena);
    read_entries(store, name, out, arena);
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
    struct dictionary dictionary;
    const char *last_facts; /* where the last ones stood, and their number */
    uint32_t last_number;
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

static void add_entries(struct writing *writing, const struct history *history)
{
    struct dictionary *texts = &writing->dictionary;
    for (size_t i = 0; i < history->entry_count; i++) {
        const struct history_entry *entry = &history->entries[i];
        if (entry->facts.data != writing->last_facts) {
            writing->last_facts = entry->facts.data;
            writing->last_number = dictionary_id(texts, entry->facts);
        }
        struct stored_entry stored = {.n = entry->n,
            .median = entry->median,
            .low = entry->low,
            .high = entry->high,
            .run = entry->run,
            .facts = writing->last_number,
            .machine = dictionary_id(texts, entry->machine),
            .metric = dictionary_id(texts, entry->metric),
            .unit = dictionary_id(texts, entry->unit),
            .better = (uint8_t)entry->better,
            .better_known = entry->better_known,
            .deterministic = (uint8_t)entry->deterministic};
        add_bytes(&writing->entries, &stored, sizeof stored);
    }
    writing->head.entries += (uint32_t)history->entry_count;
}

static void add_named(struct writing *writing, const struct history_named *item)
{
    const struct history *history = item->history;
    struct stored_name stored = {.first_run = writing->head.runs,
        .run_count = (uint32_t)history->run_count,
        .first_entry = writing->head.entries,
        .entry_count = (uint32_t)history->entry_count,
        .results = history->results,
        .others = history->others};
    memcpy(stored.name, item->name, sizeof stored.name);
    add_bytes(&writing->names, &stored, sizeof stored);
    writing->head.names++;
    add_runs(writing, history);
    add_entries(writing, history);
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

void history_store_write(
    struct buffer *out, struct history_named *items, size_t count, const char *writer)
{
    struct writing writing = {.head = {.order = ORDER_MARK}};
    struct buffer bytes = BUFFER_INIT, body = BUFFER_INIT;
    memcpy(writing.head.magic, magic, sizeof magic);
    strncpy(writing.head.writer, writer, sizeof writing.head.writer - 1);
    if (count > 1)
        qsort(items, count, sizeof *items, by_name);
    for (size_t i = 0; i < count; i++)
        add_named(&writing, &items[i]);
    add_texts(&writing, &bytes);
    const struct buffer *parts[] = {
        &writing.names, &writing.runs, &writing.entries, &writing.texts, &bytes};
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
        buffer_add_slice(&body, buffer_slice(parts[i]));
    writing.head.size = body.size;
    writing.head.checksum = checksum_with(&writing.head, body.data);
    add_bytes(out, &writing.head, sizeof writing.head);
    buffer_add_slice(out, buffer_slice(&body));
    buffer_release(&writing.names);
    buffer_release(&writing.runs);
    buffer_release(&writing.entries);
    buffer_release(&writing.texts);
    buffer_release(&bytes);
    buffer_release(&body);
    dictionary_release(&writing.dictionary);
}

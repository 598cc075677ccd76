/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "repeats.h"

#include "base/memory.h"

#include <string.h>

#define NOBODY UINT32_MAX

/* The lines with one key, in a chain, or with one canonical form, counted. */
struct group {
    uint32_t first, last; /* entries; first NOBODY: a free slot */
    bool one_input;       /* all are from one */
    uint64_t kept;        /* how many go out */
    uint32_t input;       /* the last one's input, */
    uint64_t seen;        /* and how many came from there */
};

struct table {
    struct group *groups;
    size_t mask;
};

struct search {
    struct repeats *repeats;
    struct table keys, forms;
    uint32_t *next; /* the chains */
    uint64_t dropped;
};

static struct table table_of(size_t count)
{
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    struct table table = {memory_zero(size, sizeof *table.groups), size - 1};
    for (size_t i = 0; i < size; i++)
        table.groups[i].first = NOBODY;
    return table;
}

static const char *name_of(const struct search *search, const struct table *table, uint32_t entry)
{
    const struct entry *at = &search->repeats->entries[entry];
    return table == &search->keys ? at->key : at->digest;
}

/* A digest is as good as any hash. */
static struct group *find(const struct search *search, const struct table *table, uint32_t entry)
{
    const char *name = name_of(search, table, entry);
    uint64_t hash;
    memcpy(&hash, name, sizeof hash);
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    for (size_t at = (hash >> 20) & table->mask;; at = (at + 1) & table->mask) {
        struct group *group = &table->groups[at];
        if (group->first == NOBODY || memcmp(name_of(search, table, group->first), name, 32) == 0)
            return group;
    }
}

static int find_digest(struct search *search, uint32_t entry, struct error *error)
{
    struct repeats *repeats = search->repeats;
    return repeats->find_digest(repeats->context, &repeats->entries[entry], error);
}

/* Counts a line among those of its form. true: it came as often from an input before. */
static bool is_repeat(struct search *search, uint32_t entry)
{
    struct group *form = find(search, &search->forms, entry);
    uint32_t input = search->repeats->entries[entry].input;
    if (form->first == NOBODY)
        *form = (struct group){.first = entry, .input = input};
    if (form->input != input) {
        form->input = input;
        form->seen = 0;
    }
    form->seen++;
    if (form->seen <= form->kept)
        return true;
    form->kept++;
    return false;
}

static void drop(struct search *search, uint32_t entry)
{
    struct entry *at = &search->repeats->entries[entry];
    if (!at->dropped)
        search->dropped++;
    at->dropped = true;
}

static void append(struct search *search, struct group *key, uint32_t entry)
{
    const struct entry *entries = search->repeats->entries;
    if (key->first == NOBODY)
        *key = (struct group){.first = entry, .last = entry, .one_input = true};
    else
        search->next[key->last] = entry;
    key->one_input &= entries[entry].input == entries[key->first].input;
    key->last = entry;
}

/* The form of every line that was alone with its input until now. */
static int count_forms(struct search *search, const struct group *key, struct error *error)
{
    for (uint32_t at = key->first; at != NOBODY; at = search->next[at]) {
        if (find_digest(search, at, error) != 0)
            return -1;
        is_repeat(search, at);
    }
    return 0;
}

/* A line that no other input has so, under a key that another input has. */
static void contradict(struct search *search, const struct group *key, uint32_t entry)
{
    struct repeats *repeats = search->repeats;
    repeats->say_conflict(
        repeats->context, &repeats->entries[key->first], &repeats->entries[entry]);
    if (repeats->rule == CONFLICT_FIRST || repeats->rule == CONFLICT_LAST)
        drop(search, entry);
}

static int look_at(struct search *search, uint32_t entry, struct error *error)
{
    const struct entry *at = &search->repeats->entries[entry];
    if (at->dropped)
        return 0;
    if (!at->keyed) {
        if (find_digest(search, entry, error) != 0)
            return -1;
        if (is_repeat(search, entry))
            drop(search, entry);
        return 0;
    }
    struct group *key = find(search, &search->keys, entry);
    bool other = key->first != NOBODY &&
                 (!key->one_input || search->repeats->entries[key->first].input != at->input);
    if (other) {
        if (key->one_input && count_forms(search, key, error) != 0)
            return -1;
        if (find_digest(search, entry, error) != 0)
            return -1;
        const struct group *form = find(search, &search->forms, entry);
        bool known = form->first != NOBODY;
        if (is_repeat(search, entry))
            drop(search, entry);
        else if (!known)
            contradict(search, key, entry);
    }
    append(search, key, entry);
    return 0;
}

int repeats_drop(struct repeats *repeats, uint64_t *dropped, struct error *error)
{
    struct search search = {.repeats = repeats,
        .keys = table_of(repeats->count),
        .forms = table_of(repeats->count),
        .next = memory_take(repeats->count * sizeof *search.next)};
    int result = 0;
    for (size_t i = 0; i < repeats->count; i++)
        search.next[i] = NOBODY;
    /* Where the last input counts, it is the first that is looked at. */
    for (size_t i = 0; i < repeats->count && result == 0; i++) {
        size_t at = repeats->rule == CONFLICT_LAST ? repeats->count - 1 - i : i;
        result = look_at(&search, (uint32_t)at, error);
    }
    *dropped = search.dropped;
    free(search.keys.groups);
    free(search.forms.groups);
    free(search.next);
    return result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "blobs.h"
#include "cache.h"
#include "places.h"
#include "tool/tool.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Points in git: their files are found, read once each, and their runs given to the points. */

/* The contents of all files, each once, in the order in which the history has them: neighbours
 * are alike, and git keeps the one as what differs from the other. */
struct contents {
    struct blob *items;
    size_t count, capacity;
    bool *met; /* by the number of the content's name */
    size_t met_count;
};

static bool is_met(struct contents *contents, const struct git_known *known, uint32_t id)
{
    if (id >= contents->met_count) {
        size_t count = git_known_text_count(known);
        contents->met = memory_resize(contents->met, count, sizeof *contents->met);
        memset(contents->met + contents->met_count, 0, count - contents->met_count);
        contents->met_count = count;
    }
    bool met = contents->met[id];
    contents->met[id] = true;
    return met;
}

static void add_files(struct material *material, struct contents *contents, size_t place,
    const struct git_known_files *files)
{
    const struct git_known *known = cache_known(material->cache);
    for (size_t i = 0; i < files->count; i++) {
        uint32_t id = files->items[i].id;
        if (is_met(contents, known, id))
            continue;
        MEMORY_GROW(contents->items, contents->count, contents->capacity);
        struct blob *blob = &contents->items[contents->count++];
        *blob = (struct blob){.path = git_known_text(known, files->items[i].path), .place = place};
        memcpy(blob->id.hex, git_known_text(known, id), sizeof blob->id.hex);
    }
}

/* The files of one point; a commit that cannot be read is told, and the others go on. */
static void find_files(struct material *material, struct contents *contents,
    const struct places *places, size_t number, const struct operands *operands)
{
    const struct place *place = &places->items[number];
    for (size_t i = 0; i < operands->count; i++) {
        struct git_known_files files;
        struct error error = ERROR_INIT;
        if (cache_files(material->cache, &files, &place->commit, operands->items[i], &error) == 0) {
            add_files(material, contents, number, &files);
        } else {
            error_place(&error, place->name, 0, 0);
            tool_error(&error);
            material->bad++;
        }
    }
}

static void tell_faults(struct material *material, const struct blob *blobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct blob *blob = &blobs[i];
        material->newer = material->newer || blob->newer;
        if (!blob->failed && blob->bad == 0)
            continue;
        struct error error = *blob->error;
        error_place(&error, blob->path, 0, 0);
        tool_error(&error);
        if (blob->bad > 1)
            tool_note("%s: %zu more lines of this content (%.9s) could not be read", blob->path,
                blob->bad - 1, blob->id.hex);
        material->bad += blob->failed ? 1 : blob->bad;
    }
}

/* ---- which run belongs where ---------------------------------------------------------------- */

/*
 * Every state of a repository holds the reports of those before it. A run belongs
 * to the point that it was measured at, by its commit or tag, else to the first point,
 * by the commits' dates, at which it appears.
 */
struct claim {
    const struct history_run *run;
    uint64_t content; /* of what it measured: a run of the same name may be another */
    size_t held, number;
    size_t place; /* the one that holds it */
};

/* Into the claims of the history's runs, one after the other. */
static void note_contents(const struct history *history, struct claim *claims)
{
    for (size_t i = 0; i < history->entry_count; i++) {
        const struct history_entry *entry = &history->entries[i];
        const struct history_series *series = &history->series[entry->series];
        uint64_t bits;
        memcpy(&bits, &entry->median, sizeof bits);
        bits += (uint64_t)entry->n * 31 + series->facts.size * 7 + series->metric.size;
        /* in any order */
        claims[entry->run].content += (bits ^ bits >> 31) * UINT64_C(0x9e3779b97f4a7c15);
    }
}

static int by_run(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    int order = slice_compare(a->run->run_id, b->run->run_id);
    if (order == 0 && a->content != b->content)
        order = a->content < b->content ? -1 : 1;
    if (order == 0 && a->place != b->place)
        order = a->place < b->place ? -1 : 1;
    return order ? order : (a->held > b->held) - (a->held < b->held);
}

/* Of claims that say the same, the first. */
static void settle(
    struct material *material, const struct places *places, const struct claim *claim)
{
    size_t place = places_measured(places, claim->run);
    if (place == PLACE_NONE)
        place = claim->place;
    material->held[claim->held].points[claim->number] = places->items[place].point;
}

/* Where a content is met again, its runs are told for another time. */
static void give_runs(
    struct material *material, const struct places *places, const struct blob *blobs, size_t count)
{
    struct arena *arena = &material->arena;
    size_t most = 0, claimed = 0;
    for (size_t i = 0; i < count; i++)
        most += blobs[i].history.run_count;
    struct claim *claims = arena_take(arena, (most + 1) * sizeof *claims);
    for (size_t i = 0; i < count; i++) {
        const struct history *history = &blobs[i].history;
        for (size_t k = 0; k < history->run_count; k++)
            claims[claimed + k] = (struct claim){&history->runs[k], 0, i, k, blobs[i].place};
        note_contents(history, claims + claimed);
        claimed += history->run_count;
    }
    if (claimed > 1)
        qsort(claims, claimed, sizeof *claims, by_run);
    for (size_t from = 0, end; from < claimed; from = end) {
        for (end = from + 1; end < claimed && claims[end].content == claims[from].content &&
                             slice_equal(claims[end].run->run_id, claims[from].run->run_id);)
            end++;
        settle(material, places, &claims[from]);
    }
}

static void hold(struct material *material, const struct blob *blobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct held_history *held = material_add(material, blobs[i].path);
        held->history = blobs[i].history;
        held->points =
            arena_take(&material->arena, (blobs[i].history.run_count + 1) * sizeof(size_t));
        for (size_t k = 0; k < blobs[i].history.run_count; k++)
            held->points[k] = TREND_NOWHERE;
    }
}

/* Points that no run with a value belongs to are counted, and leave the series alone. */
static void name_empty(struct material *material, const struct places *places)
{
    bool *used = arena_zero(&material->arena, places->count + 1, sizeof *used);
    for (size_t i = 0; i < material->held_count; i++) {
        const struct held_history *held = &material->held[i];
        for (size_t k = 0; k < held->history.entry_count; k++)
            if (held->points[held->history.entries[k].run] != TREND_NOWHERE)
                used[held->points[held->history.entries[k].run]] = true;
    }
    for (size_t point = 0; point < places->count; point++)
        if (!used[point])
            names_add(&material->empty, memory_text(places_at(places, point)->name));
    if (material->empty.count == places->count)
        material->point_count = 0;
}

static void make_points(struct material *material, const struct places *places)
{
    material->points = arena_take(&material->arena, (places->count + 1) * sizeof *material->points);
    material->point_count = places->count;
    for (size_t i = 0; i < places->count; i++) {
        const struct place *place = &places->items[i];
        material->points[place->point] = (struct trend_point){
            .ref = place->tagged ? slice_of(place->name) : (struct slice){NULL, 0},
            .commit = slice_of(place->commit.hex),
            .ns = place->time * 1000000000};
    }
}

static void read_places(
    struct material *material, const struct places *places, const struct operands *operands)
{
    struct contents contents = {NULL, 0, 0, NULL, 0};
    for (size_t i = 0; i < places->count; i++)
        find_files(material, &contents, places, i, operands);
    struct blob *blobs = contents.items;
    size_t count = contents.count;
    cache_find(material->cache, blobs, count);
    blobs_read(material, blobs, count);
    tell_faults(material, blobs, count);
    hold(material, blobs, count);
    if (material->settings->branch) {
        points_of_runs(material);
    } else {
        make_points(material, places);
        give_runs(material, places, blobs, count);
        name_empty(material, places);
    }
    cache_keep(material->cache, blobs, count);
    free(contents.met);
    free(blobs);
}

int material_from_git(
    struct material *material, const struct operands *operands, struct error *error)
{
    struct places *places = arena_zero(&material->arena, 1, sizeof *places);
    if (repository_open(&material->repository, material->git_module, material->settings->repository,
            error) != 0)
        return -1;
    material->cache = cache_open(material);
    if (places_find(places, material, error) != 0)
        return -1;
    read_places(material, places, operands);
    return 0;
}

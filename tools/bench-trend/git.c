/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "blobs.h"
#include "cache.h"
#include "places.h"
#include "tool/tool.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Points in git: their files are found, read once each, and their runs given to the points. */

/* A file at a point. */
struct use {
    size_t place, blob;
    struct git_id id;
    const char *path;
};

struct uses {
    struct use *items;
    size_t count, capacity;
};

static void add_files(
    struct material *material, struct uses *uses, size_t place, const struct git_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        MEMORY_GROW(uses->items, uses->count, uses->capacity);
        uses->items[uses->count++] = (struct use){.place = place,
            .id = files->items[i].id,
            .path = arena_text(&material->arena, files->items[i].path)};
    }
}

/* The files of one point; a commit that cannot be read is told, and the others go on. */
static void find_files(struct material *material, struct uses *uses, const struct places *places,
    size_t number, const struct operands *operands)
{
    const struct place *place = &places->items[number];
    for (size_t i = 0; i < operands->count; i++) {
        struct git_files files = {.items = NULL};
        struct error error = ERROR_INIT;
        if (repository_files(
                material->repository, &files, &place->commit, operands->items[i], &error) == 0) {
            add_files(material, uses, number, &files);
        } else {
            error_place(&error, place->name, 0, 0);
            tool_error(&error);
            material->bad++;
        }
        git_files_release(&files);
    }
}

/* ---- contents, each once ------------------------------------------------------------------ */

static int by_id(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    int order = strcmp(a->id.hex, b->id.hex);
    if (order == 0)
        order = strcmp(a->path, b->path);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int by_place(const void *left, const void *right)
{
    const struct use *a = left, *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return strcmp(a->path, b->path);
}

/*
 * In the order in which the history has them: neighbours are alike, and git keeps
 * the one as what differs from the other.
 */
static struct blob *unique_blobs(struct material *material, struct uses *uses, size_t *count)
{
    struct arena *arena = &material->arena;
    struct blob *blobs = arena_zero(arena, uses->count + 1, sizeof *blobs);
    size_t *numbers = arena_take(arena, (uses->count + 1) * sizeof *numbers), contents = 0;
    *count = 0;
    if (uses->count > 1)
        qsort(uses->items, uses->count, sizeof *uses->items, by_id);
    for (size_t i = 0; i < uses->count; i++) {
        struct use *use = &uses->items[i];
        if (i == 0 || strcmp(use->id.hex, use[-1].id.hex) != 0)
            numbers[contents++] = SIZE_MAX;
        use->blob = contents - 1;
    }
    if (uses->count > 1)
        qsort(uses->items, uses->count, sizeof *uses->items, by_place);
    for (size_t i = 0; i < uses->count; i++) {
        struct use *use = &uses->items[i];
        if (numbers[use->blob] == SIZE_MAX) {
            numbers[use->blob] = *count;
            blobs[(*count)++] = (struct blob){.id = use->id, .path = use->path};
        }
        use->blob = numbers[use->blob];
    }
    return blobs;
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

static uint64_t content_of(const struct history *history, size_t number)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < history->entry_count; i++) {
        const struct history_entry *entry = &history->entries[i];
        uint64_t bits;
        if (entry->run != number)
            continue;
        memcpy(&bits, &entry->median, sizeof bits);
        bits += (uint64_t)entry->n * 31 + entry->facts.size * 7 + entry->metric.size;
        hash += (bits ^ bits >> 31) * UINT64_C(0x9e3779b97f4a7c15); /* in any order */
    }
    return hash;
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

/* Claims are made in the order of dates. */
static void give_runs(struct material *material, const struct places *places,
    const struct uses *uses, const struct blob *blobs)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < uses->count; i++)
        most += blobs[uses->items[i].blob].history.run_count;
    struct claim *claims = arena_take(&material->arena, (most + 1) * sizeof *claims);
    for (size_t i = 0; i < uses->count; i++) {
        const struct use *use = &uses->items[i];
        const struct history *history = &blobs[use->blob].history;
        for (size_t k = 0; k < history->run_count; k++)
            claims[count++] =
                (struct claim){&history->runs[k], content_of(history, k), use->blob, k, use->place};
    }
    if (count > 1)
        qsort(claims, count, sizeof *claims, by_run);
    for (size_t from = 0, end; from < count; from = end) {
        for (end = from + 1; end < count && claims[end].content == claims[from].content &&
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
    struct uses uses = {NULL, 0, 0};
    size_t count;
    struct cache *cache = cache_open(material);
    for (size_t i = 0; i < places->count; i++)
        find_files(material, &uses, places, i, operands);
    struct blob *blobs = unique_blobs(material, &uses, &count);
    cache_find(cache, blobs, count);
    blobs_read(material, blobs, count);
    cache_close(cache, blobs, count);
    tell_faults(material, blobs, count);
    hold(material, blobs, count);
    if (material->settings->branch) {
        points_of_runs(material);
    } else {
        make_points(material, places);
        give_runs(material, places, &uses, blobs);
        name_empty(material, places);
    }
    free(uses.items);
}

int material_from_git(
    struct material *material, const struct operands *operands, struct error *error)
{
    struct places *places = arena_zero(&material->arena, 1, sizeof *places);
    if (repository_open(&material->repository, material->git_module, material->settings->repository,
            error) != 0)
        return -1;
    if (places_find(places, material, error) != 0)
        return -1;
    read_places(material, places, operands);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "places.h"

#include "base/memory.h"
#include "cache.h"
#include "document/label.h"
#include "query/glob.h"
#include "record/release.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

/* ---- order --------------------------------------------------------------------------- */

static int by_date(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    struct release first = release_read(slice_of(a->name));
    struct release second = release_read(slice_of(b->name));
    int order = release_compare(&first, &second);
    return order ? order : strcmp(a->commit.hex, b->commit.hex);
}

/* A place and what it is put in order by. */
struct rank {
    const struct place *place;
    struct release release;
    size_t number; /* in the list of dates, or in the history */
};

static int by_release(const void *left, const void *right)
{
    const struct rank *a = left, *b = right;
    int order = release_compare(&a->release, &b->release);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_number(const void *left, const void *right)
{
    const struct rank *a = left, *b = right;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void warn_of_twins(struct material *material, const struct rank *ranks, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (ranks[i].release.numbers.size > 0 &&
            release_compare(&ranks[i - 1].release, &ranks[i].release) == 0)
            names_add(&material->faults,
                memory_format("the tags %s and %s name one version on two commits; both are "
                              "points",
                    ranks[i - 1].place->name, ranks[i].place->name));
}

static void warn_of_series(struct material *material, const struct rank *ranks, size_t count)
{
    size_t others = 0;
    for (size_t i = 1; i < count; i++)
        others += !slice_equal(ranks[i].release.series, ranks[i - 1].release.series);
    if (others > 0)
        names_add(&material->faults,
            memory_format(
                "the tags from %s to %s are of %zu series of versions, one behind the "
                "other; --tags with a narrower pattern takes one, --order=date mixes them",
                ranks[0].place->name, ranks[count - 1].place->name, others + 1));
}

/* The number of each place in the history, oldest first. */
static int walk(
    struct places *places, struct material *material, struct rank *ranks, struct error *error)
{
    struct git_points history = {NULL, 0, 0};
    struct buffer tips = BUFFER_INIT;
    for (size_t i = 0; i < places->count; i++) {
        buffer_add_text(&tips, places->items[i].commit.hex);
        buffer_add_char(&tips, ' ');
    }
    buffer_add_char(&tips, '\0');
    int result = repository_walk(material->repository, &history, tips.data, false, error);
    for (size_t i = 0; i < history.count; i++) {
        const char *hex = history.items[i].commit.hex;
        size_t low = 0, high = places->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (strcmp(places->items[places->by_commit[middle]].commit.hex, hex) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < places->count &&
            strcmp(places->items[places->by_commit[low]].commit.hex, hex) == 0)
            ranks[places->by_commit[low]].number = i;
    }
    git_points_release(&history);
    buffer_release(&tips);
    return result;
}

static enum order order_of(const struct settings *settings)
{
    if (settings->order != ORDER_USUAL)
        return (enum order)settings->order;
    return settings->commits ? ORDER_TOPOLOGY : ORDER_SEMVER;
}

static bool has_versions(const struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        if (release_read(slice_of(places->items[i].name)).numbers.size > 0)
            return true;
    return false;
}

static int put_in_order(struct places *places, struct material *material, struct error *error)
{
    enum order order = order_of(material->settings);
    if (order == ORDER_SEMVER && !has_versions(places))
        order = ORDER_DATE;
    struct rank *ranks = arena_take(&material->arena, (places->count + 1) * sizeof *ranks);
    for (size_t i = 0; i < places->count; i++)
        ranks[i] =
            (struct rank){&places->items[i], release_read(slice_of(places->items[i].name)), i};
    /* The commits of a range came in the order of the history. */
    if (order == ORDER_TOPOLOGY && material->settings->commits)
        for (size_t i = 0; i < places->count; i++)
            ranks[i].number = places->items[i].point;
    else if (order == ORDER_TOPOLOGY && walk(places, material, ranks, error) != 0)
        return -1;
    if (places->count > 1)
        qsort(ranks, places->count, sizeof *ranks, order == ORDER_SEMVER ? by_release : by_number);
    if (order == ORDER_SEMVER) {
        warn_of_twins(material, ranks, places->count);
        warn_of_series(material, ranks, places->count);
    }
    places->by_point = arena_take(&material->arena, (places->count + 1) * sizeof(size_t));
    for (size_t i = 0; i < places->count; i++) {
        size_t number = (size_t)(ranks[i].place - places->items);
        places->by_point[i] = number;
        places->items[number].point = i;
    }
    return 0;
}

const struct place *places_at(const struct places *places, size_t point)
{
    return &places->items[places->by_point[point]];
}

/* ---- by commit ------------------------------------------------------------------------ */

struct key {
    const char *hex;
    size_t number;
};

static int by_hex(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = strcmp(a->hex, b->hex);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static void index_commits(struct places *places, struct arena *arena)
{
    struct key *keys = arena_take(arena, (places->count + 1) * sizeof *keys);
    for (size_t i = 0; i < places->count; i++)
        keys[i] = (struct key){places->items[i].commit.hex, i};
    if (places->count > 1)
        qsort(keys, places->count, sizeof *keys, by_hex);
    places->by_commit = arena_take(arena, (places->count + 1) * sizeof(size_t));
    for (size_t i = 0; i < places->count; i++)
        places->by_commit[i] = keys[i].number;
}

/* A commit may be told by its first digits only. */
static size_t with_commit(const struct places *places, struct slice commit)
{
    size_t low = 0, high = places->count;
    if (commit.size < 7 || commit.size > GIT_ID_DIGITS)
        return PLACE_NONE;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *hex = places->items[places->by_commit[middle]].commit.hex;
        if (memcmp(hex, commit.data, commit.size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == places->count)
        return PLACE_NONE;
    size_t number = places->by_commit[low];
    return memcmp(places->items[number].commit.hex, commit.data, commit.size) == 0 ? number
                                                                                   : PLACE_NONE;
}

size_t places_measured(const struct places *places, const struct history_run *run)
{
    size_t place = PLACE_NONE;
    if (run->commit.data && !run->dirty)
        place = with_commit(places, run->commit);
    for (size_t i = 0; place == PLACE_NONE && run->tag.data && i < places->count; i++)
        if (places->items[i].tagged && slice_is(run->tag, places->items[i].name))
            place = i;
    return place;
}

/* ---- tags -------------------------------------------------------------------------------- */

static bool tag_wanted(const struct option_list *globs, const char *name)
{
    for (size_t i = 0; i < globs->count; i++)
        if (glob_matches(slice_of(globs->items[i]), slice_of(name)))
            return true;
    return false;
}

static int no_tags(
    const struct git_refs *tags, const struct settings *settings, struct error *error)
{
    if (tags->count == 0)
        return error_set(error, ERROR_INPUT,
            "the repository has no tags; git fetch --tags brings those of another, --commits takes "
            "commits as points");
    return error_set(error, ERROR_INPUT,
        "none of the %zu tags matches \"%s\"; git tag lists them, and * stands for any text",
        tags->count, settings->tags.items[0]);
}

static void add_tag(struct places *places, struct material *material, const struct git_ref *tag)
{
    struct git_point point;
    struct error error = ERROR_INIT;
    int result = cache_point(material->cache, &point, tag, &error);
    if (result == 1) {
        names_add(&material->skipped, memory_text(tag->name));
    } else if (result != 0) {
        material_tell_tag(material, tag, &error);
    } else {
        places->items[places->count++] =
            (struct place){.name = arena_text(&material->arena, tag->name),
                .commit = point.commit,
                .time = point.time,
                .tagged = true};
    }
}

/* Of names on one commit a version counts before other names, one without a series' name before
 * others, the last of them, and of its spellings the one with a v. */
static int by_commit_and_name(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    int order = strcmp(a->commit.hex, b->commit.hex);
    if (order != 0)
        return order;
    struct release first = release_read(slice_of(a->name));
    struct release second = release_read(slice_of(b->name));
    order = (first.numbers.size == 0) - (second.numbers.size == 0);
    if (order == 0)
        order = (first.series.size > 0) - (second.series.size > 0);
    if (order == 0)
        order = release_compare(&second, &first);
    return order ? order : strcmp(b->name, a->name);
}

static void join_names(struct places *places)
{
    size_t kept = 0;
    if (places->count > 1)
        qsort(places->items, places->count, sizeof *places->items, by_commit_and_name);
    for (size_t i = 0; i < places->count; i++)
        if (i == 0 || strcmp(places->items[i].commit.hex, places->items[kept - 1].commit.hex) != 0)
            places->items[kept++] = places->items[i];
    places->count = kept;
}

static int find_tags(struct places *places, struct material *material, struct error *error)
{
    struct git_refs tags = {NULL, 0, 0};
    size_t wanted = 0;
    int result = repository_tags(material->repository, &tags, error);
    places->items = arena_take(&material->arena, (tags.count + 1) * sizeof *places->items);
    for (size_t i = 0; result == 0 && i < tags.count; i++)
        if (tag_wanted(&material->settings->tags, tags.items[i].name)) {
            add_tag(places, material, &tags.items[i]);
            wanted++;
        }
    if (result == 0 && wanted == 0)
        result = no_tags(&tags, material->settings, error);
    if (result == 0 && places->count == 0)
        result = error_set(error, ERROR_INPUT, "none of the tags leads to a commit");
    git_refs_release(&tags);
    join_names(places);
    return result;
}

/* ---- commits ------------------------------------------------------------------------------ */

static void name_by_tags(struct places *places, struct material *material)
{
    struct git_refs tags = {NULL, 0, 0};
    material_tags(material, &tags);
    for (size_t i = 0; i < tags.count; i++) {
        struct git_id commit;
        size_t number = with_commit(places, slice_of(tags.items[i].target.hex));
        if (number == PLACE_NONE && material_tag_commit(material, &tags.items[i], &commit))
            number = with_commit(places, slice_of(commit.hex));
        if (number == PLACE_NONE)
            continue;
        places->items[number].name = arena_text(&material->arena, tags.items[i].name);
        places->items[number].tagged = true;
    }
    git_refs_release(&tags);
}

static int find_commits(struct places *places, struct material *material, struct error *error)
{
    struct git_points commits = {NULL, 0, 0};
    int result =
        repository_walk(material->repository, &commits, material->settings->commits, false, error);
    places->items = arena_take(&material->arena, (commits.count + 1) * sizeof *places->items);
    for (size_t i = 0; i < commits.count; i++) {
        const struct git_point *commit = &commits.items[i];
        places->items[places->count++] =
            (struct place){.name = arena_text_n(&material->arena, commit->commit.hex, COMMIT_SHOWN),
                .commit = commit->commit,
                .time = commit->time,
                .point = i};
    }
    git_points_release(&commits);
    if (result == 0 && places->count == 0)
        return error_set(
            error, ERROR_INPUT, "there is no commit in %s", material->settings->commits);
    return result;
}

/* All that a data branch holds lies in its tip. */
static int find_tip(struct places *places, struct material *material, struct error *error)
{
    struct git_id id;
    if (repository_resolve(material->repository, &id, material->settings->branch, error) != 0)
        return -1;
    places->items = arena_zero(&material->arena, 1, sizeof *places->items);
    places->items[0] = (struct place){.name = material->settings->branch, .commit = id};
    places->count = 1;
    return 0;
}

int places_find(struct places *places, struct material *material, struct error *error)
{
    bool commits = material->settings->commits != NULL;
    if (material->settings->branch)
        return find_tip(places, material, error);
    int result =
        commits ? find_commits(places, material, error) : find_tags(places, material, error);
    if (result != 0)
        return -1;
    if (places->count > 1)
        qsort(places->items, places->count, sizeof *places->items, by_date);
    index_commits(places, &material->arena);
    if (commits)
        name_by_tags(places, material);
    return put_in_order(places, material, error);
}

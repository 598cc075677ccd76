/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "material.h"

#include <stdlib.h>
#include <string.h>

/* A run of a data branch, and the state that it measured. */
struct state {
    struct slice name; /* the commit, else the run */
    bool dirty;
    const struct history_run *run;
    int64_t ns;
    size_t *point; /* where the run's goes */
};

static int by_name(const void *left, const void *right)
{
    const struct state *a = left, *b = right;
    int order = slice_compare(a->name, b->name);
    if (order == 0)
        order = a->dirty - b->dirty;
    if (order == 0 && a->ns != b->ns)
        order = a->ns < b->ns ? -1 : 1;
    return order ? order : slice_compare(a->run->run_id, b->run->run_id);
}

static bool same_state(const struct state *a, const struct state *b)
{
    return a->dirty == b->dirty && slice_equal(a->name, b->name);
}

/* The first run of each state, in the order of dates; those alike in the order they were run. */
static int by_date(const void *left, const void *right)
{
    const struct state *const *a = left, *const *b = right;
    if ((*a)->ns != (*b)->ns)
        return (*a)->ns < (*b)->ns ? -1 : 1;
    /* Commits of the same second, as a script makes them. */
    if ((*a)->run->started_ns != (*b)->run->started_ns)
        return (*a)->run->started_ns < (*b)->run->started_ns ? -1 : 1;
    return (*a < *b) ? -1 : *a > *b;
}

static struct state *list_states(struct material *material, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < material->held_count; i++)
        most += material->held[i].history.run_count;
    struct state *states = arena_take(&material->arena, (most + 1) * sizeof *states);
    *count = 0;
    for (size_t i = 0; i < material->held_count; i++) {
        struct held_history *held = &material->held[i];
        bool *used = arena_zero(&material->arena, held->history.run_count + 1, sizeof *used);
        for (size_t k = 0; k < held->history.entry_count; k++)
            used[held->history.entries[k].run] = true;
        for (size_t k = 0; k < held->history.run_count; k++) {
            const struct history_run *run = &held->history.runs[k];
            bool dated = run->committed_ns != INT64_MIN;
            if (used[k])
                states[(*count)++] = (struct state){run->commit.data ? run->commit : run->run_id,
                    run->dirty, run, dated ? run->committed_ns : run->started_ns, &held->points[k]};
        }
    }
    return states;
}

/* The names of tagged commits, where the repository knows them. */
static void name_points(struct material *material)
{
    struct git_refs tags = {NULL, 0, 0};
    material_tags(material, &tags);
    for (size_t i = 0; i < tags.count; i++) {
        struct git_id commit;
        if (!material_tag_commit(material, &tags.items[i], &commit))
            continue;
        for (size_t k = 0; k < material->point_count; k++)
            if (slice_is(material->points[k].commit, commit.hex))
                material->points[k].ref =
                    slice_of(arena_text(&material->arena, tags.items[i].name));
    }
    git_refs_release(&tags);
}

void points_of_runs(struct material *material)
{
    size_t count, points = 0;
    struct state *states = list_states(material, &count);
    struct state **firsts = arena_take(&material->arena, (count + 1) * sizeof *firsts);
    if (count > 1)
        qsort(states, count, sizeof *states, by_name);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !same_state(&states[i], &states[i - 1]))
            firsts[points++] = &states[i];
    if (points > 1)
        qsort(firsts, points, sizeof *firsts, by_date);
    material->points = arena_take(&material->arena, (points + 1) * sizeof *material->points);
    material->point_count = points;
    for (size_t i = 0; i < points; i++) {
        struct state *state = firsts[i];
        material->points[i] = (struct trend_point){state->run->tag, state->run->commit, state->ns};
        for (size_t k = (size_t)(state - states); k < count && same_state(&states[k], state); k++)
            *states[k].point = i;
    }
    name_points(material);
}

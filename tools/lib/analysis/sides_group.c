/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/sides_parts.h"
#include "base/memory.h"

#include <stdlib.h>

/* What a result may be told apart by, besides its identity. */
typedef struct slice told_apart(const struct sides_result *result);

static struct slice machine_of(const struct sides_result *result)
{
    return result->machine_name;
}

static struct slice variant_of(const struct sides_result *result)
{
    return result->facts.variant;
}

static int compare_groups(const struct sides_result *a, const struct sides_result *b)
{
    int order = slice_compare(a->key, b->key);
    if (order == 0)
        order = slice_compare(a->group_machine, b->group_machine);
    return order ? order : slice_compare(a->group_variant, b->group_variant);
}

static int by_group(const void *left, const void *right)
{
    const struct sides_result *a = *(const struct sides_result *const *)left;
    const struct sides_result *b = *(const struct sides_result *const *)right;
    int order = compare_groups(a, b);
    return order ? order : sides_result_compare(a, b);
}

static void sort(struct sides *sides)
{
    if (sides->result_count > 1)
        qsort(sides->results, sides->result_count, sizeof(struct sides_result *), by_group);
}

/* The end of those that are in one group so far. */
static size_t group_end(const struct sides *sides, size_t from)
{
    size_t end = from + 1;
    while (
        end < sides->result_count && compare_groups(sides->results[from], sides->results[end]) == 0)
        end++;
    return end;
}

/* More than one on a side: then those of the sides have to be matched by it. */
static bool are_several(const struct sides *sides, size_t from, size_t end, told_apart *what)
{
    const struct sides_result *first[SIDES] = {NULL, NULL};
    for (size_t i = from; i < end; i++) {
        const struct sides_result *result = sides->results[i];
        if (!first[result->side])
            first[result->side] = result;
        else if (!slice_equal(what(first[result->side]), what(result)))
            return true;
    }
    return false;
}

static void tell_machines_apart(struct sides *sides)
{
    for (size_t from = 0, end; from < sides->result_count; from = end) {
        end = group_end(sides, from);
        if (sides->options->any_machine || !are_several(sides, from, end, machine_of))
            continue;
        for (size_t i = from; i < end; i++)
            sides->results[i]->group_machine = machine_of(sides->results[i]);
    }
    sort(sides);
}

/* Where the variant is what says the side, it cannot tell apart. */
static void tell_variants_apart(struct sides *sides)
{
    const struct sides_split *split = sides->options->split;
    if (split && !split->label)
        return;
    for (size_t from = 0, end; from < sides->result_count; from = end) {
        end = group_end(sides, from);
        if (!are_several(sides, from, end, variant_of))
            continue;
        /* A result without a variant beside others that have one stays apart from them. */
        for (size_t i = from; i < end; i++)
            sides->results[i]->group_variant = variant_of(sides->results[i]);
    }
    sort(sides);
}

static bool machines_differ(const struct sides *sides, const struct sides_group *group)
{
    if (sides->options->any_machine || group->counts[SIDE_BASE] == 0 ||
        group->counts[SIDE_HEAD] == 0)
        return false;
    return sides_machines_differ(
        &group->results[SIDE_BASE][0]->machine, &group->results[SIDE_HEAD][0]->machine);
}

static void make_groups(struct sides *sides)
{
    size_t count = 0;
    sides->groups = arena_zero(&sides->arena, sides->result_count + 1, sizeof *sides->groups);
    for (size_t from = 0, end; from < sides->result_count; from = end) {
        struct sides_group *group = &sides->groups[count++];
        size_t heads = from;
        end = group_end(sides, from);
        while (heads < end && sides->results[heads]->side == SIDE_BASE)
            heads++;
        group->key = sides->results[from]->key;
        group->machine = sides->results[from]->group_machine;
        group->variant = sides->results[from]->group_variant;
        group->results[SIDE_BASE] = sides->results + from;
        group->results[SIDE_HEAD] = sides->results + heads;
        group->counts[SIDE_BASE] = heads - from;
        group->counts[SIDE_HEAD] = end - heads;
        group->machines_differ = machines_differ(sides, group);
    }
    sides->group_count = count;
}

/* ---- which machines and runs are left -------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static int by_age(const void *a, const void *b)
{
    return sides_run_compare(
        *(const struct sides_run *const *)a, *(const struct sides_run *const *)b);
}

static void list_runs_and_machines(struct sides *sides)
{
    size_t count = sides->result_count, runs = 0, machines = 0;
    sides->left_runs = arena_zero(&sides->arena, count + 1, sizeof *sides->left_runs);
    sides->machines = arena_zero(&sides->arena, count + 1, sizeof *sides->machines);
    for (size_t i = 0; i < count; i++) {
        sides->left_runs[i] = sides->results[i]->run;
        sides->machines[i] = sides->results[i]->machine_name;
    }
    if (count > 1) {
        qsort(sides->left_runs, count, sizeof *sides->left_runs, by_age);
        qsort(sides->machines, count, sizeof *sides->machines, by_text);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sides->left_runs[i] != sides->left_runs[runs - 1])
            sides->left_runs[runs++] = sides->left_runs[i];
        if (i == 0 || !slice_equal(sides->machines[i], sides->machines[machines - 1]))
            sides->machines[machines++] = sides->machines[i];
    }
    sides->left_run_count = runs;
    sides->machine_count = machines;
}

void sides_group(struct sides *sides)
{
    sort(sides);
    tell_machines_apart(sides);
    tell_variants_apart(sides);
    make_groups(sides);
    list_runs_and_machines(sides);
}

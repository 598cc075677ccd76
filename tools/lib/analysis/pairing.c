/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/pairing.h"

#include <stdlib.h>

struct member {
    uint64_t id;
    size_t index;
};

static int compare_members(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static struct member *members_of(const struct compare_run *run, size_t *count, struct arena *arena)
{
    struct member *members = arena_take(arena, run->count * sizeof *members);
    *count = 0;
    for (size_t i = 0; i < run->count; i++)
        if (run->pairs[i] != PAIR_NONE)
            members[(*count)++] = (struct member){run->pairs[i], i};
    qsort(members, *count, sizeof *members, compare_members);
    return members;
}

static const size_t NOBODY = (size_t)-1;

/* An id that comes twice pairs its first with the first of the other side, and so on. */
static void match_run(struct pairing *pairing, size_t run, const struct compare_run *base,
    const struct compare_run *head, struct arena *arena)
{
    size_t n, m, i = 0, j = 0, matched = 0;
    struct member *left = members_of(base, &n, arena), *right = members_of(head, &m, arena);
    size_t *partner = arena_take(arena, base->count * sizeof *partner);
    for (size_t k = 0; k < base->count; k++)
        partner[k] = NOBODY;
    while (i < n && j < m) {
        if (left[i].id == right[j].id) {
            partner[left[i++].index] = right[j++].index;
            matched++;
        } else if (left[i].id < right[j].id) {
            i++;
        } else {
            j++;
        }
    }
    for (size_t k = 0; k < base->count; k++) {
        if (partner[k] == NOBODY)
            continue;
        pairing->runs[pairing->count] = run;
        pairing->base[pairing->count] = base->values[k];
        pairing->head[pairing->count++] = head->values[partner[k]];
    }
    pairing->dropped += n + m - 2 * matched;
    pairing->offered = pairing->offered || (n > 0 && m > 0);
}

struct pairing pairing_match(const struct compare_input_side *base,
    const struct compare_input_side *head, struct arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; i < base->runs_count; i++)
        count += base->runs[i].count;
    struct pairing pairing = {arena_take(arena, count * sizeof(double)),
        arena_take(arena, count * sizeof(double)), arena_take(arena, count * sizeof(size_t)), 0, 0,
        false};
    for (size_t i = 0; i < base->runs_count; i++)
        for (size_t j = 0; j < head->runs_count; j++) {
            const struct compare_run *left = &base->runs[i], *right = &head->runs[j];
            if (left->key == right->key && left->pairs && right->pairs)
                match_run(&pairing, i, left, right, arena);
        }
    return pairing;
}

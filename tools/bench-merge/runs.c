/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "runs.h"

#include "base/memory.h"

enum { FIRST_SLOTS = 256 };

void runs_init(struct runs *runs)
{
    *runs = (struct runs){.slot_count = FIRST_SLOTS};
    runs->slots = memory_zero(runs->slot_count, sizeof *runs->slots);
}

void runs_release(struct runs *runs)
{
    free(runs->items);
    free(runs->segments);
    free(runs->slots);
    arena_release(&runs->arena);
}

size_t runs_memory(const struct runs *runs)
{
    return runs->capacity * sizeof *runs->items + runs->segment_capacity * sizeof *runs->segments +
           runs->slot_count * sizeof *runs->slots;
}

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
static uint64_t hash_of(struct slice id)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < id.size; i++)
        hash = (hash ^ (unsigned char)id.data[i]) * 0x100000001b3u;
    return hash;
}

static bool same_id(struct slice a, struct slice b)
{
    if (!a.data || !b.data)
        return a.data == b.data;
    return slice_equal(a, b);
}

/* The slot that holds the id, or the free one where it belongs. */
static uint32_t *find_slot(const struct runs *runs, struct slice id)
{
    size_t mask = runs->slot_count - 1;
    for (size_t at = hash_of(id) & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &runs->slots[at];
        if (*slot == 0 || same_id(runs->items[*slot - 1].id, id))
            return slot;
    }
}

static void grow(struct runs *runs)
{
    free(runs->slots);
    runs->slot_count *= 2;
    runs->slots = memory_zero(runs->slot_count, sizeof *runs->slots);
    for (size_t i = 0; i < runs->count; i++)
        *find_slot(runs, runs->items[i].id) = (uint32_t)i + 1;
}

uint32_t runs_find(struct runs *runs, struct slice id)
{
    uint32_t *slot = find_slot(runs, id);
    if (*slot)
        return *slot - 1;
    if (2 * (runs->count + 1) > runs->slot_count) {
        grow(runs);
        slot = find_slot(runs, id);
    }
    MEMORY_GROW(runs->items, runs->count, runs->capacity);
    struct run *run = &runs->items[runs->count++];
    *run = (struct run){.input = UINT32_MAX, .first = SEGMENT_NONE, .last = SEGMENT_NONE};
    if (id.data)
        run->id = arena_slice(&runs->arena, id);
    *slot = (uint32_t)runs->count;
    return *slot - 1;
}

void runs_add_segment(struct runs *runs, uint32_t index, const struct segment *segment)
{
    struct run *run = &runs->items[index];
    MEMORY_GROW(runs->segments, runs->segment_count, runs->segment_capacity);
    uint32_t at = (uint32_t)runs->segment_count++;
    runs->segments[at] = *segment;
    runs->segments[at].next = SEGMENT_NONE;
    if (run->first == SEGMENT_NONE)
        run->first = at;
    else
        runs->segments[run->last].next = at;
    run->last = at;
    if (segment->place == PLACE_INPUT)
        run->in_inputs = true;
    else
        run->in_store = true;
}

bool run_in_order(const struct run *run)
{
    return !run->several && !run->disorder && !(run->in_inputs && run->in_store);
}

bool run_time(const struct run *run, int64_t *out)
{
    *out = run->started_known ? run->started : run->seen;
    return run->started_known || run->seen_known;
}

static int compare_runs(const void *left, const void *right)
{
    const struct run *a = *(struct run *const *)left, *b = *(struct run *const *)right;
    int64_t a_time, b_time;
    if (!a->id.data != !b->id.data)
        return !a->id.data - !b->id.data;
    bool a_known = run_time(a, &a_time), b_known = run_time(b, &b_time);
    if (a_known != b_known)
        return b_known - a_known;
    if (a_known && a_time != b_time)
        return a_time < b_time ? -1 : 1;
    return slice_compare(a->id, b->id);
}

struct run **runs_in_order(struct runs *runs)
{
    struct run **order = memory_zero(runs->count + 1, sizeof(struct run *));
    for (size_t i = 0; i < runs->count; i++)
        order[i] = &runs->items[i];
    qsort(order, runs->count, sizeof(struct run *), compare_runs);
    return order;
}

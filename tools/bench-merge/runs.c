/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "runs.h"

#include "base/memory.h"

void runs_release(struct runs *runs)
{
    free(runs->items);
    free(runs->segments);
    dictionary_release(&runs->ids);
}

size_t runs_memory(const struct runs *runs)
{
    return runs->capacity * sizeof *runs->items + runs->segment_capacity * sizeof *runs->segments +
           dictionary_memory(&runs->ids);
}

uint32_t runs_find(struct runs *runs, struct slice id)
{
    uint32_t index = dictionary_id(&runs->ids, id);
    if (index < runs->count)
        return index;
    MEMORY_GROW(runs->items, runs->count, runs->capacity);
    runs->items[runs->count++] = (struct run){.id = dictionary_text(&runs->ids, index),
        .input = UINT32_MAX,
        .first = SEGMENT_NONE,
        .last = SEGMENT_NONE};
    return index;
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

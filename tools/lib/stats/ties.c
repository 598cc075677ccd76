/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/ties.h"

#include "stats/pool.h"
#include "stats/sort.h"

#include <math.h>
#include <string.h>

bool ties_are_heavy(const struct samples *x, const struct samples *y)
{
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    size_t distinct = 0;
    while (pool_next(&pool, &group))
        distinct++;
    return 2 * distinct <= x->count + y->count;
}

/* All samples of x that have one value. */
struct cell {
    double value, half; /* the cell is value ± half */
    size_t count, seen;
};

struct cells {
    struct cell *items;
    size_t count;
};

static struct cells make_cells(
    const struct samples *x, const struct samples *y, struct arena *arena)
{
    struct cells cells = {arena_take(arena, x->count * sizeof *cells.items), 0};
    struct pool pool = pool_start(x, y);
    struct pool_group group;
    double before = -INFINITY;
    struct cell *open = NULL; /* of which the value above is not known yet */
    while (pool_next(&pool, &group)) {
        double gap = group.value - before;
        if (open)
            open->half = fmin(open->half, gap / 2);
        open = NULL;
        if (group.x > 0) {
            open = &cells.items[cells.count++];
            *open = (struct cell){group.value, gap / 2, group.x, 0};
        }
        before = group.value;
    }
    return cells;
}

static struct cell *cell_of(const struct cells *cells, double value)
{
    size_t low = 0, high = cells->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cells->items[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return &cells->items[low];
}

/* Where the next sample of a cell goes: -1 … 1 of its half. */
static double next_place(struct cell *cell, enum ties_order order)
{
    static const double GOLDEN = 0.6180339887498949;
    double place = ((double)cell->seen + 0.5) / (double)cell->count;
    if (order == TIES_MIXED && cell->count > 1)
        place = fmod((double)(cell->seen + 1) * GOLDEN, 1);
    cell->seen++;
    return 2 * place - 1;
}

void ties_spread(struct samples *out, const struct samples *x, const struct samples *y,
    enum ties_order order, struct arena *arena)
{
    struct cells cells = make_cells(x, y, arena);
    double *values = arena_take(arena, x->count * sizeof *values);
    double *sorted = arena_take(arena, x->count * sizeof *sorted);
    for (size_t i = 0; i < cells.count; i++)
        if (isinf(cells.items[i].half))
            cells.items[i].half = 0; /* the only value of both sides */
    for (size_t i = 0; i < x->count; i++) {
        struct cell *cell = cell_of(&cells, x->values[i]);
        values[i] = x->values[i] + cell->half * next_place(cell, order);
    }
    memcpy(sorted, values, x->count * sizeof *sorted);
    sort_numbers(sorted, x->count, arena);
    *out = (struct samples){values, sorted, x->count};
}

double ties_resolution(const struct samples *x, const struct samples *y, struct arena *scratch)
{
    struct cells cells = make_cells(x, y, scratch);
    for (size_t i = 0; i < cells.count; i++)
        if (4 * cells.items[i].count > 3 * x->count)
            return cells.items[i].half;
    return 0;
}

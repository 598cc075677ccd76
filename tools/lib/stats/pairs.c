/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/pairs.h"

#include "stats/selection.h"

enum { WALKS = 3 };

/*
 * Element (i, j) is columns[j] - rows[i]; rows and columns go upward, and rounding
 * keeps that order. In a triangle only the columns from n - 1 - i on belong to row i.
 */
struct matrix {
    const double *rows, *columns;
    size_t n, m;
    bool triangle;
};

static size_t first_column(const struct matrix *matrix, size_t row)
{
    return matrix->triangle ? matrix->n - 1 - row : 0;
}

static uint64_t beyond(size_t column, size_t first)
{
    return column > first ? column - first : 0;
}

/* How far a walk down the rows has come: the first `column` columns of the row are below. */
struct walk {
    size_t row, end, column;
    uint64_t below;
};

/* One element is compared: below the value the walk goes on to the right, else down. */
static inline void walk_step(
    struct walk *walk, const double *rows, const double *columns, double value)
{
    size_t right = columns[walk->column] - rows[walk->row] < value, down = right - 1;
    walk->below += walk->column & down;
    walk->column += right;
    walk->row -= down;
}

static struct walk walk_start(const struct matrix *matrix, size_t row, size_t end, double value)
{
    size_t low = 0, high = row < end ? matrix->m : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matrix->columns[middle] - matrix->rows[row] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return (struct walk){row, end, low, 0};
}

/* So many steps leave neither the rows nor the columns. */
static size_t walk_room(const struct walk *walk, const struct matrix *matrix)
{
    size_t rows = walk->end - walk->row, columns = matrix->m - walk->column;
    return rows < columns ? rows : columns;
}

static void walk_finish(struct walk *walk, const struct matrix *matrix, double value)
{
    while (walk->row < walk->end && walk->column < matrix->m)
        walk_step(walk, matrix->rows, matrix->columns, value);
    walk->below += (walk->end - walk->row) * matrix->m;
}

/* So many steps leave neither the rows nor the columns of any walk. */
static size_t walks_room(const struct walk *walks, const struct matrix *matrix)
{
    size_t room = walk_room(&walks[0], matrix);
    for (size_t k = 1; k < WALKS; k++) {
        size_t here = walk_room(&walks[k], matrix);
        room = here < room ? here : room;
    }
    return room;
}

/*
 * Each step waits for the one before it, and no branch can be foretold: so there
 * are several walks at a time, each through its share of the rows, and no branches.
 */
static uint64_t count_all(const struct matrix *matrix, double value)
{
    const double *rows = matrix->rows, *columns = matrix->columns;
    struct walk walks[WALKS];
    uint64_t below = 0;
    size_t share = matrix->n / WALKS;
    for (size_t k = 0; k < WALKS; k++)
        walks[k] =
            walk_start(matrix, share * k, k + 1 < WALKS ? share * (k + 1) : matrix->n, value);
    for (size_t room; (room = walks_room(walks, matrix)) > 0;) {
        struct walk a = walks[0], b = walks[1], c = walks[2];
        for (; room > 0; room--) {
            walk_step(&a, rows, columns, value);
            walk_step(&b, rows, columns, value);
            walk_step(&c, rows, columns, value);
        }
        walks[0] = a;
        walks[1] = b;
        walks[2] = c;
    }
    for (size_t k = 0; k < WALKS; k++) {
        walk_finish(&walks[k], matrix, value);
        below += walks[k].below;
    }
    return below;
}

/* A triangle holds each pair off the diagonal once, where the whole matrix holds it twice. */
static uint64_t count_pairs(const void *set, double value)
{
    const struct matrix *matrix = set;
    uint64_t below = count_all(matrix, value), diagonal = 0;
    if (!matrix->triangle)
        return below;
    while (diagonal < matrix->n && 2 * matrix->columns[diagonal] < value)
        diagonal++;
    return (below + diagonal) / 2;
}

/* The columns of row i that hold what is from low on and below high; from and to only ever grow. */
struct between {
    double low, high;
    size_t from, to;
};

static void between_row(struct between *between, const struct matrix *matrix, size_t i)
{
    double row = matrix->rows[i];
    while (between->from < matrix->m && matrix->columns[between->from] - row < between->low)
        between->from++;
    while (between->to < matrix->m && matrix->columns[between->to] - row < between->high)
        between->to++;
}

static double nth_pair(const void *set, double low, double high, uint64_t nth)
{
    const struct matrix *matrix = set;
    struct between between = {low, high, 0, 0};
    for (size_t i = 0; i < matrix->n; i++) {
        between_row(&between, matrix, i);
        size_t first = first_column(matrix, i);
        size_t from = between.from > first ? between.from : first;
        uint64_t here = beyond(between.to, from);
        if (nth < here)
            return matrix->columns[from + nth] - matrix->rows[i];
        nth -= here;
    }
    return low + (high - low) / 2;
}

static size_t gather_pairs(const void *set, double low, double high, double *out)
{
    const struct matrix *matrix = set;
    struct between between = {low, high, 0, 0};
    size_t written = 0;
    for (size_t i = 0; i < matrix->n; i++) {
        between_row(&between, matrix, i);
        size_t first = first_column(matrix, i);
        size_t j = between.from > first ? between.from : first;
        for (; j < between.to && written < SELECTION_GATHERED; j++)
            out[written++] = matrix->columns[j] - matrix->rows[i];
    }
    return written;
}

static void select_from(double *values, const uint64_t *ranks, size_t count,
    const struct matrix *matrix, uint64_t total, struct arena *scratch)
{
    size_t n = matrix->n, m = matrix->m;
    struct selection_source source = {
        .set = matrix,
        .total = total,
        .cost = n + m,
        .least = matrix->columns[0] - matrix->rows[n - 1],
        .most = matrix->columns[m - 1] - matrix->rows[0],
        .count = count_pairs,
        .nth = nth_pair,
        .gather = gather_pairs,
    };
    selection_ranks(values, ranks, count, &source, scratch);
}

void pairs_differences(double *values, const uint64_t *ranks, size_t count, const struct samples *x,
    const struct samples *y, struct arena *scratch)
{
    struct matrix matrix = {x->sorted, y->sorted, x->count, y->count, false};
    select_from(values, ranks, count, &matrix, (uint64_t)x->count * y->count, scratch);
}

void pairs_averages(double *values, const uint64_t *ranks, size_t count, const struct samples *d,
    struct arena *scratch)
{
    size_t n = d->count;
    double *negative = arena_take(scratch, n * sizeof *negative);
    for (size_t i = 0; i < n; i++)
        negative[i] = -d->sorted[n - 1 - i];
    struct matrix matrix = {negative, d->sorted, n, n, true};
    select_from(values, ranks, count, &matrix, (uint64_t)n * (n + 1) / 2, scratch);
    for (size_t i = 0; i < count; i++)
        values[i] /= 2;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/pairs.h"

#include "stats/selection.h"

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

static void count(const void *set, double value, uint64_t *below, uint64_t *up_to)
{
    const struct matrix *matrix = set;
    size_t less = 0, most = 0;
    for (size_t i = 0; i < matrix->n; i++) {
        double row = matrix->rows[i];
        while (less < matrix->m && matrix->columns[less] - row < value)
            less++;
        if (most < less)
            most = less;
        while (most < matrix->m && matrix->columns[most] - row <= value)
            most++;
        size_t first = first_column(matrix, i);
        *below += beyond(less, first);
        *up_to += beyond(most, first);
    }
}

/* The columns of row i that hold what lies strictly between; from and to only ever grow. */
struct between {
    double low, high;
    size_t from, to;
};

static void between_row(struct between *between, const struct matrix *matrix, size_t i)
{
    double row = matrix->rows[i];
    while (between->from < matrix->m && matrix->columns[between->from] - row <= between->low)
        between->from++;
    while (between->to < matrix->m && matrix->columns[between->to] - row < between->high)
        between->to++;
}

static double nth(const void *set, double low, double high, uint64_t nth)
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

static size_t gather(const void *set, double low, double high, double *out)
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

static void select_from(double *values, const uint64_t *ranks, size_t ranks_count,
    const struct matrix *matrix, uint64_t total, struct arena *scratch)
{
    size_t n = matrix->n, m = matrix->m;
    struct selection_source source = {
        .set = matrix,
        .total = total,
        .least = matrix->columns[0] - matrix->rows[n - 1],
        .most = matrix->columns[m - 1] - matrix->rows[0],
        .count = count,
        .nth = nth,
        .gather = gather,
    };
    selection_ranks(values, ranks, ranks_count, &source, scratch);
}

void pairs_differences(double *values, const uint64_t *ranks, size_t ranks_count,
    const struct samples *x, const struct samples *y, struct arena *scratch)
{
    struct matrix matrix = {x->sorted, y->sorted, x->count, y->count, false};
    select_from(values, ranks, ranks_count, &matrix, (uint64_t)x->count * y->count, scratch);
}

void pairs_averages(double *values, const uint64_t *ranks, size_t ranks_count,
    const struct samples *d, struct arena *scratch)
{
    size_t n = d->count;
    double *negative = arena_take(scratch, n * sizeof *negative);
    for (size_t i = 0; i < n; i++)
        negative[i] = -d->sorted[n - 1 - i];
    struct matrix matrix = {negative, d->sorted, n, n, true};
    select_from(values, ranks, ranks_count, &matrix, (uint64_t)n * (n + 1) / 2, scratch);
    for (size_t i = 0; i < ranks_count; i++)
        values[i] /= 2;
}

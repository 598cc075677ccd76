/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/sparkline.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HEIGHTS = 8 };

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of the finite ones; work has room for all. NaN where there is none. */
static double median_of(const double *values, size_t count, double *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            work[kept++] = values[i];
    if (kept == 0)
        return NAN;
    qsort(work, kept, sizeof *work, by_value);
    return work[kept / 2] / 2 + work[(kept - 1) / 2] / 2;
}

static void add_column(struct buffer *out, double value, double least, double most)
{
    /* U+2581 to U+2588 */
    char block[] = "\342\226\201";
    double share = most > least ? (value - least) / (most - least) : 0.4;
    if (isnan(value)) {
        buffer_add_char(out, ' ');
        return;
    }
    block[2] = (char)(block[2] + (int)fmin(HEIGHTS - 1, floor(share * HEIGHTS)));
    buffer_add_text(out, block);
}

void sparkline_add(struct buffer *out, const double *values, size_t count, size_t columns)
{
    double least = INFINITY, most = -INFINITY;
    if (count == 0 || columns == 0)
        return;
    if (columns > count)
        columns = count;
    double *medians = memory_take(columns * sizeof *medians);
    double *work = memory_take(count * sizeof *work);
    for (size_t i = 0; i < columns; i++) {
        size_t from = i * count / columns, to = (i + 1) * count / columns;
        medians[i] = median_of(values + from, to - from, work);
        least = fmin(least, medians[i]);
        most = fmax(most, medians[i]);
    }
    for (size_t i = 0; i < columns; i++)
        add_column(out, medians[i], least, most);
    free(work);
    free(medians);
}

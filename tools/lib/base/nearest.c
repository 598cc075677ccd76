/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/nearest.h"

enum { LONGEST = 64 };

static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t nearest_distance(struct slice from, struct slice to, size_t limit)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    if (from.size > LONGEST || to.size > LONGEST)
        return limit + 1;
    for (size_t j = 0; j <= to.size; j++)
        last[j] = j;
    for (size_t i = 1; i <= from.size; i++) {
        size_t best = row[0] = i;
        for (size_t j = 1; j <= to.size; j++) {
            int a = lower(from.data[i - 1]), b = lower(to.data[j - 1]);
            row[j] = least(last[j] + 1, row[j - 1] + 1);
            row[j] = least(row[j], last[j - 1] + (a != b));
            if (i > 1 && j > 1 && a == lower(to.data[j - 2]) && b == lower(from.data[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > limit)
            return limit + 1;
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[to.size] > limit ? limit + 1 : last[to.size];
}

size_t nearest_limit(size_t length)
{
    return length <= 4 ? 1 : length <= 8 ? 2 : 3;
}

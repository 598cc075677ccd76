/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double p;
    size_t index;
};

static int compare_p(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The members of the family, upward. */
static size_t rank_members(struct ranked *members, const double *p, size_t count)
{
    size_t members_count = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            members[members_count++] = (struct ranked){p[i], i};
    qsort(members, members_count, sizeof *members, compare_p);
    return members_count;
}

void adjust_benjamini_hochberg(
    double *adjusted, const double *p, size_t count, struct arena *scratch)
{
    struct ranked *members = arena_take(scratch, count * sizeof *members);
    size_t family = rank_members(members, p, count);
    for (size_t i = 0; i < count; i++)
        adjusted[i] = p[i];
    double least = 1;
    for (size_t i = family; i-- > 0;) {
        least = fmin(least, members[i].p * (double)family / (double)(i + 1));
        adjusted[members[i].index] = least;
    }
}

void adjust_holm(double *adjusted, const double *p, size_t count, struct arena *scratch)
{
    struct ranked *members = arena_take(scratch, count * sizeof *members);
    size_t family = rank_members(members, p, count);
    for (size_t i = 0; i < count; i++)
        adjusted[i] = p[i];
    double most = 0;
    for (size_t i = 0; i < family; i++) {
        most = fmin(1, fmax(most, members[i].p * (double)(family - i)));
        adjusted[members[i].index] = most;
    }
}

double adjust_false_coverage(double alpha, size_t selected, size_t family)
{
    if (family == 0 || selected >= family)
        return alpha;
    return alpha * (double)(selected ? selected : 1) / (double)family;
}

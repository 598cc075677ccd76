/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SPLIT_H
#define SPLIT_H

#include "gather.h"

/*
 * --split-by: which runs go into which file. A file is named by a value of the
 * run lines, which is text of somebody else's: what remains of it leads nowhere
 * but into the folder that the pattern names.
 */
struct split_part {
    char *path;
    struct run **runs; /* in their order */
    size_t count;
};

struct split {
    struct split_part *parts; /* by name */
    size_t count, capacity;
    struct run **runs; /* of all parts */
};

/*
 * runs are in their order; pattern has a "{}" in the place of the name. Reads the
 * lines of the runs up to their run lines. The result goes back through split_free, also after
 * -1.
 */
int split_create(struct split **out, struct run *const *runs, size_t count,
    const struct gathering *gathering, const struct identity *field, const char *pattern,
    struct error *error) MUST_USE;
void split_free(struct split *split);

#endif

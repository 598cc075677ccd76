/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPEATS_H
#define REPEATS_H

#include "gather.h"

/*
 * Which of a run's lines, in their order, are repeats of lines of another input,
 * and which contradict one; sets `dropped`. The canonical form of a line is
 * looked at only where a line of another input has the same key.
 */
struct repeats {
    struct entry *entries;
    size_t count;
    enum conflict_rule rule;
    void *context;
    int (*find_digest)(void *context, struct entry *entry, struct error *error);
    void (*say_conflict)(void *context, const struct entry *one, const struct entry *other);
};

int repeats_drop(struct repeats *repeats, uint64_t *dropped, struct error *error) MUST_USE;

#endif

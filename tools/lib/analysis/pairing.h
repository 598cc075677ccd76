/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_PAIRING_H
#define ANALYSIS_PAIRING_H

#include "analysis/compare.h"

/* The samples that belong together: equal ids inside a run that both sides share. */
struct pairing {
    double *base, *head; /* parallel, in the order that base was taken; from the arena */
    size_t *runs;        /* parallel: the index of the base's run; upward */
    size_t count;
    size_t dropped; /* ids with one side only, in the runs that are shared */
    bool offered;   /* both sides have ids in a shared run */
};

struct pairing pairing_match(const struct compare_input_side *base,
    const struct compare_input_side *head, struct arena *arena);

#endif

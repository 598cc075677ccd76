/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_SIDES_PARTS_H
#define ANALYSIS_SIDES_PARTS_H

#include "analysis/sides.h"

/* Inside analysis/sides*.c only. */
struct sides {
    const struct sides_options *options;
    struct arena arena;
    struct sides_run **runs; /* in the order met */
    size_t run_count, run_capacity;
    uint32_t *slots; /* of runs by run_id: index + 1, 0 is free; a power of two */
    size_t slot_count;
    struct sides_result **results;
    size_t result_count, result_capacity;
    struct sides_group *groups;
    size_t group_count;
    const struct sides_run **left_runs;
    size_t left_run_count;
    struct slice *machines;
    size_t machine_count;
    struct sides_notes notes;
    struct buffer text; /* to work in */
};

/* sides_machine.c: some fact that both know differs. */
bool sides_machines_differ(const struct sides_machine *a, const struct sides_machine *b);

/* sides_select.c: drops what does not belong. */
void sides_select(struct sides *sides);
/* Oldest first, then by everything else that tells runs apart. */
int sides_run_compare(const struct sides_run *a, const struct sides_run *b);
/* By identity, side, run, variant, repetition, part, line. */
int sides_result_compare(const struct sides_result *a, const struct sides_result *b);
/* Takes the dropped ones out. */
void sides_compact(struct sides *sides);

/* sides_group.c */
void sides_group(struct sides *sides);

#endif

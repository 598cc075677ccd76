/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TARGET_CELLS_H
#define ANALYSIS_TARGET_CELLS_H

#include "analysis/sides.h"
#include "analysis/targets.h"

/*
 * The results that targets are held against, in cells: one benchmark of one
 * machine, variant and side. All results stand on SIDE_HEAD of the sides, which
 * keep their lines (keep_text).
 */
struct target_row {
    const struct sides_result *result;
    size_t successes, failures; /* of its requests where it tells them, else of itself */
};

struct target_cell {
    const struct sides_group *group;
    struct slice side, variant; /* data NULL where they have none */
    size_t first, count;        /* of the rows, as the group's results stand */
};

struct target_cells {
    struct target_row *rows;
    size_t row_count;
    struct target_cell *items;
    size_t count;
    bool *wanted; /* of each target, for each row: it is about the row; skipped results never are */
    struct arena arena;
};

/* cells is zero before; they borrow from the sides. */
void target_cells_make(
    struct target_cells *cells, const struct sides *sides, const struct targets *targets);
void target_cells_release(struct target_cells *cells);

static inline bool target_cells_wanted(const struct target_cells *cells, size_t target, size_t row)
{
    return cells->wanted[target * cells->row_count + row];
}

#endif

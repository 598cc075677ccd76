/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TABLE_H
#define TABLE_H

#include "base/buffer.h"
#include "settings.h"
#include "subject.h"

enum { TABLE_WIDTH_USUAL = 120 }; /* where no terminal says */

/* What it may look like. */
struct table_look {
    size_t width; /* columns */
    bool colour;
    enum time_unit unit;
};

/*
 * The tables for people at the end: medians of the times, their intervals, and
 * their ratios to one of them; and where metrics were taken from the output, theirs.
 */
void summary_table_add(struct buffer *out, const struct subject *subjects, size_t count,
    const struct table_look *look);

#endif

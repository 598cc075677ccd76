/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TABLE_H
#define TABLE_H

#include "base/buffer.h"
#include "settings.h"
#include "subject.h"
#include "tool/table.h"

/*
 * The tables for people at the end: medians of the times, their intervals, and
 * their ratios to one of them; and where metrics were taken from the output, theirs.
 */
void summary_table_add(struct buffer *out, const struct subject *subjects, size_t count,
    enum time_unit unit, const struct table_look *look);

#endif

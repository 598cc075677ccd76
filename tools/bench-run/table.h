/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TABLE_H
#define TABLE_H

#include "base/buffer.h"
#include "settings.h"
#include "subject.h"

/* The last word for people: a table of all subjects, aligned, at most width columns where the
 * names can be shortened to that. */
void summary_table_add(struct buffer *out, const struct subject *subjects, size_t count,
    enum time_unit unit, size_t width);

#endif

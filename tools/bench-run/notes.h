/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef NOTES_H
#define NOTES_H

#include "base/buffer.h"
#include "measure.h"

/* What is worth knowing below a table, and only that: sentences that end in line feeds. */
void notes_add(struct buffer *out, const struct measurement *with);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_SPARKLINE_H
#define DOCUMENT_SPARKLINE_H

#include "base/buffer.h"

#include <stddef.h>

/*
 * A series in one line of text: ▁ is the least value, █ the greatest, all the
 * same is ▄. More values than columns are put together, each column being the median
 * of its own. A value that is no finite number is a blank.
 */
void sparkline_add(struct buffer *out, const double *values, size_t count, size_t columns);

#endif

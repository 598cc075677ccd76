/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_SCALE_H
#define RECORD_SCALE_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * A JSON number times ten to the power of places, exactly: "2.8" by 9 is
 * "2800000000", "1234" by -3 is "1.234". Appends the shortest plain decimal (no
 * exponent, no trailing zeros behind a point). false, and nothing appended,
 * where that would take more than SCALE_DIGITS digits.
 */
enum { SCALE_DIGITS = 400 };
bool scale_decimal(struct slice number, int places, struct buffer *out);

#endif

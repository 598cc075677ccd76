/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_SCALE_H
#define RECORD_SCALE_H

#include "base/slice.h"

/*
 * A JSON number times ten to the power of places, exactly: "2.8" by 9 is
 * "2800000000", "1234" by -3 is "1.234". Writes the shortest plain decimal (no
 * exponent, no trailing zeros behind a point), without a NUL, and returns its
 * length; 0 where that would take more than SCALE_DIGITS digits on a side of the
 * point.
 */
enum { SCALE_DIGITS = 400, SCALE_TEXT = 2 * SCALE_DIGITS + 4 };
size_t scale_decimal(struct slice number, int places, char out[static SCALE_TEXT]);

#endif

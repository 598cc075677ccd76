/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/slice.h"

#include <stddef.h>

/*
 * For "did you mean": the number of edits (insert, delete, replace, or swap of
 * two neighbours; optimal string alignment, Damerau 1964) from one text to the
 * other, counted in bytes and without regard to ASCII case, or limit + 1 as soon
 * as it is more than limit. Texts over 64 bytes are never near.
 */
size_t nearest_distance(struct slice from, struct slice to, size_t limit);

/*
 * How many edits still make a typo of a word this long: 1 up to 4 bytes, 2 up
 * to 8, 3 beyond.
 */
size_t nearest_limit(size_t length);

#endif

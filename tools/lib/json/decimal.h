/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_DECIMAL_H
#define JSON_DECIMAL_H

#include "base/slice.h"

#include <stdbool.h>

/*
 * Exact arithmetic on the texts of JSON numbers, of any length: what a schema's
 * bounds, multipleOf, const and uniqueItems need. Every function takes valid
 * JSON number texts. An exponent of more than DECIMAL_EXPONENT digits' worth is
 * handled by magnitude without writing the zeros out.
 */

/* -1, 0 or 1: the order of the values (1.0 = 1 = 10e-1). */
int decimal_compare(struct slice a, struct slice b);
/* The value is a whole number (1.0 and 1e2 are). */
bool decimal_is_integer(struct slice a);
/* value / divisor is a whole number; divisor > 0. */
bool decimal_is_multiple(struct slice value, struct slice divisor);

#endif

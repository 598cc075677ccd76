/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_NUMBER_H
#define SCHEMA_NUMBER_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A JSON number as digits × 10^exponent where that is exact (up to 19 digits and
 * a small exponent), so that bounds compare in integers; what does not fit keeps
 * only its text and goes through json/decimal.h.
 */
struct number {
    struct slice text; /* borrowed */
    uint64_t digits;
    int32_t exponent;
    bool negative; /* never of a zero */
    bool exact;
};

/* text is a valid JSON number. */
struct number number_of(struct slice text);
/* -1, 0 or 1: the order of the exact values. */
int number_compare(const struct number *a, const struct number *b);
/* value / divisor is whole; divisor > 0. */
bool number_is_multiple(const struct number *value, const struct number *divisor);
bool number_is_integer(struct slice text);
/* A hash that equal values share, however they are written. */
uint64_t number_hash(struct slice text);

#endif

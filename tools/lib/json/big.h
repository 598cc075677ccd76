/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_BIG_H
#define JSON_BIG_H

#include <stddef.h>
#include <stdint.h>

/*
 * Whole numbers of a fixed ceiling, for the seldom case where a decimal must be
 * compared exactly with a double: 800 digits times 10^1200 at the most.
 */
enum { BIG_LIMBS = 224 };

struct big {
    size_t count; /* limbs in use, the lowest first; the last one is not 0 */
    uint32_t limbs[BIG_LIMBS];
};

struct big big_of(uint64_t value);
/* big × factor + addend; what passes the ceiling ends in an assertion. */
void big_multiply_add(struct big *big, uint32_t factor, uint32_t addend);
void big_multiply_power_of_five(struct big *big, unsigned power);
void big_shift_left(struct big *big, unsigned bits);
int big_compare(const struct big *a, const struct big *b);

#endif

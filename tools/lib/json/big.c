/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/big.h"

#include <assert.h>
#include <string.h>

static void push(struct big *big, uint32_t limb)
{
    if (limb == 0)
        return;
    assert(big->count < BIG_LIMBS);
    big->limbs[big->count++] = limb;
}

struct big big_of(uint64_t value)
{
    struct big big = {.count = 0};
    if (value)
        big.limbs[big.count++] = (uint32_t)value;
    push(&big, (uint32_t)(value >> 32));
    return big;
}

void big_multiply_add(struct big *big, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < big->count; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    push(big, (uint32_t)carry);
}

void big_multiply_power_of_five(struct big *big, unsigned power)
{
    enum { STEP = 13 };
    const uint32_t five_to_step = 1220703125;
    for (; power >= STEP; power -= STEP)
        big_multiply_add(big, five_to_step, 0);
    for (; power > 0; power--)
        big_multiply_add(big, 5, 0);
}

void big_shift_left(struct big *big, unsigned bits)
{
    if (bits % 32)
        big_multiply_add(big, UINT32_C(1) << bits % 32, 0);
    size_t whole = bits / 32;
    if (whole == 0 || big->count == 0)
        return;
    assert(big->count + whole <= BIG_LIMBS);
    memmove(big->limbs + whole, big->limbs, big->count * sizeof *big->limbs);
    memset(big->limbs, 0, whole * sizeof *big->limbs);
    big->count += whole;
}

int big_compare(const struct big *a, const struct big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

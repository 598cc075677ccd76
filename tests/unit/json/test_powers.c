/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../unit.h"
#include "json/big.h"
#include "json/powers.h"

#include <stdio.h>
#include <string.h>

/* The bits [at, at + 64) of a whole number; at may be negative. */
static uint64_t bits_at(const struct big *big, int at)
{
    uint64_t word = 0;
    for (int i = 63; i >= 0; i--) {
        int bit = at + i;
        unsigned set =
            bit >= 0 && (size_t)bit / 32 < big->count && (big->limbs[bit / 32] >> (bit % 32) & 1);
        word = word << 1 | set;
    }
    return word;
}

static int bit_length(const struct big *big)
{
    return (int)big->count * 32 - __builtin_clz(big->limbs[big->count - 1]);
}

/* 10^n and 5^n have the same highest bits. */
static struct wide power_up(int n)
{
    struct big power = big_of(1);
    big_multiply_power_of_five(&power, (unsigned)n);
    int length = bit_length(&power);
    return (struct wide){bits_at(&power, length - 64), bits_at(&power, length - 128)};
}

/*
 * The highest 128 bits of 1 / 5^n, by long division: a rest is doubled and the
 * divisor taken off where it goes in.
 */
static struct wide power_down(int n)
{
    struct big divisor = big_of(1), rest = big_of(1);
    big_multiply_power_of_five(&divisor, (unsigned)n);
    struct wide bits = {0, 0};
    while (!(bits.high >> 63)) {
        big_shift_left(&rest, 1);
        bits.high = bits.high << 1 | bits.low >> 63;
        bits.low <<= 1;
        if (big_compare(&rest, &divisor) < 0)
            continue;
        bits.low |= 1;
        uint64_t borrow = 0;
        for (size_t i = 0; i < rest.count; i++) {
            uint64_t take = borrow + (i < divisor.count ? divisor.limbs[i] : 0);
            borrow = rest.limbs[i] < take;
            rest.limbs[i] = (uint32_t)(rest.limbs[i] - take);
        }
        while (rest.count > 0 && rest.limbs[rest.count - 1] == 0)
            rest.count--;
    }
    return bits;
}

static struct wide power(int n)
{
    return n < 0 ? power_down(-n) : power_up(n);
}

static void every_power_of_ten_is_the_exact_one_cut(void **state)
{
    (void)state;
    for (int n = POWER_FIRST; n <= POWER_LAST; n++) {
        struct wide expected = power(n), entry = json_powers[n - POWER_FIRST];
        if (entry.high != expected.high || entry.low != expected.low)
            fail_msg("10^%d", n);
    }
}

static void print_table(void)
{
    for (int n = POWER_FIRST; n <= POWER_LAST; n++) {
        struct wide entry = power(n);
        printf("%s{0x%016llx, 0x%016llx},%s", (n - POWER_FIRST) % 2 ? " " : "    ",
            (unsigned long long)entry.high, (unsigned long long)entry.low,
            (n - POWER_FIRST) % 2 || n == POWER_LAST ? "\n" : "");
    }
}

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "-p") == 0) {
        print_table();
        return 0;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_power_of_ten_is_the_exact_one_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

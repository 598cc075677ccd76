/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/number.h"
#include "json/powers.h"

#include <float.h>
#include <string.h>

/*
 * R. Giulietti, "The Schubfach way to render doubles" (2020). The interval of
 * decimals that read back as the value is scaled so that it holds between two
 * and twenty whole numbers; a multiple of ten among them is the shorter text.
 */

enum { HIDDEN_BIT = DBL_MANT_DIG - 1, EXPONENT_MASK = 0x7ff, BIAS = DBL_MAX_EXP - 1 + HIDDEN_BIT };

/* floor(a / 2^bits), for negative numbers too. */
static int floor_shift(int64_t a, unsigned bits)
{
    return (int)(a >= 0 ? a >> bits : -((-a + ((INT64_C(1) << bits) - 1)) >> bits));
}

/* factor × value / 2^128, and the lowest bit set where something was cut. */
static uint64_t scaled(struct wide factor, uint64_t value)
{
    struct wide low = multiply_wide(factor.low, value), high = multiply_wide(factor.high, value);
    uint64_t middle = high.low + low.high;
    return (high.high + (middle < high.low)) | (middle > 1);
}

/* The table's entry, rounded up where it is not exact. */
static struct wide power_of_ten(int power)
{
    struct wide factor = json_powers[power - POWER_FIRST];
    if (power < 0 || power > 55) {
        factor.low++;
        factor.high += factor.low == 0;
    }
    return factor;
}

static struct decimal schubfach(uint64_t significand, int exponent, bool closer_below)
{
    unsigned odd = significand & 1;
    int power = floor_shift((int64_t)exponent * 1262611 - (closer_below ? 524031 : 0), 22);
    int shift = exponent + floor_shift((int64_t)-power * 1741647, 19) + 1;
    struct wide factor = power_of_ten(-power);
    uint64_t lower = scaled(factor, (4 * significand - 2 + closer_below) << shift) + odd;
    uint64_t value = scaled(factor, (4 * significand) << shift);
    uint64_t upper = scaled(factor, (4 * significand + 2) << shift) - odd;

    uint64_t below = value / 4;
    if (below >= 10) {
        uint64_t ten = below / 10;
        bool under = lower <= 40 * ten, over = 40 * ten + 40 <= upper;
        if (under != over)
            return (struct decimal){ten + over, power + 1};
    }
    bool under = lower <= 4 * below, over = 4 * below + 4 <= upper;
    if (under != over)
        return (struct decimal){below + over, power};
    uint64_t middle = 4 * below + 2;
    bool up = value > middle || (value == middle && (below & 1));
    return (struct decimal){below + up, power};
}

uint64_t double_split(double value, int *exponent)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & ((UINT64_C(1) << HIDDEN_BIT) - 1);
    int biased = (int)(bits >> HIDDEN_BIT & EXPONENT_MASK);
    *exponent = (biased ? biased : 1) - BIAS;
    return biased ? fraction | UINT64_C(1) << HIDDEN_BIT : fraction;
}

struct decimal double_shortest(double value)
{
    int power;
    uint64_t significand = double_split(value, &power);
    if (power <= 0 && power > -DBL_MANT_DIG && !(significand & ((UINT64_C(1) << -power) - 1)))
        return (struct decimal){significand >> -power, 0};
    bool closer_below = significand == UINT64_C(1) << HIDDEN_BIT && power > 1 - BIAS;
    return schubfach(significand, power, closer_below);
}

static size_t put(char *out, size_t at, const char *bytes, size_t count)
{
    memcpy(out + at, bytes, count);
    return at + count;
}

static size_t put_zeros(char *out, size_t at, size_t count)
{
    memset(out + at, '0', count);
    return at + count;
}

/* The digits of a whole number, at the end of out; returns where they begin. */
static char *put_whole(char *end, uint64_t value)
{
    do
        *--end = (char)('0' + value % 10);
    while (value /= 10);
    return end;
}

size_t number_layout(char *out, bool negative, const char *digits, size_t count, int64_t point)
{
    enum { MOST_PLACES = 21, MOST_ZEROS = 6 };
    size_t at = 0;
    if (negative)
        out[at++] = '-';
    if (point > 0 && point <= MOST_PLACES) {
        size_t whole = (size_t)point;
        if (count <= whole)
            return put_zeros(out, put(out, at, digits, count), whole - count);
        at = put(out, at, digits, whole);
        out[at++] = '.';
        return put(out, at, digits + whole, count - whole);
    }
    if (point <= 0 && point > -MOST_ZEROS) {
        at = put_zeros(out, put(out, at, "0.", 2), (size_t)-point);
        return put(out, at, digits, count);
    }
    out[at++] = digits[0];
    if (count > 1) {
        out[at++] = '.';
        at = put(out, at, digits + 1, count - 1);
    }
    int64_t exponent = point - 1;
    out[at++] = 'e';
    out[at++] = exponent < 0 ? '-' : '+';
    char text[24],
        *first = put_whole(text + sizeof text, (uint64_t)(exponent < 0 ? -exponent : exponent));
    return put(out, at, first, (size_t)(text + sizeof text - first));
}

size_t double_print(char out[NUMBER_TEXT], double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bool negative = bits >> 63;
    if (value == 0) {
        out[0] = '-';
        out[negative] = '0';
        return 1 + (size_t)negative;
    }
    struct decimal decimal = double_shortest(negative ? -value : value);
    while (decimal.significand % 10 == 0) {
        decimal.significand /= 10;
        decimal.exponent++;
    }
    char text[24];
    const char *digits = put_whole(text + sizeof text, decimal.significand);
    size_t count = (size_t)(text + sizeof text - digits);
    return number_layout(out, negative, digits, count, decimal.exponent + (int64_t)count);
}

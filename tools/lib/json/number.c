/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/number.h"

#include "base/compiler.h"
#include "json/big.h"
#include "json/powers.h"

#include <assert.h>
#include <float.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int64_t read_exponent(const char *at, const char *end)
{
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    int64_t value = 0;
    for (; at < end; at++)
        value = value * 10 + (*at - '0');
    return negative ? -value : value;
}

struct number number_read(struct slice text)
{
    struct number number = {.negative = text.data[0] == '-'};
    const char *at = text.data + number.negative, *end = text.data + text.size;
    const char *stop = at, *dot = NULL, *last = NULL;
    for (; stop < end && (is_digit(*stop) || *stop == '.'); stop++) {
        if (*stop == '.') {
            dot = stop;
        } else if (*stop != '0') {
            last = stop;
            if (!number.digits)
                number.digits = stop;
        }
    }
    if (!last)
        return number;
    if (!dot)
        dot = stop;
    number.count = (size_t)(last - number.digits) + 1 - (number.digits < dot && dot < last);
    number.point = dot - number.digits + (number.digits > dot);
    if (stop < end)
        number.point += read_exponent(stop + 1, end);
    return number;
}

size_t number_digits(const struct number *number, char *out, size_t most)
{
    const char *at = number->digits;
    size_t count = number->count < most ? number->count : most;
    for (size_t i = 0; i < count; at++)
        if (*at != '.')
            out[i++] = *at;
    return count;
}

/* More digits than this change nothing but whether something follows (Clinger 1990). */
enum { DIGITS_THAT_COUNT = 780 };

int number_compare_binary(const struct number *number, uint64_t significand, int exponent)
{
    char digits[DIGITS_THAT_COUNT];
    size_t count = number_digits(number, digits, DIGITS_THAT_COUNT);
    struct big left = big_of(0), right = big_of(significand);
    for (size_t i = 0; i < count; i++)
        big_multiply_add(&left, 10, (uint32_t)(digits[i] - '0'));
    int64_t power = number->point - (int64_t)count;
    if (count < number->count) { /* a last digit for all that is left out */
        big_multiply_add(&left, 10, 1);
        power--;
    }
    assert(power > -1300 && power < 400 && exponent > -1200 && exponent < 1100);
    /* left × 10^power against right × 2^exponent, without fractions */
    big_multiply_power_of_five(power < 0 ? &right : &left, (unsigned)(power < 0 ? -power : power));
    int shift = (int)power - exponent;
    big_shift_left(shift < 0 ? &right : &left, (unsigned)(shift < 0 ? -shift : shift));
    return big_compare(&left, &right);
}

enum {
    FRACTION_BITS = DBL_MANT_DIG - 1,
    EXPONENT_BIAS = DBL_MAX_EXP - 1,
    EXPONENT_INFINITE = 2 * DBL_MAX_EXP - 1
};

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* floor(log2(10^power)) */
static int binary_exponent(int power)
{
    return (power * 217706) >> 16;
}

/*
 * The bits of the double nearest to significand × 10^power. D. Lemire, "Number
 * parsing at a gigabyte per second" (2021), section 5; that no further
 * correction is needed: N. Mushtak, D. Lemire, "Fast number parsing without
 * fallback" (2023).
 */
static uint64_t nearest_bits(uint64_t significand, int64_t power)
{
    if (significand == 0 || power < POWER_FIRST)
        return 0;
    if (power > DBL_MAX_10_EXP)
        return (uint64_t)EXPONENT_INFINITE << FRACTION_BITS;
    unsigned zeros = leading_zeros(significand);
    significand <<= zeros;
    struct wide factor = json_powers[power - POWER_FIRST];
    /* The paper rounds the short reciprocals up. */
    if (power < 0 && power >= -27)
        factor.low++;
    struct wide product = multiply_wide(significand, factor.high);
    if ((product.high & 0x1ff) == 0x1ff) {
        uint64_t more = multiply_wide(significand, factor.low).high;
        product.low += more;
        product.high += product.low < more;
    }
    unsigned upper = (unsigned)(product.high >> 63), shift = upper + 64 - FRACTION_BITS - 3;
    uint64_t bits = product.high >> shift;
    int exponent = binary_exponent((int)power) + 63 + (int)upper - (int)zeros + EXPONENT_BIAS;
    if (exponent <= 0) { /* subnormal */
        if (exponent < -62)
            return 0;
        bits >>= 1 - exponent;
        return (bits + (bits & 1)) >> 1;
    }
    /* Exactly between two: the product was exact and must go to the even one. */
    if (product.low <= 1 && power >= -4 && power <= 23 && (bits & 3) == 1 &&
        bits << shift == product.high)
        bits &= ~UINT64_C(1);
    bits = (bits + (bits & 1)) >> 1;
    if (bits >> DBL_MANT_DIG) {
        bits >>= 1;
        exponent++;
    }
    if (exponent >= EXPONENT_INFINITE)
        return (uint64_t)EXPONENT_INFINITE << FRACTION_BITS;
    return (bits & ((UINT64_C(1) << FRACTION_BITS) - 1)) | (uint64_t)exponent << FRACTION_BITS;
}

/* The bits of a number with more digits than 64 bits hold. */
static uint64_t long_bits(const struct number *number)
{
    enum { KEPT = 19 };
    char digits[KEPT];
    uint64_t significand = 0;
    size_t count = number_digits(number, digits, KEPT);
    for (size_t i = 0; i < count; i++)
        significand = significand * 10 + (uint64_t)(digits[i] - '0');
    int64_t power = number->point - (int64_t)count;
    uint64_t low = nearest_bits(significand, power);
    if (count == number->count || low == nearest_bits(significand + 1, power))
        return low;
    /* The value lies around the middle between low and the next: compare with it. */
    uint64_t fraction = low & ((UINT64_C(1) << FRACTION_BITS) - 1);
    int exponent = (int)(low >> FRACTION_BITS);
    if (exponent)
        fraction |= UINT64_C(1) << FRACTION_BITS;
    else
        exponent = 1;
    int order = number_compare_binary(
        number, 2 * fraction + 1, exponent - EXPONENT_BIAS - FRACTION_BITS - 1);
    return low + (order > 0 || (order == 0 && (low & 1)));
}

/* Up to 2^53 and 10^22 are doubles, so one operation rounds once (Clinger 1990). */
static bool exact_product(double *out, uint64_t significand, int64_t power)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (FLT_EVAL_METHOD != 0 || significand >> DBL_MANT_DIG || power < -22 || power > 22)
        return false;
    double value = (double)significand;
    *out = power < 0 ? value / powers[-power] : value * powers[power];
    return true;
}

double number_double(struct slice text)
{
    const char *at = text.data, *end = text.data + text.size;
    bool negative = *at == '-';
    at += negative;
    const char *start = at;
    uint64_t significand = 0;
    int64_t power = 0;
    for (; at < end && is_digit(*at); at++)
        significand = significand * 10 + (uint64_t)(*at - '0');
    size_t digits = (size_t)(at - start);
    if (at < end && *at == '.') {
        const char *fraction = ++at;
        for (; at < end && is_digit(*at); at++)
            significand = significand * 10 + (uint64_t)(*at - '0');
        power = fraction - at;
        digits += (size_t)(at - fraction);
    }
    double value;
    if (UNLIKELY(digits > 19)) {
        struct number number = number_read(text);
        value = from_bits(number.count ? long_bits(&number) : 0);
    } else {
        if (at < end)
            power += read_exponent(at + 1, end);
        if (!exact_product(&value, significand, power))
            value = from_bits(nearest_bits(significand, power));
    }
    return negative ? -value : value;
}

bool number_overflows(struct slice text)
{
    struct number number = number_read(text);
    if (number.count == 0 || number.point <= DBL_MAX_10_EXP)
        return false;
    return number.point > DBL_MAX_10_EXP + 1 || number_double(text) > DBL_MAX ||
           number_double(text) < -DBL_MAX;
}

bool number_int64(struct slice text, int64_t *out)
{
    enum { MOST_DIGITS = 19 };
    struct number number = number_read(text);
    if (number.count > MOST_DIGITS || number.point > MOST_DIGITS ||
        number.point < (int64_t)number.count)
        return false;
    char digits[MOST_DIGITS];
    number_digits(&number, digits, MOST_DIGITS);
    uint64_t value = 0;
    for (int64_t i = 0; i < number.point; i++)
        value = value * 10 + (i < (int64_t)number.count ? (uint64_t)(digits[i] - '0') : 0);
    if (value > (uint64_t)INT64_MAX + number.negative)
        return false;
    if (value > INT64_MAX)
        *out = INT64_MIN;
    else
        *out = number.negative ? -(int64_t)value : (int64_t)value;
    return true;
}

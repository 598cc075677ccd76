/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/number.h"

#include "schema/table.h"
#include "json/decimal.h"

enum {
    DIGITS_EXACT = 19,    /* 10^19 < 2^64 */
    EXPONENT_EXACT = 1000 /* beyond, decimal.h compares by magnitude */
};

__extension__ typedef unsigned __int128 wide;

static const uint64_t powers[DIGITS_EXACT + 1] = {1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u,
    10000000u, 100000000u, 1000000000u, 10000000000u, 100000000000u, 1000000000000u,
    10000000000000u, 100000000000000u, 1000000000000000u, 10000000000000000u, 100000000000000000u,
    1000000000000000000u, 10000000000000000000u};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The exponent part, at text[at] == 'e' or 'E'; false where it is not small. */
static bool add_exponent(struct number *number, struct slice text, size_t at)
{
    bool negative = false;
    int32_t value = 0;
    at++;
    if (at < text.size && (text.data[at] == '-' || text.data[at] == '+'))
        negative = text.data[at++] == '-';
    for (; at < text.size; at++) {
        value = 10 * value + (text.data[at] - '0');
        if (value > EXPONENT_EXACT)
            return false;
    }
    number->exponent += negative ? -value : value;
    return true;
}

struct number number_of(struct slice text)
{
    struct number number = {.text = text, .exact = true};
    size_t at = text.data[0] == '-', significant = 0;
    bool fraction = false, negative = at == 1;

    for (; at < text.size; at++) {
        char byte = text.data[at];
        if (is_digit(byte)) {
            if ((significant || byte != '0') && ++significant > DIGITS_EXACT)
                number.exact = false;
            number.digits = 10 * number.digits + (uint64_t)(byte - '0');
            number.exponent -= fraction;
        } else if (byte == '.') {
            fraction = true;
        } else {
            break;
        }
    }
    if (text.size - at > 0 && !add_exponent(&number, text, at))
        number.exact = false;
    if (number.exponent < -EXPONENT_EXACT || number.exponent > EXPONENT_EXACT)
        number.exact = false;
    if (significant == 0)
        number = (struct number){.text = text, .exact = true};
    else
        number.negative = negative;
    return number;
}

static int order(bool less, bool more)
{
    return more - less;
}

/* The order of two amounts > 0; false where 128 bits do not hold it. */
static bool compare_amounts(int *result, const struct number *a, const struct number *b)
{
    int32_t shift = a->exponent - b->exponent;
    if (shift == 0) {
        *result = order(a->digits<b->digits, a->digits> b->digits);
    } else if (shift > 0 && shift <= DIGITS_EXACT) {
        wide left = (wide)a->digits * powers[shift], right = b->digits;
        *result = order(left<right, left> right);
    } else if (shift < 0 && shift >= -DIGITS_EXACT) {
        wide left = a->digits, right = (wide)b->digits * powers[-shift];
        *result = order(left<right, left> right);
    } else {
        return false;
    }
    return true;
}

int number_compare(const struct number *a, const struct number *b)
{
    if (!a->exact || !b->exact)
        return decimal_compare(a->text, b->text);
    if (a->digits == 0 || b->digits == 0 || a->negative != b->negative) {
        int left = a->negative ? -1 : a->digits != 0, right = b->negative ? -1 : b->digits != 0;
        return order(left<right, left> right);
    }
    int result;
    if (!compare_amounts(&result, a, b))
        return decimal_compare(a->text, b->text);
    return a->negative ? -result : result;
}

bool number_is_multiple(const struct number *value, const struct number *divisor)
{
    if (value->exact && divisor->exact) {
        int32_t shift = value->exponent - divisor->exponent;
        if (value->digits == 0)
            return true;
        if (shift >= 0 && shift <= DIGITS_EXACT)
            return (wide)value->digits * powers[shift] % divisor->digits == 0;
        if (shift < 0 && shift >= -DIGITS_EXACT)
            return value->digits % ((wide)divisor->digits * powers[-shift]) == 0;
    }
    return decimal_is_multiple(value->text, divisor->text);
}

bool number_is_integer(struct slice text)
{
    struct number number = number_of(text);
    if (!number.exact)
        return decimal_is_integer(text);
    if (number.exponent >= 0 || number.digits == 0)
        return true;
    return number.exponent >= -DIGITS_EXACT && number.digits % powers[-number.exponent] == 0;
}

uint64_t number_hash(struct slice text)
{
    struct number number = number_of(text);
    /* What is not exact is rare: one hash for all of it, told apart by comparing. */
    if (!number.exact)
        return 1;
    while (number.digits && number.digits % 10 == 0) {
        number.digits /= 10;
        number.exponent++;
    }
    if (number.digits == 0)
        return 2;
    uint64_t parts[2] = {number.digits, (uint64_t)(int64_t)number.exponent << 1 | number.negative};
    return table_hash(3, (struct slice){(const char *)parts, sizeof parts});
}

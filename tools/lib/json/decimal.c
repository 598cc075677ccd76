/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/decimal.h"

#include "base/memory.h"
#include "json/bits.h"
#include "json/number.h"

/* The next digit, '0' after the last one; at is moved. */
static char next_digit(const char **at, size_t *left)
{
    if (*left == 0)
        return '0';
    --*left;
    if (**at == '.')
        ++*at;
    return *(*at)++;
}

static int compare_magnitude(const struct number *a, const struct number *b)
{
    if (a->count == 0 || b->count == 0)
        return (a->count > 0) - (b->count > 0);
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    const char *at_a = a->digits, *at_b = b->digits;
    size_t left_a = a->count, left_b = b->count;
    while (left_a > 0 || left_b > 0) {
        char digit_a = next_digit(&at_a, &left_a), digit_b = next_digit(&at_b, &left_b);
        if (digit_a != digit_b)
            return digit_a < digit_b ? -1 : 1;
    }
    return 0;
}

int decimal_compare(struct slice a_text, struct slice b_text)
{
    struct number a = number_read(a_text), b = number_read(b_text);
    bool a_negative = a.negative && a.count > 0, b_negative = b.negative && b.count > 0;
    if (a_negative != b_negative)
        return a_negative ? -1 : 1;
    int order = compare_magnitude(&a, &b);
    return a_negative ? -order : order;
}

bool decimal_is_integer(struct slice text)
{
    struct number number = number_read(text);
    return number.count == 0 || number.point >= (int64_t)number.count;
}

/* digits mod divisor, and again for `zeros` digits 0 after them. */
static bool divides_word(const struct number *value, uint64_t zeros, uint64_t divisor)
{
    const char *at = value->digits;
    size_t left = value->count;
    uint64_t rest = 0;
    /* The divisor has at most 18 digits, so ten times a rest fits. */
    while (left > 0)
        rest = (rest * 10 + (uint64_t)(next_digit(&at, &left) - '0')) % divisor;
    for (; zeros > 0 && rest > 0; zeros--)
        rest = rest * 10 % divisor;
    return rest == 0;
}

/* A whole number in base 10^9, the lowest limb first. */
struct limbs {
    uint32_t *limb;
    size_t count;
};

enum { LIMB_DIGITS = 9, LIMB_BASE = 1000000000 };

static bool limbs_less(const struct limbs *a, const struct limbs *b)
{
    for (size_t i = a->count; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i];
    return false;
}

static void limbs_subtract(struct limbs *a, const struct limbs *b)
{
    uint32_t borrow = 0;
    for (size_t i = 0; i < a->count; i++) {
        uint32_t take = b->limb[i] + borrow;
        borrow = a->limb[i] < take;
        a->limb[i] = a->limb[i] + (borrow ? LIMB_BASE : 0) - take;
    }
}

static void limbs_append(struct limbs *a, uint32_t digit)
{
    uint64_t carry = digit;
    for (size_t i = 0; i < a->count; i++) {
        carry += (uint64_t)a->limb[i] * 10;
        a->limb[i] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
}

/* The same for a divisor of any length: long division that keeps only the rest. */
static bool divides_long(const struct number *value, uint64_t zeros, const struct number *divisor)
{
    size_t count = divisor->count / LIMB_DIGITS + 2;
    uint32_t *memory = memory_zero(2 * count, sizeof *memory);
    struct limbs by = {memory, count}, rest = {memory + count, count};
    const char *at = divisor->digits;
    size_t left = divisor->count;
    while (left > 0)
        limbs_append(&by, (uint32_t)(next_digit(&at, &left) - '0'));
    at = value->digits;
    left = value->count;
    for (uint64_t steps = value->count + zeros; steps > 0; steps--) {
        limbs_append(&rest, (uint32_t)(next_digit(&at, &left) - '0'));
        while (!limbs_less(&rest, &by))
            limbs_subtract(&rest, &by);
    }
    bool divides = true;
    for (size_t i = 0; i < count; i++)
        divides = divides && rest.limb[i] == 0;
    free(memory);
    return divides;
}

bool decimal_is_multiple(struct slice value_text, struct slice divisor_text)
{
    enum { WORD_DIGITS = 18 };
    struct number value = number_read(value_text), divisor = number_read(divisor_text);
    if (divisor.count == 0)
        return false;
    if (value.count == 0)
        return true;
    /* value = V × 10^v and divisor = D × 10^d, V without a factor of ten. */
    int64_t zeros = (value.point - (int64_t)value.count) - (divisor.point - (int64_t)divisor.count);
    if (zeros < 0)
        return false;
    /* D has fewer factors two and five than four times its digits: more zeros change nothing. */
    uint64_t enough = 4 * (uint64_t)divisor.count;
    if ((uint64_t)zeros < enough)
        enough = (uint64_t)zeros;
    if (divisor.count > WORD_DIGITS)
        return divides_long(&value, enough, &divisor);
    const char *at = divisor.digits;
    size_t left = divisor.count;
    uint64_t word = 0;
    while (left > 0)
        word = word * 10 + (uint64_t)(next_digit(&at, &left) - '0');
    return divides_word(&value, enough, word);
}

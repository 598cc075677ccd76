/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/scale.h"

#include <stdbool.h>

/* The significant digits of a number and where its point stands behind the first of them. */
struct digits {
    char text[SCALE_DIGITS + 1];
    int count;
    long point;
    bool negative;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool read_exponent(struct slice number, size_t at, long *exponent)
{
    bool negative = at < number.size && number.data[at] == '-';
    *exponent = 0;
    if (at < number.size && !is_digit(number.data[at]))
        at++;
    for (; at < number.size; at++) {
        *exponent = *exponent * 10 + (number.data[at] - '0');
        if (*exponent > 10000)
            return false;
    }
    if (negative)
        *exponent = -*exponent;
    return true;
}

static bool read_digits(struct slice number, struct digits *out)
{
    size_t at = 0;
    long seen = 0, point = -1, first = -1;
    out->count = 0;
    out->negative = number.size > 0 && number.data[0] == '-';
    if (out->negative)
        at++;
    for (; at < number.size && (is_digit(number.data[at]) || number.data[at] == '.'); at++) {
        if (number.data[at] == '.') {
            point = seen;
            continue;
        }
        if (first < 0 && number.data[at] != '0')
            first = seen;
        if (first >= 0) {
            if (out->count == SCALE_DIGITS)
                return false;
            out->text[out->count++] = number.data[at];
        }
        seen++;
    }
    long exponent = 0;
    if (at < number.size && !read_exponent(number, at + 1, &exponent))
        return false;
    while (out->count > 0 && out->text[out->count - 1] == '0')
        out->count--;
    out->point = (point < 0 ? seen : point) - (first < 0 ? 0 : first) + exponent;
    return true;
}

size_t scale_decimal(struct slice number, int places, char out[static SCALE_TEXT])
{
    struct digits digits;
    if (!read_digits(number, &digits))
        return 0;
    char *at = out;
    long point = digits.point + places;
    if (digits.count == 0) {
        *at = '0';
        return 1;
    }
    if (point > SCALE_DIGITS || point < -SCALE_DIGITS)
        return 0;
    if (digits.negative)
        *at++ = '-';
    if (point <= 0)
        *at++ = '0';
    for (long i = 0; i < point; i++)
        *at++ = i < digits.count ? digits.text[i] : '0';
    if (point < digits.count) {
        *at++ = '.';
        for (long i = point; i < 0; i++)
            *at++ = '0';
        long from = point > 0 ? point : 0;
        memcpy(at, digits.text + from, (size_t)(digits.count - from));
        at += digits.count - from;
    }
    return (size_t)(at - out);
}

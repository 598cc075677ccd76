/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/number.h"
#include "json/scan.h"

/* Numbers byte by byte: those with an exponent, long ones, and the wrong ones. */

static const char *skip_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

static const char *scan_exponent(struct scan *scan, const char *at)
{
    if (*at == '+' || *at == '-')
        at++;
    const char *end = skip_digits(at);
    if (end == at)
        return json_scan_fail(scan, FAULT_EXPONENT_DIGIT, at);
    while (*at == '0')
        at++;
    if (end - at > NUMBER_EXPONENT_DIGITS)
        return json_scan_fail(scan, FAULT_EXPONENT_LENGTH, at);
    return end;
}

const char *json_scan_number(struct scan *scan, const char *at, unsigned *flags)
{
    enum { SAFE_DIGITS = 308 };
    const char *digits = at + (*at == '-'), *end = skip_digits(digits);
    *flags = *at == '-' ? JSON_NEGATIVE : 0;
    if (end == digits)
        return json_scan_fail(scan, FAULT_INTEGER_DIGIT, digits);
    if (*digits == '0' && end > digits + 1)
        return json_scan_fail(scan, FAULT_LEADING_ZERO, digits + 1);
    bool large = end - digits > SAFE_DIGITS;
    if (*end == '.') {
        const char *fraction = end + 1;
        *flags |= JSON_FRACTION;
        end = skip_digits(fraction);
        if (end == fraction)
            return json_scan_fail(scan, FAULT_FRACTION_DIGIT, fraction);
    }
    if (*end == 'e' || *end == 'E') {
        *flags |= JSON_EXPONENT;
        end = scan_exponent(scan, end + 1);
        if (!end)
            return NULL;
        large = true;
    }
    if (large && number_overflows((struct slice){at, (size_t)(end - at)}))
        return json_scan_fail(scan, FAULT_RANGE, at);
    return end;
}

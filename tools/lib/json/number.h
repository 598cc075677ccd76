/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_NUMBER_H
#define JSON_NUMBER_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/* Inside json/ only: the text of a valid JSON number taken apart, and doubles. */

/* Exponents with more digits are refused by the scanner, so sums of them cannot overflow. */
enum { NUMBER_EXPONENT_DIGITS = 18 };

/*
 * The value is 0.DIGITS × 10^point, less than 0 where negative. DIGITS are the
 * significant ones, without zeros before or after them; 0 has none.
 */
struct number {
    bool negative;
    const char *digits; /* the first digit; a '.' may stand among them */
    size_t count;       /* of digits, the '.' not counted */
    int64_t point;
};

struct number number_read(struct slice text);

/* Copies the first `most` digits at most; returns how many. */
size_t number_digits(const struct number *number, char *out, size_t most);

/* The nearest double, ties to even; infinity where none holds it. */
double number_double(struct slice text);
/* The integer (1.0 and 1e3 are) where int64_t holds it. */
bool number_int64(struct slice text, int64_t *out);
/* Whether the nearest double is infinite. */
bool number_overflows(struct slice text);
/* The order of |number| and significand × 2^exponent, for values that a double's range holds. */
int number_compare_binary(const struct number *number, uint64_t significand, int exponent);

/* A finite value that is not 0: |value| = the result × 2^*exponent. */
uint64_t double_split(double value, int *exponent);

/*
 * The shortest decimal that reads back as a finite value > 0, the nearest to it
 * among those: significand × 10^exponent.
 */
struct decimal {
    uint64_t significand;
    int exponent;
};
struct decimal double_shortest(double value);

enum { NUMBER_TEXT = 32 };
/* As ECMAScript prints a finite double, but -0 as "-0"; returns the length, without a NUL. */
size_t double_print(char out[NUMBER_TEXT], double value);

/*
 * Digits (at least one, none but significant ones) in ECMAScript's layout
 * (Number::toString, radix 10): the value is 0.DIGITS × 10^point. Writes at most
 * count + NUMBER_TEXT bytes and returns how many.
 */
size_t number_layout(char *out, bool negative, const char *digits, size_t count, int64_t point);

#endif

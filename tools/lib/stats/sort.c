/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/sort.h"

#include <stdint.h>
#include <string.h>

enum { DIGITS = 8, BUCKETS = 256 };

static void sort_by_insertion(double *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        double value = values[i];
        size_t j = i;
        for (; j > 0 && values[j - 1] > value; j--)
            values[j] = values[j - 1];
        values[j] = value;
    }
}

/* Whole numbers in the order of the doubles: negative ones turned round, the others above them. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static size_t digit_of(double value, unsigned digit)
{
    return key_of(value) >> (8 * digit) & (BUCKETS - 1);
}

static void count_digits(size_t (*counts)[BUCKETS], const double *values, size_t count)
{
    memset(counts, 0, DIGITS * sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        uint64_t key = key_of(values[i]);
        for (unsigned digit = 0; digit < DIGITS; digit++)
            counts[digit][key >> (8 * digit) & (BUCKETS - 1)]++;
    }
}

static void distribute(double *to, const double *from, size_t count, unsigned digit, size_t *counts)
{
    size_t start = 0;
    for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
        size_t size = counts[bucket];
        counts[bucket] = start;
        start += size;
    }
    for (size_t i = 0; i < count; i++)
        to[counts[digit_of(from[i], digit)]++] = from[i];
}

/* Least digit first; a digit that all share (most exponents' first) needs no pass. */
void sort_numbers(double *values, size_t count, struct arena *scratch)
{
    if (count <= SORT_SMALL) {
        sort_by_insertion(values, count);
        return;
    }
    size_t counts[DIGITS][BUCKETS];
    count_digits(counts, values, count);
    double *from = values, *to = arena_take(scratch, count * sizeof *to);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        if (counts[digit][digit_of(from[0], digit)] == count)
            continue;
        distribute(to, from, count, digit, counts[digit]);
        double *spare = from;
        from = to;
        to = spare;
    }
    if (from != values)
        memcpy(values, from, count * sizeof *values);
}

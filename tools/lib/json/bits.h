/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_BITS_H
#define JSON_BITS_H

#include <stdint.h>
#include <string.h>

/* Words and bits, the same on every byte order. */

/* Eight bytes, the first one lowest. */
static inline uint64_t load_64(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The number of zero bits below the lowest, above the highest one; word is not 0. */
static inline unsigned trailing_zeros(uint64_t word)
{
    return (unsigned)__builtin_ctzll(word);
}

static inline unsigned leading_zeros(uint64_t word)
{
    return (unsigned)__builtin_clzll(word);
}

/* ---- eight bytes at once: results have the high bit of each byte that is meant ---- */
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Exact: nothing carries over from byte to byte. */
static inline uint64_t bytes_not_zero(uint64_t word)
{
    return (((word & EACH_BYTE(0x7f)) + EACH_BYTE(0x7f)) | word) & EACH_BYTE(0x80);
}

static inline uint64_t bytes_wide(uint64_t word)
{
    return word & EACH_BYTE(0x80);
}

/* A quote, a backslash or a control character. */
static inline uint64_t bytes_to_escape(uint64_t word)
{
    uint64_t control = ~(((word & EACH_BYTE(0x7f)) + EACH_BYTE(0x60)) | word);
    uint64_t other = bytes_not_zero(word ^ EACH_BYTE('"')) & bytes_not_zero(word ^ EACH_BYTE('\\'));
    return (control | ~other) & EACH_BYTE(0x80);
}

static inline uint64_t bytes_not_digits(uint64_t word)
{
    uint64_t low = word & EACH_BYTE(0x7f);
    uint64_t from_zero = low + EACH_BYTE(0x80 - '0'), over_nine = low + EACH_BYTE(0x80 - '9' - 1);
    return (~from_zero | over_nine | word) & EACH_BYTE(0x80);
}

static inline uint64_t words_differ(const char *a, const char *b)
{
    return load_64(a) ^ load_64(b);
}

/*
 * memcmp for short texts: by words of 8 bytes that may overlap, without a loop up
 * to 32. Both may be read up to 7 bytes past their end.
 */
static inline int bytes_same(const char *a, const char *b, size_t size)
{
    if (size < 8) {
        unsigned over = (unsigned)(32 - 4 * size);
        return words_differ(a, b) << over << over == 0;
    }
    uint64_t ends = words_differ(a, b) | words_differ(a + size - 8, b + size - 8);
    if (size <= 16)
        return ends == 0;
    ends |= words_differ(a + 8, b + 8) | words_differ(a + size - 16, b + size - 16);
    return ends == 0 && (size <= 32 || memcmp(a + 16, b + 16, size - 32) == 0);
}

struct wide {
    uint64_t high, low;
};

/* All 128 bits of a product. */
static inline struct wide multiply_wide(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 product;
    product all = (product)a * b;
    return (struct wide){(uint64_t)(all >> 64), (uint64_t)all};
#else
    uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
    uint64_t low = a_low * b_low;
    uint64_t middle = a_high * b_low + (low >> 32);
    uint64_t other = a_low * b_high + (uint32_t)middle;
    return (struct wide){
        a_high * b_high + (middle >> 32) + (other >> 32), (other << 32) | (uint32_t)low};
#endif
}

#endif

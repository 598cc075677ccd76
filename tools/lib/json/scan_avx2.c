/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* One register of 32 bytes; compiled for machines that have it, chosen when this one does. */

enum { BLOCK_SIZE = 32, BLOCK_SHIFT = 0 };
#define SCAN_NAME   json_scan_avx2
#define SCAN_TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

struct marks {
    uint64_t stop, wide;
};

SCAN_TARGET static inline __m256i load_block(const char *at)
{
    return _mm256_loadu_si256((const __m256i *)at);
}

SCAN_TARGET static inline __m256i quotes_and_backslashes(__m256i bytes)
{
    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
}

SCAN_TARGET static inline struct marks block_marks(const char *at)
{
    __m256i bytes = load_block(at);
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)), bytes);
    __m256i stop = _mm256_or_si256(quotes_and_backslashes(bytes), control);
    return (struct marks){
        (uint32_t)_mm256_movemask_epi8(stop), (uint32_t)_mm256_movemask_epi8(bytes)};
}

SCAN_TARGET static inline uint64_t block_special(const char *at)
{
    __m256i bytes = load_block(at);
    /* With a sign, wide bytes are below the control characters. */
    __m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes);
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(quotes_and_backslashes(bytes), low));
}

SCAN_TARGET static inline uint64_t block_others(const char *at)
{
    __m256i value = _mm256_sub_epi8(load_block(at), _mm256_set1_epi8('0'));
    __m256i digit = _mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(9)), value);
    return ~(uint32_t)_mm256_movemask_epi8(digit);
}

/* The same as scan_guessed, in one comparison. */
SCAN_TARGET static inline bool block_guessed(const char *at, const struct scan_guess *guess)
{
    __m256i same = _mm256_cmpeq_epi8(load_block(at), load_block(guess->text));
    return guess->size && ((uint32_t)_mm256_movemask_epi8(same) | guess->over) == UINT32_MAX;
}
#define SCAN_GUESSED block_guessed

#include "json/scan_core.h"

#else
typedef int json_scan_avx2_needs_x86_64;
#endif

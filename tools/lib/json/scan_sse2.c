/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

#if defined(__x86_64__)

#include <emmintrin.h>

/* Two registers of 16 bytes; every x86-64 has them. */

enum { BLOCK_SIZE = 32, BLOCK_SHIFT = 0 };
#define SCAN_NAME json_scan_sse2
#define SCAN_TARGET

struct marks {
    uint64_t stop, wide;
};

static inline uint64_t mask_of(__m128i low, __m128i high)
{
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

static inline __m128i either(__m128i bytes, char one, char other)
{
    return _mm_or_si128(
        _mm_cmpeq_epi8(bytes, _mm_set1_epi8(one)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(other)));
}

static inline __m128i stops(__m128i bytes)
{
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    return _mm_or_si128(either(bytes, '"', '\\'), control);
}

/* With a sign, wide bytes are below the control characters. */
static inline __m128i special(__m128i bytes)
{
    __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    return _mm_or_si128(either(bytes, '"', '\\'), low);
}

static inline struct marks block_marks(const char *at)
{
    __m128i low = _mm_loadu_si128((const __m128i *)at);
    __m128i high = _mm_loadu_si128((const __m128i *)(at + 16));
    return (struct marks){mask_of(stops(low), stops(high)), mask_of(low, high)};
}

static inline uint64_t block_special(const char *at)
{
    __m128i low = _mm_loadu_si128((const __m128i *)at);
    __m128i high = _mm_loadu_si128((const __m128i *)(at + 16));
    return mask_of(special(low), special(high));
}

static inline __m128i digits(__m128i bytes)
{
    __m128i value = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    return _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
}

static inline uint64_t block_others(const char *at)
{
    __m128i low = _mm_loadu_si128((const __m128i *)at);
    __m128i high = _mm_loadu_si128((const __m128i *)(at + 16));
    return mask_of(digits(low), digits(high)) ^ 0xffffffff;
}

#include "json/scan_core.h"

#else
typedef int json_scan_sse2_needs_x86_64;
#endif

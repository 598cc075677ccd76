/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

#if defined(SCAN_HAS_NEON)

#include <arm_neon.h>

/*
 * One register of 16 bytes. NEON has no mask of bits; shifting right by four
 * while narrowing leaves four bits for each byte, of which one is kept.
 */

enum { BLOCK_SIZE = 16, BLOCK_SHIFT = 2 };
#define SCAN_NAME json_scan_neon
#define SCAN_TARGET

struct marks {
    uint64_t stop, wide;
};

static inline uint64_t mask_of(uint8x16_t bytes)
{
    uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(bytes), 4);
    return vget_lane_u64(vreinterpret_u64_u8(narrow), 0) & UINT64_C(0x8888888888888888);
}

static inline uint8x16_t either(uint8x16_t bytes, char one, char other)
{
    return vorrq_u8(
        vceqq_u8(bytes, vdupq_n_u8((uint8_t)one)), vceqq_u8(bytes, vdupq_n_u8((uint8_t)other)));
}

static inline struct marks block_marks(const char *at)
{
    uint8x16_t bytes = vld1q_u8((const uint8_t *)at);
    uint8x16_t stop = vorrq_u8(either(bytes, '"', '\\'), vcltq_u8(bytes, vdupq_n_u8(0x20)));
    return (struct marks){mask_of(stop), mask_of(vcgeq_u8(bytes, vdupq_n_u8(0x80)))};
}

static inline uint64_t block_special(const char *at)
{
    uint8x16_t bytes = vld1q_u8((const uint8_t *)at);
    /* With a sign, wide bytes are below the control characters. */
    uint8x16_t low = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20));
    return mask_of(vorrq_u8(either(bytes, '"', '\\'), low));
}

static inline uint64_t block_others(const char *at)
{
    uint8x16_t value = vsubq_u8(vld1q_u8((const uint8_t *)at), vdupq_n_u8('0'));
    return mask_of(vcgtq_u8(value, vdupq_n_u8(9)));
}

#include "json/scan_core.h"

#else
typedef int json_scan_neon_needs_aarch64;
#endif

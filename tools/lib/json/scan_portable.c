/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/scan.h"

/* Eight bytes as one word: for every machine that has no better way. */

enum { BLOCK_SIZE = 8, BLOCK_SHIFT = 3 };
#define SCAN_NAME json_scan_portable
#define SCAN_TARGET

struct marks {
    uint64_t stop, wide;
};

static inline struct marks block_marks(const char *at)
{
    uint64_t word = load_64(at);
    return (struct marks){bytes_to_escape(word), bytes_wide(word)};
}

static inline uint64_t block_others(const char *at)
{
    return bytes_not_digits(load_64(at));
}

#include "json/scan_core.h"

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_STRING_H
#define JSON_STRING_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/* Inside json/ only: what stands between the quotes of a valid string, and its value. */

/*
 * at is a backslash in a text that ends in a quote. Returns the code point it
 * stands for and moves *at after it (after both of a pair of surrogates), or
 * returns less than 0 with *at at the byte that is wrong.
 */
enum {
    ESCAPE_UNKNOWN = -1,
    ESCAPE_HEX = -2,
    ESCAPE_HIGH_SURROGATE = -3,
    ESCAPE_LOW_SURROGATE = -4
};
int32_t escape_read(const char **at);

/* Writes a code point in up to 4 bytes; returns their number. */
unsigned utf8_write(char *out, uint32_t code_point);
/* The first byte that begins no UTF-8 sequence of 1 to 4 bytes, NULL where all is well. */
const char *utf8_bad(const char *from, const char *to);
/* The length of the valid sequence at `from`, 0 where it is wrong or cut. */
unsigned utf8_length(const char *from, const char *to);

/* The value of raw text, into at most as many bytes; returns their number. */
size_t string_decode_to(char *out, struct slice raw);
/* The same, appended. */
void string_decode(struct buffer *out, struct slice raw);
/*
 * A value as a JSON string, appended, with its quotes and as few escapes as may
 * be; each byte that is not UTF-8 becomes U+FFFD.
 */
void string_encode(struct buffer *out, struct slice value);
/* Whether two raw texts have the same value. */
bool string_same(struct slice a, struct slice b);
/* Whether raw text has this value. */
bool string_value_is(struct slice raw, struct slice value);

#endif

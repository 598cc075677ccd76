/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/glob.h"

/* The bytes of the character that begins at `at`. */
static size_t character(struct slice text, size_t at)
{
    size_t size = 1;
    while (at + size < text.size && ((unsigned char)text.data[at + size] & 0xc0) == 0x80)
        size++;
    return size;
}

/* One part of the pattern, no star, against what begins at `at`; how many bytes of the text it
 * takes, 0 where it does not fit, and of the pattern. */
static size_t match_part(
    struct slice pattern, size_t from, struct slice text, size_t at, size_t *pattern_size)
{
    char byte = pattern.data[from];
    *pattern_size = 1;
    if (byte == '?')
        return character(text, at);
    if (byte == '\\' && from + 1 < pattern.size) {
        *pattern_size = 2;
        byte = pattern.data[from + 1];
    }
    return text.data[at] == byte ? 1 : 0;
}

/*
 * Going back only to the last star is enough: what the stars before it took may
 * stay as short as it can be.
 */
bool glob_matches(struct slice pattern, struct slice text)
{
    size_t in_pattern = 0, at = 0, pattern_size;
    size_t after_star = 0, star_at = 0;
    bool star = false;
    while (at < text.size) {
        size_t size = 0;
        if (in_pattern < pattern.size && pattern.data[in_pattern] == '*') {
            star = true;
            after_star = ++in_pattern;
            star_at = at;
            continue;
        }
        if (in_pattern < pattern.size)
            size = match_part(pattern, in_pattern, text, at, &pattern_size);
        if (size > 0) {
            in_pattern += pattern_size;
            at += size;
        } else if (star) {
            in_pattern = after_star;
            star_at += character(text, star_at);
            at = star_at;
        } else {
            return false;
        }
    }
    while (in_pattern < pattern.size && pattern.data[in_pattern] == '*')
        in_pattern++;
    return in_pattern == pattern.size;
}

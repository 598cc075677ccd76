/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/character.h"

#include "base/compiler.h"

#include <stdio.h>

struct range {
    uint32_t first, last;
};

static const struct character BAD = {0xFFFD, 1};

struct character character_at(struct slice text)
{
    const unsigned char *byte = (const unsigned char *)text.data;
    if (byte[0] < 0x80)
        return (struct character){byte[0], 1};
    unsigned size = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    if (byte[0] < 0xC2 || byte[0] > 0xF4 || text.size < size)
        return BAD;
    uint32_t code = byte[0] & (0xFFu >> (size + 1));
    for (unsigned i = 1; i < size; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return BAD;
        code = code << 6 | (byte[i] & 0x3Fu);
    }
    bool shorter = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    if (shorter || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return BAD;
    return (struct character){code, size};
}

void character_add(struct buffer *out, uint32_t code)
{
    char bytes[4];
    size_t size = 1;
    if (code < 0x80) {
        bytes[0] = (char)code;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        size = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        size = 3;
    } else {
        bytes[0] = (char)(0xF0 | code >> 18);
        size = 4;
    }
    for (size_t i = 1; i < size; i++)
        bytes[i] = (char)(0x80 | (code >> (6 * (size - 1 - i)) & 0x3F));
    buffer_add(out, bytes, size);
}

static bool among(const struct range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

bool character_hidden(uint32_t code)
{
    static const struct range hidden[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F},
        {0x61C, 0x61C}, {0x115F, 0x1160}, {0x180E, 0x180E}, {0x200B, 0x200B}, {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}};
    return among(hidden, ARRAY_SIZE(hidden), code);
}

void character_show(struct buffer *out, uint32_t code)
{
    if (code < 0x20)
        character_add(out, 0x2400 + code);
    else if (code == 0x7F)
        character_add(out, 0x2421);
    else
        buffer_add_format(out, "\xE2\x9F\xA8U+%04X\xE2\x9F\xA9", (unsigned)code);
}

void text_safe(struct buffer *out, struct slice text)
{
    while (text.size > 0) {
        struct character next = character_at(text);
        if (character_hidden(next.code))
            character_show(out, next.code);
        else
            character_add(out, next.code);
        text.data += next.size;
        text.size -= next.size;
    }
}

/* Marks that stand over or under the character before them; the common blocks. */
static bool is_combining(uint32_t code)
{
    static const struct range combining[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD},
        {0x5BF, 0x5C7}, {0x610, 0x61A}, {0x64B, 0x65F}, {0x670, 0x670}, {0x6D6, 0x6ED},
        {0x900, 0x902}, {0x93C, 0x93C}, {0x941, 0x948}, {0x94D, 0x94D}, {0xE31, 0xE31},
        {0xE34, 0xE3A}, {0xE47, 0xE4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D},
        {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF}};
    return among(combining, ARRAY_SIZE(combining), code);
}

/* East Asian Wide and Fullwidth, and emoji (Unicode TR 11), as blocks. */
static bool is_wide(uint32_t code)
{
    static const struct range wide[] = {{0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC},
        {0x2614, 0x2615}, {0x26A1, 0x26A1}, {0x2705, 0x2705}, {0x274C, 0x274C}, {0x2E80, 0x303E},
        {0x3041, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF},
        {0x1F18E, 0x1F19A}, {0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB},
        {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};
    return among(wide, ARRAY_SIZE(wide), code);
}

size_t text_width(struct slice text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size;) {
        struct character at = character_at((struct slice){text.data + i, text.size - i});
        i += at.size;
        if (!is_combining(at.code))
            width += is_wide(at.code) ? 2 : 1;
    }
    return width;
}

size_t text_length(struct slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; count++)
        i += character_at((struct slice){text.data + i, text.size - i}).size;
    return count;
}

struct slice text_tail(struct slice text, size_t limit)
{
    size_t count = 0, skipped = 0;
    for (size_t at = 0; at < text.size; count++)
        at += character_at((struct slice){text.data + at, text.size - at}).size;
    while (text.size > 0) {
        struct character next = character_at(text);
        if (count - skipped <= limit && !is_combining(next.code))
            break;
        text = (struct slice){text.data + next.size, text.size - next.size};
        skipped++;
    }
    return text;
}

struct slice text_head(struct slice text, size_t limit)
{
    size_t at = 0, cut = 0;
    for (size_t count = 0; at < text.size; count++) {
        struct character next = character_at((struct slice){text.data + at, text.size - at});
        if (!is_combining(next.code))
            cut = at;
        if (count == limit)
            return (struct slice){text.data, cut};
        at += next.size;
    }
    return text;
}

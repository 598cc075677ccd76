/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "json/string.h"

#include "json/bits.h"

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    char lower = (char)(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Four digits; a text that ends in a quote stops this in time. */
static int32_t hex_read(const char **at)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++, ++*at) {
        int digit = hex_digit(**at);
        if (digit < 0)
            return ESCAPE_HEX;
        value = value * 16 + digit;
    }
    return value;
}

static int32_t unicode_read(const char **at)
{
    const char *start = *at;
    *at += 2;
    int32_t high = hex_read(at);
    if (high < 0xd800 || high > 0xdfff)
        return high;
    if (high > 0xdbff) {
        *at = start;
        return ESCAPE_LOW_SURROGATE;
    }
    if ((*at)[0] == '\\' && (*at)[1] == 'u') {
        *at += 2;
        int32_t low = hex_read(at);
        if (low < 0)
            return low;
        if (low >= 0xdc00 && low <= 0xdfff)
            return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
    *at = start;
    return ESCAPE_HIGH_SURROGATE;
}

int32_t escape_read(const char **at)
{
    int32_t value;
    switch ((*at)[1]) {
    case '"': value = '"'; break;
    case '\\': value = '\\'; break;
    case '/': value = '/'; break;
    case 'b': value = '\b'; break;
    case 'f': value = '\f'; break;
    case 'n': value = '\n'; break;
    case 'r': value = '\r'; break;
    case 't': value = '\t'; break;
    case 'u': return unicode_read(at);
    default: ++*at; return ESCAPE_UNKNOWN;
    }
    *at += 2;
    return value;
}

unsigned utf8_write(char *out, uint32_t code_point)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xc0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xe0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

/* The table of RFC 3629, section 4: what the second byte may be depends on the first. */
unsigned utf8_length(const char *from, const char *to)
{
    const unsigned char *byte = (const unsigned char *)from;
    size_t left = (size_t)(to - from);
    if (left == 0)
        return 0;
    unsigned first = byte[0], low = 0x80, high = 0xbf, length;
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf) {
        length = 2;
    } else if (first >= 0xe0 && first <= 0xef) {
        length = 3;
        low = first == 0xe0 ? 0xa0 : 0x80;
        high = first == 0xed ? 0x9f : 0xbf;
    } else if (first >= 0xf0 && first <= 0xf4) {
        length = 4;
        low = first == 0xf0 ? 0x90 : 0x80;
        high = first == 0xf4 ? 0x8f : 0xbf;
    } else {
        return 0;
    }
    if (left < length || byte[1] < low || byte[1] > high)
        return 0;
    for (unsigned i = 2; i < length; i++)
        if (byte[i] < 0x80 || byte[i] > 0xbf)
            return 0;
    return length;
}

const char *utf8_bad(const char *from, const char *to)
{
    while (from < to) {
        if (to - from >= 8 && !(load_64(from) & UINT64_C(0x8080808080808080))) {
            from += 8;
            continue;
        }
        unsigned length = utf8_length(from, to);
        if (length == 0)
            return from;
        from += length;
    }
    return NULL;
}

/* No escape is shorter than what it stands for. */
size_t string_decode_to(char *out, struct slice raw)
{
    const char *at = raw.data, *end = raw.data + raw.size;
    char *to = out;
    while (at < end) {
        const char *escape = memchr(at, '\\', (size_t)(end - at));
        size_t plain = (size_t)((escape ? escape : end) - at);
        memcpy(to, at, plain);
        to += plain;
        at += plain;
        if (escape)
            to += utf8_write(to, (uint32_t)escape_read(&at));
    }
    return (size_t)(to - out);
}

void string_decode(struct buffer *out, struct slice raw)
{
    char *room = buffer_room(out, raw.size);
    if (room)
        buffer_wrote(out, string_decode_to(room, raw));
}

/* The first byte that cannot stand as it is, or `to`. */
static const char *plain_until(const char *from, const char *to)
{
    const char *at = from;
    while (to - at >= 8) {
        uint64_t word = load_64(at), stop = bytes_to_escape(word) | bytes_wide(word);
        if (stop)
            return at + trailing_zeros(stop) / 8;
        at += 8;
    }
    if (at - from > 0 && at < to) { /* the last eight bytes, some of them once more */
        uint64_t word = load_64(to - 8), stop = bytes_to_escape(word) | bytes_wide(word);
        return stop ? to - 8 + trailing_zeros(stop) / 8 : to;
    }
    while (at < to && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80 && *at != '"' &&
           *at != '\\')
        at++;
    return at;
}

static void encode_control(struct buffer *out, char byte)
{
    static const char letters[] = "btnvfr", hex[] = "0123456789abcdef";
    if (byte >= '\b' && byte <= '\r' && byte != '\v') {
        char escape[2] = {'\\', letters[byte - '\b']};
        buffer_add(out, escape, sizeof escape);
        return;
    }
    char escape[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    buffer_add(out, escape, sizeof escape);
}

static uint64_t copy_word(char *to, const char *from)
{
    uint64_t word = load_64(from);
    memcpy(to, from, sizeof word);
    return bytes_to_escape(word) | bytes_wide(word);
}

static uint64_t copy_half(char *to, const char *from)
{
    uint32_t half;
    memcpy(&half, from, sizeof half);
    memcpy(to, &half, sizeof half);
    uint64_t word = EACH_BYTE('0') << 32 | half;
    return bytes_to_escape(word) | bytes_wide(word);
}

/*
 * Copies a text by words that may overlap; false where a byte of it cannot stand
 * as it is.
 */
static bool copy_plain(char *to, const char *from, size_t size)
{
    uint64_t stop = 0;
    if (size < 4) {
        memcpy(to, from, size);
        return plain_until(from, from + size) == from + size;
    }
    if (size < 8)
        return (copy_half(to, from) | copy_half(to + size - 4, from + size - 4)) == 0;
    for (size_t at = 0; at + 8 < size && !stop; at += 8)
        stop = copy_word(to + at, from + at);
    return (stop | copy_word(to + size - 8, from + size - 8)) == 0;
}

/* Most texts need no escape: they are looked at while they are copied. */
void string_encode(struct buffer *out, struct slice value)
{
    const char *at = value.data, *end = at ? at + value.size : at;
    char *room = buffer_room(out, value.size + 2);
    if (!room)
        return;
    if (at == end || copy_plain(room + 1, at, value.size)) {
        room[0] = room[value.size + 1] = '"';
        buffer_wrote(out, value.size + 2);
        return;
    }
    buffer_add_char(out, '"');
    while (at < end) {
        const char *stop = plain_until(at, end);
        buffer_add(out, at, (size_t)(stop - at));
        at = stop;
        if (at == end)
            break;
        if (*at == '"' || *at == '\\') {
            char escape[2] = {'\\', *at++};
            buffer_add(out, escape, sizeof escape);
        } else if ((unsigned char)*at < 0x20) {
            encode_control(out, *at++);
        } else {
            unsigned length = utf8_length(at, end);
            buffer_add(out, length ? at : "\xef\xbf\xbd", length ? length : 3);
            at += length ? length : 1;
        }
    }
    buffer_add_char(out, '"');
}

/* The bytes of a value, one by one. */
struct value_reader {
    const char *at, *end;
    char decoded[4];
    unsigned used, count;
};

static int next_byte(struct value_reader *reader)
{
    if (reader->used < reader->count)
        return (unsigned char)reader->decoded[reader->used++];
    if (reader->at == reader->end)
        return -1;
    if (*reader->at != '\\')
        return (unsigned char)*reader->at++;
    reader->count = utf8_write(reader->decoded, (uint32_t)escape_read(&reader->at));
    reader->used = 1;
    return (unsigned char)reader->decoded[0];
}

static struct value_reader value_reader(struct slice raw)
{
    return (struct value_reader){.at = raw.data, .end = raw.data + raw.size};
}

bool string_same(struct slice a, struct slice b)
{
    struct value_reader left = value_reader(a), right = value_reader(b);
    for (;;) {
        int byte = next_byte(&left);
        if (byte != next_byte(&right))
            return false;
        if (byte < 0)
            return true;
    }
}

bool string_value_is(struct slice raw, struct slice value)
{
    struct value_reader reader = value_reader(raw);
    for (size_t i = 0; i < value.size; i++)
        if (next_byte(&reader) != (unsigned char)value.data[i])
            return false;
    return next_byte(&reader) < 0;
}

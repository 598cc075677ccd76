/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"

#include "schema/uri.h"

#include <stdint.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_word(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The code point at the start of text, which is valid UTF-8, and its size. */
static uint32_t code_point(struct slice text, size_t *size)
{
    const unsigned char *at = (const unsigned char *)text.data;
    unsigned more = at[0] < 0xe0 ? 1 : at[0] < 0xf0 ? 2 : 3;
    uint32_t value = at[0] & (0x3fu >> more);
    for (unsigned i = 1; i <= more && i < text.size; i++)
        value = value << 6 | (at[i] & 0x3f);
    *size = more + 1;
    return value;
}

static bool is_private(uint32_t point)
{
    return (point >= 0xe000 && point <= 0xf8ff) || (point >= 0xf0000 && point <= 0xffffd) ||
           point >= 0x100000;
}

/* RFC 3987, ucschar. */
static bool is_ucschar(uint32_t point)
{
    if (point < 0x10000)
        return (point >= 0xa0 && point <= 0xd7ff) || (point >= 0xf900 && point <= 0xfdcf) ||
               (point >= 0xfdf0 && point <= 0xffef);
    return point <= 0xefffd && (point & 0xffff) <= 0xfffd && (point < 0xe0000 || point >= 0xe1000);
}

/* Letters, digits, %XX and the bytes of `also`; with iri what that adds. */
static bool holds_only(struct slice text, const char *also, bool iri, bool private)
{
    for (size_t i = 0, size = 1; i < text.size; i += size) {
        char byte = text.data[i];
        size = 1;
        if (is_word(byte) || (byte > ' ' && strchr(also, byte)))
            continue;
        if (byte == '%') {
            if (i + 2 >= text.size || uri_hex(text.data[i + 1]) < 0 ||
                uri_hex(text.data[i + 2]) < 0)
                return false;
            size = 3;
        } else if ((unsigned char)byte < 0x80 || !iri) {
            return false;
        } else {
            struct slice rest = {text.data + i, text.size - i};
            uint32_t point = code_point(rest, &size);
            if (!is_ucschar(point) && !(private && is_private(point)))
                return false;
        }
    }
    return true;
}

#define UNRESERVED "-._~"
#define SUB_DELIMS "!$&'()*+,;="

static bool is_ip_literal(struct slice text)
{
    if (text.size && (text.data[0] == 'v' || text.data[0] == 'V')) {
        size_t i = 1;
        while (i < text.size && uri_hex(text.data[i]) >= 0)
            i++;
        if (i == 1 || i + 1 >= text.size || text.data[i] != '.')
            return false;
        struct slice rest = {text.data + i + 1, text.size - i - 1};
        return !memchr(rest.data, '%', rest.size) &&
               holds_only(rest, UNRESERVED SUB_DELIMS ":", false, false);
    }
    return format_ipv6(text);
}

static bool is_authority(struct slice text, bool iri)
{
    const char *at = text.size ? memchr(text.data, '@', text.size) : NULL;
    if (at) {
        struct slice user = {text.data, (size_t)(at - text.data)};
        if (!holds_only(user, UNRESERVED SUB_DELIMS ":", iri, false))
            return false;
        text = (struct slice){at + 1, text.size - user.size - 1};
    }
    size_t end = 0;
    if (text.size && text.data[0] == '[') {
        while (end < text.size && text.data[end] != ']')
            end++;
        if (end == text.size || !is_ip_literal((struct slice){text.data + 1, end - 1}))
            return false;
        end++;
    } else {
        while (end < text.size && text.data[end] != ':')
            end++;
        if (!holds_only((struct slice){text.data, end}, UNRESERVED SUB_DELIMS, iri, false))
            return false;
    }
    if (end < text.size && text.data[end] != ':')
        return false;
    for (size_t i = end + 1; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    return true;
}

/* A relative path's first segment holds no colon, or it would be a scheme. */
static bool colon_comes_first(struct slice path)
{
    for (size_t i = 0; i < path.size && path.data[i] != '/'; i++)
        if (path.data[i] == ':')
            return true;
    return false;
}

bool format_uri(struct slice text, bool iri, bool reference)
{
    struct uri uri = uri_split(text);
    if (!uri.has_scheme && (!reference || (!uri.has_authority && colon_comes_first(uri.path))))
        return false;
    return (!uri.has_authority || is_authority(uri.authority, iri)) &&
           holds_only(uri.path, UNRESERVED SUB_DELIMS ":@/", iri, false) &&
           holds_only(uri.query, UNRESERVED SUB_DELIMS ":@/?", iri, true) &&
           holds_only(uri.fragment, UNRESERVED SUB_DELIMS ":@/?", iri, false);
}

/* ---- templates ---- */
static bool is_length(struct slice text)
{
    if (text.size == 0 || text.size > 4 || text.data[0] == '0')
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    return true;
}

/* name, name:3 or name* */
static bool is_variable(struct slice text)
{
    size_t end = 0;
    while (end < text.size && text.data[end] != ':' && text.data[end] != '*')
        end++;
    struct slice name = {text.data, end};
    if (end == 0 || !holds_only(name, "_.", false, false) || name.data[0] == '.' ||
        name.data[end - 1] == '.')
        return false;
    for (size_t i = 1; i < end; i++)
        if (name.data[i] == '.' && name.data[i - 1] == '.')
            return false;
    if (end == text.size)
        return true;
    if (text.data[end] == '*')
        return end + 1 == text.size;
    return is_length((struct slice){text.data + end + 1, text.size - end - 1});
}

static bool is_expression(struct slice text)
{
    if (text.size && text.data[0] && strchr("+#./;?&=,!@|", text.data[0]))
        text = (struct slice){text.data + 1, text.size - 1};
    for (size_t start = 0; start <= text.size;) {
        size_t end = start;
        while (end < text.size && text.data[end] != ',')
            end++;
        if (!is_variable((struct slice){text.data + start, end - start}))
            return false;
        start = end + 1;
    }
    return true;
}

bool format_uri_template(struct slice text)
{
    for (size_t i = 0; i < text.size;) {
        size_t end = i;
        if (text.data[i] == '{') {
            while (end < text.size && text.data[end] != '}')
                end++;
            if (end == text.size || !is_expression((struct slice){text.data + i + 1, end - i - 1}))
                return false;
            i = end + 1;
        } else {
            while (end < text.size && text.data[end] != '{')
                end++;
            if (!holds_only((struct slice){text.data + i, end - i}, UNRESERVED SUB_DELIMS ":@/?#[]",
                    true, true))
                return false;
            i = end;
        }
    }
    return true;
}

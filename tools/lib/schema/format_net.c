/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"

#include "schema/uri.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_word(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool format_ipv4(struct slice text)
{
    unsigned parts = 0, value = 0, digits = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && is_digit(text.data[i])) {
            /* A leading zero might be read as octal. */
            if (digits && value == 0)
                return false;
            value = 10 * value + (unsigned)(text.data[i] - '0');
            if (++digits > 3 || value > 255)
                return false;
        } else if (digits && (i == text.size || text.data[i] == '.')) {
            parts++;
            value = digits = 0;
        } else {
            return false;
        }
    }
    return parts == 4;
}

/* One group of an IPv6 address: its size, or 0. */
static size_t group(struct slice text)
{
    size_t size = 0;
    while (size < text.size && size < 4 && uri_hex(text.data[size]) >= 0)
        size++;
    return size;
}

bool format_ipv6(struct slice text)
{
    unsigned groups = 0;
    bool gap = false, due = true;
    if (text.size >= 2 && text.data[0] == ':' && text.data[1] == ':') {
        gap = true;
        due = false;
        text = (struct slice){text.data + 2, text.size - 2};
    }
    while (text.size) {
        size_t size = group(text);
        if (size == 0)
            return false;
        if (size < text.size && text.data[size] == '.') {
            groups += 2;
            due = false;
            if (!format_ipv4(text))
                return false;
            break;
        }
        groups++;
        due = false;
        text = (struct slice){text.data + size, text.size - size};
        if (text.size == 0)
            break;
        if (text.data[0] != ':')
            return false;
        text = (struct slice){text.data + 1, text.size - 1};
        due = true;
        if (text.size && text.data[0] == ':') {
            if (gap)
                return false;
            gap = true;
            due = false;
            text = (struct slice){text.data + 1, text.size - 1};
        }
    }
    return !due && (gap ? groups <= 7 : groups == 8);
}

/* ---- e-mail ---- */
static bool is_atom(char byte, bool idn)
{
    return is_word(byte) || (byte && strchr("!#$%&'*+-/=?^_`{|}~", byte)) ||
           (idn && (unsigned char)byte >= 0x80);
}

/* The size of a quoted local part with its quotes, or 0. */
static size_t quoted(struct slice text, bool idn)
{
    for (size_t i = 1; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte == '"')
            return i + 1;
        if (byte == '\\') {
            if (++i == text.size || text.data[i] < ' ' || text.data[i] > '~')
                return 0;
        } else if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !idn)) {
            return 0;
        }
    }
    return 0;
}

static size_t dotted_atoms(struct slice text, bool idn)
{
    size_t size = 0;
    bool due = true;
    for (; size < text.size; size++) {
        if (is_atom(text.data[size], idn))
            due = false;
        else if (text.data[size] == '.' && !due)
            due = true;
        else
            break;
    }
    return due ? 0 : size;
}

static bool starts_with_ipv6(struct slice text)
{
    static const char tag[] = "ipv6:";
    for (size_t i = 0; tag[i]; i++)
        if (i >= text.size || (text.data[i] | (tag[i] >= 'a' ? 0x20 : 0)) != tag[i])
            return false;
    return true;
}

/* What stands between the brackets (RFC 5321, 4.1.3). */
static bool is_address_literal(struct slice text)
{
    if (starts_with_ipv6(text))
        return format_ipv6((struct slice){text.data + 5, text.size - 5});
    if (format_ipv4(text))
        return true;
    size_t tag = 0;
    while (tag < text.size && (is_word(text.data[tag]) || text.data[tag] == '-'))
        tag++;
    if (tag == 0 || tag + 1 >= text.size || text.data[tag] != ':' || text.data[tag - 1] == '-')
        return false;
    for (size_t i = tag + 1; i < text.size; i++)
        if (text.data[i] < '!' || text.data[i] > '~' || strchr("[\\]", text.data[i]))
            return false;
    return true;
}

bool format_email(struct slice text, bool idn)
{
    if (text.size == 0)
        return false;
    size_t local = text.data[0] == '"' ? quoted(text, idn) : dotted_atoms(text, idn);
    if (local == 0 || local + 1 >= text.size || text.data[local] != '@')
        return false;
    struct slice domain = {text.data + local + 1, text.size - local - 1};
    if (domain.data[0] == '[')
        return domain.size > 2 && domain.data[domain.size - 1] == ']' &&
               is_address_literal((struct slice){domain.data + 1, domain.size - 2});
    return format_hostname(domain, idn);
}

bool format_uuid(struct slice text)
{
    if (text.size != 36)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.data[i] != '-' : uri_hex(text.data[i]) < 0)
            return false;
    }
    return true;
}

/* ---- pointers ---- */
bool format_json_pointer(struct slice text)
{
    if (text.size && text.data[0] != '/')
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '~' &&
            (i + 1 == text.size || (text.data[i + 1] != '0' && text.data[i + 1] != '1')))
            return false;
    return true;
}

/* A whole number without leading zeros off the front; false where there is none. */
static bool take_number(struct slice *text)
{
    size_t digits = 0;
    while (digits < text->size && is_digit(text->data[digits]))
        digits++;
    if (digits == 0 || (digits > 1 && text->data[0] == '0'))
        return false;
    *text = (struct slice){text->data + digits, text->size - digits};
    return true;
}

bool format_relative_json_pointer(struct slice text)
{
    if (!take_number(&text))
        return false;
    if (text.size && (text.data[0] == '+' || text.data[0] == '-')) {
        text = (struct slice){text.data + 1, text.size - 1};
        if (!take_number(&text))
            return false;
    }
    return slice_is(text, "#") || format_json_pointer(text);
}

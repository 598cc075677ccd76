/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config/scalar.h"

#include "base/buffer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TAG_PREFIX "tag:yaml.org,2002:"

static bool is_one_of(struct slice text, const char *const *words)
{
    for (; *words; words++)
        if (slice_is(text, *words))
            return true;
    return false;
}

static bool is_null(struct slice text)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_one_of(text, words);
}

static bool is_true(struct slice text)
{
    static const char *const words[] = {"true", "True", "TRUE", NULL};
    return is_one_of(text, words);
}

static bool is_false(struct slice text)
{
    static const char *const words[] = {"false", "False", "FALSE", NULL};
    return is_one_of(text, words);
}

static bool has_no_json(struct slice text)
{
    static const char *const words[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN", NULL};
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        text.data++;
        text.size--;
    }
    return is_one_of(text, words);
}

static size_t digits_at(struct slice text, size_t at)
{
    size_t start = at;
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    return at - start;
}

/*
 * A decimal number of the core schema in JSON's form: no plus sign, no leading
 * zeros, a digit on both sides of the point. Digits are kept as they are.
 */
static bool write_decimal(struct buffer *out, struct slice text)
{
    size_t at = text.size > 0 && (text.data[0] == '-' || text.data[0] == '+');
    if (at > 0 && text.data[0] == '-')
        buffer_add_char(out, '-');
    size_t whole = digits_at(text, at), fraction = 0;
    size_t zeros = 0;
    while (zeros + 1 < whole && text.data[at + zeros] == '0')
        zeros++;
    if (whole > 0)
        buffer_add(out, text.data + at + zeros, whole - zeros);
    else
        buffer_add_char(out, '0');
    at += whole;
    if (at < text.size && text.data[at] == '.') {
        fraction = digits_at(text, ++at);
        if (fraction > 0) {
            buffer_add_char(out, '.');
            buffer_add(out, text.data + at, fraction);
        }
        at += fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
        size_t sign = at + 1 < text.size && strchr("+-", text.data[at + 1]) ? 1 : 0;
        size_t exponent = digits_at(text, at + 1 + sign);
        if (exponent == 0)
            return false;
        buffer_add(out, text.data + at, 1 + sign + exponent);
        at += 1 + sign + exponent;
    }
    return at == text.size;
}

/* 0o17 and 0x1F. */
static bool write_other_base(struct buffer *out, struct slice text)
{
    char digits[24];
    if (text.size < 3 || text.size > 22 || text.data[0] != '0')
        return false;
    int base = text.data[1] == 'o' ? 8 : text.data[1] == 'x' ? 16 : 0;
    const char *allowed = base == 8 ? "01234567" : "0123456789abcdefABCDEF";
    memcpy(digits, text.data + 2, text.size - 2);
    digits[text.size - 2] = '\0';
    if (base == 0 || digits[strspn(digits, allowed)] != '\0')
        return false;
    errno = 0;
    unsigned long long value = strtoull(digits, NULL, base);
    buffer_add_format(out, "%llu", value);
    return errno == 0;
}

static bool write_number(struct json_writer *writer, struct slice text)
{
    struct buffer number = BUFFER_INIT;
    bool is_number = write_decimal(&number, text);
    if (!is_number) {
        buffer_reset(&number);
        is_number = write_other_base(&number, text);
    }
    if (is_number)
        json_write_raw(writer, buffer_slice(&number));
    buffer_release(&number);
    return is_number;
}

/* By the core schema; false where it is a text. */
static bool write_resolved(struct json_writer *writer, struct slice text)
{
    if (is_null(text))
        json_write_null(writer);
    else if (is_true(text) || is_false(text))
        json_write_bool(writer, is_true(text));
    else
        return write_number(writer, text);
    return true;
}

static int fail(struct slice text, const char *what, struct error *error)
{
    return error_set(error, ERROR_CONTENT, "\"%.*s\" %s", text.size > 200 ? 200 : (int)text.size,
        text.data, what);
}

int scalar_write(
    struct json_writer *writer, struct slice text, const char *tag, bool plain, struct error *error)
{
    /* libyaml says !!str of whatever has no tag. */
    const char *kind =
        tag && strncmp(tag, TAG_PREFIX, strlen(TAG_PREFIX)) == 0 ? tag + strlen(TAG_PREFIX) : NULL;
    bool tagged = kind && strcmp(kind, "str") != 0;
    if (tag && !kind)
        return fail(text, "has a tag of its own; expected none", error);
    if (!plain && !tagged) {
        json_write_slice(writer, text);
        return 0;
    }
    if (has_no_json(text))
        return fail(text, "is a number that JSON cannot say; expected a finite one", error);
    if (write_resolved(writer, text))
        return 0;
    if (tagged)
        return fail(text, "is not what its tag says", error);
    json_write_slice(writer, text);
    return 0;
}

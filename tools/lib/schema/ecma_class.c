/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/ecma_read.h"

#include "schema/uri.h"

/* ECMA-262 WhiteSpace and LineTerminator, and everything else. */
#define SPACES                                                                                     \
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"  \
    "\\x{3000}\\x{feff}"
#define NO_SPACES                                                                                  \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"               \
    "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"                 \
    "\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

static int read_hex(struct ecma *ecma, unsigned digits, uint32_t *out)
{
    size_t start = ecma->at;
    *out = 0;
    for (unsigned i = 0; i < digits; i++) {
        int digit = uri_hex(ecma_peek(ecma));
        if (digit < 0)
            return ecma_fail(ecma, start, "expected hexadecimal digits");
        *out = *out << 4 | (uint32_t)digit;
        ecma->at++;
    }
    return 0;
}

/* \u{…} after the brace. */
static int read_braced(struct ecma *ecma, uint32_t *out)
{
    size_t start = ecma->at;
    *out = 0;
    for (; uri_hex(ecma_peek(ecma)) >= 0; ecma->at++) {
        *out = *out << 4 | (uint32_t)uri_hex(ecma_peek(ecma));
        if (*out > ECMA_LAST)
            return ecma_fail(ecma, start, "no code point is above 10FFFF");
    }
    if (ecma->at == start || !ecma_take(ecma, '}'))
        return ecma_fail(ecma, start, "expected a code point in hexadecimal digits and }");
    return 0;
}

static int read_unicode(struct ecma *ecma, struct ecma_escaped *out)
{
    uint32_t low;
    if (ecma_take(ecma, '{')) {
        if (read_braced(ecma, &out->point))
            return -1;
    } else if (read_hex(ecma, 4, &out->point)) {
        return -1;
    }
    bool high = out->point >= 0xd800 && out->point <= 0xdbff;
    struct ecma ahead = *ecma;
    ahead.error = NULL;
    if (high && ecma_take(&ahead, '\\') && ecma_take(&ahead, 'u') &&
        read_hex(&ahead, 4, &low) == 0 && low >= 0xdc00 && low <= 0xdfff) {
        out->point = 0x10000 + ((out->point - 0xd800) << 10) + (low - 0xdc00);
        ecma->at = ahead.at;
    } else if (out->point >= 0xd800 && out->point <= 0xdfff) {
        out->kind = ECMA_NOTHING;
    }
    return 0;
}

static int read_property(struct ecma *ecma, struct ecma_escaped *out, bool negative)
{
    size_t start = ecma->at, end, equals = 0;
    if (!ecma_take(ecma, '{'))
        return ecma_fail(ecma, start, "expected a property as \\p{Letter}");
    for (end = ecma->at; end < ecma->text.size && ecma->text.data[end] != '}'; end++)
        if (ecma->text.data[end] == '=' && !equals)
            equals = end;
    struct slice name = {ecma->text.data + ecma->at, (equals ? equals : end) - ecma->at};
    struct slice value = {NULL, 0};
    if (equals)
        value = (struct slice){ecma->text.data + equals + 1, end - equals - 1};
    if (end >= ecma->text.size ||
        ecma_property(out->property, sizeof out->property, name, value, negative))
        return ecma_fail(ecma, start, "ECMA-262 has no such property of characters");
    ecma->at = end + 1;
    out->kind = ECMA_SET;
    out->set = out->property;
    return 0;
}

static int read_reference(struct ecma *ecma, struct ecma_escaped *out)
{
    size_t start = ecma->at;
    uint32_t number = 0;
    while (is_digit(ecma_peek(ecma)) && number <= ECMA_COUNT_MOST)
        number = 10 * number + (uint32_t)(ecma->text.data[ecma->at++] - '0');
    if (number > ecma->groups)
        return ecma_fail(ecma, start, "there is no group with this number");
    out->kind = ECMA_REFERENCE;
    out->group = number;
    return 0;
}

static int read_named(struct ecma *ecma, struct ecma_escaped *out)
{
    size_t start = ecma->at;
    struct slice name;
    if (ecma_read_name(ecma, &name))
        return -1;
    out->kind = ECMA_REFERENCE;
    out->group = ecma_group(ecma, name);
    return out->group ? 0 : ecma_fail(ecma, start, "there is no group with this name");
}

static const char *set_of(char letter)
{
    switch (letter) {
    case 'd': return "0-9";
    case 'D': return "\\D";
    case 'w': return "\\w";
    case 'W': return "\\W";
    case 's': return SPACES;
    case 'S': return NO_SPACES;
    default: return NULL;
    }
}

/* Letters that stand for one character; 0 for any other. */
static uint32_t control_of(char letter)
{
    switch (letter) {
    case 't': return '\t';
    case 'n': return '\n';
    case 'v': return '\v';
    case 'f': return '\f';
    case 'r': return '\r';
    default: return 0;
    }
}

static int read_itself(struct ecma *ecma, struct ecma_escaped *out, bool in_class)
{
    size_t start = ecma->at;
    out->point = ecma_next(ecma);
    bool syntax = out->point < 0x80 && out->point && strchr("^$\\.*+?()[]{}|/", (int)out->point);
    if (syntax || (in_class && out->point == '-'))
        return 0;
    bool word = is_letter(out->point) || (out->point >= '0' && out->point <= '9');
    if (ecma->loose && !word)
        return 0;
    return ecma_fail(ecma, start, "ECMA-262 knows no such escape");
}

int ecma_read_escape(struct ecma *ecma, struct ecma_escaped *out, bool in_class)
{
    size_t start = ecma->at;
    *out = (struct ecma_escaped){.kind = ECMA_POINT};
    if (start >= ecma->text.size)
        return ecma_fail(ecma, start, "the pattern ends in a backslash");
    char letter = ecma->text.data[ecma->at++];
    if ((out->set = set_of(letter))) {
        out->kind = ECMA_SET;
        return 0;
    }
    if ((out->point = control_of(letter)))
        return 0;
    if (letter == 'b' || (letter == 'B' && !in_class)) {
        out->kind = in_class ? ECMA_POINT : ECMA_BOUNDARY;
        out->point = in_class ? '\b' : (uint32_t)letter;
        return 0;
    }
    if (letter == 'c' && is_letter((unsigned char)ecma_peek(ecma))) {
        out->point = (uint32_t)ecma->text.data[ecma->at++] % 32;
        return 0;
    }
    if (letter == '0' && !is_digit(ecma_peek(ecma)))
        return 0;
    if (letter == 'x')
        return read_hex(ecma, 2, &out->point);
    if (letter == 'u')
        return read_unicode(ecma, out);
    if (letter == 'p' || letter == 'P')
        return read_property(ecma, out, letter == 'P');
    if (letter == 'k' && !in_class)
        return read_named(ecma, out);
    ecma->at = start;
    if (letter >= '1' && letter <= '9' && !in_class)
        return read_reference(ecma, out);
    return read_itself(ecma, out, in_class);
}

/* ---- classes ---- */
static int read_member(struct ecma *ecma, struct ecma_escaped *out)
{
    *out = (struct ecma_escaped){.kind = ECMA_POINT};
    if (ecma->at >= ecma->text.size)
        return ecma_fail(ecma, ecma->at, "a class is not closed; expected ]");
    if (ecma_take(ecma, '\\'))
        return ecma_read_escape(ecma, out, true);
    out->point = ecma_next(ecma);
    return 0;
}

static void add_member(struct ecma *ecma, const struct ecma_escaped *member)
{
    if (member->kind == ECMA_SET)
        ecma_add_text(ecma, member->set);
    else if (member->kind == ECMA_POINT)
        ecma_add(ecma, member->point);
}

static int add_range(struct ecma *ecma, size_t start, const struct ecma_escaped *low,
    const struct ecma_escaped *high)
{
    if (low->kind == ECMA_SET || high->kind == ECMA_SET) {
        if (!ecma->loose)
            return ecma_fail(ecma, start, "a set of characters cannot bound a range");
        add_member(ecma, low);
        ecma_add(ecma, '-');
        add_member(ecma, high);
        return 0;
    }
    if (low->point > high->point)
        return ecma_fail(ecma, start, "the bounds of the range are in the wrong order");
    /* A range may start or end inside the surrogates, which PCRE2 does not name. */
    uint32_t first = low->kind == ECMA_NOTHING ? 0xe000 : low->point;
    uint32_t last = high->kind == ECMA_NOTHING ? 0xd7ff : high->point;
    if (first > last)
        return 0;
    ecma_add(ecma, first);
    buffer_add_char(ecma->out, '-');
    ecma_add(ecma, last);
    return 0;
}

static int read_members(struct ecma *ecma)
{
    while (!ecma_take(ecma, ']')) {
        struct ecma_escaped low, high;
        size_t start = ecma->at;
        if (read_member(ecma, &low))
            return -1;
        bool range = ecma_peek(ecma) == '-' && ecma->at + 1 < ecma->text.size &&
                     ecma->text.data[ecma->at + 1] != ']';
        if (!range) {
            add_member(ecma, &low);
            continue;
        }
        ecma->at++;
        if (read_member(ecma, &high) || add_range(ecma, start, &low, &high))
            return -1;
    }
    return 0;
}

int ecma_read_class(struct ecma *ecma)
{
    bool negative = ecma_take(ecma, '^');
    size_t written = ecma->out->size;
    ecma_add_text(ecma, negative ? "[^" : "[");
    size_t open = ecma->out->size;
    if (read_members(ecma))
        return -1;
    if (ecma->out->size > open) {
        buffer_add_char(ecma->out, ']');
        return 0;
    }
    /* PCRE2 takes the bracket of an empty class as its first member. */
    ecma->out->size = written;
    ecma_add_text(ecma, negative ? "[\\x{0}-\\x{10ffff}]" : "(?:(?!))");
    return 0;
}

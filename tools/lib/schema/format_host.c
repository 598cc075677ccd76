/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/format.h"

#include <idn2.h>

enum { LABEL_MOST = 63, NAME_MOST = 253, LABEL_BYTES = 4 * LABEL_MOST };

static bool is_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* Letters, digits and hyphens, which stand neither first nor last. */
static bool is_plain_label(struct slice label)
{
    if (label.size == 0 || label.size > LABEL_MOST || !is_word(label.data[0]) ||
        !is_word(label.data[label.size - 1]))
        return false;
    for (size_t i = 0; i < label.size; i++)
        if (!is_word(label.data[i]) && label.data[i] != '-')
            return false;
    return true;
}

static bool is_a_label(struct slice label)
{
    return label.size >= 4 && (label.data[0] | 0x20) == 'x' && (label.data[1] | 0x20) == 'n' &&
           label.data[2] == '-' && label.data[3] == '-';
}

/*
 * IDNA 2008's rules for registration: the contextual rules are checked too. The
 * size of the label's ASCII form, or 0.
 */
static size_t registered(const char *unicode, const char *ascii)
{
    uint8_t *result = NULL;
    int code = idn2_register_u8((const uint8_t *)unicode, (const uint8_t *)ascii, &result, 0);
    size_t size = code == IDN2_OK && result ? strlen((const char *)result) : 0;
    idn2_free(result);
    return size;
}

/* The size of a label in ASCII, or 0 where it is none. */
static size_t label_size(struct slice label, bool idn)
{
    char text[LABEL_BYTES + 1];
    bool wide = false;
    for (size_t i = 0; i < label.size; i++)
        wide = wide || (unsigned char)label.data[i] >= 0x80;
    if (wide ? !idn || label.size > LABEL_BYTES : !is_plain_label(label))
        return 0;
    if (!wide && !is_a_label(label))
        return label.size;
    for (size_t i = 0; i < label.size; i++)
        text[i] = (char)(label.data[i] >= 'A' && label.data[i] <= 'Z' ? label.data[i] | 0x20
                                                                      : label.data[i]);
    text[label.size] = '\0';
    size_t size = wide ? registered(text, NULL) : registered(NULL, text);
    return size <= LABEL_MOST ? size : 0;
}

/* The dots that IDNA takes as one (RFC 3490, 3.1): its size, or 0. */
static size_t dot_size(struct slice text, bool idn)
{
    static const char *const wide[] = {"\xe3\x80\x82", "\xef\xbc\x8e", "\xef\xbd\xa1"};
    if (text.data[0] == '.')
        return 1;
    for (int i = 0; idn && i < 3; i++)
        if (text.size >= 3 && memcmp(text.data, wide[i], 3) == 0)
            return 3;
    return 0;
}

bool format_hostname(struct slice text, bool idn)
{
    size_t total = 0, start = 0;
    for (size_t i = 0; i <= text.size; i++) {
        struct slice rest = {text.data + i, text.size - i};
        size_t dot = i < text.size ? dot_size(rest, idn) : 0;
        if (i < text.size && !dot)
            continue;
        size_t size = label_size((struct slice){text.data + start, i - start}, idn);
        if (size == 0)
            return false;
        total += size + (i < text.size);
        if (i == text.size || total > NAME_MOST)
            break;
        start = i + dot;
        i = start - 1;
    }
    return total > 0 && total <= NAME_MOST;
}

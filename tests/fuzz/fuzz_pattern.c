/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A byte that says how often the subject is repeated, a pattern, a line feed, a
 * subject: what is a pattern in the strict sense is one in the loose one, and says
 * the same of the subject each time; a pattern made of the subject's own
 * characters matches it.
 *
 * Covers: tools/lib/schema/pattern.c tools/lib/schema/ecma*.c
 */
#include "base/memory.h"
#include "fuzz.h"
#include "schema/ecma.h"
#include "schema/pattern.h"
#include "json/string.h"

#include <string.h>

enum { SUBJECT_MOST = 1 << 18, QUOTED_MOST = 100 };

static bool translates(struct slice text, enum ecma_mode mode)
{
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    bool translated = ecma_translate(&out, text, mode, &error) == 0;
    MUST(translated == (error.code == ERROR_NONE));
    buffer_release(&out);
    return translated;
}

static int match(const struct pattern *pattern, struct slice subject)
{
    struct pattern_matcher *matcher = pattern_matcher_create();
    int first = pattern_matches(pattern, matcher, subject);
    MUST(pattern_matches(pattern, matcher, subject) == first);
    pattern_matcher_free(matcher);
    return first;
}

static void check_pattern(struct slice text, struct slice subject)
{
    struct pattern *pattern = NULL;
    struct error error = ERROR_INIT;
    bool strict = translates(text, ECMA_STRICT), loose = translates(text, ECMA_LOOSE);
    MUST(loose || !strict);
    if (pattern_compile(&pattern, text, &error)) {
        MUST(error.code != ERROR_NONE && *error.text);
    } else {
        MUST(loose && slice_equal(pattern_text(pattern), text));
        MUST(match(pattern, subject) == match(pattern, subject));
    }
    pattern_free(pattern);
}

/* The value of the character at `at`, which has so many bytes. */
static uint32_t character(const char *at, unsigned size)
{
    uint32_t value = (unsigned char)*at;
    if (size > 1)
        value &= 0x7fu >> size;
    for (unsigned i = 1; i < size; i++)
        value = value << 6 | ((unsigned char)at[i] & 0x3f);
    return value;
}

static void check_quoted(struct slice subject)
{
    struct buffer quoted = BUFFER_INIT;
    struct pattern *pattern;
    struct error error = ERROR_INIT;
    const char *at = subject.data, *end = subject.data + subject.size;
    buffer_add_char(&quoted, '^');
    for (int i = 0; i < QUOTED_MOST && at < end; i++) {
        unsigned size = utf8_length(at, end);
        buffer_add_format(&quoted, "\\u{%lx}", (unsigned long)character(at, size));
        at += size;
    }
    buffer_add_char(&quoted, '$');
    MUST(pattern_compile(&pattern, buffer_slice(&quoted), &error) == 0);
    MUST(match(pattern, (struct slice){subject.data, (size_t)(at - subject.data)}) == 1);
    pattern_free(pattern);
    buffer_release(&quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *end = text + size;
    const char *newline = size > 1 ? memchr(text + 1, '\n', size - 1) : NULL;
    if (!newline || utf8_bad(text + 1, end))
        return 0;
    struct slice pattern = {text + 1, (size_t)(newline - text) - 1};
    struct slice part = {newline + 1, (size_t)(end - newline) - 1};
    struct buffer subject = BUFFER_INIT;
    for (unsigned count = 1u << data[0] % 18; count > 0; count--)
        if (subject.size + part.size <= SUBJECT_MOST)
            buffer_add_slice(&subject, part);
    check_pattern(pattern, buffer_slice(&subject));
    check_quoted(part);
    buffer_release(&subject);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_CHARACTER_H
#define DOCUMENT_CHARACTER_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text as a reader sees it: code points, what is invisible, and columns. */

/*
 * The code point at the front of text (which is not empty) and the number of its
 * bytes. What is not UTF-8 is one byte of U+FFFD.
 */
struct character {
    uint32_t code;
    unsigned size;
};

struct character character_at(struct slice text);
void character_add(struct buffer *out, uint32_t code);

/*
 * What a reader would not see, or what turns the text around: control
 * characters, the marks of bidirectional text (Unicode TR 9), spaces without
 * width, tags. Joiners (U+200C, U+200D) and variation selectors are not: scripts
 * and emoji need them.
 */
bool character_hidden(uint32_t code);
/* The visible stand-in for a hidden one: ␀ to ␟ and ␡, else ⟨U+202E⟩. */
void character_show(struct buffer *out, uint32_t code);
/* Text from a report on a terminal or in a log: every hidden character in it is shown, so that
 * nothing moves the cursor, turns the line around or ends it. */
void text_safe(struct buffer *out, struct slice text);

/* The columns of a terminal or of a fixed-width block that the text takes. */
size_t text_width(struct slice text);
/* The text's first code points, at most limit of them, cut before a combining mark. */
struct slice text_head(struct slice text, size_t limit);
/* Its last ones, cut before one that is no combining mark. */
struct slice text_tail(struct slice text, size_t limit);
size_t text_length(struct slice text); /* in code points */

#endif

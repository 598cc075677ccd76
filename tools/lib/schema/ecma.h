/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_ECMA_H
#define SCHEMA_ECMA_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * Regular expressions as JSON Schema has them: ECMA-262 patterns with the u
 * flag, over code points, \d \w \b in ASCII, \s as ECMAScript's white space.
 * They are read here in full and written anew for PCRE2 (PCRE2_UTF,
 * PCRE2_DOLLAR_ENDONLY, PCRE2_MATCH_UNSET_BACKREF), so that nothing of PCRE2's
 * own syntax gets through: what ECMA-262 does not know is an error.
 *
 * ECMA_LOOSE takes in addition what engines accept without the u flag and many
 * schemas hold: a backslash before any punctuation, and braces and a closing
 * bracket that stand for themselves. A backslash before a letter or digit that
 * means nothing stays an error in both.
 *
 * Known differences: a lookbehind must have alternatives of fixed lengths, a
 * count may be at most 65535, and a group keeps what it matched in an earlier
 * round of a repetition.
 */
enum ecma_mode { ECMA_STRICT, ECMA_LOOSE };

int ecma_translate(
    struct buffer *out, struct slice text, enum ecma_mode mode, struct error *error) MUST_USE;

#endif

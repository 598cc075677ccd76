/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_CANONICAL_H
#define JSON_CANONICAL_H

#include "json/document.h"

/*
 * Appends the canonical form of a value: RFC 8785 (no white space, members
 * sorted by the UTF-16 code units of their names, strings with the fewest
 * escapes, numbers as ECMAScript prints them), except that a number that no
 * double holds exactly keeps its exact decimal digits: without exponent as an
 * integer or fraction without trailing zeros up to 1e21 and down to 1e-7, in
 * ECMAScript's exponent form beyond. Equal values have equal canonical forms.
 */
void json_canonical(const struct json_document *document, uint32_t node, struct buffer *out);

#endif

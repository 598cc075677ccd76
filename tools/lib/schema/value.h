/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_VALUE_H
#define SCHEMA_VALUE_H

#include "base/arena.h"
#include "json/document.h"

#include <stdint.h>

/*
 * A hash of a JSON value that equal values share: 1 and 1.0, objects in any
 * order, strings however they are escaped. What lies deeper than VALUE_DEPTH
 * does not count. The arena takes decoded strings.
 */
enum { VALUE_DEPTH = 32 };

uint64_t value_hash(const struct json_document *document, uint32_t node, struct arena *arena);
uint64_t value_hash_string(struct slice string);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QUERY_GLOB_H
#define QUERY_GLOB_H

#include "base/slice.h"

#include <stdbool.h>

/*
 * Whether the whole text is as the pattern says: * is any run of characters, ?
 * one character (of UTF-8), \ takes its special meaning from the character after
 * it, every other character is itself. Time at most |text| × |pattern|.
 */
bool glob_matches(struct slice pattern, struct slice text);

#endif

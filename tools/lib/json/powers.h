/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JSON_POWERS_H
#define JSON_POWERS_H

#include "json/bits.h"

/*
 * The 128 highest bits of 10^n, cut: high has its highest bit set and
 *     high × 2^64 + low = floor(10^n × 2^(127 - floor(log2(10^n)))).
 * Computed with exact integers by tests/unit/json/test_powers.c, which checks
 * every entry (and prints the table with -p).
 */
enum { POWER_FIRST = -342, POWER_LAST = 324 };

extern const struct wide json_powers[POWER_LAST - POWER_FIRST + 1];

#endif

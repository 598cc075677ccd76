/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_TIME_H
#define RECORD_TIME_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * RFC 3339 times and Unix seconds, without the C library's time zones. Leap
 * seconds (…:60) are read as the second that follows.
 */

/*
 * Nanoseconds since 1970-01-01T00:00:00Z of "2026-02-11T13:13:56.25+01:00"; a
 * space may stand for the T, the letters may be small. Digits after the ninth
 * are cut off. *utc (may be NULL): the text says Z or +00:00.
 */
bool time_read(struct slice text, int64_t *nanoseconds, bool *utc);

/* "2026-02-11T13:13:56Z", with as many decimals as the value has, up to nine. */
enum { TIME_TEXT = 40 };
size_t time_text(int64_t nanoseconds, char out[static TIME_TEXT]);

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar, and back. */
int64_t time_days(int64_t year, int month, int day);
void time_date(int64_t days, int64_t *year, int *month, int *day);

#endif

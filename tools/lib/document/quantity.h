/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_QUANTITY_H
#define DOCUMENT_QUANTITY_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdint.h>

/*
 * Numbers with units as people read them, in no locale: a point for decimals,
 * commas between thousands from 10,000 on, a true minus sign nowhere (a hyphen
 * is what every tool reads). NaN is "n/a": unknown is never shown as zero.
 *
 * Units are UCUM-like. Times (ns us ms s min h) are scaled to ns, µs, ms or s,
 * and from 120 s on read "2 min 3 s", "1 h 2 min 3 s", "2 d 3 h". Bytes (By, and
 * with k M G T or Ki Mi Gi Ti before it) become B, kB, MB, GB, TB: powers of
 * 1000, as the names say (8.1 GB is 8.1e9 bytes). {token}/s reads tok/s, any
 * other {note} loses its braces, 1 is nothing, % stands directly behind the
 * number.
 *
 * Digits: three that count, but never fewer than the whole part has; with an
 * uncertainty as many as give that two digits that count. A tie goes away from
 * zero.
 */
#define QUANTITY_UNKNOWN "n/a"

void quantity_add(struct buffer *out, double value, struct slice unit);
/* "12.31 ± 0.12 ms"; the value alone where the uncertainty is not known or zero. */
void quantity_add_spread(struct buffer *out, double value, double spread, struct slice unit);
/* "8.5-8.7 GB", both in the larger one's scale; one number where both read alike. */
void quantity_add_range(struct buffer *out, double low, double high, struct slice unit);
/* "12.1 to 12.5 ms"; each end "n/a" where it is not known. Ends that would read alike get up to
 * two more decimals: "121.0 to 121.3 ms". */
void quantity_add_interval(struct buffer *out, double low, double high, struct slice unit);

/* How often or how many: "12,345". */
void quantity_add_count(struct buffer *out, uint64_t count);
/* A change, of a ratio of new to old: 1.052 is "+5.2%", 0.5 "-50.0%", no change "0.0%". */
void quantity_add_change(struct buffer *out, double ratio);
/* A ratio itself: "1.05×", "12.3×". */
void quantity_add_ratio(struct buffer *out, double ratio);
/* A change as a difference in that unit, with its sign: "+1.23 ms", "-12.0 ms". */
void quantity_add_shift(struct buffer *out, double shift, struct slice unit);
/* A share of one: 0.123 is "12.3%". */
void quantity_add_share(struct buffer *out, double share);
/* A share that somebody set, in the digits it was set with: 0.05 is "5%", 0.005 "0.5%". */
void quantity_add_limit(struct buffer *out, double share);
/* How many of how many: "49 of 50 (98.0%)"; n/a where that is not known, or there are none. */
void quantity_add_part(struct buffer *out, double part, double all);

#endif

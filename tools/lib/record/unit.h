/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_UNIT_H
#define RECORD_UNIT_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Units that can be turned into each other: times (s ms us ns ps min h d), bytes
 * and bits (By with k M G T or Ki Mi Gi Ti before it, bit), shares (1 and %), Hz, J
 * and W with their prefixes, and of all these what is per something that can be
 * turned, too: By/ms and GBy/s. A note in braces is a unit of its own:
 * {token}/min is {token}/s, but {request}/s is not.
 */

/* value × up / down; one of the two is 1 where the step is a whole number, so that nothing is lost
 * that need not be. */
struct unit_step {
    double up, down;
};

static inline double unit_turn(struct unit_step step, double value)
{
    return value * step.up / step.down;
}

/* false: what is measured in one cannot be said in the other. */
bool unit_step_between(struct unit_step *out, struct slice from, struct slice to);

/* A time, or so much of something in a time: what is not zero where anything happened. */
bool unit_takes_time(struct slice unit);

/*
 * Times, bytes, counts, frequencies, energies, powers, and rates of these: what
 * is there or not, but never less than nothing. Not shares and plain numbers,
 * which may be differences.
 */
bool unit_is_never_negative(struct slice unit);

/*
 * Appends the unit that a person means: besides the units above "tok/s" and
 * "tokens/s" for {token}/s, "req/s" for {request}/s, "GB", "MiB", "B" for bytes, "sec".
 * What stands in braces is taken as it is. false, and nothing appended, for a word
 * that is none of these.
 */
bool unit_read(struct buffer *out, struct slice text);

/* Counts and bytes: whole things, which a coarse clock cannot make equal. No rates, no shares. */
bool unit_is_countable(struct slice unit);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STOPPING_H
#define STOPPING_H

#include "against.h"
#include "settings.h"
#include "subject.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * When enough is measured. A fixed number, or as many as fit in a time, is known
 * after the first round; a precision is looked for now and then.
 *
 * Looking at the width of an interval spends nothing of alpha; looking for a
 * difference does: docs/statistics.md.
 */
enum { FIRST_LOOK = 10 };
#define UNTIL_TIME_USUAL 300.0

struct stopping {
    const struct settings *settings;
    const struct against *against; /* of --against; NULL */
    int64_t started_ns;
    int64_t looks, next_look; /* the next at that many samples */
    int64_t continued;        /* how often the run was gone on with */
    bool settled;             /* the rule is content */
    bool limited;             /* the other report is what keeps it from a verdict */
    bool spent;               /* it was gone on with, and no look is left */
};

/* --until: a precision, or "conclusive". */
static inline bool stopping_looks(const struct settings *settings)
{
    return settings->conclusive || settings->precision > 0;
}

/* How many samples at most, and how many looks at them, where the rule is "conclusive". */
int64_t stopping_most_samples(const struct settings *settings);
int64_t stopping_most_looks(const struct settings *settings);

void stopping_start(
    struct stopping *stopping, const struct settings *settings, const struct against *against);
/*
 * A group of subjects begins. Where the rule is "conclusive", the looks at as many
 * samples as they have from before are over, whoever took them.
 */
void stopping_begin(struct stopping *stopping, const struct subject *subjects, size_t count);
/*
 * After a round: whether count subjects have enough by the rule, or the time is
 * up. Those with a number of runs of their own are not asked.
 */
bool stopping_enough(struct stopping *stopping, const struct subject *subjects, size_t count);

/* How many rounds there are until it has a look; many without one. */
int64_t stopping_rounds_left(
    const struct stopping *stopping, const struct subject *subjects, size_t count);

/*
 * Of a precision that was not reached: the subject with the widest interval and
 * what that is as a share of its median; NULL where all of them reached it.
 */
const struct subject *stopping_widest(
    const struct stopping *stopping, const struct subject *subjects, size_t count, double *width);

/* The object of a run line; with looks, of an end line. */
void stopping_write(
    struct json_writer *writer, const struct settings *settings, const struct stopping *stopping);

#endif

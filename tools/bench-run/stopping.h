/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STOPPING_H
#define STOPPING_H

#include "settings.h"
#include "subject.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * When enough is measured. A fixed number, or as many as fit in a time, is known
 * after the first round; a precision is looked for now and then.
 *
 * Looking at the width of an interval spends nothing of alpha: docs/statistics.md.
 */
enum { FIRST_LOOK = 10 };
#define UNTIL_TIME_USUAL 300.0

struct stopping {
    const struct settings *settings;
    int64_t started_ns;
    int64_t looks, next_look; /* the next at that many samples */
};

void stopping_start(struct stopping *stopping, const struct settings *settings);
/* A group of subjects begins. */
void stopping_begin(struct stopping *stopping);
/*
 * After a round: whether count subjects have enough by the rule, or the time is
 * up. Those with a number of runs of their own are not asked.
 */
bool stopping_enough(struct stopping *stopping, const struct subject *subjects, size_t count);

/* The object of a run line; with looks, of an end line. */
void stopping_write(
    struct json_writer *writer, const struct settings *settings, const struct stopping *stopping);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_COUNTER_H
#define RECORD_COUNTER_H

#include "base/slice.h"

#include <stdint.h>

/* Counts how often each key came. Keys are copied; memory grows with the number of different keys.
 */
struct counter;

struct counter *counter_create(void);
void counter_free(struct counter *counter);
void counter_reset(struct counter *counter);
/* How often key came before: 0, 1, … */
uint64_t counter_next(struct counter *counter, struct slice key);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCESS_TAIL_H
#define PROCESS_TAIL_H

#include "base/slice.h"

#include <stddef.h>

/* The last bytes of a stream: what was printed before is counted, not kept. */
enum { TAIL_CEILING = 8 * 1024 };

struct tail {
    char bytes[TAIL_CEILING]; /* a ring */
    size_t next, held;
    unsigned long long total;
};

void tail_reset(struct tail *tail);
void tail_add(struct tail *tail, struct slice bytes);
/* In order; turns the ring in place. Holds until the next call with tail. */
struct slice tail_slice(struct tail *tail);

#endif

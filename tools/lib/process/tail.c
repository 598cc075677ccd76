/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "process/tail.h"

void tail_reset(struct tail *tail)
{
    tail->next = 0;
    tail->held = 0;
    tail->total = 0;
}

void tail_add(struct tail *tail, struct slice bytes)
{
    tail->total += bytes.size;
    if (bytes.size > TAIL_CEILING) {
        bytes.data += bytes.size - TAIL_CEILING;
        bytes.size = TAIL_CEILING;
    }
    while (bytes.size > 0) {
        size_t room = TAIL_CEILING - tail->next;
        size_t part = bytes.size < room ? bytes.size : room;
        memcpy(tail->bytes + tail->next, bytes.data, part);
        tail->next = (tail->next + part) % TAIL_CEILING;
        tail->held = tail->held + part < TAIL_CEILING ? tail->held + part : TAIL_CEILING;
        bytes.data += part;
        bytes.size -= part;
    }
}

struct slice tail_slice(struct tail *tail)
{
    if (tail->held == TAIL_CEILING && tail->next != 0) {
        char turned[TAIL_CEILING];
        size_t older = TAIL_CEILING - tail->next;
        memcpy(turned, tail->bytes + tail->next, older);
        memcpy(turned + older, tail->bytes, tail->next);
        memcpy(tail->bytes, turned, TAIL_CEILING);
        tail->next = 0;
    }
    return (struct slice){tail->bytes, tail->held};
}

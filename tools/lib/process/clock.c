/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "process/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec time = {0, 0};
    clock_gettime(id, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_real(void)
{
    return read_clock(CLOCK_REALTIME);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* RTLD_NEXT */
/*
 * Preloaded, it sets the clock that tells the time of day back by an hour
 * whenever somebody looks at it. The clocks that nobody sets go on.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <time.h>

int clock_gettime(clockid_t id, struct timespec *time)
{
    static int (*real)(clockid_t, struct timespec *);
    static time_t hours;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(id, time);
    if (id == CLOCK_REALTIME)
        time->tv_sec -= 3600 * hours++;
    return result;
}

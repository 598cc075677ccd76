/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* syscall */
#include "process/counters.h"

#include <linux/perf_event.h>
#include <math.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_counter(uint32_t type, uint64_t config)
{
    struct perf_event_attr attributes = {.type = type,
        .size = sizeof attributes,
        .config = config,
        .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
        .disabled = 1,
        .inherit = 1,
        .enable_on_exec = 1,
        .exclude_kernel = 1,
        .exclude_hv = 1};
    /* On this process itself, where it stays off; a child inherits it and its exec turns it on. */
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

void counters_open(struct counters *counters)
{
    static const struct {
        uint32_t type;
        uint64_t config;
    } kinds[COUNTERS] = {
        [COUNTER_TASK_CLOCK] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
        [COUNTER_INSTRUCTIONS] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
        [COUNTER_CYCLES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
        [COUNTER_BRANCHES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS},
        [COUNTER_BRANCH_MISSES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
        [COUNTER_CACHE_REFERENCES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES},
        [COUNTER_CACHE_MISSES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    };
    for (int i = 0; i < COUNTERS; i++)
        counters->fds[i] = open_counter(kinds[i].type, kinds[i].config);
}

void counters_read(const struct counters *counters, double values[static COUNTERS])
{
    for (int i = 0; i < COUNTERS; i++) {
        uint64_t told[3] = {0, 0, 0}; /* the count, the time enabled, the time running */
        values[i] = NAN;
        if (counters->fds[i] < 0 || read(counters->fds[i], told, sizeof told) != sizeof told)
            continue;
        if (told[2] > 0)
            values[i] = round((double)told[0] * ((double)told[1] / (double)told[2]));
    }
}

void counters_close(struct counters *counters)
{
    for (int i = 0; i < COUNTERS; i++)
        if (counters->fds[i] >= 0)
            close(counters->fds[i]);
}

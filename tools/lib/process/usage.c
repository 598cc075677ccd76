/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* the fields of struct rusage that POSIX does not name */
#include "process/spawner_private.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

/* What Linux counts "blocks" in: its task_io_get_inblock() is the bytes of /proc/PID/io, over 512.
 */
enum { BLOCK_SIZE = 512 };

static double seconds(struct timeval time)
{
    return (double)(time.tv_sec * 1000000 + time.tv_usec) / 1e6;
}

void usage_add(struct process_usage *usage, const struct rusage *counted)
{
    uint64_t max_rss = (uint64_t)counted->ru_maxrss * 1024;
    usage->user_s += seconds(counted->ru_utime);
    usage->system_s += seconds(counted->ru_stime);
    if (max_rss > usage->max_rss)
        usage->max_rss = max_rss;
    usage->minor_faults += (uint64_t)counted->ru_minflt;
    usage->major_faults += (uint64_t)counted->ru_majflt;
    usage->voluntary_switches += (uint64_t)counted->ru_nvcsw;
    usage->involuntary_switches += (uint64_t)counted->ru_nivcsw;
    usage->read_bytes += (uint64_t)counted->ru_inblock * BLOCK_SIZE;
    usage->write_bytes += (uint64_t)counted->ru_oublock * BLOCK_SIZE;
}

bool usage_knows_io(void)
{
    return access("/proc/self/io", F_OK) == 0;
}

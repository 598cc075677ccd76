/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* the fields of struct rusage that POSIX does not name */
#include "process/spawner_private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

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
}

/* "/proc/PID/io"; by hand, see spawner_private.h. */
static void make_path(char path[static 40], pid_t pid)
{
    static const char before[] = "/proc/", after[] = "/io";
    char digits[20];
    size_t count = 0, at = sizeof before - 1;
    for (pid_t left = pid; left > 0; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    memcpy(path, before, at);
    while (count > 0)
        path[at++] = digits[--count];
    memcpy(path + at, after, sizeof after);
}

/* Adds the number after "\nNAME: " in text. */
static bool add_number(const char *text, const char *name, uint64_t *number)
{
    size_t length = strlen(name);
    while (*text && strncmp(text, name, length) != 0)
        text++;
    if (!*text)
        return false;
    uint64_t value = 0;
    for (text += length; *text >= '0' && *text <= '9'; text++)
        value = 10 * value + (uint64_t)(*text - '0');
    *number += value;
    return true;
}

void usage_add_io(struct process_usage *usage, pid_t pid)
{
    char path[40], text[512];
    make_path(path, pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    if (length <= 0 || !add_number(text, "\nread_bytes: ", &usage->read_bytes) ||
        !add_number(text, "\nwrite_bytes: ", &usage->write_bytes))
        usage->io_known = false;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* wait4 */
#include "base/memory.h"
#include "process/clock.h"
#include "process/spawner_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long what was left behind may take to end by itself after SIGTERM; then it is killed. */
static const int64_t grace_ns = 100000000;
/* After SIGKILL: what has not ended by then hangs in the kernel, and is given up. */
static const int64_t limit_ns = 2000000000;

enum { LISTED_MAX = 4096 };

struct listing {
    pid_t pids[LISTED_MAX / 8];
    size_t count;
};

static bool is_kept(const struct spawner_server *server, pid_t pid)
{
    for (size_t i = 0; i < server->kept_count; i++)
        if (server->kept[i] == pid)
            return true;
    return false;
}

/* The small process has one thread, whose children are all its children. */
static void list_children(const struct spawner_server *server, struct listing *listing)
{
    char path[64], text[LISTED_MAX];
    listing->count = 0;
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    char *end = text;
    for (char *at = text;; at = end) {
        pid_t pid = (pid_t)strtol(at, &end, 10);
        if (end == at || *end != ' ' || listing->count == ARRAY_SIZE(listing->pids))
            return;
        if (!is_kept(server, pid))
            listing->pids[listing->count++] = pid;
    }
}

/* Whether there is a child at all; the one question that each run asks. */
static bool childless(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

static bool reap(pid_t pid, struct process_result *result)
{
    siginfo_t info = {.si_pid = 0};
    struct rusage counted;
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
        return false;
    if (wait4(pid, NULL, 0, &counted) == pid && result) {
        usage_add(&result->usage, &counted);
        result->left_behind++;
    }
    return true;
}

/* One look: everything listed is asked to end, or reaped if it did. Whether something is left. */
static bool end_once(
    const struct spawner_server *server, pid_t leader, int signal, struct process_result *result)
{
    struct listing listing;
    bool left = leader > 0 && kill(-leader, signal) == 0;
    if (left)
        kill(-leader, SIGCONT);
    list_children(server, &listing);
    for (size_t i = 0; i < listing.count; i++) {
        if (reap(listing.pids[i], result))
            continue;
        kill(listing.pids[i], signal);
        kill(listing.pids[i], SIGCONT);
        left = true;
    }
    /* What was reaped may have left children of its own, which are ours now. */
    return left || listing.count > 0;
}

void orphans_end(struct spawner_server *server, pid_t leader, struct process_result *result)
{
    /* Whoever is left of the group has come to us, so without a child there is nobody. */
    if (childless())
        return;
    int64_t start = clock_monotonic();
    for (bool first = true;; first = false) {
        int64_t waited = clock_monotonic() - start;
        int signal = first ? SIGTERM : waited < grace_ns ? 0 : SIGKILL;
        if (!end_once(server, leader, signal, result) || waited > limit_ns)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

void orphans_keep(struct spawner_server *server)
{
    struct listing listing;
    if (childless())
        return;
    list_children(server, &listing);
    for (size_t i = 0; i < listing.count; i++)
        if (!reap(listing.pids[i], NULL)) {
            MEMORY_GROW(server->kept, server->kept_count, server->kept_capacity);
            server->kept[server->kept_count++] = listing.pids[i];
        }
}

void orphans_end_kept(struct spawner_server *server)
{
    struct process_result ignored = {.failed = PROCESS_STARTED};
    for (size_t i = 0; i < server->kept_count; i++) {
        kill(-server->kept[i], SIGTERM); /* where it leads a group */
        kill(server->kept[i], SIGTERM);
    }
    server->kept_count = 0;
    orphans_end(server, 0, &ignored);
}

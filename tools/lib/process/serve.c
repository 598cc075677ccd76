/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* wait4 */
#include "process/clock.h"
#include "process/spawner_private.h"

#include <errno.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* 1 a request, 0 the tool is gone. */
static int next_request(const struct spawner_server *server, struct spawner_request *request)
{
    ssize_t length;
    do
        length = recv(server->control, request, sizeof *request, 0);
    while (length < 0 && errno == EINTR);
    return length == sizeof *request;
}

/* Asks the program's group to end; false when the tool is gone and nobody waits for the answer. */
static bool obey(const struct spawner_server *server, pid_t pid)
{
    struct spawner_request request;
    if (!next_request(server, &request)) {
        kill(-pid, SIGKILL);
        return false;
    }
    kill(-pid, request.kind == SPAWNER_KILL ? SIGKILL : SIGTERM);
    kill(-pid, SIGCONT); /* a stopped process takes SIGTERM only when it goes on */
    return true;
}

static bool has_ended(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    int result = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
    return result != 0 || info.si_pid == pid;
}

/*
 * Waits without reaping; the time is taken first. Without a pidfd (a kernel
 * before 5.3, or a sandbox that forbids it) it looks every millisecond.
 */
static void wait_for_end(
    const struct spawner_server *server, pid_t pid, int pidfd, struct process_result *result)
{
    struct pollfd polled[] = {{pidfd, POLLIN, 0}, {server->control, POLLIN, 0}};
    for (;;) {
        int ready = poll(polled, ARRAY_SIZE(polled), pidfd < 0 ? 1 : -1);
        if (polled[0].revents != 0 || (ready < 0 && errno != EINTR))
            break;
        if (pidfd < 0 && has_ended(pid))
            break;
        if (ready > 0 && polled[1].revents != 0 && !obey(server, pid))
            polled[1].fd = -1;
    }
    result->end_ns = clock_monotonic();
}

static void reap(pid_t pid, struct process_result *result)
{
    struct rusage counted;
    int status = 0;

    result->usage.io_known = true;
    usage_add_io(&result->usage, pid);
    if (wait4(pid, &status, 0, &counted) == pid)
        usage_add(&result->usage, &counted);
    result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void run_once(struct spawner_server *server, const struct process_spec *spec)
{
    struct process_result *result = server->result;
    int pidfd = -1;

    pid_t pid = launch(server, spec, &pidfd, result);
    if (pid < 0)
        return;
    wait_for_end(server, pid, pidfd, result);
    reap(pid, result);
    if (pidfd >= 0)
        close(pidfd);
    if (spec->keep_children)
        orphans_keep(server);
    else
        orphans_end(server, pid, result);
}

/* The counters are opened anew each time, so that what a hook left running is not in them. */
static void run(struct spawner_server *server, const struct process_spec *spec)
{
    struct counters counters;
    *server->result = (struct process_result){.failed = PROCESS_STARTED};
    if (spec->counters)
        counters_open(&counters);
    run_once(server, spec);
    if (spec->counters) {
        counters_read(&counters, server->result->usage.counters);
        counters_close(&counters);
    }
}

void serve(struct spawner_server *server)
{
    struct spawner_request request;
    const char answer = 0;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "bench-spawner");
    while (next_request(server, &request)) {
        /* An order to end what ended just now comes late, and means nothing. */
        if (request.kind != SPAWNER_RUN || request.index >= server->count)
            continue;
        run(server, &server->specs[request.index]);
        if (send(server->control, &answer, 1, MSG_NOSIGNAL) != 1)
            break;
    }
    orphans_end_kept(server);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* wait4 */
#include "process/clock.h"
#include "process/spawner_private.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
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

/*
 * Asks the group of the program at place `at` to end; false when the tool is gone
 * and nobody waits for the answer.
 */
static bool obey(const struct spawner_server *server, size_t at, pid_t pid)
{
    struct process_result *result = &server->shared->results[at];
    struct spawner_request request;
    if (!next_request(server, &request)) {
        kill(-pid, SIGKILL);
        return false;
    }
    if (request.number != at)
        return true;
    result->timed_out = result->timed_out || request.kind == SPAWNER_TIME_OUT;
    result->stopped = result->stopped || request.kind == SPAWNER_STOP;
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
static void wait_for_end(const struct spawner_server *server, size_t at, pid_t pid, int pidfd)
{
    struct pollfd polled[] = {{pidfd, POLLIN, 0}, {server->control, POLLIN, 0}};
    for (;;) {
        int ready = poll(polled, ARRAY_SIZE(polled), pidfd < 0 ? 1 : -1);
        if (polled[0].revents != 0 || (ready < 0 && errno != EINTR))
            break;
        if (pidfd < 0 && has_ended(pid))
            break;
        if (ready > 0 && polled[1].revents != 0 && !obey(server, at, pid))
            polled[1].fd = -1;
    }
    server->shared->results[at].end_ns = clock_monotonic();
}

static void reap(pid_t pid, struct process_result *result)
{
    struct rusage counted;
    int status = 0;

    if (wait4(pid, &status, 0, &counted) == pid)
        usage_add(&result->usage, &counted);
    result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void run_once(struct spawner_server *server, const struct process_spec *spec, size_t at)
{
    struct process_result *result = &server->shared->results[at];
    int pidfd = -1;

    pid_t pid = launch(server, spec, &pidfd, result);
    if (pid < 0)
        return;
    wait_for_end(server, at, pid, pidfd);
    reap(pid, result);
    if (pidfd >= 0)
        close(pidfd);
    if (spec->keep_children) {
        orphans_keep(server);
        launch_forget(server); /* a hook may have made or installed what is run next */
    } else {
        orphans_end(server, pid, result);
    }
}

/* The counters are opened anew each time, so that what a hook left running is not in them. */
static void run(struct spawner_server *server, const struct process_spec *spec, size_t at)
{
    struct process_result *result = &server->shared->results[at];
    struct counters counters;
    *result =
        (struct process_result){.failed = PROCESS_STARTED, .usage = {.io_known = server->knows_io}};
    if (spec->counters)
        counters_open(&counters);
    run_once(server, spec, at);
    if (spec->counters) {
        counters_read(&counters, result->usage.counters);
        counters_close(&counters);
    }
}

static bool holds_something(int pipe_end)
{
    int held = 0;
    return ioctl(pipe_end, FIONREAD, &held) == 0 && held > 0;
}

static bool is_to_be_looked_at(
    const struct spawner_server *server, const struct process_spec *spec, size_t at)
{
    const struct spawner_pipes *pipes = &server->pipes[spawner_channel(spec)];
    return !process_passed(&server->shared->results[at]) ||
           (spec->errors.kind == PROCESS_PIPE && holds_something(pipes->errors[1])) ||
           (spec->output.kind == PROCESS_PIPE && holds_something(pipes->output[1]));
}

/*
 * `halt` is asked for last. The tool sets it before it empties a pipe: what a program
 * printed is seen here in the one place or by the other. And it sets it before it
 * reads `running`: either it learns of the next run, or that run is not begun.
 */
static void run_batch(struct spawner_server *server, size_t count)
{
    struct spawner_shared *shared = server->shared;
    size_t at = 0;
    for (bool on = true; on && at < count; at++) {
        const struct process_spec *spec = &server->specs[shared->indices[at]];
        atomic_store(&shared->began_ns, clock_monotonic());
        atomic_store(&shared->running, at);
        if (at > 0 && atomic_load(&shared->halt))
            break;
        run(server, spec, at);
        on = !is_to_be_looked_at(server, spec, at);
    }
    shared->ran = at;
}

void serve(struct spawner_server *server)
{
    struct spawner_request request;
    const char answer = 0;

    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "bench-spawner");
    server->knows_io = usage_knows_io();
    while (next_request(server, &request)) {
        if (request.kind != SPAWNER_RUN) /* too late */
            continue;
        run_batch(server, request.number);
        if (send(server->control, &answer, 1, MSG_NOSIGNAL) != 1)
            break;
    }
    orphans_end_kept(server);
}

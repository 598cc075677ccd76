/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* pipe2, F_SETPIPE_SZ */
#include "process/spawner.h"

#include "base/memory.h"
#include "process/clock.h"
#include "process/spawner_private.h"
#include "process/tail.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program that prints much is not held up by a pipe that is full every 64 KiB. */
enum { PIPE_SIZE = 1024 * 1024, READ_SIZE = 64 * 1024 };

struct spawner {
    pid_t pid;
    int control;
    const struct process_spec *specs;
    size_t count;
    struct spawner_pipes pipes[SPAWNER_CHANNELS]; /* the ends to read from, once started */
    struct process_result *result;                /* shared with the small process */
    struct tail tail;
    char block[READ_SIZE];
};

static void close_pipes(struct spawner *spawner, int end)
{
    for (size_t i = 0; i < SPAWNER_CHANNELS; i++) {
        int *ends[] = {&spawner->pipes[i].output[end], &spawner->pipes[i].errors[end]};
        for (size_t j = 0; j < ARRAY_SIZE(ends); j++) {
            if (*ends[j] >= 0)
                close(*ends[j]);
            *ends[j] = -1;
        }
    }
}

static int open_pipe(int ends[2], int size)
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    if (size > 0)
        fcntl(ends[1], F_SETPIPE_SZ, size); /* a smaller pipe also does */
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

static int open_pipes(struct spawner *spawner, struct error *error)
{
    for (size_t i = 0; i < SPAWNER_CHANNELS; i++)
        if (open_pipe(spawner->pipes[i].output, i == SPAWNER_MEASURED ? PIPE_SIZE : 0) != 0 ||
            open_pipe(spawner->pipes[i].errors, 0) != 0)
            return error_system(error, ERROR_MACHINE, errno, "cannot make a pipe");
    return 0;
}

/* In the small process: the tool's handlers and its ends are not for it. */
static _Noreturn void become_server(struct spawner *spawner, int control, const sigset_t *signals)
{
    for (int number = 1; number < SIGRTMAX; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 &&
            (action.sa_handler != SIG_IGN || number == SIGCHLD)) {
            action = (struct sigaction){.sa_handler = SIG_DFL};
            sigaction(number, &action, NULL);
        }
    }
    close(spawner->control);
    close_pipes(spawner, 0);
    struct spawner_server server = {.specs = spawner->specs,
        .count = spawner->count,
        .pipes = spawner->pipes,
        .control = control,
        .result = spawner->result,
        .signals = *signals,
        .null = open("/dev/null", O_RDWR | O_CLOEXEC),
        .stack = memory_take(LAUNCH_STACK)};
    serve(&server);
    _exit(0);
}

static int fork_server(struct spawner *spawner, struct error *error)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return error_system(error, ERROR_MACHINE, errno, "cannot make a socket");
    spawner->control = pair[0];

    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    spawner->pid = fork();
    if (spawner->pid == 0)
        become_server(spawner, pair[1], &before);
    int number = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(pair[1]);
    if (spawner->pid < 0)
        return error_system(error, ERROR_MACHINE, number, "cannot start a process");
    return 0;
}

int spawner_start(
    struct spawner **out, const struct process_spec *specs, size_t count, struct error *error)
{
    struct spawner *spawner = memory_take(sizeof *spawner);
    *out = NULL;
    spawner->pid = -1;
    spawner->control = -1;
    spawner->specs = specs;
    spawner->count = count;
    for (size_t i = 0; i < SPAWNER_CHANNELS; i++)
        spawner->pipes[i] = (struct spawner_pipes){{-1, -1}, {-1, -1}};
    tail_reset(&spawner->tail);
    spawner->result = mmap(
        NULL, sizeof *spawner->result, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (spawner->result == MAP_FAILED) {
        spawner->result = NULL;
        error_system(error, ERROR_MACHINE, errno, "cannot share memory with a process");
    } else if (open_pipes(spawner, error) == 0 && fork_server(spawner, error) == 0) {
        close_pipes(spawner, 1);
        *out = spawner;
        return 0;
    }
    spawner_stop(spawner);
    return -1;
}

void spawner_stop(struct spawner *spawner)
{
    if (!spawner)
        return;
    if (spawner->control >= 0)
        close(spawner->control);
    close_pipes(spawner, 0);
    close_pipes(spawner, 1);
    if (spawner->pid > 0)
        while (waitpid(spawner->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    if (spawner->result)
        munmap(spawner->result, sizeof *spawner->result);
    free(spawner);
}

/* One run, seen from the tool. */
struct attendance {
    struct spawner *spawner;
    const struct process_spec *spec;
    const struct process_watch *watch;
    int64_t start_ns, next_tick_ns;
    int64_t deadline_ns; /* for the timeout, then for the kill; INT64_MAX for none */
    bool timed_out, stopped, killed;
    bool stop_seen;    /* the stop descriptor could be read, in time or too late */
    unsigned readable; /* pipes that held something at the last look, a bit each */
};

static int lost(struct error *error)
{
    return error_set(error, ERROR_MACHINE,
        "the process that starts programs has ended; its memory or a signal?");
}

static int request(
    struct spawner *spawner, enum spawner_request_kind kind, size_t index, struct error *error)
{
    struct spawner_request message = {kind, index};
    if (send(spawner->control, &message, sizeof message, MSG_NOSIGNAL) != (ssize_t)sizeof message)
        return lost(error);
    return 0;
}

static int64_t later(int64_t from, double seconds_after)
{
    return seconds_after < 1e9 ? from + (int64_t)(seconds_after * 1e9) : INT64_MAX;
}

/* Hands on what the pipe holds, in blocks, at most `limit` of them. */
static void drain(struct attendance *attendance, int fd, bool errors, bool wanted, int limit)
{
    struct spawner *spawner = attendance->spawner;
    for (int i = 0; i < limit; i++) {
        ssize_t length = read(fd, spawner->block, READ_SIZE);
        if (length <= 0)
            return;
        struct slice bytes = {spawner->block, (size_t)length};
        if (wanted && errors)
            tail_add(&spawner->tail, bytes);
        else if (wanted && attendance->watch->take_output)
            attendance->watch->take_output(attendance->watch->context, bytes);
    }
}

enum { POLL_CONTROL, POLL_STOP, POLL_PIPES };

/* Only the pipes that the last poll found readable: each read that finds nothing costs time
 * between two runs. */
static void drain_all(struct attendance *attendance, int limit)
{
    for (size_t i = 0; i < SPAWNER_CHANNELS; i++) {
        const struct spawner_pipes *pipes = &attendance->spawner->pipes[i];
        bool wanted = i == spawner_channel(attendance->spec);
        if (attendance->readable & 1U << (2 * i))
            drain(attendance, pipes->output[0], false, wanted, limit);
        if (attendance->readable & 2U << (2 * i))
            drain(attendance, pipes->errors[0], true, wanted, limit);
    }
}

static int terminate(struct attendance *attendance, struct error *error)
{
    attendance->deadline_ns = later(clock_monotonic(), SPAWNER_GRACE_S);
    return request(attendance->spawner, SPAWNER_TERMINATE, 0, error);
}

/* What is due at this moment: the tick, the timeout, the kill. */
static int attend(struct attendance *attendance, struct error *error)
{
    const struct process_watch *watch = attendance->watch;
    int64_t now = clock_monotonic();
    if (watch->tick && now >= attendance->next_tick_ns) {
        watch->tick(watch->context, clock_seconds(now - attendance->start_ns));
        attendance->next_tick_ns = later(now, watch->tick_s);
    }
    if (now < attendance->deadline_ns || attendance->killed)
        return 0;
    if (attendance->timed_out || attendance->stopped) {
        attendance->killed = true;
        attendance->deadline_ns = INT64_MAX;
        return request(attendance->spawner, SPAWNER_KILL, 0, error);
    }
    attendance->timed_out = true;
    return terminate(attendance, error);
}

static int poll_time(const struct attendance *attendance)
{
    int64_t next = attendance->deadline_ns;
    if (attendance->watch->tick && attendance->next_tick_ns < next)
        next = attendance->next_tick_ns;
    if (next == INT64_MAX)
        return -1;
    int64_t left = next - clock_monotonic();
    /* Rounded up, so that the moment has come when poll returns. */
    return left <= 0 ? 0 : left > 3600000000000 ? 3600000 : (int)((left + 999999) / 1000000);
}

/* 1 while it runs, 0 when the answer is there. */
static int wait_once(struct attendance *attendance, struct error *error)
{
    struct spawner *spawner = attendance->spawner;
    struct pollfd polled[POLL_PIPES + 2 * SPAWNER_CHANNELS] = {
        [POLL_CONTROL] = {spawner->control, POLLIN, 0},
        [POLL_STOP] = {attendance->stopped ? -1 : attendance->watch->stop_fd, POLLIN, 0},
    };
    for (size_t i = 0; i < SPAWNER_CHANNELS; i++) {
        polled[POLL_PIPES + 2 * i] = (struct pollfd){spawner->pipes[i].output[0], POLLIN, 0};
        polled[POLL_PIPES + 2 * i + 1] = (struct pollfd){spawner->pipes[i].errors[0], POLLIN, 0};
    }
    int ready = poll(polled, ARRAY_SIZE(polled), poll_time(attendance));
    if (ready < 0 && errno != EINTR)
        return error_system(error, ERROR_MACHINE, errno, "cannot wait for a program");
    attendance->readable = 0;
    for (unsigned i = 0; ready > 0 && i < 2 * SPAWNER_CHANNELS; i++)
        attendance->readable |= polled[POLL_PIPES + i].revents != 0 ? 1U << i : 0;
    attendance->stop_seen = ready > 0 && polled[POLL_STOP].revents != 0;
    if (ready > 0 && polled[POLL_CONTROL].revents != 0) {
        char answer;
        return recv(spawner->control, &answer, 1, 0) == 1 ? 0 : lost(error);
    }
    if (ready > 0)
        drain_all(attendance, 1);
    if (attendance->stop_seen) {
        attendance->stopped = true;
        if (terminate(attendance, error) != 0)
            return -1;
    }
    return attend(attendance, error) == 0 ? 1 : -1;
}

int spawner_run(struct spawner *spawner, size_t index, const struct process_watch *watch,
    struct process_result *result, struct error *error)
{
    const struct process_spec *spec = &spawner->specs[index];
    int64_t now = clock_monotonic();
    struct attendance attendance = {.spawner = spawner,
        .spec = spec,
        .watch = watch,
        .start_ns = now,
        .next_tick_ns = later(now, watch->tick_s),
        .deadline_ns = spec->timeout_s > 0 ? later(now, spec->timeout_s) : INT64_MAX};

    tail_reset(&spawner->tail);
    if (request(spawner, SPAWNER_RUN, index, error) != 0)
        return -1;
    int running;
    do
        running = wait_once(&attendance, error);
    while (running > 0);
    if (running < 0)
        return -1;
    /* What was printed last is still in the pipe: it was there before the answer was, and poll
     * looked for the answer first. A hook's server may print for ever. */
    drain_all(&attendance, 2 * PIPE_SIZE / READ_SIZE);
    *result = *spawner->result;
    result->timed_out = attendance.timed_out;
    result->stopped = attendance.stopped;
    result->stop_seen = attendance.stopped || attendance.stop_seen;
    return 0;
}

struct slice spawner_errors(struct spawner *spawner)
{
    struct slice text = tail_slice(&spawner->tail);
    if (spawner->tail.total <= TAIL_CEILING)
        return text;
    const char *newline = memchr(text.data, '\n', text.size / 2);
    if (newline) {
        text.size -= (size_t)(newline + 1 - text.data);
        text.data = newline + 1;
    }
    return text;
}

unsigned long long spawner_errors_size(const struct spawner *spawner)
{
    return spawner->tail.total;
}

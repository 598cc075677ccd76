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
#include <string.h>
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
    struct spawner_shared *shared;
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
        .shared = spawner->shared,
        .found = memory_zero(spawner->count, sizeof(char *)),
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
    spawner->shared = mmap(
        NULL, sizeof *spawner->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (spawner->shared == MAP_FAILED) {
        spawner->shared = NULL;
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
    if (spawner->shared)
        munmap(spawner->shared, sizeof *spawner->shared);
    free(spawner);
}

/* One run, or some in a row, seen from the tool. */
struct attendance {
    struct spawner *spawner;
    const struct process_watch *watch;
    size_t at;                       /* the run that goes on, as far as is known here */
    const struct process_spec *spec; /* of it */
    int64_t start_ns, next_tick_ns;
    int64_t deadline_ns; /* for the timeout, then for the kill; INT64_MAX for none */
    bool asked, killed;  /* it was told to end */
    bool stopping;       /* because the watch said so */
    bool stop_seen;      /* the stop descriptor could be read, in time or too late */
    unsigned readable;   /* pipes that held something at the last look, a bit each */
};

static int lost(struct error *error)
{
    return error_set(error, ERROR_MACHINE,
        "the process that starts programs has ended; its memory or a signal?");
}

static int request(
    struct spawner *spawner, enum spawner_request_kind kind, size_t number, struct error *error)
{
    struct spawner_request message;
    memset(&message, 0, sizeof message); /* what lies between the members is sent, too */
    message.kind = kind;
    message.number = number;
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

/* The run at place `at` has begun. */
static void turn_to(struct attendance *attendance, size_t at, int64_t start_ns)
{
    const struct spawner *spawner = attendance->spawner;
    attendance->at = at;
    attendance->spec = &spawner->specs[spawner->shared->indices[at]];
    attendance->start_ns = start_ns;
    attendance->deadline_ns =
        attendance->spec->timeout_s > 0 ? later(start_ns, attendance->spec->timeout_s) : INT64_MAX;
    attendance->asked = attendance->killed = false;
}

/* Looks which run goes on by now. */
static void catch_up(struct attendance *attendance)
{
    struct spawner_shared *shared = attendance->spawner->shared;
    size_t at = atomic_load(&shared->running);
    if (at != attendance->at)
        turn_to(attendance, at, atomic_load(&shared->began_ns));
}

static int ask_to_end(
    struct attendance *attendance, enum spawner_request_kind kind, struct error *error)
{
    attendance->asked = true;
    attendance->deadline_ns = later(clock_monotonic(), SPAWNER_GRACE_S);
    return request(attendance->spawner, kind, attendance->at, error);
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
    if (!attendance->asked)
        return ask_to_end(attendance, SPAWNER_TIME_OUT, error);
    attendance->killed = true;
    attendance->deadline_ns = INT64_MAX;
    return request(attendance->spawner, SPAWNER_KILL, attendance->at, error);
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
        [POLL_STOP] = {attendance->stopping ? -1 : attendance->watch->stop_fd, POLLIN, 0},
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
    /* Whatever there was to see, this run is the last of its batch; see run_batch(). */
    if (attendance->readable != 0 || attendance->stop_seen)
        atomic_store(&spawner->shared->halt, true);
    drain_all(attendance, 1);
    catch_up(attendance);
    if (attendance->stop_seen) {
        attendance->stopping = true;
        if (ask_to_end(attendance, SPAWNER_STOP, error) != 0)
            return -1;
    }
    return attend(attendance, error) == 0 ? 1 : -1;
}

static int attend_batch(struct attendance *attendance, size_t count, struct error *error)
{
    struct spawner *spawner = attendance->spawner;
    int64_t now = clock_monotonic();
    int running = 1;

    tail_reset(&spawner->tail);
    turn_to(attendance, 0, now);
    attendance->next_tick_ns = later(now, attendance->watch->tick_s);
    atomic_store(&spawner->shared->running, 0);
    atomic_store(&spawner->shared->halt, false);
    if (request(spawner, SPAWNER_RUN, count, error) != 0)
        return -1;
    while (running > 0)
        running = wait_once(attendance, error);
    return running;
}

int spawner_run_batch(struct spawner *spawner, const size_t *indices, size_t count,
    const struct process_watch *watch, struct process_result *results, size_t *ran,
    struct error *error)
{
    struct spawner_shared *shared = spawner->shared;
    struct attendance attendance = {.spawner = spawner, .watch = watch};
    if (count > SPAWNER_BATCH)
        count = SPAWNER_BATCH;
    memcpy(shared->indices, indices, count * sizeof *indices);
    if (attend_batch(&attendance, count, error) != 0)
        return -1;
    *ran = shared->ran;
    turn_to(&attendance, *ran - 1, 0);
    /* What was printed last is still in the pipe: it was there before the answer was, and poll
     * looked for the answer first. A hook's server may print for ever. */
    drain_all(&attendance, 2 * PIPE_SIZE / READ_SIZE);
    memcpy(results, shared->results, *ran * sizeof *results);
    results[*ran - 1].stop_seen = attendance.stopping || attendance.stop_seen;
    return 0;
}

int spawner_run(struct spawner *spawner, size_t index, const struct process_watch *watch,
    struct process_result *result, struct error *error)
{
    size_t ran;
    return spawner_run_batch(spawner, &index, 1, watch, result, &ran, error);
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

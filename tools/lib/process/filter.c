/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "process/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INPUT, OUTPUT, ERRORS, STREAMS, READ_SIZE = 4096 };

/* Our ends and the program's. Its input is a socket: writing to one that nobody
 * reads any more need not raise a signal. */
struct streams {
    int ours[STREAMS], theirs[STREAMS];
};

static void close_all(int *ends)
{
    for (int i = 0; i < STREAMS; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
        ends[i] = -1;
    }
}

static int open_streams(struct streams *streams)
{
    for (int i = 0; i < STREAMS; i++)
        streams->ours[i] = streams->theirs[i] = -1;
    for (int i = 0; i < STREAMS; i++) {
        int ends[2];
        if ((i == INPUT ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends)) != 0)
            return -1;
        streams->ours[i] = ends[0];
        streams->theirs[i] = ends[1];
        if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
            return -1;
    }
    return 0;
}

static int start(pid_t *child, const struct filter *filter, const struct streams *streams)
{
    posix_spawn_file_actions_t actions;
    int number = posix_spawn_file_actions_init(&actions);
    if (number != 0)
        return number;
    for (int i = 0; i < STREAMS && number == 0; i++)
        number = posix_spawn_file_actions_adddup2(&actions, streams->theirs[i], i);
    /* posix_spawnp takes arrays that it does not change without const. */
    if (number == 0)
        number = posix_spawnp(child, filter->arguments[0], &actions, NULL,
            (char *const *)filter->arguments, filter->environment);
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

/* Hands over what fits; closes the end when all is gone, or nobody reads it. */
static void feed(int *fd, struct slice *rest)
{
    ssize_t count = send(*fd, rest->data, rest->size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
        rest->data += count;
        rest->size -= (size_t)count;
    }
    if (rest->size == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        close(*fd);
        *fd = -1;
    }
}

static void collect(int *fd, struct buffer *out)
{
    char bytes[READ_SIZE];
    ssize_t count = read(*fd, bytes, sizeof bytes);
    if (count > 0)
        buffer_add(out, bytes, (size_t)count);
    else if (count == 0 || errno != EINTR) {
        close(*fd);
        *fd = -1;
    }
}

static void talk(struct filter *filter, int *ours)
{
    struct slice rest = filter->input;
    if (rest.size == 0) {
        close(ours[INPUT]);
        ours[INPUT] = -1;
    }
    while (ours[OUTPUT] >= 0 || ours[ERRORS] >= 0) {
        struct pollfd polls[STREAMS] = {
            {ours[INPUT], POLLOUT, 0}, {ours[OUTPUT], POLLIN, 0}, {ours[ERRORS], POLLIN, 0}};
        if (poll(polls, STREAMS, -1) < 0)
            continue;
        if (polls[INPUT].revents)
            feed(&ours[INPUT], &rest);
        if (polls[OUTPUT].revents)
            collect(&ours[OUTPUT], &filter->out);
        if (polls[ERRORS].revents)
            collect(&ours[ERRORS], &filter->errors);
    }
}

int filter_run(struct filter *filter, struct error *error)
{
    struct streams streams;
    pid_t child = -1;
    int number = open_streams(&streams) == 0 ? 0 : errno, status = 0;
    if (number == 0)
        number = start(&child, filter, &streams);
    close_all(streams.theirs);
    if (number == 0)
        talk(filter, streams.ours);
    close_all(streams.ours);
    if (number != 0)
        return error_system(error, ERROR_MACHINE, number, "cannot run %s", filter->arguments[0]);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_system(
                error, ERROR_MACHINE, errno, "cannot wait for %s", filter->arguments[0]);
    filter->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return 0;
}

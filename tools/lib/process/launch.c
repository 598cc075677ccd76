/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* clone, sched_setaffinity, personality */
#include "process/clock.h"
#include "process/spawner_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The child shares the small process's memory until its exec (CLONE_VM |
 * CLONE_VFORK: nothing is copied, and the parent stands still), so it can leave
 * its errno and the time of its exec where the parent finds them. It must touch
 * nothing else, and allocate nothing. A fork would cost a fifth more for a short
 * program (measured).
 */
struct launch {
    const struct spawner_server *server;
    const struct process_spec *spec;
    struct process_result *result;
};

static int fail(struct launch *launch, enum process_stage stage, int number)
{
    launch->result->failed = stage;
    launch->result->start_error = number;
    return -1;
}

static int open_stream(const struct launch *launch, const struct process_stream *stream, int wanted,
    int pipe_end, int *target)
{
    *target = -1;
    int flags = wanted == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
    switch (stream->kind) {
    case PROCESS_INHERIT: return 0;
    case PROCESS_PIPE: *target = pipe_end; return 0;
    case PROCESS_FILE: *target = open(stream->path, flags | O_CLOEXEC | O_NOCTTY, 0666); break;
    case PROCESS_NULL: *target = launch->server->null; break;
    }
    return *target < 0 ? -1 : 0;
}

static int connect_streams(struct launch *launch)
{
    const struct process_spec *spec = launch->spec;
    const struct spawner_pipes *pipes = &launch->server->pipes[spawner_channel(spec)];
    int target[3];

    if (open_stream(launch, &spec->input, STDIN_FILENO, -1, &target[0]) != 0)
        return fail(launch, PROCESS_STAGE_INPUT, errno);
    if (open_stream(launch, &spec->output, STDOUT_FILENO, pipes->output[1], &target[1]) != 0 ||
        open_stream(launch, &spec->errors, STDERR_FILENO, pipes->errors[1], &target[2]) != 0)
        return fail(launch, PROCESS_STAGE_OUTPUT, errno);
    /* The standard descriptors are open in the tool, so none of the targets is one of them. */
    for (int fd = 0; fd < 3; fd++)
        if (target[fd] >= 0 && dup2(target[fd], fd) < 0)
            return fail(launch, PROCESS_STAGE_OUTPUT, errno);
    return 0;
}

static int place(struct launch *launch)
{
    const struct process_spec *spec = launch->spec;
    if (spec->cpus) {
        cpu_set_t set;
        CPU_ZERO(&set);
        for (size_t i = 0; i < spec->cpu_count; i++)
            CPU_SET(spec->cpus[i], &set);
        if (sched_setaffinity(0, sizeof set, &set) != 0)
            return fail(launch, PROCESS_STAGE_CPUS, errno);
    }
    if (spec->set_nice && setpriority(PRIO_PROCESS, 0, spec->nice) != 0)
        return fail(launch, PROCESS_STAGE_NICE, errno);
    if (spec->no_aslr && personality(ADDR_NO_RANDOMIZE) < 0)
        return fail(launch, PROCESS_STAGE_ASLR, errno);
    return 0;
}

static const char *search_path(const struct process_spec *spec)
{
    for (char *const *entry = spec->environment; *entry; entry++)
        if (strncmp(*entry, "PATH=", 5) == 0)
            return *entry + 5;
    return "/usr/local/bin:/usr/bin:/bin";
}

/* The program's path by an entry of PATH; false where that is too long to be one. */
static bool join(char *path, const char *entry, const char *name)
{
    size_t length = strcspn(entry, ":"), name_length = strlen(name);
    if (length + name_length + 2 > PATH_MAX)
        return false;
    memcpy(path, entry, length);
    if (length > 0)
        path[length++] = '/';
    memcpy(path + length, name, name_length + 1);
    return true;
}

/* 0 for a file that may be executed, else the errno that exec would give. */
static int executable(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return EACCES;
    return access(path, X_OK) == 0 ? 0 : errno;
}

/* As execvp does, a file that may not be executed is remembered but the search goes on. */
static int search(const struct process_spec *spec, char *path, const char **found)
{
    const char *name = spec->arguments[0];
    int number = ENOENT;
    for (const char *at = search_path(spec); *name != '\0'; at++) {
        if (join(path, at, name)) {
            int result = executable(path);
            *found = result == 0 ? at : NULL;
            if (result == 0)
                return 0;
            if (result == EACCES)
                number = EACCES;
        }
        at += strcspn(at, ":");
        if (*at == '\0')
            break;
    }
    return number;
}

/*
 * Looked up before the clock starts, so that a long PATH costs the program
 * nothing. Returns where there is no such program, with the errno.
 */
static int exec_program(const struct launch *launch)
{
    const struct process_spec *spec = launch->spec;
    const char **found = &launch->server->found[spec - launch->server->specs];
    const char *name = spec->arguments[0], *path = name;
    char joined[PATH_MAX];

    for (bool remembered = true; remembered;) {
        remembered = *found && join(joined, *found, name);
        if (!strchr(name, '/')) {
            int number = remembered ? 0 : search(spec, joined, found);
            if (number != 0)
                return number;
            path = joined;
        }
        launch->result->start_ns = clock_monotonic();
        execve(path, (char *const *)spec->arguments, spec->environment);
        *found = NULL;
    }
    return errno;
}

void launch_forget(struct spawner_server *server)
{
    memset(server->found, 0, server->count * sizeof *server->found);
}

static int become_program(void *argument)
{
    struct launch *launch = argument;
    const struct process_spec *spec = launch->spec;

    setpgid(0, 0);
    if (connect_streams(launch) != 0)
        return -1;
    if (spec->directory && chdir(spec->directory) != 0)
        return fail(launch, PROCESS_STAGE_DIRECTORY, errno);
    if (place(launch) != 0)
        return -1;
    sigprocmask(SIG_SETMASK, &launch->server->signals, NULL);
    return fail(launch, PROCESS_STAGE_EXEC, exec_program(launch));
}

pid_t launch(struct spawner_server *server, const struct process_spec *spec, int *pidfd,
    struct process_result *result)
{
    struct launch launch = {server, spec, result};
    pid_t pid = clone(become_program, server->stack + LAUNCH_STACK,
        CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &launch, pidfd);
    if (pid < 0)
        return fail(&launch, PROCESS_STAGE_FORK, errno);
    return pid;
}

void process_start_message(
    const struct process_spec *spec, const struct process_result *result, char *out, size_t size)
{
    const char *program = spec->arguments[0];
    const char *text = strerror(result->start_error);
    switch (result->failed) {
    case PROCESS_STARTED: snprintf(out, size, "it ran"); break;
    case PROCESS_STAGE_FORK: snprintf(out, size, "cannot start a process: %s", text); break;
    case PROCESS_STAGE_DIRECTORY:
        snprintf(out, size, "cannot change to %s: %s", spec->directory, text);
        break;
    case PROCESS_STAGE_INPUT:
        snprintf(out, size, "cannot read %s as its input: %s",
            spec->input.path ? spec->input.path : "/dev/null", text);
        break;
    case PROCESS_STAGE_OUTPUT:
        snprintf(out, size, "cannot write its output to %s: %s",
            spec->output.path ? spec->output.path : "/dev/null", text);
        break;
    case PROCESS_STAGE_CPUS:
        snprintf(out, size, "cannot run %s on the processors that are asked for: %s", program,
            spec->cpus && result->start_error == EINVAL ? "none of them is there" : text);
        break;
    case PROCESS_STAGE_NICE:
        snprintf(out, size, "cannot run %s at nice %d: %s", program, spec->nice, text);
        break;
    case PROCESS_STAGE_ASLR:
        snprintf(out, size, "cannot keep the addresses of %s from being drawn: %s", program, text);
        break;
    case PROCESS_STAGE_EXEC:
        if (result->start_error == ENOENT && !strchr(program, '/'))
            snprintf(out, size, "cannot run %s: there is no such program in PATH", program);
        else if (result->start_error == ENOEXEC)
            snprintf(out, size,
                "cannot run %s: it is neither a program nor a script that starts with #!", program);
        else if (result->start_error == ENOENT)
            snprintf(out, size, "cannot run %s: it, or the interpreter that it names, is not there",
                program);
        else if (result->start_error == EACCES)
            snprintf(out, size, "cannot run %s: it is not executable", program);
        else
            snprintf(out, size, "cannot run %s: %s", program, text);
        break;
    }
}

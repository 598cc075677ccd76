/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/output.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "base/nameless.h"
#include "base/writeout.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 128 * 1024, WRITEOUT = 8 << 20, LINKS_FOLLOWED = 40 };

struct output {
    int fd;
    bool close_fd;
    bool regular;
    int failure;              /* the errno of the first failed write, 0 while there is none */
    char *name;               /* for messages */
    char *target, *temporary; /* NULL when written in place */
    struct cleanup *cleanup;  /* of temporary; NULL while the file has no name */
    uint64_t written, begun;  /* bytes of the temporary file: there, and on their way to the disk */
    bool synced;              /* what is written is on the disk */
    size_t used;
    char *block; /* BLOCK bytes */
};

static struct output *output_create(const char *name)
{
    struct output *output = memory_zero(1, sizeof *output);
    output->fd = -1;
    output->name = memory_text(name);
    output->block = memory_take(BLOCK);
    return output;
}

static void output_free(struct output *output)
{
    if (output->close_fd && output->fd >= 0)
        close(output->fd);
    if (output->cleanup && output->temporary) {
        unlink(output->temporary);
        cleanup_drop(output->cleanup);
    }
    free(output->name);
    free(output->target);
    free(output->temporary);
    free(output->block);
    free(output);
}

static int fail_to_write(const struct output *output, struct error *error)
{
    return error_system(error, ERROR_MACHINE, errno, "cannot write %s", output->name);
}

/* The file at the end of a chain of symbolic links, there or not yet there. */
static char *follow_links(const char *path, struct error *error)
{
    char *at = memory_text(path);
    for (int i = 0; i < LINKS_FOLLOWED; i++) {
        char link[PATH_MAX];
        ssize_t length = readlink(at, link, sizeof link - 1);
        if (length < 0)
            return at;
        link[length] = '\0';
        const char *slash = strrchr(at, '/');
        char *next = link[0] == '/' || !slash
                         ? memory_text(link)
                         : memory_format("%.*s/%s", (int)(slash - at), at, link);
        free(at);
        at = next;
    }
    free(at);
    error_system(error, ERROR_MACHINE, ELOOP, "cannot write %s", path);
    return NULL;
}

/* A pipe's other end may let open wait, and a signal may end the wait. */
static int open_patiently(const char *path, int flags)
{
    int fd;
    do
        fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static int open_in_place(struct output *output, struct error *error)
{
    output->fd = open_patiently(output->name, 0);
    if (output->fd < 0)
        return fail_to_write(output, error);
    output->close_fd = true;
    return 0;
}

static int open_temporary(struct output *output, const struct stat *old, struct error *error)
{
    const char *slash = strrchr(output->target, '/');
    const char *base = slash ? slash + 1 : output->target;
    int folder = slash ? (int)(slash - output->target) + 1 : 0;
    char *place = folder ? memory_format("%.*s", folder, output->target) : memory_text(".");
    output->temporary = memory_format("%.*s.%.200s.XXXXXX", folder, output->target, base);
    output->fd = nameless_open(place);
    free(place);
    if (output->fd < 0 && errno == ENOTSUP)
        output->fd = cleanup_temporary(&output->cleanup, output->temporary);
    if (output->fd < 0)
        return fail_to_write(output, error);
    output->close_fd = true;
    output->regular = true;

    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = old ? old->st_mode & 07777 : (mode_t)0666 & ~mask;
    /* A file system without modes may refuse; the file is ours, or it could not be there. */
    if (fchmod(output->fd, mode) != 0 && errno != EPERM)
        return error_system(error, ERROR_MACHINE, errno, "cannot set the mode of %s", output->name);
    return 0;
}

struct output *output_of_descriptor(int fd, const char *name)
{
    struct stat status;
    struct output *output = output_create(name);
    output->fd = fd;
    output->regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    return output;
}

/* The descriptor that path stands for, -1 for none. Opened anew, a file would be written from
 * its beginning, and a pipe has no name to open. */
static int descriptor_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
        size_t length = strlen(folders[i]);
        const char *digits = path + length;
        if (strncmp(path, folders[i], length) == 0 && digits[0] != '\0' && strlen(digits) < 7 &&
            digits[strspn(digits, "0123456789")] == '\0')
            return (int)strtol(digits, NULL, 10);
    }
    return -1;
}

static bool open_descriptor(struct output **out, const char *path)
{
    int fd = path ? descriptor_of(path) : STDOUT_FILENO;
    if (fd >= 0)
        *out = output_of_descriptor(fd, fd == STDOUT_FILENO ? "standard output" : path);
    return fd >= 0;
}

int output_open(struct output **out, const char *path, struct error *error)
{
    *out = NULL;
    struct stat status;
    if (open_descriptor(out, path))
        return 0;
    if (path[0] == '\0')
        return error_set(error, ERROR_USAGE, "the name of the output file is empty");

    struct output *output = output_create(path);
    int result;
    output->target = follow_links(path, error);
    if (!output->target)
        result = -1;
    else if (stat(output->target, &status) != 0 && errno != ENOENT)
        result = error_system(error, ERROR_MACHINE, errno, "cannot write %s", path);
    else if (errno = 0, stat(output->target, &status) != 0)
        result = open_temporary(output, NULL, error);
    else if (S_ISDIR(status.st_mode))
        result = error_system(error, ERROR_MACHINE, EISDIR, "cannot write %s", path);
    else if (!S_ISREG(status.st_mode))
        result = open_in_place(output, error);
    else
        result = open_temporary(output, &status, error);
    if (result != 0) {
        output_free(output);
        return -1;
    }
    *out = output;
    return 0;
}

int output_append(struct output **out, const char *path, struct error *error)
{
    *out = NULL;
    if (open_descriptor(out, path))
        return 0;
    struct output *output = output_create(path);
    output->fd = open_patiently(path, O_APPEND | O_CREAT);
    if (output->fd < 0) {
        error_system(error, ERROR_MACHINE, errno, "cannot write %s", path);
        output_free(output);
        return -1;
    }
    struct stat status;
    output->close_fd = true;
    output->regular = fstat(output->fd, &status) == 0 && S_ISREG(status.st_mode);
    *out = output;
    return 0;
}

static int report_failure(const struct output *output, struct error *error)
{
    return error_system(error, ERROR_MACHINE, output->failure, "cannot write %s", output->name);
}

/* A pipe or terminal whose open file another program told not to wait. */
static bool wait_for_room(int fd)
{
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

static int write_all(struct output *output, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(output->fd, bytes, count);
        if (written < 0 && (errno == EINTR || wait_for_room(output->fd)))
            continue;
        if (written < 0) {
            output->failure = errno;
            return -1;
        }
        bytes += written;
        count -= (size_t)written;
        output->written += (uint64_t)written;
        output->synced = false;
    }
    return 0;
}

/* The disk works while the next bytes are made, and the sync at the end waits for little. */
static void begin_writeout(struct output *output)
{
    if (!output->temporary || output->written - output->begun < WRITEOUT)
        return;
    writeout_begin(output->fd, output->begun, output->written - output->begun);
    output->begun = output->written;
}

int output_flush(struct output *output, struct error *error)
{
    size_t used = output->used;
    output->used = 0;
    if (output->failure != 0 || write_all(output, output->block, used) != 0)
        return report_failure(output, error);
    begin_writeout(output);
    return 0;
}

int output_write(struct output *output, struct slice bytes, struct error *error)
{
    if (bytes.size > BLOCK - output->used && output_flush(output, error) != 0)
        return -1;
    if (output->failure != 0)
        return report_failure(output, error);
    if (bytes.size >= BLOCK) {
        if (write_all(output, bytes.data, bytes.size) != 0)
            return report_failure(output, error);
        begin_writeout(output);
        return 0;
    }
    if (bytes.size)
        memcpy(output->block + output->used, bytes.data, bytes.size);
    output->used += bytes.size;
    return 0;
}

static int close_descriptor(struct output *output, struct error *error)
{
    int fd = output->fd;
    output->close_fd = false;
    output->fd = -1;
    if (close(fd) == 0 || errno == EINTR)
        return 0;
    output->failure = errno;
    return report_failure(output, error);
}

static int sync_descriptor(struct output *output, struct error *error)
{
    int result;
    do
        result = fsync(output->fd);
    while (result != 0 && errno == EINTR);
    output->synced = result == 0 || errno == EINVAL || errno == EROFS;
    if (output->synced)
        return 0;
    output->failure = errno;
    return report_failure(output, error);
}

/* A file without a descriptor, since output_rest, gets one for as long as that takes. */
static int sync_resting(struct output *output, struct error *error)
{
    do
        output->fd = open(output->temporary, O_RDONLY | O_CLOEXEC);
    while (output->fd < 0 && errno == EINTR);
    if (output->fd < 0)
        return fail_to_write(output, error);
    output->close_fd = true;
    return sync_descriptor(output, error) == 0 ? close_descriptor(output, error) : -1;
}

int output_sync(struct output *output, struct error *error)
{
    if (output->fd >= 0 && output_flush(output, error) != 0)
        return -1;
    if (!output->regular || output->synced)
        return 0;
    return output->fd >= 0 ? sync_descriptor(output, error) : sync_resting(output, error);
}

/* Without a descriptor a file needs a name. */
static int take_temporary_name(struct output *output, struct error *error)
{
    if (output->cleanup || cleanup_name(&output->cleanup, output->fd, output->temporary) == 0)
        return 0;
    return fail_to_write(output, error);
}

/* 1: a file that had no name has the target's. 0: it has the temporary one. */
static int take_first_name(struct output *output, struct error *error)
{
    if (output->cleanup)
        return 0;
    if (nameless_name(output->fd, output->target) == 0)
        return 1;
    return errno == EEXIST ? take_temporary_name(output, error) : fail_to_write(output, error);
}

/* Its last errors (a full disk over the network) show when a descriptor is closed, and that of a
 * file without a name is needed on. */
static int close_before_name(struct output *output, struct error *error)
{
    int kept = output->cleanup ? -1 : dup(output->fd);
    if (!output->cleanup && kept < 0)
        return fail_to_write(output, error);
    int result = close_descriptor(output, error);
    output->fd = kept;
    output->close_fd = true;
    return result;
}

static int take_name(struct output *output, struct error *error)
{
    if (output_sync(output, error) != 0 ||
        (output->fd >= 0 && close_before_name(output, error) != 0))
        return -1;
    int named = take_first_name(output, error);
    if (named != 0)
        return named < 0 ? -1 : 0;
    if (rename(output->temporary, output->target) != 0)
        return fail_to_write(output, error);
    cleanup_drop(output->cleanup);
    output->cleanup = NULL;
    return 0;
}

/* Standard output stays open for the program's last words, but its errors show
 * only when a descriptor of it is closed (a full disk over the network). */
static int close_in_place(struct output *output, struct error *error)
{
    if (output_flush(output, error) != 0)
        return -1;
    if (!output->close_fd)
        output->fd = dup(output->fd);
    return output->fd >= 0 ? close_descriptor(output, error) : 0;
}

int output_rest(struct output *output, struct error *error)
{
    struct stat status;
    if (output_flush(output, error) != 0)
        return -1;
    if (output->temporary) {
        writeout_begin(output->fd, output->begun, 0);
        /* What even its owner must not read could not be opened again. */
        if (take_temporary_name(output, error) != 0)
            return -1;
        bool readable = fstat(output->fd, &status) == 0 && (status.st_mode & S_IRUSR);
        if (!readable && sync_descriptor(output, error) != 0)
            return -1;
        if (close_descriptor(output, error) != 0)
            return -1;
    }
    free(output->block);
    output->block = NULL;
    return 0;
}

int output_commit(struct output *output, struct error *error)
{
    if (!output)
        return 0;
    int result = output->temporary ? take_name(output, error) : close_in_place(output, error);
    output_free(output);
    return result;
}

void output_abandon(struct output *output)
{
    if (output)
        output_free(output);
}

int output_settle(struct output *output, bool whole, struct error *error)
{
    if (whole || !output || !output->temporary)
        return output_commit(output, error);
    output_abandon(output);
    return 0;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The last name of a path; *folder is what it lies in. */
static const char *split_path(const char *path, struct stat *folder, bool *known)
{
    const char *slash = strrchr(path, '/');
    char *name = slash ? memory_text_n(path, (size_t)(slash - path) + 1) : memory_text(".");
    *known = stat(name, folder) == 0;
    free(name);
    return slash ? slash + 1 : path;
}

/* Neither is there yet. */
static bool same_place(const char *a, const char *b)
{
    struct stat folders[2];
    bool known[2];
    const char *name = split_path(a, &folders[0], &known[0]);
    return strcmp(name, split_path(b, &folders[1], &known[1])) == 0 && known[0] && known[1] &&
           same_file(&folders[0], &folders[1]);
}

bool output_same(const char *a, const char *b)
{
    struct stat first, second;
    if (!a || !b || descriptor_of(a) >= 0 || descriptor_of(b) >= 0)
        return false;
    bool there = stat(a, &first) == 0, other = stat(b, &second) == 0;
    if (there && other)
        return S_ISREG(first.st_mode) && same_file(&first, &second);
    return !there && !other && same_place(a, b);
}

bool output_pipe_closed(const struct output *output)
{
    return output->failure == EPIPE;
}

int output_put(const char *path, struct slice text, bool whole, struct error *error)
{
    struct output *output;
    if (output_open(&output, path, error) != 0)
        return -1;
    assert(output);
    output_write(output, text, error);
    return output_settle(output, whole, error);
}

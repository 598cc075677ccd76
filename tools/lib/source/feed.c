/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ptrdiff_t read_file(struct feed *feed, void *out, size_t size, struct error *error)
{
    for (;;) {
        ssize_t count = read(feed->fd, out, size);
        if (count >= 0)
            return count;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            /* Standard input may share its open file with a program that does not wait. */
            struct pollfd wait = {.fd = feed->fd, .events = POLLIN};
            if (poll(&wait, 1, -1) >= 0)
                continue;
        }
        if (errno != EINTR)
            return error_system(error, ERROR_INPUT, errno, "cannot read");
    }
}

static void close_file(struct feed *feed)
{
    if (feed->fd != STDIN_FILENO)
        close(feed->fd);
    feed->fd = -1;
}

static ptrdiff_t read_bytes(struct feed *feed, void *out, size_t size, struct error *error)
{
    (void)error;
    size_t count = size < feed->size ? size : feed->size;
    if (count > 0)
        memcpy(out, feed->bytes, count);
    feed->bytes += count;
    feed->size -= count;
    return (ptrdiff_t)count;
}

static void close_bytes(struct feed *feed)
{
    free(feed->owned);
    feed->owned = NULL;
}

/* A socket cannot be opened by that name, but it can be read. */
static int is_standard_input(const char *path)
{
    return !path || strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0;
}

int feed_open_file(struct feed *feed, const char *path, struct error *error)
{
    struct stat status;
    *feed = (struct feed){.read = read_file, .close = close_file, .fd = STDIN_FILENO};

    if (!is_standard_input(path)) {
        do
            feed->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        while (feed->fd < 0 && errno == EINTR);
    }
    if (feed->fd < 0)
        return error_system(error, ERROR_INPUT, errno, "cannot open");
    if (fstat(feed->fd, &status) != 0) {
        error_system(error, ERROR_INPUT, errno, "cannot read");
        close_file(feed);
        return -1;
    }
    if (S_ISDIR(status.st_mode)) {
        close_file(feed);
        return 1;
    }
    if (S_ISREG(status.st_mode))
        posix_fadvise(feed->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return 0;
}

void feed_open_bytes(struct feed *feed, char *bytes, size_t size)
{
    *feed = (struct feed){.read = read_bytes, .close = close_bytes, .fd = -1};
    feed->bytes = feed->owned = bytes;
    feed->size = size;
}

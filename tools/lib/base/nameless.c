/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NAMES_TRIED = 1000, PLACES = 6 };

/* What a kernel or a file system says that has no such files. */
static int without(int number)
{
    return number == EISDIR || number == EINVAL || number == ENOSYS ? ENOTSUP : number;
}

int nameless_open(const char *folder)
{
    int fd;
    /* The name will be given through /proc, which a chroot may lack. */
    if (access("/proc/self/fd", X_OK) != 0) {
        errno = ENOTSUP;
        return -1;
    }
    do
        fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        errno = without(errno);
    return fd;
}

int nameless_name(int fd, const char *path)
{
    char file[32];
    snprintf(file, sizeof file, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, file, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

/* Programs of one machine have different numbers; a name that is taken all the same is passed. */
static void fill_pattern(char *pattern, unsigned attempt)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    unsigned number = (unsigned)getpid() + attempt * 40503U;
    char *end = pattern + strlen(pattern);
    for (int place = 1; place <= PLACES; place++, number /= sizeof digits - 1)
        end[-place] = digits[number % (sizeof digits - 1)];
}

int nameless_name_temporary(int fd, char *pattern)
{
    int result = -1;
    errno = EEXIST;
    for (unsigned attempt = 0; result != 0 && errno == EEXIST && attempt < NAMES_TRIED; attempt++) {
        fill_pattern(pattern, attempt);
        result = nameless_name(fd, pattern);
    }
    return result;
}

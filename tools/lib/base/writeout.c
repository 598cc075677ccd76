/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* sync_file_range */
#include "base/writeout.h"

#include <errno.h>
#include <fcntl.h>

void writeout_begin(int fd, uint64_t offset, uint64_t size)
{
    int number = errno;
    /* What fails is found again by fsync. */
    (void)sync_file_range(fd, (off64_t)offset, (off64_t)size, SYNC_FILE_RANGE_WRITE);
    errno = number;
}

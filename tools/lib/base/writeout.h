/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_WRITEOUT_H
#define BASE_WRITEOUT_H

#include <stdint.h>

/*
 * Asks the system to begin with writing size bytes of a file from offset on (0:
 * up to its end) to the disk, so that a later fsync has less to wait for. A hint:
 * where it cannot be followed, fsync does it all.
 */
void writeout_begin(int fd, uint64_t offset, uint64_t size);

#endif

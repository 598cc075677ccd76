/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_NAMELESS_H
#define BASE_NAMELESS_H

#include "base/compiler.h"

/*
 * A file that has no name until it is whole: whatever ends the program before,
 * SIGKILL or a crash of the machine, nothing of it remains. Linux only.
 */

/*
 * A new file in folder, to be written, with the mode 0666 less the umask; its
 * descriptor (close-on-exec), or -1 with errno. ENOTSUP: this file system, or
 * this system, has no such files.
 */
int nameless_open(const char *folder) MUST_USE;

/* Gives the file a name, in the folder it was opened in. -1 with errno; EEXIST: the name is taken,
 * and the file still has none. */
int nameless_name(int fd, const char *path) MUST_USE;
/* The same with a name that is free, which replaces the XXXXXX that pattern ends in. */
int nameless_name_temporary(int fd, char *pattern) MUST_USE;

#endif

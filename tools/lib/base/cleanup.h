/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include "base/compiler.h"

/*
 * Temporary files that must be gone after any end of the program: a normal one,
 * no memory left, or a signal. The list is the library's one piece of global
 * state, because a signal handler has no other way to it.
 */
struct cleanup;

/*
 * As mkostemp with O_CLOEXEC: a new file whose name replaces the XXXXXX that
 * pattern ends in, and its descriptor; -1 with errno. The file is on the list
 * from its first instant, and *out, set on success, is its entry: for
 * cleanup_drop, once the file is renamed or removed. For one thread at a time.
 */
int cleanup_temporary(struct cleanup **out, char *pattern) MUST_USE;
/* The same for a file that is there already and has no name yet (base/nameless.h): it gets one.
 * 0, or -1 with errno. */
int cleanup_name(struct cleanup **out, int fd, char *pattern) MUST_USE;
/* The path is no longer removed at the end; the entry is void. */
void cleanup_drop(struct cleanup *entry);
/* Removes all files on the list. Async-signal-safe; called at most once matters. */
void cleanup_run(void);

#endif

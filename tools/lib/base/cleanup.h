/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

/*
 * Temporary files that must be gone after any end of the program: a normal one,
 * no memory left, or a signal. The list is the library's one piece of global
 * state, because a signal handler has no other way to it.
 */
struct cleanup;

/* Remembers a copy of path; forget it with cleanup_drop once it is renamed. */
struct cleanup *cleanup_add(const char *path);
/* The path is no longer removed at the end; the entry is void. */
void cleanup_drop(struct cleanup *entry);
/* Removes all files on the list. Async-signal-safe; called at most once matters. */
void cleanup_run(void);

#endif

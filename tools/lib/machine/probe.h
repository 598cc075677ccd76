/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MACHINE_PROBE_H
#define MACHINE_PROBE_H

#include "base/arena.h"
#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads the small files in which the kernel tells about itself, below a folder
 * that stands for "/" (tests make such folders). What cannot be read is unknown,
 * never an error.
 */
struct probe {
    const char *root; /* "" for the machine itself */
    struct arena *arena;
};

#define UNKNOWN_COUNT INT64_MIN
enum { PROBE_FILE_CEILING = 1024 * 1024 };

/* The file as a text without its last newline, in the arena; NULL where it cannot be read. */
char *probe_text(const struct probe *probe, const char *format, ...) PRINTF_LIKE(2, 3);
/* The start of a file, into out with a NUL, by one read and without the arena: for files of which
 * there are many. false where it cannot be read. */
bool probe_start(const struct probe *probe, const char *path, char *out, size_t size);
/* The first whole number of a file, or UNKNOWN_COUNT. */
int64_t probe_count(const struct probe *probe, const char *format, ...) PRINTF_LIKE(2, 3);
bool probe_exists(const struct probe *probe, const char *path);
/* The names in a folder that start with prefix, in the order of numbers in them; count 0 where
 * there is none. */
char **probe_names(
    const struct probe *probe, const char *folder, const char *prefix, size_t *count);

/* The value behind "NAME:" or "NAME=" at the start of a line of text, trimmed and without quotes
 * around it, in the arena; NULL. */
char *probe_field(const struct probe *probe, const char *text, const char *name);
/* The first whole number of text (NULL is fine), or UNKNOWN_COUNT. */
int64_t probe_number(const char *text);

/* Calls take for each processor in a list such as "0-3,8"; false where the text is no such list. */
bool probe_each(const char *list, void (*take)(void *context, unsigned number), void *context);
/* How many a list names; UNKNOWN_COUNT for no list. */
int64_t probe_list_size(const char *list);

#endif

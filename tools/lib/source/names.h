/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_NAMES_H
#define SOURCE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* A list of names; each of them, and the array, goes back with free(). */
struct names {
    char **items;
    size_t count, capacity;
};

#define NAMES_INIT                                                                                 \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

/* Takes name. */
void names_add(struct names *names, char *name);
/* By bytes. */
void names_sort(struct names *names);
void names_release(struct names *names);

/* A file that a folder given as operand stands for: *.jsonl, *.jsonl.gz, *.jsonl.zst, not hidden.
 */
bool names_report(const char *name);

#endif

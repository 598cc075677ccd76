/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SISTERS_H
#define SISTERS_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#include <stddef.h>

/* The other tools: every program bench-NAME beside this one. */
struct sisters {
    char **names; /* sorted, without "bench-" */
    size_t count, capacity;
    char *folder;
};

int sisters_find(struct sisters *out, struct error *error) MUST_USE;
void sisters_release(struct sisters *sisters);

/* The path of one; NULL where it is not there, with the nearest name in *near (NULL for none). */
char *sisters_path(const struct sisters *sisters, const char *name, const char **near) MUST_USE;

/* What `bench-NAME QUESTION` prints. */
int sisters_ask(const struct sisters *sisters, const char *name, const char *question,
    struct buffer *answer, struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_FEED_H
#define SOURCE_FEED_H

#include "base/compiler.h"
#include "base/error.h"

#include <stddef.h>

/*
 * Where the bytes come from, before anything is unpacked: an open file, or a
 * blob of a repository. read and close as source_read and source_close.
 */
struct feed {
    ptrdiff_t (*read)(struct feed *feed, void *out, size_t size, struct error *error);
    void (*close)(struct feed *feed);
    int fd;            /* of an open file */
    const char *bytes; /* of bytes that lie in memory: what is left of them */
    size_t size;
    void *owned; /* goes back with free() at the end */
};

/* 0 and an open file, 1 where path is a folder. path NULL or "-" is standard input. */
int feed_open_file(struct feed *feed, const char *path, struct error *error) MUST_USE;
/* Bytes in memory, which the feed takes. */
void feed_open_bytes(struct feed *feed, char *bytes, size_t size);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_UNPACK_H
#define SOURCE_UNPACK_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A format of packed bytes, as source.c drives it. Several streams of one
 * format, one behind the other, are one input (gzip's members, zstd's frames).
 */
struct unpacker {
    const char *name; /* as messages call it */
    void *(*create)(void);
    /*
     * Takes bytes from the front of in and writes up to size bytes to out;
     * *written says how many. A call with bytes in in takes or writes
     * some, unless the one before filled out. With in empty it writes what is
     * still held back.
     */
    int (*step)(void *state, struct slice *in, void *out, size_t size, size_t *written,
        struct error *error);
    /* No stream is open: the input may end here. */
    bool (*complete)(const void *state);
    void (*free)(void *state);
};

extern const struct unpacker unpack_gzip;
extern const struct unpacker unpack_zstd;

enum { UNPACK_SIGNATURE = 4 };

/*
 * *out is what unpacks an input that begins with head (its first
 * UNPACK_SIGNATURE bytes, or all where it is shorter), NULL where nothing is
 * packed. A format that is known but not read is an error that says so.
 */
int unpack_choose(const struct unpacker **out, struct slice head, struct error *error) MUST_USE;

#endif

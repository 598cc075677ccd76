/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INPUTS_H
#define INPUTS_H

#include "base/compiler.h"
#include "base/error.h"
#include "source/blocks.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/*
 * The inputs of a merge, by number. Lines of a large file that is not packed
 * are not copied while it is read; they are read a second time when they are
 * written, from the same file, which must be as it was.
 */
enum {
    INPUT_LARGE = 1 << 20, /* a smaller file is copied */
    INPUTS_OPEN = 128      /* how many are held open for their second reading */
};

struct input {
    const char *name; /* borrowed from the blocks */
    bool again;       /* it can be read again */
    bool spoilt;      /* it was changed when it was let go */
    int fd;           /* -1: not open now */
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
};

struct inputs {
    struct input *items;
    size_t count, capacity;
    size_t open, oldest; /* of those held open */
};

void inputs_release(struct inputs *inputs);
/* A new input, of which block is the first. Returns its number. */
uint32_t inputs_add(struct inputs *inputs, const struct block *block);
/*
 * Exactly size bytes from offset on. -1 where the file is not what it was.
 */
int inputs_read(struct inputs *inputs, uint32_t input, uint64_t offset, char *out, size_t size,
    struct error *error) MUST_USE;
/* At the end: -1 where a file that was read again was changed meanwhile. */
int inputs_check(struct inputs *inputs, struct error *error) MUST_USE;

#endif

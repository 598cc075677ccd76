/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_INPUT_H
#define TOOL_INPUT_H

#include "base/compiler.h"
#include "base/options.h"
#include "source/blocks.h"

#include <stdlib.h>

/*
 * What the FILE operands of a filter hold, one after the other, in blocks of
 * whole lines; standard input where there are none.
 */
struct input;

void input_close(struct input *input);
/* repository, of git:REV:PATH, is -C's: NULL is the current folder's. All is borrowed. */
struct input *input_open(const struct operands *operands, const char *repository,
    const struct blocks_options *options) OWNED(input_close);
/* Until input_close. */
struct blocks *input_blocks(struct input *input);

#endif

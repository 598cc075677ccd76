/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "base/buffer.h"
#include "base/slice.h"

/*
 * What a program keeps for itself between calls, with a head in front that says who
 * wrote it. The bytes are of this kind of machine and of one version of the
 * program: `writer` (up to SEAL_WRITER bytes) says which, and every other is
 * refused, as is what a checksum does not hold for. It catches what happens to
 * files, and no malice.
 */
enum { SEAL_WRITER = 71, SEAL_HEAD = 112 };

/* What was sealed, borrowed from bytes; data NULL where they are not whole and of this
 * writer. It is aligned as malloc aligns, if the bytes are. */
struct slice seal_open(struct slice bytes, const char *writer);
/* Appends head and body to out. */
void seal_write(struct buffer *out, struct slice body, const char *writer);

#endif

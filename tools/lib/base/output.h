/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Where a tool writes. A file that is named is whole or untouched: the bytes go
 * into a file in the same folder that has no name (base/nameless.h), or where
 * there are no such ones a temporary one. It takes the name at output_commit and
 * is gone after any other end. The mode of a file that is
 * replaced is kept; through a symbolic link the file it points at is replaced.
 * What is not a regular file (/dev/null, a pipe, a terminal) is written in
 * place, and so is an open descriptor (/dev/stdout, /dev/fd/N), where it stands.
 *
 * Writes are collected in blocks; the first failure is kept and every later
 * call returns it again, so a caller may check only output_commit.
 */
struct output;

/* path NULL or "-" is standard output. */
int output_open(struct output **out, const char *path, struct error *error) MUST_USE;
/* A descriptor that stays open: standard error. name is for messages. */
struct output *output_of_descriptor(int fd, const char *name) MUST_USE;
/* Appends to path from its end, in place, and creates it if it is missing. */
int output_append(struct output **out, const char *path, struct error *error) MUST_USE;

int output_write(struct output *output, struct slice bytes, struct error *error);
/* Hands the collected bytes to the system, so that a reader of the pipe sees them. */
int output_flush(struct output *output, struct error *error);
/* Flushes, and waits until a regular file's bytes are on the disk. */
int output_sync(struct output *output, struct error *error);

/*
 * No more is written: flushes, and lets go of the descriptor and most of the
 * memory of a named file, so that thousands can wait for each other. What follows
 * is output_sync, output_commit or output_abandon.
 */
int output_rest(struct output *output, struct error *error) MUST_USE;

/*
 * Flushes, checks, gives the file its name and frees output, which may be NULL;
 * after a failure nothing of the new file remains.
 */
int output_commit(struct output *output, struct error *error) MUST_USE;
/* Frees output and leaves the named file as it was. */
void output_abandon(struct output *output);
/*
 * For the end of a filter: whole is output_commit. Where something is missing (an
 * input that could not be read) a named file stays as it was, but what goes to
 * standard output, or in place, goes there: nobody else has those lines.
 */
int output_settle(struct output *output, bool whole, struct error *error) MUST_USE;

/* All of that at once, for a text that stands ready. */
int output_put(const char *path, struct slice text, bool whole, struct error *error) MUST_USE;

/*
 * Whether two paths (NULL: none) are one regular file, there or not yet there: of
 * two outputs of that name one would be lost. What is written in place is none.
 */
bool output_same(const char *a, const char *b);

/* A reader that went away: no message is due (status 128 + SIGPIPE). */
bool output_pipe_closed(const struct output *output);

#endif

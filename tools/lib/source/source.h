/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "base/compiler.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Bytes from wherever a user's FILE operand points:
 *
 *     PATH            a file; gzip and zstd are seen by their first bytes
 *     PATH of a folder  its *.jsonl, *.jsonl.gz, *.jsonl.zst (not deeper), sorted by name
 *     - or nothing    standard input (compressed or not)
 *     git:REV:PATH    a file or folder in the object database of the repository;
 *                     the first ':' ends REV, PATH starts at the top of the repository;
 *                     with * ? [ in REV: of all tags of such names, each content once
 *
 * A file whose name begins with "git:" is ./git:…
 *
 * A `struct source` is one open stream of bytes; `struct sources` is the list of
 * the operands, opened one at a time as they are needed.
 */
struct source;

#define SOURCE_STDIN "<stdin>" /* how messages call standard input */
#define SOURCE_GIT   "git:"

/* Up to size bytes into out: the number read, 0 at the end, -1 with error: then
 * the source can only be closed. Not more is read than is there: a pipe's bytes come as they
 * come. size is at least 1. */
ptrdiff_t source_read(struct source *source, void *out, size_t size, struct error *error) MUST_USE;
/* How messages call it. Until source_close. */
const char *source_name(const struct source *source);
void source_close(struct source *source);

struct source_options {
    const char *repository; /* -C DIR; NULL is the current folder */
    const char *git_module; /* the path of git.so, from tool/place.h */
    bool raw;               /* do not unpack compressed bytes */
};

/* One operand that must be one file (not a folder). */
int source_open(struct source **out, const char *operand, const struct source_options *options,
    struct error *error) MUST_USE;

struct sources;

/* operands, options are borrowed until sources_free; no operand means standard input. */
struct sources *sources_create(
    const char *const *operands, size_t count, const struct source_options *options);
/* The bytes of one file that somebody has read already, and which it takes; packed or not. */
struct sources *sources_of_bytes(const char *name, char *bytes, size_t size);
void sources_free(struct sources *sources);
/*
 * 1 and the next open source (the caller closes it), 0 at the end, -1 for one
 * that cannot be opened; the next call goes on behind it. A folder without any
 * report is an error, and so is standard input named twice.
 */
int sources_next(struct sources *sources, struct source **out, struct error *error) MUST_USE;

/* The whole of one operand, for a document that is read at once; text has padding (LINE_PADDING).
 */
int source_read_whole(char **text, size_t *size, const char *operand, size_t ceiling,
    const struct source_options *options, struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_GIT_KNOWN_H
#define SOURCE_GIT_KNOWN_H

#include "base/buffer.h"
#include "base/slice.h"
#include "source/git_module.h"

/*
 * What a repository said of its objects, which never change: the commit that a tag's
 * object leads to, and the report files of a path in a commit. What is known need not
 * be asked for again; as bytes, sealed (base/seal.h), it can be kept between calls.
 * Texts (paths and the digits of objects) go by numbers, counted from 0.
 */
struct git_known;

struct git_known_file {
    uint32_t path, id;
};

struct git_known_files {
    const struct git_known_file *items;
    size_t count;
};

/* With what stands in the bytes, which are not needed any more; with nothing where they are no
 * sound ones of this writer. */
struct git_known *git_known_create(struct slice bytes, const char *writer);
void git_known_free(struct git_known *known);

/* false: it is not known. There is no summary. */
bool git_known_point(struct git_known *known, struct git_point *out, const struct git_id *target);
void git_known_add_point(
    struct git_known *known, const struct git_id *target, const struct git_point *point);

/* In the order they came in, until the next are added; false: they are not known. */
bool git_known_files(struct git_known *known, struct git_known_files *out,
    const struct git_id *commit, const char *path);
void git_known_add_files(struct git_known *known, const struct git_id *commit, const char *path,
    const struct git_files *files);

/* A text ends in a NUL and holds until git_known_free. */
const char *git_known_text(const struct git_known *known, uint32_t number);
size_t git_known_text_count(const struct git_known *known);

/* Whether anything was added. */
bool git_known_grew(const struct git_known *known);
/* Appended to out; what nobody asked for or added is kept as long as it is not the larger part. */
void git_known_write(const struct git_known *known, struct buffer *out, const char *writer);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CACHE_H
#define CACHE_H

#include "blobs.h"
#include "source/git_known.h"

/*
 * What was read before, kept in the repository's own folder: benchline/trend-histories
 * there, under the names of the contents, and benchline/trend-commits, what commits
 * and tags hold. Neither ever changes for its name. A file is used only as a whole:
 * one wrong byte, another version of the program or of the format, and everything is
 * read anew. That it cannot be read or written is no error.
 */
struct cache;

/* With --no-cache it holds what is asked for now, and nothing else. */
struct cache *cache_open(struct material *material);
void cache_free(struct cache *cache);

/* As repository_point and repository_files, for what is not known; there is no summary. */
int cache_point(struct cache *cache, struct git_point *out, const struct git_ref *tag,
    struct error *error) MUST_USE;
int cache_files(struct cache *cache, struct git_known_files *out, const struct git_id *commit,
    const char *path, struct error *error) MUST_USE;
/* Of the files that cache_files gave. */
const struct git_known *cache_known(const struct cache *cache);

/* Fills the histories of those that are known, until cache_free. */
void cache_find(struct cache *cache, struct blob *blobs, size_t count);
/* Keeps what is new, and of what no blob asked for at most as much. */
void cache_keep(struct cache *cache, const struct blob *blobs, size_t count);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CACHE_H
#define CACHE_H

#include "blobs.h"

/*
 * What was read before, kept in the repository's own folder (benchline/trend-1
 * there), under the names of the contents, which never change. It is used only as
 * a whole: one wrong byte, another version of the program or of the format, and
 * everything is read anew. That it cannot be read or written is no error.
 */
struct cache;

/* NULL where none can be used: --no-cache, or what is read depends on --where, --by or --metric. */
struct cache *cache_open(struct material *material);
/* Fills the histories of those that are known. */
void cache_find(struct cache *cache, struct blob *blobs, size_t count);
/* Keeps what is new, and of what no blob asked for at most as much. */
void cache_close(struct cache *cache, const struct blob *blobs, size_t count);

#endif

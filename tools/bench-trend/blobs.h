/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BLOBS_H
#define BLOBS_H

#include "material.h"

/*
 * The contents of report files, each read once however many points hold it, in
 * as many threads as there are processors. What was read before comes out of the
 * cache.
 */
struct blob {
    struct git_id id;
    const char *path; /* of the first of its files */
    size_t place;     /* the first, by date, that holds it */
    struct history history;
    bool known; /* history is there, out of the cache */
    bool failed;
    bool newer;
    size_t bad;          /* lines that could not be read */
    struct error *error; /* of the first of them, or why it failed; else NULL */
};

/* Fills history of those that are not known; what the histories hold lies in the material's arena.
 */
void blobs_read(struct material *material, struct blob *blobs, size_t count);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_FOLDER_H
#define DOCUMENT_FOLDER_H

#include "document/mustache.h"

#include <stddef.h>

/*
 * Partials from folders: NAME is FOLDER/NAME.mustache in the first folder that
 * has it. A name never leads out of its folder: one that is empty, absolute,
 * holds a NUL or a part that is empty, "." or "..", and one that a symbolic link
 * takes outside, is an error (ERROR_CONTENT).
 */
struct folders {
    const char *const *paths; /* borrowed */
    size_t count;
};

/* The load function of a struct mustache_loader whose context is a struct folders. */
int folder_load(void *context, struct slice name, struct buffer *text, struct buffer *file,
    struct error *error);

#define FOLDER_SUFFIX ".mustache"

#endif

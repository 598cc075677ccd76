/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MUSTACHE_H
#define DOCUMENT_MUSTACHE_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"
#include "document/view.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Mustache templates (the specification's core, dynamic names, inheritance and
 * lambdas; mustache.github.io, edition 1.4). A template is compiled once and
 * expanded over any number of views.
 *
 * Where the specification leaves room:
 *   - a line is standalone where one section, end, comment, delimiter or partial
 *     tag is all that stands on it, or one or more parent and block tags that do
 *     not both open and close a block there;
 *   - indentation is put before the lines of a partial that are not blank;
 *   - an override of a block does not see itself, only what is passed from
 *     further out;
 *   - "" and 0 are true; a list or an object where a text is due gives nothing.
 */
struct mustache;

enum {
    MUSTACHE_DEPTH = 512 /* sections, partials, parents, blocks and lambdas inside each other */
};
#define MUSTACHE_SOURCE ((size_t)16 << 20)  /* bytes a template may have */
#define MUSTACHE_OUTPUT ((size_t)256 << 20) /* bytes a document may have, by default */

/*
 * file names the template in messages. A fault (an unclosed section or tag, an
 * unknown tag, an end tag that closes nothing) gives -1 with the line and column
 * where it begins. The text is copied.
 */
int mustache_compile(
    struct mustache **out, struct slice text, const char *file, struct error *error) MUST_USE;
/* The same for a text that begins in that line of the file. */
int mustache_compile_at(struct mustache **out, struct slice text, const char *file, unsigned line,
    struct error *error) MUST_USE;
void mustache_free(struct mustache *template);

struct mustache_loader {
    /*
     * Adds the text of the partial called name to text, and what messages call
     * it to file. 1: found; 0: there is none; -1 with error.
     */
    int (*load)(void *context, struct slice name, struct buffer *text, struct buffer *file,
        struct error *error);
    void *context;
};

struct mustache_options {
    void (*escape)(struct buffer *out, struct slice text); /* NULL is mustache_escape_html */
    const struct mustache_loader *loader;                  /* NULL: there are no partials */
    /* A partial that is missing, and a list or an object where a text is due, are errors. */
    bool strict;
    size_t ceiling; /* bytes of output, 0 is MUSTACHE_OUTPUT */
};

/* Adds the expansion to out. -1 with error: the place is the tag's; out holds a part. */
int mustache_render(struct buffer *out, const struct mustache *template, const struct view *data,
    const struct mustache_options *options, struct error *error) MUST_USE;

/* & < > and the double quote as entities: what the specification's cases want. */
void mustache_escape_html(struct buffer *out, struct slice text);

#endif

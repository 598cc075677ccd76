/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_PRIVACY_H
#define ANALYSIS_PRIVACY_H

#include "base/arena.h"
#include "json/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What in a line is likely to be personal: it looks like it, by how it is
 * written, not by a list of names. What is written in its place is nothing
 * personal, so that a line without it is left alone; nor is that with "-" and
 * eight hexadecimal digits behind it, which keep two names apart.
 */
enum private_kind {
    PRIVATE_NOTHING,
    PRIVATE_HOME,   /* /home/NAME, /Users/NAME, C:\Users\NAME; not those of CI services */
    PRIVATE_NAME,   /* user@host, build-7.local, Somebodys-MacBook-Pro, "hostname": "…" */
    PRIVATE_SECRET, /* tokens by their issuers' prefixes, key blocks, --password VALUE,
                       HF_TOKEN=VALUE, passwords in URLs, "api_key": "…" */
};

struct private_span {
    enum private_kind kind;
    size_t start, size;
    const char *instead; /* what to write in its place */
};

/*
 * The first span of a text that begins at `from` or behind it; false where there
 * is none. key is the name of the member whose value it is, data NULL for none:
 * some names make the whole value a span. Of `contributor`, by which people name
 * themselves on purpose, nothing is.
 */
bool private_next(struct private_span *out, struct slice key, struct slice text, size_t from);

/*
 * Every string of a line, names of members too, in the order of the text: an
 * array as long as the document's nodes, in the arena, with the node of the key
 * in whose value a node stands, else JSON_NONE.
 */
uint32_t *private_keys(const struct json_document *document, struct arena *arena);

#endif

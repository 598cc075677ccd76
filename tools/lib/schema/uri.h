/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_URI_H
#define SCHEMA_URI_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdbool.h>

/* The parts of a URI reference (RFC 3986, appendix B), without their delimiters. */
struct uri {
    struct slice scheme, authority, path, query, fragment;
    bool has_scheme, has_authority, has_query, has_fragment;
};

struct uri uri_split(struct slice text);

/*
 * Appends reference resolved against base (RFC 3986, 5.2), without the
 * reference's fragment. A base without scheme is taken as it is, so that
 * relative references keep working where there is no base.
 */
void uri_resolve(struct buffer *out, struct slice base, struct slice reference);

/* Appends a path of a file system as it stands in a URI: what is not unreserved, as %XX. */
void uri_encode_path(struct buffer *out, const char *path);
/* Appends text with its %XX decoded. */
void uri_decode(struct buffer *out, struct slice text);

/* The value of a hexadecimal digit, -1 for any other byte. */
int uri_hex(char byte);

#endif

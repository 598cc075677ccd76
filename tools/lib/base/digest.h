/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/slice.h"

#include <stddef.h>

/* SHA-256 (FIPS 180-4), in small hexadecimal digits with a NUL. */
enum { DIGEST_TEXT = 65, DIGEST_BYTES = 32 };

void digest_text(struct slice bytes, char out[static DIGEST_TEXT]);

/* The same in parts. */
struct digest {
    union {
        unsigned char bytes[256];
        unsigned long long align;
    } state;
};

void digest_start(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t size);
void digest_end(struct digest *digest, char out[static DIGEST_TEXT]);

#endif

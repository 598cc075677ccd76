/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* libmd's types */
#include "base/digest.h"

#include <sha2.h>
#include <stdint.h>

_Static_assert(sizeof(SHA2_CTX) <= sizeof(struct digest), "struct digest holds libmd's state");

void digest_start(struct digest *digest)
{
    SHA256Init((SHA2_CTX *)&digest->state);
}

void digest_add(struct digest *digest, const void *bytes, size_t size)
{
    if (size)
        SHA256Update((SHA2_CTX *)&digest->state, bytes, size);
}

void digest_end(struct digest *digest, char out[static DIGEST_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    SHA256Final(bytes, (SHA2_CTX *)&digest->state);
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * sizeof bytes] = '\0';
}

void digest_text(struct slice bytes, char out[static DIGEST_TEXT])
{
    struct digest digest;
    digest_start(&digest);
    digest_add(&digest, bytes.data, bytes.size);
    digest_end(&digest, out);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/unpack.h"

#include <string.h>

struct signature {
    unsigned char bytes[UNPACK_SIGNATURE];
    unsigned char mask[UNPACK_SIGNATURE]; /* which bits of them count */
    const struct unpacker *unpacker;      /* NULL: known, but not read */
    const char *name, *program;
};

/* RFC 1952 2.3.1; RFC 8878 3.1.1 and 3.1.2 (a skippable frame may come first). */
static const struct signature signatures[] = {
    {{0x1f, 0x8b}, {0xff, 0xff}, &unpack_gzip, NULL, NULL},
    {{0x28, 0xb5, 0x2f, 0xfd}, {0xff, 0xff, 0xff, 0xff}, &unpack_zstd, NULL, NULL},
    {{0x50, 0x2a, 0x4d, 0x18}, {0xf0, 0xff, 0xff, 0xff}, &unpack_zstd, NULL, NULL},
    {{0xfd, '7', 'z', 'X'}, {0xff, 0xff, 0xff, 0xff}, NULL, "xz", "xz -dc"},
    {{0x04, 0x22, 0x4d, 0x18}, {0xff, 0xff, 0xff, 0xff}, NULL, "lz4", "lz4 -dc"},
};

static bool matches(const struct signature *signature, struct slice head)
{
    for (size_t i = 0; i < UNPACK_SIGNATURE && signature->mask[i] != 0; i++)
        if (i >= head.size ||
            ((unsigned char)head.data[i] & signature->mask[i]) != signature->bytes[i])
            return false;
    return true;
}

int unpack_choose(const struct unpacker **out, struct slice head, struct error *error)
{
    *out = NULL;
    for (size_t i = 0; i < ARRAY_SIZE(signatures); i++) {
        if (!matches(&signatures[i], head))
            continue;
        if (!signatures[i].unpacker)
            return error_set(error, ERROR_INPUT,
                "is packed with %s, expected plain, gzip or zstd; unpack it first: %s",
                signatures[i].name, signatures[i].program);
        *out = signatures[i].unpacker;
        return 0;
    }
    return 0;
}

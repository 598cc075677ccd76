/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_SOURCE_FILES_H
#define UNIT_SOURCE_FILES_H

#include "../folder.h"
#include "base/buffer.h"

#include <fcntl.h>
#include <zlib.h>
#include <zstd.h>

/* One more gzip member at the end of path. */
static inline void file_gzip(const char *path, const void *bytes, size_t size)
{
    gzFile file = gzopen(path, "ab");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, bytes, (unsigned)size), size);
    assert_int_equal(gzclose(file), Z_OK);
}

/* One more zstd frame, with a checksum, at the end of path. */
static inline void file_zstd(const char *path, const void *bytes, size_t size)
{
    size_t room = ZSTD_compressBound(size);
    char *packed = memory_take(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    size_t length = ZSTD_compress2(context, packed, room, bytes, size);
    assert_false(ZSTD_isError(length));
    file_write(path, packed, length);
    ZSTD_freeCCtx(context);
    free(packed);
}

static inline void file_cut(const char *path, long from_end)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(truncate(path, status.st_size - from_end), 0);
}

/* count lines {"n":1} … that differ and do not pack to nothing. */
static inline void numbered_lines(struct buffer *out, unsigned count)
{
    unsigned random = 1;
    for (unsigned i = 1; i <= count; i++) {
        random = random * 1664525 + 1013904223;
        buffer_add_format(out, "{\"n\":%u,\"x\":\"%08x\"}\n", i, random);
    }
}

/* Standard input becomes the file; the old one comes back with stdin_restore. */
static inline int stdin_from(const char *path)
{
    int old = dup(0), fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(dup2(fd, 0), 0);
    close(fd);
    return old;
}

static inline void stdin_restore(int old)
{
    dup2(old, 0);
    close(old);
}

#endif

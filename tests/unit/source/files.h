/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_SOURCE_FILES_H
#define UNIT_SOURCE_FILES_H

#include "../unit.h"
#include "base/buffer.h"
#include "base/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

/* A folder for one test, which becomes the current one; folder_leave removes it. */
static inline int folder_enter(void **state)
{
    char *path = memory_text("/tmp/benchline-unit.XXXXXX");
    *state = path;
    return mkdtemp(path) && chdir(path) == 0 ? 0 : -1;
}

static inline int folder_leave(void **state)
{
    char *command = memory_format("rm -rf %s", (char *)*state);
    int result = chdir("/") == 0 ? system(command) : -1;
    free(command);
    free(*state);
    return result;
}

static inline void file_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    if (size > 0)
        assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void file_text(const char *path, const char *text)
{
    file_write(path, text, strlen(text));
}

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

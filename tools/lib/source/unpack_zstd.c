/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "source/unpack.h"

#include <zstd.h>
#include <zstd_errors.h>

enum { BLOCK_HEADER = 3 }; /* RFC 8878, 3.1.1.2 */

struct zstd {
    ZSTD_DStream *stream;
    size_t wanted; /* how many bytes end the block it is in, and the next one's header */
    bool full;     /* the last call had no room for all that it unpacked */
    bool inside;   /* a frame has begun and not ended */
    bool followed; /* a frame was read to its end */
};

static void *zstd_create(void)
{
    struct zstd *zstd = memory_zero(1, sizeof *zstd);
    zstd->stream = ZSTD_createDStream();
    if (!zstd->stream)
        memory_exhausted(ZSTD_DStreamInSize());
    zstd->wanted = ZSTD_initDStream(zstd->stream);
    return zstd;
}

static void zstd_free(void *state)
{
    struct zstd *zstd = state;
    ZSTD_freeDStream(zstd->stream);
    free(zstd);
}

static bool zstd_complete(const void *state)
{
    const struct zstd *zstd = state;
    return zstd->followed && !zstd->inside;
}

static int failed(const struct zstd *zstd, size_t result, struct error *error)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation: memory_exhausted(ZSTD_DStreamOutSize());
    case ZSTD_error_frameParameter_windowTooLarge:
        return error_set(error, ERROR_INPUT,
            "the zstd data needs a window of more than 128 MiB; unpack it first: "
            "zstd -dc --long=31");
    case ZSTD_error_prefix_unknown:
        if (zstd->followed)
            return error_set(error, ERROR_INPUT,
                "bytes that are not zstd follow the zstd data; everything before was read");
        break;
    default: break;
    }
    return error_set(error, ERROR_INPUT,
        "the zstd data is damaged (%s); everything before was read", ZSTD_getErrorName(result));
}

static int zstd_step(
    void *state, struct slice *in, void *out, size_t size, size_t *written, struct error *error)
{
    struct zstd *zstd = state;
    /* A call that fails keeps back what it unpacked before: so not more than one
     * block at a time, and nothing of the next before the last one is out. What a
     * block is said to want counts the next one's header, which may be damaged. */
    size_t most = zstd->wanted > BLOCK_HEADER ? zstd->wanted - BLOCK_HEADER : zstd->wanted;
    size_t taken = in->size < most ? in->size : most;
    ZSTD_inBuffer from = {in->data, zstd->full ? 0 : taken, 0};
    ZSTD_outBuffer to = {out, size, 0};

    *written = 0;
    if (!zstd->inside && in->size == 0)
        return 0;
    zstd->inside = true;
    size_t result = ZSTD_decompressStream(zstd->stream, &to, &from);
    in->data += from.pos;
    in->size -= from.pos;
    *written = to.pos;
    zstd->full = to.pos == size;
    if (ZSTD_isError(result))
        return failed(zstd, result, error);
    zstd->wanted = result;
    if (result == 0) {
        zstd->inside = false;
        zstd->followed = true;
        zstd->wanted = ZSTD_initDStream(zstd->stream);
    }
    return 0;
}

const struct unpacker unpack_zstd = {"zstd", zstd_create, zstd_step, zstd_complete, zstd_free};

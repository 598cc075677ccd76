/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "source/unpack.h"

#include <limits.h>

#define ZLIB_CONST
#include <zlib.h>

enum { WINDOW_BITS = 15, GZIP_ONLY = 16, SIGNATURE = 2 };

struct gzip {
    z_stream stream;
    bool inside;   /* a member has begun and not ended */
    bool followed; /* a member was read to its end */
};

static void *gzip_create(void)
{
    struct gzip *gzip = memory_zero(1, sizeof *gzip);
    if (inflateInit2(&gzip->stream, WINDOW_BITS + GZIP_ONLY) != Z_OK)
        memory_exhausted(sizeof gzip->stream);
    return gzip;
}

static void gzip_free(void *state)
{
    struct gzip *gzip = state;
    inflateEnd(&gzip->stream);
    free(gzip);
}

static bool gzip_complete(const void *state)
{
    const struct gzip *gzip = state;
    return gzip->followed && !gzip->inside;
}

/*
 * After a member comes another, the end, or the zeros that fill a tape's last
 * block. false: there is nothing to take for now.
 */
static bool begin_member(struct gzip *gzip, struct slice *in)
{
    while (gzip->followed && in->size > 0 && in->data[0] == '\0') {
        in->data++;
        in->size--;
    }
    if (in->size == 0)
        return false;
    gzip->inside = true;
    return inflateReset(&gzip->stream) == Z_OK;
}

static int failed(const struct gzip *gzip, int code, struct error *error)
{
    const z_stream *stream = &gzip->stream;
    if (code == Z_MEM_ERROR)
        memory_exhausted(sizeof *stream);
    if (gzip->followed && stream->total_in <= SIGNATURE)
        return error_set(error, ERROR_INPUT,
            "bytes that are not gzip follow the gzip data; everything before was read");
    return error_set(error, ERROR_INPUT,
        "the gzip data is damaged (%s); everything before was read",
        stream->msg ? stream->msg : zError(code));
}

static int gzip_step(
    void *state, struct slice *in, void *out, size_t size, size_t *written, struct error *error)
{
    struct gzip *gzip = state;
    z_stream *stream = &gzip->stream;

    *written = 0;
    if (!gzip->inside && !begin_member(gzip, in))
        return 0;
    uInt given = in->size > UINT_MAX ? UINT_MAX : (uInt)in->size;
    uInt room = size > UINT_MAX ? UINT_MAX : (uInt)size;
    stream->next_in = (const Bytef *)in->data;
    stream->avail_in = given;
    stream->next_out = out;
    stream->avail_out = room;

    int code = inflate(stream, Z_NO_FLUSH);
    in->data += given - stream->avail_in;
    in->size -= given - stream->avail_in;
    *written = room - stream->avail_out;
    if (code == Z_STREAM_END) {
        gzip->inside = false;
        gzip->followed = true;
        return 0;
    }
    /* What was unpacked before the damage is good and goes out first. */
    if (code == Z_OK || code == Z_BUF_ERROR || *written > 0)
        return 0;
    return failed(gzip, code, error);
}

const struct unpacker unpack_gzip = {"gzip", gzip_create, gzip_step, gzip_complete, gzip_free};

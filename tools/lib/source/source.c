/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/source.h"

#include "base/memory.h"
#include "source/open.h"
#include "source/unpack.h"

#include <string.h>

enum { STAGE = 64 * 1024 };

struct source {
    struct feed feed;
    char *name;
    const struct unpacker *unpacker; /* NULL: nothing is packed */
    void *state;                     /* the unpacker's */
    bool looked;                     /* the first bytes were looked at */
    bool raw;
    bool ended;          /* the feed has no more */
    bool full;           /* the unpacker filled all it was given and may hold more */
    struct slice staged; /* what is read and not yet handed out or unpacked */
    char stage[STAGE];
};

struct source *source_from(struct feed *feed, const char *name, bool raw)
{
    struct source *source = memory_take(sizeof *source);
    memset(source, 0, offsetof(struct source, stage));
    source->feed = *feed;
    source->name = memory_text(strcmp(name, "-") == 0 ? "<stdin>" : name);
    source->raw = raw;
    return source;
}

const char *source_name(const struct source *source)
{
    return source->name;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->state)
        source->unpacker->free(source->state);
    source->feed.close(&source->feed);
    free(source->name);
    free(source);
}

/* Adds to the stage what one read gives; its bytes are at the front of stage. */
static int stage_more(struct source *source, struct error *error)
{
    size_t held = source->staged.size;
    ptrdiff_t count = source->feed.read(&source->feed, source->stage + held, STAGE - held, error);
    if (count < 0)
        return -1;
    source->ended = count == 0;
    source->staged = (struct slice){source->stage, held + (size_t)count};
    return 0;
}

static int look(struct source *source, struct error *error)
{
    source->looked = true;
    if (source->raw)
        return 0;
    while (!source->ended && source->staged.size < UNPACK_SIGNATURE)
        if (stage_more(source, error) != 0)
            return -1;
    if (unpack_choose(&source->unpacker, source->staged, error) != 0)
        return -1;
    if (source->unpacker)
        source->state = source->unpacker->create();
    return 0;
}

static ptrdiff_t read_plain(struct source *source, void *out, size_t size, struct error *error)
{
    struct slice *staged = &source->staged;
    if (staged->size == 0)
        return source->ended ? 0 : source->feed.read(&source->feed, out, size, error);
    size_t count = size < staged->size ? size : staged->size;
    memcpy(out, staged->data, count);
    staged->data += count;
    staged->size -= count;
    return (ptrdiff_t)count;
}

static ptrdiff_t read_packed(struct source *source, void *out, size_t size, struct error *error)
{
    const struct unpacker *unpacker = source->unpacker;
    for (;;) {
        size_t written;
        if (source->staged.size == 0 && !source->full && !source->ended &&
            stage_more(source, error) != 0)
            return -1;
        if (unpacker->step(source->state, &source->staged, out, size, &written, error) != 0)
            return -1;
        source->full = written == size;
        if (written > 0)
            return (ptrdiff_t)written;
        if (source->ended && source->staged.size == 0)
            break;
    }
    if (unpacker->complete(source->state))
        return 0;
    return error_set(
        error, ERROR_INPUT, "the %s data is cut off; everything before was read", unpacker->name);
}

ptrdiff_t source_read(struct source *source, void *out, size_t size, struct error *error)
{
    ptrdiff_t count = -1;
    if (source->looked || look(source, error) == 0)
        count = source->unpacker ? read_packed(source, out, size, error)
                                 : read_plain(source, out, size, error);
    if (count < 0)
        error_place(error, source->name, 0, 0);
    return count;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "source/open.h"
#include "source/source.h"

#include <string.h>

struct sources {
    const char *const *operands;
    size_t count, next;
    struct names folder; /* the reports of the folder that is being read */
    size_t next_in_folder;
    bool standard_input;  /* it was read */
    struct source *ready; /* comes first */
    struct opener opener;
};

struct sources *sources_create(
    const char *const *operands, size_t count, const struct source_options *options)
{
    static const char *const standard_input[] = {"-"};
    struct sources *sources = memory_zero(1, sizeof *sources);
    sources->operands = count > 0 ? operands : standard_input;
    sources->count = count > 0 ? count : 1;
    opener_init(&sources->opener, options);
    return sources;
}

struct sources *sources_of_bytes(const char *name, char *bytes, size_t size)
{
    static const struct source_options none = {.repository = NULL};
    struct sources *sources = memory_zero(1, sizeof *sources);
    struct feed feed;
    feed_open_bytes(&feed, bytes, size);
    sources->ready = source_from(&feed, name, false);
    opener_init(&sources->opener, &none);
    return sources;
}

void sources_free(struct sources *sources)
{
    if (!sources)
        return;
    source_close(sources->ready);
    names_release(&sources->folder);
    opener_release(&sources->opener);
    free(sources);
}

static int refuse_second(struct sources *sources, const char *operand, struct error *error)
{
    if (strcmp(operand, "-") != 0)
        return 0;
    if (sources->standard_input) {
        error_set(error, ERROR_USAGE, "standard input is named twice; it can be read only once");
        return -1;
    }
    sources->standard_input = true;
    return 0;
}

int sources_next(struct sources *sources, struct source **out, struct error *error)
{
    *out = sources->ready;
    sources->ready = NULL;
    if (*out)
        return 1;
    for (;;) {
        if (sources->next_in_folder < sources->folder.count) {
            const char *report = sources->folder.items[sources->next_in_folder++];
            return opener_open(&sources->opener, out, NULL, report, error) == 0 ? 1 : -1;
        }
        names_release(&sources->folder);
        sources->next_in_folder = 0;
        if (sources->next == sources->count)
            return 0;
        const char *operand = sources->operands[sources->next++];
        if (refuse_second(sources, operand, error) != 0)
            return -1;
        int opened = opener_open(&sources->opener, out, &sources->folder, operand, error);
        if (opened != 1)
            return opened == 0 ? 1 : -1;
    }
}

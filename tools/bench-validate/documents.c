/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "documents.h"

#include <stdlib.h>
#include <string.h>

static int check_one(const struct pipeline *pipeline, const char *name, size_t ceiling,
    const struct source_options *options, struct totals *totals, struct error *error)
{
    struct error unreadable = ERROR_INIT;
    char *text = NULL;
    size_t size;
    if (source_read_whole(&text, &size, name, ceiling, options, &unreadable) != 0) {
        pipeline->unreadable(&unreadable);
        if ((int)error_status(&unreadable) > totals->status)
            totals->status = (int)error_status(&unreadable);
        return 0;
    }
    struct block block = {.file = strcmp(name, "-") == 0 ? "<stdin>" : name,
        .first = true,
        .text = text,
        .size = size,
        .ceiling = ceiling};
    int result = pipeline_document(pipeline, &block, totals, error);
    free(text);
    return result;
}

int check_documents(const struct pipeline *pipeline, const char *const *names, size_t count,
    size_t ceiling, const struct source_options *options, struct totals *totals,
    struct error *error)
{
    if (count == 0)
        return check_one(pipeline, "-", ceiling, options, totals, error);
    for (size_t i = 0; i < count; i++)
        if (check_one(pipeline, names[i], ceiling, options, totals, error) != 0)
            return -1;
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include "base/memory.h"
#include "record/time.h"
#include "tool/tool.h"

#include <string.h>

enum { BAD_LINES_NAMED = 20 };

static void name_bad_line(struct collection *collection, uint64_t *bad_lines, struct error *error)
{
    if (*bad_lines < BAD_LINES_NAMED)
        tool_error(error);
    ++*bad_lines;
    collection_bad_line(collection, error->file[0] ? error->file : NULL);
    error_clear(error);
}

static int read_all(struct collection *collection, uint64_t *bad_lines,
    struct record_reader *reader, struct error *error)
{
    struct record record;
    int got;
    while ((got = record_next(reader, &record, error)) != 0) {
        if (got > 0)
            got = collection_add(collection, &record, error);
        if (got < 0 && error->code != ERROR_CONTENT)
            return -1;
        if (got < 0)
            name_bad_line(collection, bad_lines, error);
    }
    if (*bad_lines > BAD_LINES_NAMED)
        tool_note("%llu more lines could not be read",
            (unsigned long long)(*bad_lines - BAD_LINES_NAMED));
    if (record_reader_saw_newer(reader))
        tool_note("some lines are of a newer version of the format; what is new in them is not "
                  "shown");
    return 0;
}

int report_collect(struct collection *collection, uint64_t *bad_lines,
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    struct sources *sources =
        sources_create((const char *const *)operands->items, operands->count, &settings->source);
    const struct lines_options options = {.ceiling = settings->max_line};
    struct lines *lines = lines_create(sources, &options);
    struct record_reader *reader = record_reader_create(lines, NULL);
    *bad_lines = 0;
    int result = read_all(collection, bad_lines, reader, error);
    if (result == 0 && collection->item_count == 0)
        result = error_set(error, ERROR_INPUT,
            "there is no result in the input; expected lines of a report with kind \"result\"");
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    return result;
}

int report_generated(char **out, const struct settings *settings, struct error *error)
{
    char text[TIME_TEXT];
    int64_t seconds;
    *out = NULL;
    if (!settings->epoch)
        return 0;
    if (option_read_count(&seconds, settings->epoch, 0, 253402300799., error) != 0) {
        error_clear(error);
        return error_set(error, ERROR_USAGE,
            "SOURCE_DATE_EPOCH is \"%.100s\"; expected seconds since 1970", settings->epoch);
    }
    time_text(seconds * 1000000000, text);
    *out = memory_text(text);
    return 0;
}

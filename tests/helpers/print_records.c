/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print_records FILE…: every record of the files in the form of 1.0.0, one a
 * line; what is no record goes to standard error and makes the status 1.
 */
#include "record/reader.h"
#include "source/lines.h"
#include "source/source.h"

#include <stdio.h>

static void print_error(const struct error *error)
{
    char text[4096];
    error_format(error, text, sizeof text);
    fprintf(stderr, "%s\n", text);
}

int main(int argc, char **argv)
{
    struct source_options options = {.repository = NULL};
    const char *const *operands = (const char *const *)(argv + 1);
    struct sources *sources = sources_create(operands, (size_t)argc - 1, &options);
    struct lines *lines = lines_create(sources, NULL);
    struct record_reader *reader = record_reader_create(lines, NULL);
    struct record record;
    struct error error = ERROR_INIT;
    int got, status = 0;
    while ((got = record_next(reader, &record, &error)) != 0) {
        if (got < 0) {
            print_error(&error);
            error_clear(&error);
            status = 1;
            continue;
        }
        struct slice raw = json_raw(record.document, 0);
        printf("%.*s\n", (int)raw.size, raw.data);
    }
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    return status;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/inputs.h"

#include <string.h>
#include <sys/stat.h>

/* A folder and a revision hold the whole history; a file that is named is meant. */
static bool is_many(const char *operand)
{
    struct stat status;
    if (strncmp(operand, SOURCE_GIT, strlen(SOURCE_GIT)) == 0)
        return true;
    return stat(operand, &status) == 0 && S_ISDIR(status.st_mode);
}

static int take_all(
    struct record_inputs *inputs, struct record_reader *reader, bool of_many, struct error *error)
{
    struct record record;
    struct error problem = ERROR_INIT;
    int got;
    while ((got = record_next(reader, &record, &problem)) != 0) {
        if (got > 0 && inputs->take(inputs->context, &record, of_many, &problem) == 0)
            continue;
        if (problem.code != ERROR_CONTENT) {
            *error = problem;
            return -1;
        }
        inputs->tell(&problem);
        error_clear(&problem);
        inputs->bad++;
    }
    inputs->newer = inputs->newer || record_reader_saw_newer(reader);
    return 0;
}

static int read_one(struct record_inputs *inputs, const char *operand, struct error *error)
{
    bool standard = strcmp(operand, "-") == 0;
    if (standard && inputs->standard_input)
        return error_set(
            error, ERROR_USAGE, "standard input is named twice; it can be read only once");
    inputs->standard_input = inputs->standard_input || standard;
    struct lines_options options = {.ceiling = inputs->max_line};
    struct sources *sources = sources_create(&operand, 1, inputs->source);
    struct lines *lines = lines_create(sources, &options);
    struct record_reader *reader = record_reader_create(lines, NULL);
    int result = take_all(inputs, reader, is_many(operand), error);
    record_reader_free(reader);
    lines_free(lines);
    sources_free(sources);
    return result;
}

int record_inputs_read(
    struct record_inputs *inputs, const char *const *operands, size_t count, struct error *error)
{
    if (count == 0)
        return read_one(inputs, "-", error);
    for (size_t i = 0; i < count; i++)
        if (read_one(inputs, operands[i], error) != 0)
            return -1;
    return 0;
}

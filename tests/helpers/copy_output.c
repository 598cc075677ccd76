/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The smallest tool: copies its operands, line by line, into an output. It lets
 * the tests meet source/, base/output and the life of a tool without any more.
 */
#include "source/lines.h"
#include "tool/place.h"
#include "tool/tool.h"

struct settings {
    const char *out, *repository;
    bool append, sync;
};

static int copy(const struct settings *settings, const struct operands *operands,
    struct output *out, struct error *error)
{
    char *module = place_module("git");
    struct source_options options = {.repository = settings->repository, .git_module = module};
    struct sources *sources =
        sources_create((const char *const *)operands->items, operands->count, &options);
    struct lines *lines = lines_create(sources, NULL);
    struct line line;
    int more;
    while ((more = lines_next(lines, &line, error)) == 1) {
        struct slice bytes = {line.text, line.size};
        if (output_write(out, bytes, error) != 0 ||
            (settings->sync && output_sync(out, error) != 0)) {
            more = -1;
            break;
        }
    }
    lines_free(lines);
    sources_free(sources);
    free(module);
    return more;
}

static int run(const struct settings *settings, const struct operands *operands)
{
    struct error error = ERROR_INIT;
    struct output *out;
    int opened = settings->append ? output_append(&out, settings->out, &error)
                                  : output_open(&out, settings->out, &error);
    if (opened != 0)
        return tool_finish(STATUS_DONE, &error);
    if (copy(settings, operands, out, &error) == 0) {
        if (output_commit(out, &error) != 0)
            return tool_finish(STATUS_DONE, &error);
    } else {
        output_abandon(out);
    }
    return tool_finish(STATUS_DONE, &error);
}

int main(int argc, char **argv)
{
    struct settings settings = {NULL, NULL, false, false};
    const struct option options[] = {
        OPTION_TEXT('o', "output", "FILE", &settings.out, "write to FILE"),
        OPTION_TEXT('C', "repository", "DIR", &settings.repository, "the repository of git:"),
        OPTION_FLAG(0, "append", &settings.append, "append instead of replacing"),
        OPTION_FLAG(0, "sync", &settings.sync, "wait for the disk after each line"),
        OPTION_END,
    };
    const char *const usage[] = {"[-o FILE] [FILE...]", NULL};
    const struct command command = {"copy_output", "copy lines", usage, options, NULL};
    struct operands operands;
    int status;

    if (!tool_start(&command, argc, argv, &operands, &status))
        return status;
    return run(&settings, &operands);
}

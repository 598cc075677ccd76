/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The front command: `bench diff …` is bench-diff, `bench help diff` its manual. */
#include "base/memory.h"
#include "completion.h"
#include "manuals.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int no_such_tool(const char *name, const char *near, struct error *error)
{
    if (near)
        return error_set(
            error, ERROR_USAGE, "there is no tool \"%s\"; did you mean \"bench %s\"?", name, near);
    return error_set(
        error, ERROR_USAGE, "there is no tool \"%s\"; \"bench help\" lists them", name);
}

/* "  run        Measure commands …" for each tool, in the tools' own words. */
static int list_tools(const struct sisters *sisters, struct error *error)
{
    struct buffer text = BUFFER_INIT, summary = BUFFER_INIT;
    int result = 0;
    buffer_add_text(&text, "usage: bench TOOL [options] [arguments...]\n"
                           "       bench help [TOOL|TOPIC]\n"
                           "       bench completion bash|zsh|fish\n\nThe tools:\n");
    for (size_t i = 0; i < sisters->count && result == 0; i++) {
        buffer_reset(&summary);
        result = sisters_ask(sisters, sisters->names[i], "--list-summary", &summary, error);
        buffer_add_format(&text, "  %-10s %s", sisters->names[i], buffer_text(&summary));
    }
    buffer_reset(&summary);
    manuals_list(sisters->folder, &summary);
    if (summary.size > 0)
        buffer_add_format(&text, "\nOther manuals: %s\n", buffer_text(&summary));
    if (result == 0)
        result = output_put(NULL, buffer_slice(&text), true, error);
    buffer_release(&summary);
    buffer_release(&text);
    return result;
}

/* Comes back where neither man nor mandoc is. */
static void show_manual(const char *file)
{
    execlp("man", "man", "-l", file, (char *)NULL);
    execlp("mandoc", "mandoc", "-a", file, (char *)NULL);
}

static int open_topic(
    const struct sisters *sisters, const char *name, const char *near, struct error *error)
{
    char *manual = manuals_topic(sisters->folder, name);
    if (!manual)
        return no_such_tool(name, near, error);
    show_manual(manual);
    error_system(error, ERROR_MACHINE, errno, "cannot run man or mandoc for %s", manual);
    free(manual);
    return -1;
}

/* The manual through man or mandoc; where neither is, the tool's own help. */
static int open_manual(const struct sisters *sisters, const char *name, struct error *error)
{
    const char *near = NULL;
    char *tool = strcmp(name, "bench") == 0 ? memory_format("%s/bench", sisters->folder)
                                            : sisters_path(sisters, name, &near);
    if (!tool)
        return open_topic(sisters, name, near, error);
    const char *base = strrchr(tool, '/') + 1;
    char *manual = memory_format("%s/../share/man/man1/%s.1", sisters->folder, base);
    if (access(manual, R_OK) == 0) {
        show_manual(manual);
    } else {
        execlp("man", "man", base, (char *)NULL);
    }
    execl(tool, base, "--help", (char *)NULL);
    error_system(error, ERROR_MACHINE, errno, "cannot run %s", tool);
    free(manual);
    free(tool);
    return -1;
}

static int print_completion(const struct sisters *sisters, const char *name, struct error *error)
{
    static const char *const shells[] = {"bash", "zsh", "fish"};
    struct buffer text = BUFFER_INIT;
    int result = -1;
    for (size_t i = 0; i < ARRAY_SIZE(shells); i++) {
        if (strcmp(shells[i], name) != 0)
            continue;
        result = completion_write(sisters, (enum shell)i, &text, error);
        if (result == 0)
            result = output_put(NULL, buffer_slice(&text), true, error);
        buffer_release(&text);
        return result;
    }
    return error_set(
        error, ERROR_USAGE, "there is no completion for \"%s\"; expected bash, zsh or fish", name);
}

static int run_tool(const struct sisters *sisters, char **argv, struct error *error)
{
    const char *near;
    char *path = sisters_path(sisters, argv[0], &near);
    if (!path)
        return no_such_tool(argv[0], near, error);
    argv[0] = path;
    execv(path, argv);
    error_system(error, ERROR_MACHINE, errno, "cannot run %s", path);
    free(path);
    return -1;
}

static int dispatch(int argc, char **argv, struct error *error)
{
    struct sisters sisters;
    int result;
    if (sisters_find(&sisters, error) != 0)
        result = -1;
    else if (argc < 2 || (strcmp(argv[1], "help") == 0 && argc == 2))
        result = list_tools(&sisters, error);
    else if (strcmp(argv[1], "help") == 0)
        result = open_manual(&sisters, argv[2], error);
    else if (strcmp(argv[1], "completion") == 0)
        result = print_completion(&sisters, argc > 2 ? argv[2] : "", error);
    else
        result = run_tool(&sisters, argv + 1, error);
    sisters_release(&sisters);
    return result;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {OPTION_END};
    static const char *const usage[] = {
        "TOOL [options] [arguments...]", "help [TOOL|TOPIC]", "completion bash|zsh|fish", NULL};
    const struct command command = {"bench", "run a tool of benchline", usage, options,
        "\"bench help\" lists the tools and manuals, \"bench help TOOL\" opens one."};
    struct operands operands;
    struct error error = ERROR_INIT;
    int status = STATUS_DONE;
    /* What stands behind the tool's name is the tool's to read. */
    int own = argc > 1 && argv[1][0] == '-' ? argc : 1;
    if (!tool_start(&command, own, argv, &operands, &status))
        return status;
    if (own > 1) {
        error_set(
            &error, ERROR_USAGE, "unknown option %.100s; \"bench help\" lists the tools", argv[1]);
        return tool_finish(STATUS_USAGE, &error);
    }
    dispatch(argc, argv, &error);
    return tool_finish(argc < 2 ? STATUS_USAGE : STATUS_DONE, &error);
}

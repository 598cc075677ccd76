/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/tool.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REPORT_VERSIONS "0.1.0 0.2.0 0.2.1 0.2.2 1.0.0"

static const char *name = "benchline";

const char *tool_name(void)
{
    return name;
}

const char *tool_version(void)
{
    return BENCHLINE_VERSION;
}

void tool_note(const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s: %s\n", name, text);
}

void tool_error(const struct error *error)
{
    char text[4096];
    error_format(error, text, sizeof text);
    if (error->file[0] != '\0')
        fprintf(stderr, "%s\n", text);
    else
        fprintf(stderr, "%s: %s\n", name, text);
}

/* The default action, after the temporary files are gone. */
static void end_by_signal(int number)
{
    cleanup_run();
    signal(number, SIG_DFL);
    raise(number);
}

static void arrange_signals(void)
{
    static const int ends[] = {
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXCPU, SIGXFSZ, SIGALRM, SIGABRT};
    for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
        struct sigaction old, action = {.sa_handler = end_by_signal};
        sigemptyset(&action.sa_mask);
        action.sa_flags = SA_NODEFER;
        /* What the caller ignores stays ignored (nohup), and a write then fails with EPIPE. */
        if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
    }
}

/*
 * A standard descriptor that the caller closed must not be taken by the next
 * file opened. It is filled the wrong way round, so that using it still fails.
 */
static void open_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
            _exit(STATUS_MACHINE);
}

static int print(const struct buffer *text)
{
    struct error error = ERROR_INIT;
    int result = output_put(NULL, buffer_slice(text), true, &error);
    return tool_finish(result == 0 ? STATUS_DONE : STATUS_MACHINE, &error);
}

static int answer(const struct command *command, const char *question)
{
    struct buffer text = BUFFER_INIT;
    if (strcmp(question, "--version") == 0)
        buffer_add_format(&text, "%s (benchline) %s\nreport versions: %s\n", command->name,
            BENCHLINE_VERSION, REPORT_VERSIONS);
    else if (strcmp(question, "--list-options") == 0)
        options_list(command->options, &text);
    else if (strcmp(question, "--list-summary") == 0)
        buffer_add_format(&text, "%s\n", command->summary);
    else
        options_help(command, &text);
    int status = print(&text);
    buffer_release(&text);
    return status;
}

/* --help is answered wherever it stands before "--", even beside mistakes. */
static const char *find_question(int argc, char **argv)
{
    static const char *const questions[] = {
        "--help", "-h", "--version", "--list-options", "--list-summary"};
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        for (size_t j = 0; j < ARRAY_SIZE(questions); j++)
            if (strcmp(argv[i], questions[j]) == 0)
                return questions[j];
    return NULL;
}

bool tool_start(
    const struct command *command, int argc, char **argv, struct operands *operands, int *status)
{
    struct error error = ERROR_INIT;

    name = command->name;
    open_standard_descriptors();
    arrange_signals();
    const char *question = find_question(argc, argv);
    if (question) {
        *status = answer(command, question);
        return false;
    }
    if (options_parse(command->options, argc, argv, operands, &error) != 0) {
        *status = tool_finish(STATUS_USAGE, &error);
        return false;
    }
    return true;
}

int tool_finish(int status, const struct error *error)
{
    if (error->code == ERROR_NONE)
        return status;
    if (error->number == EPIPE)
        return 128 + SIGPIPE;
    tool_error(error);
    return tool_worse(status, (int)error_status(error));
}

int tool_run(const struct command *command, int argc, char **argv, struct settings *settings,
    tool_work *work)
{
    struct operands operands;
    struct error error = ERROR_INIT;
    int status;
    if (!tool_start(command, argc, argv, &operands, &status))
        return status;
    status = work(settings, &operands, &error);
    options_release(command->options);
    return tool_finish(status, &error);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/options.h"
#include "base/output.h"

#include <stdbool.h>

/*
 * The life of a tool. Only the mains use this folder; it prints, reads the
 * environment and knows where things lie.
 *
 *     static int run(struct settings *settings, const struct operands *operands,
 *         struct error *error);
 *
 *     int main(int argc, char **argv)
 *     {
 *         struct settings settings = SETTINGS_INIT;
 *         const struct option options[] = {…, OPTION_END};
 *         const struct command command = {"bench-x", "…", usage, options, NULL};
 *         return tool_run(&command, argc, argv, &settings, run);
 *     }
 */
struct settings; /* each tool's own: what its options fill */

/* The tool's work. Returns the status it ends with; the one that error asks for counts if higher.
 */
typedef int tool_work(
    struct settings *settings, const struct operands *operands, struct error *error);

/* All of main behind the table: tool_start, work, options_release, tool_finish. */
int tool_run(const struct command *command, int argc, char **argv, struct settings *settings,
    tool_work *work) MUST_USE;

/*
 * Sets the locale-free world up (signals that end the program remove its
 * temporary files first), reads the command line, answers --help, --version and
 * the completions' question. false: leave main with *status.
 */
bool tool_start(const struct command *command, int argc, char **argv, struct operands *operands,
    int *status) MUST_USE;

/*
 * The last word: prints error if there is one and returns the higher of status
 * and what the error asks for. A closed pipe is quiet and gives 128 + SIGPIPE.
 */
int tool_finish(int status, const struct error *error) MUST_USE;

/* Messages on standard error. tool_error prints error as "file:line:column: /pointer: text". */
void tool_error(const struct error *error);
void tool_note(const char *format, ...) PRINTF_LIKE(1, 2);

/* The higher of two exit statuses. */
static inline int tool_worse(int a, int b)
{
    return a > b ? a : b;
}

/* The tool's name, as its command says. */
const char *tool_name(void);
/* benchline's version. */
const char *tool_version(void);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "subject.h"

#include "base/memory.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {{SIGHUP, "SIGHUP"}, {SIGINT, "SIGINT"}, {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
        {SIGTRAP, "SIGTRAP"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"},
        {SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"}, {SIGUSR2, "SIGUSR2"},
        {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"}, {SIGSYS, "SIGSYS"},
        {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}};
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (names[i].number == number)
            return names[i].name;
    return "a signal";
}

static char *make_reason(const struct subject *subject, const struct process_result *result)
{
    char text[1024];
    if (result->failed != PROCESS_STARTED) {
        process_start_message(subject->spec, result, text, sizeof text);
        return memory_text(text);
    }
    if (result->timed_out)
        return memory_format("it took longer than %g s and was ended", subject->spec->timeout_s);
    if (result->signal != 0)
        return memory_format(
            "ended by signal %d (%s)", result->signal, signal_name(result->signal));
    return memory_format("ended with status %d", result->exit_code);
}

void subject_fail(struct subject *subject, const struct process_result *result, struct slice errors)
{
    subject->outcome = result->failed == PROCESS_STARTED ? OUTCOME_FAILED : OUTCOME_ERROR;
    subject->over = true;
    subject->untold = true;
    subject->failure = *result;
    subject->failure_errors = memory_text_n(errors.size ? errors.data : "", errors.size);
    subject->failure_errors_size = errors.size;
    subject->reason = make_reason(subject, result);
}

void subject_release(struct subject *subject)
{
    series_release(&subject->series);
    free(subject->failure_errors);
    free(subject->reason);
}

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

/* "it ended with status 3", for `what` it. */
static char *make_reason(
    const char *what, const struct process_spec *spec, const struct process_result *result)
{
    char text[1024];
    if (result->failed != PROCESS_STARTED) {
        process_start_message(spec, result, text, sizeof text);
        return memory_text(text);
    }
    if (result->timed_out)
        return memory_format("%s took longer than %g s and was ended", what, spec->timeout_s);
    if (result->signal != 0)
        return memory_format(
            "%s was ended by signal %d (%s)", what, result->signal, signal_name(result->signal));
    return memory_format("%s ended with status %d", what, result->exit_code);
}

void subject_end(struct subject *subject, enum outcome outcome, char *reason)
{
    if (subject->reason) {
        free(reason);
        return;
    }
    subject->outcome = outcome;
    subject->over = true;
    subject->untold = true;
    subject->reason = reason;
}

static void keep_failure(
    struct subject *subject, const struct process_result *result, struct slice errors)
{
    if (subject->has_failure)
        return;
    subject->has_failure = result->failed == PROCESS_STARTED;
    subject->failure = *result;
    free(subject->failure_errors);
    subject->failure_errors = memory_text_n(errors.size ? errors.data : "", errors.size);
    subject->failure_errors_size = errors.size;
}

void subject_fail(struct subject *subject, const struct process_result *result, struct slice errors)
{
    keep_failure(subject, result, errors);
    subject_end(subject, result->failed == PROCESS_STARTED ? OUTCOME_FAILED : OUTCOME_ERROR,
        make_reason("it", subject->spec, result));
}

void subject_fail_hook(struct subject *subject, enum hook hook, const struct process_spec *spec,
    const struct process_result *result, struct slice errors)
{
    char what[60];
    snprintf(what, sizeof what, "the %s command", hook_name(hook));
    keep_failure(subject, result, errors);
    subject_end(subject, OUTCOME_ERROR, make_reason(what, spec, result));
}

bool subject_add_digest(struct subject *subject, const char *digest)
{
    for (size_t i = 0; i < subject->digest_count; i++)
        if (strcmp(subject->digests[i], digest) == 0)
            return subject->digest_count == 1;
    if (subject->digest_count < DIGESTS_MOST)
        memcpy(subject->digests[subject->digest_count++], digest, DIGEST_TEXT);
    return subject->digest_count == 1;
}

const char *subject_unit(const struct subject *subject, size_t index)
{
    const char *said = subject->cell->bench->extractions[index].unit;
    const char *found = subject->units[index];
    return said ? said : found[0] ? found : "1";
}

void subject_release(struct subject *subject)
{
    series_release(&subject->series);
    free(subject->failure_errors);
    free(subject->reason);
}

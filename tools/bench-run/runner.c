/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* sync */
#include "runner.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define CACHES_FILE "/proc/sys/vm/drop_caches"

int drop_caches(struct error *error)
{
    sync(); /* what is not yet on the disk cannot be dropped */
    int fd = open(CACHES_FILE, O_WRONLY | O_CLOEXEC);
    ssize_t written = fd < 0 ? -1 : write(fd, "3\n", 2);
    int number = errno;
    if (fd >= 0)
        close(fd);
    if (written != 2)
        return error_system(
            error, ERROR_MACHINE, number, "cannot drop the caches (that takes root): " CACHES_FILE);
    return 0;
}

static void take_output(void *context, struct slice bytes)
{
    struct runner *runner = context;
    if (runner->hashing)
        digest_add(&runner->digest, bytes.data, bytes.size);
}

static void tick(void *context, double elapsed_s)
{
    struct runner *runner = context;
    runner->tick(runner->tick_context, elapsed_s);
}

int runner_plain(
    struct runner *runner, size_t spec, struct process_result *result, struct error *error)
{
    const struct process_watch watch = {.stop_fd = runner->interrupt->fd,
        .context = runner,
        .take_output = take_output,
        .tick = runner->tick ? tick : NULL,
        .tick_s = 0.25};
    if (spawner_run(runner->spawner, spec, &watch, result, error) != 0)
        return -1;
    runner->used_s += result->usage.user_s + result->usage.system_s;
    return !result->stop_seen || interrupt_check(runner->interrupt) == 0;
}

int runner_hook(struct runner *runner, struct subject *subject, enum hook hook, struct error *error)
{
    size_t spec = subject->cell->hooks[hook];
    struct process_result result;
    if (spec == NO_SPEC || subject->outcome == OUTCOME_SKIPPED)
        return 1;
    int going = runner_plain(runner, spec, &result, error);
    /* A hook that was ended with the tool did not fail. */
    if (going >= 0 && !process_passed(&result) && !result.stopped)
        subject_fail_hook(
            subject, hook, &runner->plan->specs[spec], &result, spawner_errors(runner->spawner));
    return going;
}

static void check_digest(struct runner *runner, struct subject *subject)
{
    char text[DIGEST_TEXT];
    digest_end(&runner->digest, text);
    if (!subject_add_digest(subject, text))
        subject_end(subject, OUTCOME_FAILED, memory_text("its output differs between its runs"));
}

/* What a run that came to its end means. */
static void judge(struct runner *runner, struct subject *subject,
    const struct process_result *result, enum sample_use use, int64_t round)
{
    bool ignored = runner->settings->ignore_failure && result->failed == PROCESS_STARTED &&
                   !result->timed_out && !process_passed(result);
    subject->left_behind += result->left_behind;
    if (!process_passed(result) && !ignored) {
        subject_fail(subject, result, spawner_errors(runner->spawner));
        return;
    }
    subject->ignored_failures += ignored;
    series_add(&subject->series, result, &runner->overhead, use, round);
    subject->taken += use != SAMPLE_WARMUP;
    if (runner->hashing)
        check_digest(runner, subject);
}

int runner_run(struct runner *runner, struct subject *subject, enum sample_use use, int64_t round,
    struct error *error)
{
    struct process_result result;
    int going = runner_hook(runner, subject, HOOK_PREPARE, error);
    if (going <= 0 || subject->over)
        return going;
    if (runner->settings->drop_caches && drop_caches(error) != 0)
        return -1;
    runner->hashing = runner->settings->check_output;
    if (runner->hashing)
        digest_start(&runner->digest);
    going = runner_plain(runner, subject->cell->spec, &result, error);
    if (going > 0)
        judge(runner, subject, &result, use, round);
    runner->hashing = false;
    /* What a prepare command set up is concluded even where the run between was broken off. */
    int concluded = going < 0 ? going : runner_hook(runner, subject, HOOK_CONCLUDE, error);
    return going > 0 ? concluded : going;
}

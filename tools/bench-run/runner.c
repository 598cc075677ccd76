/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* sync */
#include "runner.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
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
    if (runner->capturing)
        buffer_add_slice(&runner->captured, bytes);
}

static void tick(void *context, double elapsed_s)
{
    struct runner *runner = context;
    runner->tick(runner->tick_context, elapsed_s);
}

static struct process_watch watch_of(struct runner *runner)
{
    return (struct process_watch){.stop_fd = runner->interrupt->fd,
        .context = runner,
        .take_output = take_output,
        .tick = runner->tick ? tick : NULL,
        .tick_s = 0.25};
}

int runner_plain(
    struct runner *runner, size_t spec, struct process_result *result, struct error *error)
{
    const struct process_watch watch = watch_of(runner);
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
    const char *expected = subject->cell->bench->expected.sha256;
    char text[DIGEST_TEXT];
    digest_end(&runner->digest, text);
    bool same = subject_add_digest(subject, text);
    if (expected && strcmp(text, expected) != 0)
        subject_end(subject, OUTCOME_FAILED, memory_text("its output is not what was expected"));
    else if (!same)
        subject_end(subject, OUTCOME_FAILED, memory_text("its output differs between its runs"));
}

/* The metrics in its output; false where one is not there. */
static bool extract(struct runner *runner, struct subject *subject)
{
    const struct bench *bench = subject->cell->bench;
    struct error error = ERROR_INIT;
    if (runner->captured.overflow) {
        subject_end(subject, OUTCOME_ERROR,
            memory_format("it prints more than %d MB, too much to look for metrics in",
                EXTRACT_CEILING >> 20));
        return false;
    }
    for (size_t i = 0; i < bench->extraction_count; i++) {
        char unit[EXTRACT_UNIT];
        struct slice output = {buffer_text(&runner->captured), runner->captured.size};
        if (extraction_take(&bench->extractions[i], output, &runner->extra[i], unit, &error) != 0) {
            subject_end(subject, OUTCOME_ERROR, memory_text(error.text));
            return false;
        }
        if (!bench->extractions[i].unit && !subject->units[i][0])
            memcpy(subject->units[i], unit, sizeof unit);
    }
    return true;
}

static bool ended_as_expected(const struct process_result *result, const struct bench *bench)
{
    return result->failed == PROCESS_STARTED && !result->timed_out && !result->stopped &&
           result->exit_code == bench->expected.status;
}

/* A failure that -i makes a sample of. */
static bool is_ignored(const struct settings *settings, const struct process_result *result)
{
    if (!settings->ignore_failure || result->failed != PROCESS_STARTED || result->timed_out)
        return false;
    return settings->ignoring.count == 0 ||
           (result->exit_code > 0 && settings->ignoring.has[result->exit_code]);
}

/* What a run that came to its end means; errors is the end of what it wrote to its standard error.
 */
static void judge(struct runner *runner, const struct turn *turn,
    const struct process_result *result, struct slice errors)
{
    struct subject *subject = turn->subject;
    bool passed = ended_as_expected(result, subject->cell->bench);
    bool ignored = !passed && is_ignored(runner->settings, result);
    if (subject->over || result->stopped)
        return;
    subject->left_behind += result->left_behind;
    if (!passed && !ignored) {
        subject_fail(subject, result, errors);
        return;
    }
    if (runner->capturing && !extract(runner, subject))
        return;
    subject->ignored_failures += ignored;
    series_add(&subject->series, result, &runner->overhead, runner->extra, turn->use, turn->round);
    subject->taken += turn->use != SAMPLE_WARMUP;
    if (runner->hashing)
        check_digest(runner, subject);
}

/* What is done with the output of the run to come. */
static void listen(struct runner *runner, const struct bench *bench)
{
    runner->hashing = runner->settings->check_output || bench->expected.sha256;
    runner->capturing = bench->extraction_count > 0;
    if (runner->hashing)
        digest_start(&runner->digest);
    if (runner->capturing) {
        buffer_reset(&runner->captured);
        runner->captured.ceiling = EXTRACT_CEILING;
        runner->captured.overflow = false;
    }
}

void runner_release(struct runner *runner)
{
    buffer_release(&runner->captured);
}

static int take_turn(struct runner *runner, const struct turn *turn, struct error *error)
{
    struct subject *subject = turn->subject;
    struct process_result result;
    int going = runner_hook(runner, subject, HOOK_PREPARE, error);
    if (going <= 0 || subject->over)
        return going;
    if (runner->settings->drop_caches && drop_caches(error) != 0)
        return -1;
    listen(runner, subject->cell->bench);
    going = runner_plain(runner, subject->cell->spec, &result, error);
    if (going >= 0)
        judge(runner, turn, &result, spawner_errors(runner->spawner));
    runner->hashing = false;
    runner->capturing = false;
    /* What a prepare command set up is concluded even where the run between was broken off. */
    int concluded = going < 0 ? going : runner_hook(runner, subject, HOOK_CONCLUDE, error);
    return going > 0 ? concluded : going;
}

/* Nothing is done before it and after it, and nobody reads what it prints. */
static bool is_bare(const struct runner *runner, const struct subject *subject)
{
    const struct cell *cell = subject->cell;
    return cell->hooks[HOOK_PREPARE] == NO_SPEC && cell->hooks[HOOK_CONCLUDE] == NO_SPEC &&
           !runner->settings->drop_caches && !runner->settings->check_output &&
           !cell->bench->expected.sha256 && cell->bench->extraction_count == 0;
}

static int take_batch(struct runner *runner, const struct turn *turns, size_t count, size_t *taken,
    struct error *error)
{
    const struct process_watch watch = watch_of(runner);
    struct process_result results[SPAWNER_BATCH];
    size_t specs[SPAWNER_BATCH];
    for (size_t i = 0; i < count; i++)
        specs[i] = turns[i].subject->cell->spec;
    if (spawner_run_batch(runner->spawner, specs, count, &watch, results, taken, error) != 0)
        return -1;
    for (size_t i = 0; i < *taken; i++) {
        bool last = i + 1 == *taken; /* the others printed nothing */
        runner->used_s += results[i].usage.user_s + results[i].usage.system_s;
        judge(runner, &turns[i], &results[i],
            last ? spawner_errors(runner->spawner) : (struct slice){NULL, 0});
    }
    return !results[*taken - 1].stop_seen || interrupt_check(runner->interrupt) == 0;
}

int runner_take_turns(struct runner *runner, const struct turn *turns, size_t count, size_t *taken,
    struct error *error)
{
    size_t bare = 0;
    while (bare < count && bare < SPAWNER_BATCH && is_bare(runner, turns[bare].subject))
        bare++;
    if (bare > 1)
        return take_batch(runner, turns, bare, taken, error);
    *taken = 1;
    return take_turn(runner, turns, error);
}

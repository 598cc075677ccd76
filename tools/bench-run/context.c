/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* getentropy */
#include "context.h"

#include "base/random.h"
#include "process/clock.h"
#include "record/time.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int read_epoch(struct context *context, const char *epoch, struct error *error)
{
    char *end;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    if (end == epoch || *end != '\0' || errno != 0 || seconds < 0 || seconds > 253402300799)
        return error_set(
            error, ERROR_USAGE, "SOURCE_DATE_EPOCH is \"%s\"; expected seconds since 1970", epoch);
    context->started_real_ns = seconds * 1000000000;
    context->fixed = true;
    return 0;
}

static uint64_t draw(void)
{
    uint64_t drawn;
    if (getentropy(&drawn, sizeof drawn) != 0) {
        uint64_t state = (uint64_t)clock_real() ^ (uint64_t)getpid() << 32;
        drawn = random_mix(&state);
    }
    return drawn;
}

/*
 * 20260211T093000.123-5f2c81d09ab3: the time in UTC, so that names sort as the
 * runs began, and 48 random bits against two at a time. Where the time is fixed,
 * they follow from the seed.
 */
static void make_run_id(struct context *context)
{
    int64_t milliseconds = context->started_real_ns / 1000000, year;
    int64_t seconds = milliseconds / 1000, of_day = seconds % 86400;
    int month, day;
    uint64_t seed = context->seed;
    uint64_t bits = (context->fixed ? random_mix(&seed) : draw()) >> 16;
    time_date(seconds / 86400, &year, &month, &day);
    context->run_id = arena_format(&context->arena, "%04d%02d%02dT%02d%02d%02d.%03d-%012llx",
        (int)year, month, day, (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60),
        (int)(milliseconds % 1000), (unsigned long long)bits);
}

static bool there(char *path, size_t length, const char *name)
{
    memcpy(path + length, name, strlen(name) + 1);
    return access(path, F_OK) == 0;
}

/*
 * Loading what knows git takes as long as some twenty short programs: only where
 * there is a sign of a repository, in this folder or above. A bare one has a file
 * HEAD in it.
 */
static bool maybe_repository(void)
{
    char path[PATH_MAX + 8];
    if (!getcwd(path, PATH_MAX))
        return false;
    for (size_t length = strlen(path); length > 0;) {
        if (there(path, length, "/.git") || there(path, length, "/HEAD"))
            return true;
        while (length > 0 && path[length - 1] != '/')
            length--;
        while (length > 0 && path[length - 1] == '/')
            length--;
    }
    return there(path, 0, "/.git");
}

/* A folder that is no repository is the usual case; a git that fails is worth a word. */
static void read_head(struct context *context)
{
    if (!maybe_repository())
        return;
    struct error error = ERROR_INIT;
    struct repository *repository;
    char *module = place_module("git");
    if (repository_open(&repository, module, NULL, &error) == 0) {
        context->has_head = repository_head(repository, &context->head, &error) == 0;
        repository_close(repository);
    }
    if (error.code != ERROR_NONE && error.number != ENOENT && error.number != ENOPKG)
        tool_note("the repository is left out: %s", error.text);
    free(module);
}

int context_create(struct context *context, const struct settings *settings, const char *epoch,
    struct error *error)
{
    memset(context, 0, sizeof *context);
    context->probe = (struct probe){settings->sysroot, &context->moment};
    context->started_ns = clock_monotonic();
    context->started_real_ns = clock_real();
    if (epoch && read_epoch(context, epoch, error) != 0)
        return -1;
    /* 32 bits are enough to tell orders apart, and short enough to type again. */
    context->seed = settings->seed_given ? (uint64_t)settings->seed : draw() >> 32;
    context->run_id = settings->run_id;
    if (!context->run_id)
        make_run_id(context);

    struct probe lasting = {settings->sysroot, &context->arena};
    machine_facts_read(&context->facts, &lasting);
    read_head(context);
    return 0;
}

void context_release(struct context *context)
{
    if (context->has_head)
        git_head_release(&context->head);
    arena_release(&context->moment);
    arena_release(&context->arena);
}

int64_t context_real(const struct context *context, int64_t monotonic_ns)
{
    return context->started_real_ns + (context->fixed ? 0 : monotonic_ns - context->started_ns);
}

/* Looking at each process takes too long to do it twice for a run of a second. */
static const int64_t count_again_ns = 1000000000;

static bool is_worse(const struct machine_flag *flag, const struct machine_flag *than)
{
    return fabs(flag->value - flag->limit) > fabs(than->value - than->limit);
}

static void remember(struct machine_flags *seen, const struct machine_flags *flags)
{
    for (size_t i = 0; i < flags->count; i++) {
        const struct machine_flag *flag = &flags->items[i];
        size_t at = 0;
        while (at < seen->count && seen->items[at].kind != flag->kind)
            at++;
        if (at == seen->count || is_worse(flag, &seen->items[at]))
            seen->items[at] = *flag;
        seen->count += at == seen->count;
    }
}

void context_look(struct context *context, bool count_processes, double own_s)
{
    int64_t now = clock_monotonic();
    bool count =
        count_processes && (!context->has_last || now - context->counted_ns >= count_again_ns);
    arena_reset(&context->moment);
    machine_state_read(&context->now, &context->probe, count);
    if (count)
        context->counted_ns = now;
    else if (count_processes)
        context->now.zombies = context->zombies;
    if (count)
        context->zombies = context->now.zombies;
    machine_health(
        &context->flags, context->has_last ? &context->last : NULL, &context->now, own_s);
    remember(&context->seen, &context->flags);
    context->last = context->now;
    context->has_last = true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "measure.h"

#include "base/memory.h"
#include "base/random.h"
#include "process/clock.h"
#include "subject.h"

#include <stdlib.h>
#include <sys/resource.h>

/* A line in parts comes at least this often. */
static const int64_t part_ns = 1000000000;
/* Without -r: so many runs as fit in this time, a command, but not fewer than that. */
static const double usual_time_s = 3;
enum { USUAL_RUNS = 10 };

struct loop {
    const struct measurement *with;
    struct subject *subjects;
    size_t count;
    struct random random;
    size_t *order; /* scratch for one round */
    int64_t written_ns;
    double own_s; /* processor time of the programs since the last look */
    double self_s;
    struct error *error; /* where a part cannot be written while a program runs */
    bool broken;
};

static double self_seconds(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return 0;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static bool has_news(const struct subject *subject)
{
    return subject->untold || subject->series.pending.count > 0;
}

/* Everything that is not yet in a line, and the bytes on their way. */
static int write_parts(struct loop *loop, bool last, struct error *error)
{
    bool news = last;
    for (size_t i = 0; i < loop->count && !news; i++)
        news = has_news(&loop->subjects[i]);
    loop->written_ns = clock_monotonic();
    if (!news)
        return 0;
    double self_s = self_seconds();
    context_look(loop->with->context, last, loop->own_s + self_s - loop->self_s);
    loop->own_s = 0;
    loop->self_s = self_s;
    for (size_t i = 0; i < loop->count; i++)
        if (has_news(&loop->subjects[i]) &&
            journal_result(loop->with->journal, &loop->subjects[i], error) != 0)
            return -1;
    return output_sync(loop->with->output, error);
}

/* While a program runs long; what comes of it is told after the run. */
static void tick(void *context, double elapsed_s)
{
    struct loop *loop = context;
    (void)elapsed_s;
    if (!loop->broken && clock_monotonic() - loop->written_ns >= part_ns)
        loop->broken = write_parts(loop, false, loop->error) != 0;
}

/*
 * Before a run that would end after the next part is due: better now than beside
 * the program that is measured.
 */
static int write_parts_before(struct loop *loop, const struct subject *subject, struct error *error)
{
    const struct series *series = &subject->series;
    double expected = series->total ? series->wall_sum / (double)series->total : 0;
    int64_t ends = clock_monotonic() + (int64_t)(expected * 1e9);
    return ends - loop->written_ns >= part_ns ? write_parts(loop, false, error) : 0;
}

enum run_kind { RUN_WARMUP, RUN_SAMPLE };

/* 1 when the run is done, whatever came of it; 0 when the tool was told to stop. */
static int run_once(struct loop *loop, struct subject *subject, enum run_kind kind, int64_t round,
    struct error *error)
{
    const struct process_watch watch = {
        .stop_fd = loop->with->interrupt->fd, .context = loop, .tick = tick, .tick_s = 1};
    struct process_result result;
    loop->error = error;
    if (write_parts_before(loop, subject, error) != 0 ||
        spawner_run(loop->with->spawner, subject->cell->spec, &watch, &result, error) != 0 ||
        loop->broken)
        return -1;
    if (interrupt_check(loop->with->interrupt) != 0)
        return 0;
    loop->own_s += result.usage.user_s + result.usage.system_s;
    if (!process_passed(&result))
        subject_fail(subject, &result, spawner_errors(loop->with->spawner));
    else if (kind == RUN_WARMUP)
        series_add_warmup(&subject->series, &result);
    else
        series_add(&subject->series, &result, round);
    return 1;
}

/* Some subjects that are measured in turn: all of them, or one. */
struct group {
    struct subject *subjects;
    size_t count;
};

static int run_round(struct loop *loop, const struct group *group, enum run_kind kind,
    int64_t round, struct error *error)
{
    for (size_t i = 0; i < group->count; i++)
        loop->order[i] = i;
    if (loop->with->settings->order == ORDER_INTERLEAVED)
        random_shuffle(&loop->random, loop->order, group->count);
    for (size_t i = 0; i < group->count; i++) {
        struct subject *subject = &group->subjects[loop->order[i]];
        int done = subject->over ? 1 : run_once(loop, subject, kind, round, error);
        if (done <= 0)
            return done;
    }
    return 1;
}

/* After the first round: how many there are to be. */
static int64_t rounds_wanted(const struct loop *loop, const struct group *group)
{
    double seconds = 0;
    size_t alive = 0;
    if (loop->with->settings->runs > 0)
        return loop->with->settings->runs;
    for (size_t i = 0; i < group->count; i++)
        if (group->subjects[i].series.total > 0) {
            seconds += group->subjects[i].series.wall_sum;
            alive++;
        }
    double fit = seconds > 0 ? usual_time_s * (double)alive / seconds : 0;
    return fit > RUNS_MOST ? RUNS_MOST : fit > USUAL_RUNS ? (int64_t)fit : USUAL_RUNS;
}

static bool all_over(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (!group->subjects[i].over)
            return false;
    return true;
}

static int measure_group(struct loop *loop, const struct group *group, struct error *error)
{
    int going = 1;
    for (size_t i = 0; i < group->count; i++)
        group->subjects[i].paired = group->count > 1;
    for (int64_t i = 0; going > 0 && i < loop->with->settings->warmup; i++)
        going = run_round(loop, group, RUN_WARMUP, i, error);
    int64_t wanted = 1;
    for (int64_t round = 0; going > 0 && round < wanted && !all_over(group); round++) {
        going = run_round(loop, group, RUN_SAMPLE, round, error);
        if (round == 0)
            wanted = rounds_wanted(loop, group);
    }
    return going;
}

static int measure_groups(struct loop *loop, struct error *error)
{
    size_t size = loop->with->settings->order == ORDER_BLOCKED ? 1 : loop->count;
    int going = 1;
    for (size_t i = 0; going > 0 && i < loop->count; i += size) {
        struct group group = {loop->subjects + i, size};
        going = measure_group(loop, &group, error);
    }
    return going;
}

static struct subject *make_subjects(const struct plan *plan)
{
    struct subject *subjects = memory_zero(plan->count, sizeof *subjects);
    for (size_t i = 0; i < plan->count; i++) {
        subjects[i].cell = &plan->cells[i];
        subjects[i].spec = &plan->specs[plan->cells[i].spec];
    }
    return subjects;
}

static int worst_status(const struct loop *loop)
{
    for (size_t i = 0; i < loop->count; i++)
        if (loop->subjects[i].outcome != OUTCOME_PASSED)
            return STATUS_FOUND;
    return STATUS_DONE;
}

int measure(const struct measurement *measurement, int *status, struct error *error)
{
    struct loop loop = {.with = measurement,
        .subjects = make_subjects(measurement->plan),
        .count = measurement->plan->count,
        .random = random_from(measurement->context->seed),
        .written_ns = clock_monotonic(),
        .self_s = self_seconds()};
    loop.order = memory_take(loop.count * sizeof *loop.order);

    int going = measure_groups(&loop, error);
    bool interrupted = going == 0;
    /* After a failure of the machine, what is measured is still to be saved if it can be. */
    int result = write_parts(&loop, true, error);
    if (result == 0)
        result = journal_end(measurement->journal, loop.subjects, loop.count, interrupted, error);
    *status = worst_status(&loop);
    for (size_t i = 0; i < loop.count; i++)
        subject_release(&loop.subjects[i]);
    free(loop.subjects);
    free(loop.order);
    return going < 0 ? -1 : result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "measure.h"

#include "base/memory.h"
#include "base/random.h"
#include "figures.h"
#include "process/clock.h"
#include "tool/tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* A line in parts comes at least this often. */
static const int64_t part_ns = 1000000000;
/* Without -r: so many runs as fit in this time, a command, but not fewer than that. */
static const double usual_time_s = 3;
/* Runs that take no longer together are handed over at once: nothing of the tool runs between
 * them, and it is not away for so long that somebody would notice. */
static const double stretch_s = 0.025;
enum { USUAL_RUNS = 10 };

struct loop {
    const struct measurement *with;
    struct subject *subjects;
    size_t count;
    struct stopping stopping;
    struct random random;
    size_t *order;      /* scratch for one round */
    struct turn *turns; /* of the rounds that are drawn */
    size_t turn_count;
    int64_t first_round;           /* its number; 0 but for a run that is continued */
    const struct subject *current; /* that runs, */
    const char *doing;             /* and what for, if not for a sample */
    int64_t written_ns;
    double used_s, self_s; /* processor time of the programs and of the tool, at the last look */
    struct error *error;   /* where a part cannot be written while a program runs */
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

static void look(struct loop *loop, bool last)
{
    double self_s = self_seconds(), used_s = loop->with->runner->used_s;
    context_look(loop->with->context, last, used_s - loop->used_s + self_s - loop->self_s);
    loop->used_s = used_s;
    loop->self_s = self_s;
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
    look(loop, last);
    for (size_t i = 0; i < loop->count; i++)
        if (has_news(&loop->subjects[i]) &&
            journal_result(loop->with->journal, &loop->subjects[i], error) != 0)
            return -1;
    return loop->with->output ? output_sync(loop->with->output, error) : 0;
}

static void show_progress(const struct loop *loop)
{
    const struct settings *settings = loop->with->settings;
    const struct progress_view view = {.subjects = loop->subjects,
        .count = loop->count,
        .current = loop->current,
        .doing = loop->doing,
        .bounded = stopping_looks(settings),
        .precision = settings->precision};
    progress_show(loop->with->progress, &view);
}

/* While a program runs long; what comes of it is told after the run. */
static void tick(void *context, double elapsed_s)
{
    struct loop *loop = context;
    (void)elapsed_s;
    show_progress(loop);
    if (!loop->broken && clock_monotonic() - loop->written_ns >= part_ns)
        loop->broken = write_parts(loop, false, loop->error) != 0;
}

/* How long a run of it takes; infinite before the first. */
static double expected_s(const struct subject *subject)
{
    const struct series *series = &subject->series;
    if (series->total > 0)
        return series->wall_sum / (double)series->total;
    const struct samples_taken *before =
        series->discarded.count > 0 ? &series->discarded : &series->warmup;
    return before->count > 0 ? before->items[before->count - 1].values[MEASURED_WALL] : INFINITY;
}

/*
 * Before runs that would end after the next part is due: better now than beside the
 * program that is measured.
 */
static int write_parts_before(struct loop *loop, double expected, struct error *error)
{
    int64_t ends = clock_monotonic() + (isfinite(expected) ? (int64_t)(expected * 1e9) : 0);
    return ends - loop->written_ns >= part_ns ? write_parts(loop, false, error) : 0;
}

/* How many turns from `at` on are handed over at once, and how long they will take. */
static size_t stretch(const struct loop *loop, size_t at, double *seconds)
{
    size_t length = 1;
    *seconds = expected_s(loop->turns[at].subject);
    for (; at + length < loop->turn_count; length++) {
        double next = expected_s(loop->turns[at + length].subject);
        if (*seconds + next > stretch_s)
            break;
        *seconds += next;
    }
    return length;
}

static int take_stretch(struct loop *loop, size_t at, size_t *taken, struct error *error)
{
    const struct turn *turns = loop->turns + at;
    double seconds;
    size_t length = stretch(loop, at, &seconds);
    loop->error = error;
    loop->current = turns->subject;
    loop->doing = turns->use == SAMPLE_WARMUP ? "warmup" : NULL;
    show_progress(loop);
    if (write_parts_before(loop, seconds, error) != 0)
        return -1;
    int going = runner_take_turns(loop->with->runner, turns, length, taken, error);
    return loop->broken ? -1 : going;
}

/* What failed gets no further turn. */
static void drop_turns(struct loop *loop, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < loop->turn_count; i++)
        if (!loop->turns[i].subject->over)
            loop->turns[kept++] = loop->turns[i];
    loop->turn_count = kept;
}

/* 1 when all turns are taken, 0 when the tool was told to stop. */
static int take_turns(struct loop *loop, struct error *error)
{
    size_t taken = 0;
    for (size_t at = 0; at < loop->turn_count; at += taken) {
        int going = take_stretch(loop, at, &taken, error);
        if (going <= 0)
            return going;
        drop_turns(loop, at + taken);
    }
    return 1;
}

/* Some subjects that are measured in turn: all of them, or one. */
struct group {
    struct subject *subjects;
    size_t count;
};

/* Whether it has a turn in a round that is so many after the last one taken. */
static bool takes_part(const struct subject *subject, bool warmup, int64_t round, int64_t ahead)
{
    if (subject->over)
        return false;
    return warmup ? round + ahead < subject->cell->warmup
                  : subject->taken + ahead < subject->wanted;
}

static enum sample_use use_of(const struct loop *loop, int64_t number)
{
    return number < loop->with->settings->discard ? SAMPLE_DISCARDED : SAMPLE_KEPT;
}

static bool is_round(const struct group *group, bool warmup, int64_t round, int64_t ahead)
{
    for (size_t i = 0; i < group->count; i++)
        if (takes_part(&group->subjects[i], warmup, round, ahead))
            return true;
    return false;
}

static void draw_round(
    struct loop *loop, const struct group *group, bool warmup, int64_t round, int64_t ahead)
{
    for (size_t i = 0; i < group->count; i++)
        loop->order[i] = i;
    if (loop->with->settings->order == ORDER_INTERLEAVED)
        random_shuffle(&loop->random, loop->order, group->count);
    for (size_t i = 0; i < group->count; i++) {
        struct subject *subject = &group->subjects[loop->order[i]];
        if (takes_part(subject, warmup, round, ahead))
            loop->turns[loop->turn_count++] = (struct turn){.subject = subject,
                .use = warmup ? SAMPLE_WARMUP : use_of(loop, subject->taken + ahead),
                .round = loop->first_round + round + ahead};
    }
}

/*
 * The turns of so many rounds, or of less where nobody takes part any more. A round
 * without a turn draws nothing, so that what a seed leads to does not hang on how
 * many rounds are drawn at once. False when there is no turn at all.
 */
static bool draw_rounds(
    struct loop *loop, const struct group *group, bool warmup, int64_t round, int64_t rounds)
{
    loop->turn_count = 0;
    for (int64_t ahead = 0; ahead < rounds; ahead++)
        if (is_round(group, warmup, round, ahead))
            draw_round(loop, group, warmup, round, ahead);
    return loop->turn_count > 0;
}

/* How many rounds are so short that they may be taken in one go. */
static int64_t rounds_at_once(const struct loop *loop, const struct group *group)
{
    int64_t most = stopping_rounds_left(&loop->stopping, group->subjects, group->count);
    double seconds = 0;
    for (size_t i = 0; i < group->count; i++)
        seconds += group->subjects[i].over ? 0 : expected_s(&group->subjects[i]);
    double fit = fmin(stretch_s / seconds, (double)(SPAWNER_BATCH / group->count));
    if (isnan(fit) || fit < 2)
        return 1;
    return fit < (double)most ? (int64_t)fit : most;
}

/* After the first round: how many rounds fit, all alike, so that all samples are paired. */
static int64_t runs_that_fit(const struct settings *settings, const struct group *group)
{
    double seconds = 0;
    size_t alive = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct series *series = &group->subjects[i].series;
        const struct samples_taken *taken =
            series->discarded.count > 0 ? &series->discarded : &series->pending;
        if (group->subjects[i].cell->runs > 0 || taken->count == 0)
            continue;
        seconds += taken->items[0].values[MEASURED_WALL];
        alive++;
    }
    if (settings->conclusive)
        return stopping_most_samples(settings);
    if (settings->precision > 0)
        return settings->max_given ? settings->max_runs : RUNS_MOST;
    double fit = seconds > 0 ? usual_time_s * (double)alive / seconds : RUNS_MOST;
    double low = settings->min_given ? (double)settings->min_runs : USUAL_RUNS;
    double high = settings->max_given ? (double)settings->max_runs : RUNS_MOST;
    low = low > high ? high : low;
    return (int64_t)(fit < low ? low : fit > high ? high : fit);
}

static void set_wanted(const struct settings *settings, const struct group *group)
{
    int64_t fit = runs_that_fit(settings, group);
    for (size_t i = 0; i < group->count; i++) {
        struct subject *subject = &group->subjects[i];
        int64_t runs = subject->cell->runs > 0 ? subject->cell->runs : fit;
        subject->wanted = runs + settings->discard;
    }
}

static int run_hooks(
    struct loop *loop, const struct group *group, enum hook hook, struct error *error)
{
    int going = 1;
    loop->error = error;
    for (size_t i = 0; i < group->count && going >= 0; i++) {
        loop->current = &group->subjects[i];
        loop->doing = hook_name(hook);
        int done = runner_hook(loop->with->runner, &group->subjects[i], hook, error);
        going = done < going ? done : going;
        if (hook == HOOK_SETUP && going <= 0)
            break;
    }
    return going;
}

/* No more runs but for those with a number of their own. */
static void end_rounds(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->subjects[i].cell->runs == 0)
            group->subjects[i].wanted = group->subjects[i].taken;
}

static int warm_up(struct loop *loop, const struct group *group, struct error *error)
{
    int going = 1;
    for (int64_t round = 0, rounds; going > 0; round += rounds) {
        rounds = rounds_at_once(loop, group);
        if (!draw_rounds(loop, group, true, round, rounds))
            break;
        going = take_turns(loop, error);
    }
    return going;
}

static int measure_rounds(struct loop *loop, const struct group *group, struct error *error)
{
    int going = 1;
    for (size_t i = 0; i < group->count; i++) {
        int64_t runs = group->subjects[i].cell->runs;
        group->subjects[i].wanted = runs > 0 ? runs + loop->with->settings->discard : 1;
    }
    for (int64_t round = 0, rounds; going > 0; round += rounds) {
        rounds = round == 0 ? 1 : rounds_at_once(loop, group);
        if (!draw_rounds(loop, group, false, round, rounds))
            break;
        going = take_turns(loop, error);
        if (round == 0)
            set_wanted(loop->with->settings, group);
        if (stopping_enough(&loop->stopping, group->subjects, group->count))
            end_rounds(group);
    }
    return going;
}

static int measure_group(struct loop *loop, const struct group *group, struct error *error)
{
    for (size_t i = 0; i < group->count; i++)
        group->subjects[i].paired = group->count > 1;
    stopping_begin(&loop->stopping, group->subjects, group->count);
    if (loop->stopping.spent)
        return 1;
    int going = run_hooks(loop, group, HOOK_SETUP, error);
    if (going > 0)
        going = warm_up(loop, group, error);
    if (going > 0)
        going = measure_rounds(loop, group, error);
    if (going < 0)
        return going;
    int cleaned = run_hooks(loop, group, HOOK_CLEANUP, error);
    return cleaned < going ? cleaned : going;
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

/* Variants that print different things do not do the same work. */
static void compare_outputs(struct loop *loop)
{
    for (size_t i = 1; i < loop->count; i++)
        for (size_t j = 0; j < i; j++) {
            struct subject *one = &loop->subjects[j], *two = &loop->subjects[i];
            if (one->digest_count != 1 || two->digest_count != 1 ||
                !cell_same_benchmark(one->cell, two->cell) ||
                strcmp(one->digests[0], two->digests[0]) == 0)
                continue;
            subject_end(two, OUTCOME_FAILED,
                memory_format("its output differs from that of %s",
                    one->cell->variant ? one->cell->variant : one->cell->command));
            break;
        }
}

static void note_precision(const struct loop *loop)
{
    double width;
    const struct subject *widest =
        stopping_widest(&loop->stopping, loop->subjects, loop->count, &width);
    struct buffer title = BUFFER_INIT;
    if (!widest || widest->series.total == 0 || !isfinite(width))
        return;
    figures_add_title(&title, widest);
    tool_note("after %zu samples the interval of %s is %.3g %% of its median, not %.3g %%",
        widest->series.total, buffer_text(&title), 100 * width,
        100 * loop->with->settings->precision);
    buffer_release(&title);
}

/* Where the rule got less than it asks for. */
static void note_stopping(const struct loop *loop)
{
    const struct stopping *stopping = &loop->stopping;
    size_t samples = 0;
    for (size_t i = 0; i < loop->count; i++)
        if (loop->subjects[i].series.total > samples)
            samples = loop->subjects[i].series.total;
    if (loop->with->settings->precision > 0)
        note_precision(loop);
    else if (stopping->limited)
        tool_note(
            "%s has too few samples or runs for a verdict; more of them here would not settle it",
            loop->with->settings->against);
    else if (stopping->spent)
        tool_note("its samples have had all %lld looks already; a larger --max-runs allows more",
            (long long)stopping->looks);
    else if (stopping_looks(loop->with->settings) && !stopping->settled)
        tool_note("after %zu samples not every comparison has a verdict", samples);
}

struct subject *subjects_create(const struct plan *plan)
{
    struct subject *subjects = memory_zero(plan->count, sizeof *subjects);
    for (size_t i = 0; i < plan->count; i++) {
        const struct cell *cell = &plan->cells[i];
        subjects[i].cell = cell;
        subjects[i].series.extra_count = cell->bench->extraction_count;
        subjects[i].spec = cell->spec == NO_SPEC ? NULL : &plan->specs[cell->spec];
        if (cell->bench->skip)
            subject_end(&subjects[i], OUTCOME_SKIPPED, memory_text(cell->bench->skip));
    }
    return subjects;
}

void subjects_free(struct subject *subjects, size_t count)
{
    for (size_t i = 0; i < count; i++)
        subject_release(&subjects[i]);
    free(subjects);
}

int measure(const struct measurement *measurement, struct error *error)
{
    int64_t first_round = measurement->resume ? measurement->resume->rounds : 0;
    struct loop loop = {.with = measurement,
        .first_round = first_round,
        .subjects = measurement->subjects,
        .count = measurement->plan->count,
        .random = random_from(measurement->context->seed + (uint64_t)first_round),
        .written_ns = clock_monotonic(),
        .used_s = measurement->runner->used_s,
        .self_s = self_seconds()};
    stopping_start(&loop.stopping, measurement->settings, measurement->against);
    loop.stopping.continued = measurement->resume ? measurement->resume->continued + 1 : 0;
    loop.order = memory_take(loop.count * sizeof *loop.order);
    loop.turns = memory_take((loop.count + SPAWNER_BATCH) * sizeof *loop.turns);
    measurement->runner->tick = tick;
    measurement->runner->tick_context = &loop;

    int going = measure_groups(&loop, error);
    measurement->runner->tick = NULL;
    progress_clear(measurement->progress);
    compare_outputs(&loop);
    if (going > 0)
        note_stopping(&loop);
    /* After a failure of the machine, what is measured is still to be saved if it can be. */
    int result = write_parts(&loop, true, error);
    if (result == 0)
        result = journal_end(
            measurement->journal, loop.subjects, loop.count, &loop.stopping, going == 0, error);
    free(loop.order);
    free(loop.turns);
    return going < 0 ? -1 : result;
}

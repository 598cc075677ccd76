/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "process/words.h"

#include <math.h>
#include <string.h>

/* A command that nobody would wait for is no advice. */
enum { ADVICE_SAMPLES_MOST = 1000, ADVICE_BENCHMARKS_MOST = 8 };

/* How an open benchmark can be measured again. */
enum way {
    WAY_SUITE,   /* both sides in turns, out of the files of benchmarks they came from */
    WAY_TURNS,   /* both commands in turns: that settles what single runs cannot, too */
    WAY_AGAINST, /* the head's command again, against what there is of the base */
    WAY_EACH,    /* the same command where the base is, and where the head is */
    WAYS
};

/* A benchmark that more samples would settle; one entry a group. */
struct open_benchmark {
    const struct contrast *contrast;
    double samples;
};

struct advice {
    const struct report *report;
    enum way way;
    struct open_benchmark items[ADVICE_BENCHMARKS_MOST];
    size_t count;
    double samples; /* the most that one of them needs */
    bool time;      /* it is about wall times */
};

/* ---- which way goes ------------------------------------------------------------------- */

static bool has_commands(const struct contrast *contrast)
{
    for (int side = 0; side < SIDES; side++) {
        struct slice command = contrast->commands[side];
        if (!command.data || memchr(command.data, '\0', command.size))
            return false;
    }
    return true;
}

/* bench-run took it out of a file. */
static bool is_of_suite(const struct contrast *contrast)
{
    return contrast->shown->facts.suite_count == 1 &&
           slice_is(contrast->shown->run->facts.producer.name, "bench-run");
}

static bool is_by_variant(const struct report *report)
{
    return report->inputs->split && !report->inputs->how.label;
}

static bool has_one_name(const struct contrast *contrast)
{
    const struct sides_group *group = contrast->group;
    return slice_equal(group->results[SIDE_BASE][0]->facts.name, contrast->shown->facts.name);
}

/* Of n and m samples the comparison has 2nm / (n + m) a side. NaN: the base is too small for it. */
static double beside_base(double n, double needed)
{
    return 2 * n > needed ? ceil(needed * n / (2 * n - needed)) : NAN;
}

/* The same command is another program on each side, and can be measured again by its name. */
static bool is_same_again(const struct report *report, const struct contrast *contrast)
{
    const struct report_result *facts = &contrast->shown->facts;
    bool unknown = contrast->comparison.reasons & reason_bit(REASON_BETWEEN_RUN_UNKNOWN);
    if (report->inputs->split || (report->settings->strict && unknown) || !has_one_name(contrast))
        return false;
    if (!is_of_suite(contrast) && (facts->suite_count > 0 || facts->param_count > 0))
        return false;
    return slice_equal(contrast->commands[SIDE_BASE], contrast->commands[SIDE_HEAD]);
}

/* The base is one input that bench-run can read, too. */
static bool has_readable_base(const struct report *report)
{
    const struct inputs *inputs = report->inputs;
    return inputs->counts[SIDE_BASE] == 1 && strcmp(inputs->operands[SIDE_BASE][0], "-") != 0 &&
           !report->settings->repository;
}

static bool goes(enum way way, const struct report *report, const struct contrast *contrast)
{
    if (!has_commands(contrast))
        return false;
    switch (way) {
    case WAY_SUITE: return is_by_variant(report) && is_of_suite(contrast);
    case WAY_TURNS:
        return !slice_equal(contrast->commands[SIDE_BASE], contrast->commands[SIDE_HEAD]);
    case WAY_AGAINST: return has_readable_base(report) && is_same_again(report, contrast);
    case WAY_EACH: return is_same_again(report, contrast);
    case WAYS: break;
    }
    return false;
}

static double samples_of(enum way way, const struct contrast *contrast)
{
    double needed = ceil(contrast->comparison.needed.samples);
    return way == WAY_AGAINST ? beside_base((double)contrast->comparison.base.n, needed) : needed;
}

/* One command cannot do both: run commands, and take others out of a file. */
static bool goes_together(const struct advice *advice, const struct contrast *contrast)
{
    const struct contrast *first = advice->count > 0 ? advice->items[0].contrast : contrast;
    if (advice->way == WAY_TURNS)
        return true;
    return is_of_suite(first) == is_of_suite(contrast) &&
           (!is_of_suite(first) || first->shown->run == contrast->shown->run);
}

static void collect(struct advice *advice)
{
    const struct report *report = advice->report;
    advice->count = 0;
    advice->samples = 0;
    for (size_t i = 0; i < report->row_count; i++) {
        const struct contrast *contrast = report->rows[i];
        double samples = samples_of(advice->way, contrast);
        size_t at = 0;
        if (!contrast->compared || !(samples <= ADVICE_SAMPLES_MOST) ||
            !goes(advice->way, report, contrast) || !goes_together(advice, contrast) ||
            (advice->time && !slice_is(contrast->metric, "wall_time")))
            continue;
        while (at < advice->count && advice->items[at].contrast->group != contrast->group)
            at++;
        if (at == ADVICE_BENCHMARKS_MOST)
            continue;
        if (at == advice->count)
            advice->items[advice->count++] = (struct open_benchmark){contrast, 0};
        advice->items[at].samples = fmax(advice->items[at].samples, samples);
        advice->samples = fmax(advice->samples, samples);
    }
}

/* ---- the command ----------------------------------------------------------------------- */

static void add_option(struct buffer *out, const char *option, struct slice value)
{
    buffer_add_char(out, ' ');
    buffer_add_text(out, option);
    buffer_add_char(out, ' ');
    words_quote(out, value);
}

static struct slice side_name(const struct report *report, enum side_of side)
{
    if (is_by_variant(report))
        return report->inputs->how.values[side];
    return slice_of(side == SIDE_BASE ? "base" : "head");
}

/* The sides of each benchmark that are measured: -n, --variant, then the commands. */
static void add_commands(struct buffer *out, const struct advice *advice)
{
    bool both = advice->way == WAY_TURNS;
    for (size_t i = 0; i < advice->count; i++)
        for (int side = both ? SIDE_BASE : SIDE_HEAD; side < SIDES; side++) {
            const struct report_result *facts = &advice->items[i].contrast->shown->facts;
            add_option(out, "-n", facts->name);
            if (both)
                add_option(out, "--variant", side_name(advice->report, (enum side_of)side));
            else if (facts->variant.size > 0)
                add_option(out, "--variant", facts->variant);
        }
    for (size_t i = 0; i < advice->count; i++)
        for (int side = both ? SIDE_BASE : SIDE_HEAD; side < SIDES; side++) {
            buffer_add_char(out, ' ');
            words_quote(out, advice->items[i].contrast->commands[side]);
        }
}

/* Without a file bench-run takes bench.yaml again. */
static void add_suite(struct buffer *out, const struct advice *advice)
{
    struct buffer name = BUFFER_INIT;
    const struct sides_run *run = advice->items[0].contrast->shown->run;
    for (size_t i = 0; i < run->suite_count; i++)
        add_option(out, "--suite", run->suites[i]);
    for (size_t i = 0; i < advice->count; i++) {
        const struct report_result *facts = &advice->items[i].contrast->shown->facts;
        buffer_reset(&name);
        buffer_add_slice(&name, facts->suites[0]);
        buffer_add_char(&name, '/');
        buffer_add_slice(&name, facts->name);
        add_option(out, "-b", buffer_slice(&name));
    }
    buffer_release(&name);
}

static void add_diff(struct buffer *out, const struct advice *advice)
{
    const struct settings *settings = advice->report->settings;
    buffer_add_text(out, " | bench-diff");
    if (settings->strict)
        buffer_add_text(out, " --strict");
    if (settings->policy)
        add_option(out, "--policy", slice_of(settings->policy));
    for (size_t i = 0; i < settings->history.count; i++)
        add_option(out, "--history", slice_of(settings->history.items[i]));
    if (advice->way == WAY_AGAINST) {
        buffer_add_char(out, ' ');
        words_quote(out, slice_of(advice->report->inputs->operands[SIDE_BASE][0]));
        buffer_add_text(out, " -");
        return;
    }
    buffer_add_text(out, " --sides variant=");
    buffer_add_slice(out, side_name(advice->report, SIDE_BASE));
    buffer_add_char(out, ',');
    buffer_add_slice(out, side_name(advice->report, SIDE_HEAD));
}

/* bench-run goes on as long as it must, up to 200 samples unless it is told; looking costs some. */
static void add_length(struct buffer *out, const struct advice *advice)
{
    enum { USUAL_MOST = 200 };
    double most = ceil(advice->samples * 1.5 / 10) * 10;
    if (advice->way != WAY_AGAINST || !advice->time) {
        buffer_add_format(out, " -r %.0f", advice->samples);
        return;
    }
    buffer_add_text(out, " --until conclusive");
    if (most > USUAL_MOST)
        buffer_add_format(out, " -M %.0f", most);
    add_option(out, "--against", slice_of(advice->report->inputs->operands[SIDE_BASE][0]));
}

static bool find_way(struct advice *advice)
{
    /* Where the time is open it decides; the other metrics come along. */
    for (int time = 1; time >= 0; time--)
        for (int way = 0; way < WAYS; way++) {
            advice->time = time;
            advice->way = (enum way)way;
            collect(advice);
            if (advice->count > 0)
                return true;
        }
    return false;
}

const char *words_advice(struct buffer *out, const struct report *report)
{
    struct advice advice = {.report = report};
    if (!find_way(&advice))
        return NULL;
    buffer_add_text(out, "bench-run");
    add_length(out, &advice);
    if (advice.way != WAY_TURNS && is_of_suite(advice.items[0].contrast))
        add_suite(out, &advice);
    else
        add_commands(out, &advice);
    if (advice.way == WAY_EACH)
        return "This, run again on both sides, would settle what is open:";
    add_diff(out, &advice);
    return "This would settle what is open:";
}

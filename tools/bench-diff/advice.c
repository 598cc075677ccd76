/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include <math.h>
#include <string.h>

/* A command that nobody would wait for is no advice. */
enum { ADVICE_SAMPLES_MOST = 1000, ADVICE_BENCHMARKS_MOST = 8 };

/* As sh reads one word. */
static void add_quoted(struct buffer *out, struct slice word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    bool bare = word.size > 0;
    for (size_t i = 0; i < word.size; i++)
        bare = bare && word.data[i] != '\0' && strchr(plain, word.data[i]);
    if (bare) {
        buffer_add_slice(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, word.data[i]);
    buffer_add_char(out, '\'');
}

/* A benchmark that more samples would settle; one entry a group. */
struct open_benchmark {
    const struct contrast *contrast;
    double samples;
};

struct advice {
    struct open_benchmark items[ADVICE_BENCHMARKS_MOST];
    size_t count;
};

static bool is_known(const struct contrast *contrast)
{
    for (int side = 0; side < SIDES; side++) {
        struct slice command = contrast->commands[side];
        if (!command.data || memchr(command.data, '\0', command.size))
            return false;
    }
    return contrast->comparison.needed.samples <= ADVICE_SAMPLES_MOST;
}

static void collect(struct advice *advice, const struct report *report, const char *metric)
{
    for (size_t i = 0; i < report->row_count; i++) {
        const struct contrast *contrast = report->rows[i];
        size_t at = 0;
        if (!contrast->compared || !is_known(contrast) ||
            (metric && !slice_is(contrast->metric, metric)))
            continue;
        while (at < advice->count && advice->items[at].contrast->group != contrast->group)
            at++;
        if (at == ADVICE_BENCHMARKS_MOST)
            continue;
        if (at == advice->count)
            advice->items[advice->count++] = (struct open_benchmark){contrast, 0};
        advice->items[at].samples =
            fmax(advice->items[at].samples, ceil(contrast->comparison.needed.samples));
    }
}

static void add_option(struct buffer *out, const char *option, struct slice value)
{
    buffer_add_char(out, ' ');
    buffer_add_text(out, option);
    buffer_add_char(out, ' ');
    add_quoted(out, value);
}

static struct slice side_name(const struct report *report, enum side_of side)
{
    if (report->inputs->split && !report->inputs->how.label)
        return report->inputs->how.values[side];
    return slice_of(side == SIDE_BASE ? "base" : "head");
}

/* Both sides interleaved in one run: that settles what single runs cannot, too. */
bool words_advice(struct buffer *out, const struct report *report)
{
    struct advice advice = {.count = 0};
    double samples = 0;
    /* Where the time is open it decides; the other metrics come along. */
    collect(&advice, report, "wall_time");
    if (advice.count == 0)
        collect(&advice, report, NULL);
    if (advice.count == 0)
        return false;
    for (size_t i = 0; i < advice.count; i++)
        samples = fmax(samples, advice.items[i].samples);
    buffer_add_format(out, "bench-run -r %.0f", samples);
    for (size_t i = 0; i < advice.count; i++)
        for (int side = 0; side < SIDES; side++) {
            add_option(out, "-n", advice.items[i].contrast->shown->facts.name);
            add_option(out, "--variant", side_name(report, (enum side_of)side));
        }
    for (size_t i = 0; i < advice.count; i++)
        for (int side = 0; side < SIDES; side++) {
            buffer_add_char(out, ' ');
            add_quoted(out, advice.items[i].contrast->commands[side]);
        }
    buffer_add_text(out, " | bench-diff --sides variant=");
    buffer_add_slice(out, side_name(report, SIDE_BASE));
    buffer_add_char(out, ',');
    buffer_add_slice(out, side_name(report, SIDE_HEAD));
    return true;
}

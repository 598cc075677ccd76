/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress.h"

#include "document/character.h"
#include "document/quantity.h"
#include "figures.h"
#include "process/clock.h"
#include "tool/terminal.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

static const int64_t pause_ns = 100000000;

/* Columns: of the bar, where the terminal has so many; of a name at least, beside an estimate. */
enum { BAR_WIDTH = 20, BAR_FROM = 72, NAME_LEAST = 16, ESTIMATE_WIDTH = 32 };

void progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.on = wanted && terminal_moves(STDERR_FILENO)};
}

/* Runs that are done and that there are to be; the seconds that they took and will take. */
struct tally {
    int64_t done, all;
    double spent_s, left_s;
};

static void count_in(struct tally *tally, const struct subject *subject)
{
    const struct series *series = &subject->series;
    int64_t done = subject->taken, wanted = subject->over ? done : subject->wanted;
    double mean = series->total > 0 ? series->wall_sum / (double)series->total : 0;
    tally->done += done;
    tally->all += wanted;
    tally->spent_s += (double)done * mean;
    tally->left_s += (double)(wanted - done) * mean;
}

/* What goes on around the runs takes its time too, and will go on doing so. */
static struct tally count_all(const struct progress_view *view, double elapsed_s)
{
    struct tally tally = {0, 0, 0, 0};
    for (size_t i = 0; i < view->count; i++)
        count_in(&tally, &view->subjects[i]);
    if (tally.spent_s > 0 && elapsed_s > tally.spent_s)
        tally.left_s *= elapsed_s / tally.spent_s;
    return tally;
}

static void add_bar(struct buffer *line, const struct tally *tally)
{
    int64_t full = tally->all > 0 ? BAR_WIDTH * tally->done / tally->all : 0;
    if (terminal_width(STDERR_FILENO) < BAR_FROM)
        return;
    for (int64_t i = 0; i < BAR_WIDTH; i++)
        buffer_add_text(line, i < full ? "\u2501" : "\u2500"); /* heavy and light */
    buffer_add_char(line, ' ');
}

static void add_tally(
    struct buffer *line, const struct tally *tally, const struct progress_view *view)
{
    bool open_end = tally->all >= RUNS_MOST; /* a rule decides when it is enough */
    if (!open_end)
        add_bar(line, tally);
    buffer_add_format(line, "%lld", (long long)tally->done);
    if (!open_end)
        buffer_add_format(
            line, " of %s%lld", view->bounded ? "at most " : "", (long long)tally->all);
    if (!open_end && tally->left_s >= 1) {
        buffer_add_text(line, ", ");
        if (tally->left_s < 120)
            buffer_add_format(line, "%d s", (int)tally->left_s);
        else
            quantity_add(line, tally->left_s, slice_of("s"));
        buffer_add_text(line, " left");
    }
    buffer_add_text(line, ": ");
}

/* Cut where the estimate would have no room. */
static void add_name(struct buffer *line, const struct subject *subject)
{
    size_t width = (size_t)terminal_width(STDERR_FILENO), taken = text_width(buffer_slice(line));
    size_t room = taken + ESTIMATE_WIDTH < width ? width - taken - ESTIMATE_WIDTH : 0;
    struct buffer title = BUFFER_INIT;
    figures_add_title(&title, subject);
    struct slice name = buffer_slice(&title);
    if (room < NAME_LEAST)
        room = NAME_LEAST;
    bool cut = text_width(name) > room;
    while (cut && text_width(name) >= room)
        name = text_head(name, text_length(name) - 1);
    buffer_add_slice(line, name);
    if (cut)
        buffer_add_text(line, "\u2026");
    buffer_release(&title);
}

static void add_estimate(struct buffer *line, const struct subject *subject, double precision)
{
    struct interval interval;
    if (subject->series.total == 0)
        return;
    double median = figures_median(&subject->series, &interval);
    buffer_add_text(line, ": ");
    quantity_add(line, median, slice_of("s"));
    if (!interval_exists(interval))
        return;
    buffer_add_text(line, " (");
    quantity_add_interval(line, interval.low, interval.high, slice_of("s"));
    if (precision > 0)
        buffer_add_format(line, ": %.3g %% of it, to be %.3g %%",
            100 * (interval.high - interval.low) / median, 100 * precision);
    buffer_add_char(line, ')');
}

/* What a name hides must not act on the terminal. */
static void draw(struct slice text)
{
    size_t width = (size_t)terminal_width(STDERR_FILENO);
    struct buffer safe = BUFFER_INIT;
    text_safe(&safe, text);
    text = buffer_slice(&safe);
    while (text.size > 0 && text_width(text) >= width)
        text = text_head(text, text_length(text) - 1);
    fputs("\r\033[K", stderr);
    fwrite(text.data, 1, text.size, stderr);
    fflush(stderr);
    buffer_release(&safe);
}

void progress_show(struct progress *progress, const struct progress_view *view)
{
    int64_t now = progress->on ? clock_monotonic() : 0;
    if (!progress->on || now < progress->next_ns)
        return;
    struct buffer line = BUFFER_INIT;
    if (!view->doing && progress->started_ns == 0)
        progress->started_ns = now;
    if (view->doing) {
        buffer_add_format(&line, "%s: ", view->doing);
        figures_add_title(&line, view->current);
    } else {
        struct tally tally = count_all(view, clock_seconds(now - progress->started_ns));
        add_tally(&line, &tally, view);
        add_name(&line, view->current);
        add_estimate(&line, view->current, view->precision);
    }
    draw(buffer_slice(&line));
    buffer_release(&line);
    progress->shown = true;
    /* Estimating costs more the more samples there are, and must stay a small part. */
    progress->next_ns = clock_monotonic() + pause_ns + 20 * (clock_monotonic() - now);
}

void progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

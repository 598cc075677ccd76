/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress.h"

#include "document/character.h"
#include "document/quantity.h"
#include "figures.h"
#include "process/clock.h"
#include "tool/terminal.h"

#include <stdio.h>
#include <unistd.h>

static const int64_t pause_ns = 100000000;

void progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.on = wanted && terminal_is(STDERR_FILENO)};
}

/* Runs that are done and that there are to be, and the seconds that the rest takes. */
struct rest {
    int64_t done, all;
    double seconds;
};

static void add_rest(struct rest *rest, const struct subject *subject)
{
    const struct series *series = &subject->series;
    int64_t done = subject->taken, wanted = subject->over ? done : subject->wanted;
    rest->done += done;
    rest->all += wanted;
    if (series->total > 0)
        rest->seconds += (double)(wanted - done) * series->wall_sum / (double)series->total;
}

static void add_text(struct buffer *line, struct rest rest, const struct subject *current)
{
    struct interval interval;
    double median = figures_median(&current->series, &interval);
    bool open_end = rest.all >= RUNS_MOST; /* a rule decides when it is enough */
    buffer_add_format(line, "%lld", (long long)rest.done);
    if (!open_end)
        buffer_add_format(line, " of %lld", (long long)rest.all);
    if (!open_end && rest.seconds >= 1) {
        buffer_add_text(line, ", ");
        if (rest.seconds < 120)
            buffer_add_format(line, "%d s", (int)rest.seconds);
        else
            quantity_add(line, rest.seconds, slice_of("s"));
        buffer_add_text(line, " left");
    }
    buffer_add_text(line, ": ");
    figures_add_title(line, current);
    if (current->series.total == 0)
        return;
    buffer_add_text(line, ": ");
    quantity_add(line, median, slice_of("s"));
    if (interval_exists(interval)) {
        buffer_add_text(line, " (");
        quantity_add_interval(line, interval.low, interval.high, slice_of("s"));
        buffer_add_char(line, ')');
    }
}

static void draw(struct slice text)
{
    size_t width = (size_t)terminal_width(STDERR_FILENO);
    while (text.size > 0 && text_width(text) >= width)
        text = text_head(text, text_length(text) - 1);
    fputs("\r\033[K", stderr);
    while (text.size > 0) {
        struct character character = character_at(text);
        /* What a name hides must not act on the terminal. */
        if (character_hidden(character.code))
            fputc('?', stderr);
        else
            fwrite(text.data, 1, character.size, stderr);
        text.data += character.size;
        text.size -= character.size;
    }
    fflush(stderr);
}

void progress_show(struct progress *progress, const struct subject *subjects, size_t count,
    const struct subject *current)
{
    int64_t now = progress->on ? clock_monotonic() : 0;
    if (!progress->on || now < progress->next_ns)
        return;
    struct buffer line = BUFFER_INIT;
    struct rest rest = {0, 0, 0};
    for (size_t i = 0; i < count; i++)
        add_rest(&rest, &subjects[i]);
    add_text(&line, rest, current);
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

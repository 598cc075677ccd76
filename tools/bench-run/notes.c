/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "notes.h"

#include "base/memory.h"
#include "document/quantity.h"
#include "figures.h"

#include <stdlib.h>
#include <string.h>

/* A first run is worth a word when it took so many times as long as the longest of the others. */
static const double slow_start = 1.25;
enum { SLOW_START_LEAST = 5 }; /* samples */

/* The last line of what a program said that is not empty. */
static struct slice last_line(struct slice text)
{
    while (text.size > 0 && strchr(" \t\r\n", text.data[text.size - 1]))
        text.size--;
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    return (struct slice){text.data + start, text.size - start};
}

static void note_outcome(struct buffer *out, const struct subject *subject)
{
    if (!subject->reason)
        return;
    figures_add_title(out, subject);
    if (subject->outcome != OUTCOME_ERROR) /* whose reason says it all */
        buffer_add_format(out, " %s", outcome_text(subject->outcome));
    buffer_add_format(out, ": %s", subject->reason);
    struct slice said =
        last_line((struct slice){subject->failure_errors, subject->failure_errors_size});
    if (subject->has_failure && said.size > 0) {
        buffer_add_text(out, "; it said: ");
        buffer_add_slice(out, said);
    }
    buffer_add_char(out, '\n');
}

/* Caches that were empty, as a rule. */
static void note_slow_start(struct buffer *out, const struct subject *subject)
{
    const struct series *series = &subject->series;
    double longest = 0;
    if (series->total < SLOW_START_LEAST || series->earlier > 0 || subject->cell->warmup > 0)
        return;
    for (size_t i = 1; i < series->total; i++)
        if (series->walls[i] > longest)
            longest = series->walls[i];
    if (series->walls[0] < slow_start * longest)
        return;
    buffer_add_text(out, "The first run of ");
    figures_add_title(out, subject);
    buffer_add_text(out, " took longest by far, ");
    quantity_add(out, series->walls[0], slice_of("s"));
    buffer_add_text(out, "; --warmup 1 keeps it apart.\n");
}

static void note_oddities(struct buffer *out, const struct subject *subject)
{
    if (subject->ignored_failures > 0) {
        figures_add_title(out, subject);
        buffer_add_format(out, " failed in %lld of its runs, which count all the same.\n",
            (long long)subject->ignored_failures);
    }
    if (subject->left_behind > 0) {
        figures_add_title(out, subject);
        buffer_add_format(out, " left %lld processes behind, which were ended.\n",
            (long long)subject->left_behind);
    }
}

static void note_overhead(struct buffer *out, const struct calibration *calibration, bool asked)
{
    if (asked && calibration->done) {
        buffer_add_text(out, "An empty program takes ");
        quantity_add(out, calibration->overhead_s, slice_of("s"));
        buffer_add_text(out, ".\n");
    }
    if (calibration->done && calibration->has_shell) {
        buffer_add_text(out, "The shell's own ");
        quantity_add(out, calibration->subtracted.wall_s, slice_of("s"));
        buffer_add_text(out, " are taken off each time.\n");
    }
}

static void note_interrupt(struct buffer *out, const struct measurement *with)
{
    if (with->runner->interrupt->number == 0)
        return;
    int64_t taken = 0;
    for (size_t i = 0; i < with->plan->count; i++)
        taken += with->subjects[i].taken;
    buffer_add_text(out, "Interrupted after ");
    quantity_add_count(out, (uint64_t)taken);
    buffer_add_text(out, taken == 1 ? " run.\n" : " runs.\n");
}

static void note_health(struct buffer *out, const struct machine_flags *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        buffer_add_format(out, "%s%s (%s)", i == 0 ? "The machine: " : ", ",
            machine_flag_name(flags->items[i].kind), flags->items[i].evidence);
    if (flags->count > 0)
        buffer_add_text(out, ".\n");
}

void notes_add(struct buffer *out, const struct measurement *with)
{
    size_t count = with->plan->count;
    for (size_t i = 0; i < count; i++)
        note_outcome(out, &with->subjects[i]);
    note_interrupt(out, with);
    for (size_t i = 0; i < count; i++)
        note_slow_start(out, &with->subjects[i]);
    for (size_t i = 0; i < count; i++)
        note_oddities(out, &with->subjects[i]);
    note_overhead(out, &with->calibration, with->settings->calibrate_given);
    note_health(out, &with->context->seen);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "subject.h"

#include <stdbool.h>
#include <stdint.h>

/* One line on a terminal that says what runs, how far it is, and the estimate so far. */
struct progress {
    bool on;
    bool shown;
    int64_t next_ns;
    int64_t started_ns; /* when the first sample was begun; 0 before */
};

/* What it is about. */
struct progress_view {
    const struct subject *subjects;
    size_t count;
    const struct subject *current; /* that runs next or now */
    const char *doing;             /* "setup", "warmup", …; NULL: samples are taken */
    bool bounded;                  /* a rule may end it before all runs are done */
    double precision;              /* that the rule asks for; 0 for none */
};

/* On standard error, where that is a terminal and wanted is true. */
void progress_start(struct progress *progress, bool wanted);
/* Draws it anew, but not too often. */
void progress_show(struct progress *progress, const struct progress_view *view);
/* Takes the line away. */
void progress_clear(struct progress *progress);

#endif

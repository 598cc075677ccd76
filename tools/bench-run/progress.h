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
};

/* On standard error, where that is a terminal and wanted is true. */
void progress_start(struct progress *progress, bool wanted);
/* Draws it anew, but not too often; current is what runs next or now. */
void progress_show(struct progress *progress, const struct subject *subjects, size_t count,
    const struct subject *current);
/* Takes the line away. */
void progress_clear(struct progress *progress);

#endif

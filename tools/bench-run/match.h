/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MATCH_H
#define MATCH_H

#include "plan.h"
#include "record/report.h"

/* Whether a result of a report is of a cell's benchmark: suite, name and parameters. */
bool match_benchmark(const struct cell *cell, const struct report_result *result);

/* Whether both say the same, or nothing (NULL). */
bool match_text(struct slice slice, const char *text);

#endif

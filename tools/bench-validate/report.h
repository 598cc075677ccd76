/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "base/output.h"
#include "check.h"

/* How problems are told: one function a form, each appends one or more whole lines. */
enum report_form { REPORT_HUMAN, REPORT_JSONL, REPORT_SARIF, REPORT_GITHUB };

struct report;

/* out is borrowed. limit: the most problems told, 0 for all. */
struct report *report_create(enum report_form form, struct output *out, uint64_t limit);
int report_problem(
    struct report *report, const char *file, const struct problem *problem, struct error *error);
/* The end of the form (SARIF is one document), and a word on what the limit held back. */
int report_finish(struct report *report, struct error *error);
void report_free(struct report *report);

uint64_t report_held_back(const struct report *report);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "base/output.h"
#include "check.h"

/* How problems are told: one function a form, each writes whole lines. */
enum report_form {
    REPORT_HUMAN, /* file:line:column: /pointer: message */
    REPORT_JSONL, /* `diagnostic` lines */
    REPORT_SARIF, /* one SARIF 2.1.0 document */
    REPORT_GITHUB /* workflow commands, which show as annotations */
};

struct report;

/* out is borrowed. limit: the most problems told, 0 for all. */
struct report *report_create(enum report_form form, struct output *out, uint64_t limit);
void report_free(struct report *report);

int report_problem(struct report *report, const char *file, uint64_t line,
    const struct problem *problem, struct error *error);
/* Lets what was told out, before something else is said on the same descriptor. */
int report_flush(struct report *report, struct error *error);
/* What stands at the end of the form. */
int report_finish(struct report *report, struct error *error);

/* How many problems the limit kept back. */
uint64_t report_held_back(const struct report *report);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "analysis/contrast.h"
#include "gather.h"

/* What every form is written from. */
struct report {
    const struct settings *settings;
    const struct inputs *inputs;
    const struct sides *sides;
    const struct spread *history; /* NULL: none was named */
    const struct contrasts *contrasts;
    const struct contrast **rows; /* the worst first */
    size_t row_count;
    size_t counts[VERDICTS];   /* of all rows */
    size_t deciding[VERDICTS]; /* of those that decide the status */
    size_t accepted, informational;
    size_t critical_failures; /* critical, and gone or not to be judged */
    const struct contrast_mean *means;
    size_t mean_count;
    struct arena arena;
};

void report_make(struct report *report);
void report_release(struct report *report);

/* Some verdict that says neither "it changed" nor "it did not". */
bool report_is_open(const struct report *report);
/* --fail-on holds. */
bool report_fails(const struct report *report);
/* pass, fail, unproven: the summary's verdict. */
const char *report_verdict(const struct report *report);

/* The verdict is a finding: shown before and in colour. */
bool contrast_is_finding(const struct contrast *contrast);

/* One form each, all of it; --rows and the width are the table's. */
void write_table(struct buffer *out, const struct report *report, const struct table_look *look);
void write_jsonl(struct buffer *out, const struct report *report);
void write_csv(struct buffer *out, const struct report *report);
void write_markdown(struct buffer *out, const struct report *report);
void write_github(struct buffer *out, const struct report *report);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "analysis/target_judge.h"
#include "settings.h"

/* What every form is written from. */
struct report {
    const struct settings *settings;
    const struct sides *sides;
    const struct judgements *judgements;
    const struct judgement **rows; /* the worst first */
    size_t row_count;
    struct arena arena;
};

void report_make(struct report *report);
void report_release(struct report *report);

/* pass, fail, unproven: the summary's verdict. */
const char *report_verdict(const struct report *report);

/* One form each, all of it; --rows and the width are the table's. jsonl and csv keep the order of
 * the file of targets, the forms for people begin with the worst. */
void write_table(struct buffer *out, const struct report *report, const struct table_look *look);
void write_jsonl(struct buffer *out, const struct report *report);
void write_csv(struct buffer *out, const struct report *report);
void write_markdown(struct buffer *out, const struct report *report);
void write_github(struct buffer *out, const struct report *report);

#endif

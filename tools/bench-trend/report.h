/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "material.h"

/* What every form is written from. */
struct report {
    const struct settings *settings;
    const struct material *material;
    const struct trend *trend;
    const struct trend_series **rows; /* the worst first */
    size_t row_count;
    size_t counts[TREND_VERDICTS];
    bool confirmed_worse, unconfirmed_worse;
    struct arena arena;
};

void report_make(struct report *report);
void report_release(struct report *report);
/* --fail-on holds. */
bool report_fails(const struct report *report);
/* pass, fail, unproven: the summary's verdict. */
const char *report_verdict(const struct report *report);
/* What the verdict of the series rests on; NULL where it is no step. */
const struct trend_change *last_change(const struct trend_series *series);

/* The drift that it rests on, where it is drifting. */
const struct trend_slope *last_slope(const struct trend_series *series);

/* How a point is called: its ref, else its commit, else its day. */
void words_point(struct buffer *out, const struct trend *trend, size_t point);
/* "+8.3%", or "+3 ms" where there is no ratio. */
void words_change(
    struct buffer *out, const struct trend_series *series, const struct trend_change *change);
/* "2 regressed, 30 stable" */
void words_counts(struct buffer *out, const struct report *report);
/* The sentences below a table, each with a line feed. */
void words_footer(struct buffer *out, const struct report *report);

void write_table(struct buffer *out, const struct report *report, const struct table_look *look);
void write_jsonl(struct buffer *out, const struct report *report);

#endif

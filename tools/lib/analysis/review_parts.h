/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_REVIEW_PARTS_H
#define ANALYSIS_REVIEW_PARTS_H

#include "analysis/review.h"
#include "base/arena.h"
#include "base/dictionary.h"
#include "record/identity.h"
#include "record/report.h"

/* The parts of a review, one file a family of checks; used by review*.c alone. */

/* Where a finding is. */
struct review_place {
    const char *file, *pointer;
    uint64_t line, column;
};

/* The time that a result took. */
struct review_window {
    double started, ended; /* NaN where unknown */
    uint32_t host;         /* its number among the hosts */
    uint64_t line;
};

/* What of a machine cannot change while a run lasts; unknown: data NULL, NaN. */
struct review_machine {
    struct slice model, cpu;
    double cores, memory_bytes;
    const char *file; /* where the first of it was said */
    uint64_t line;    /* 0: nowhere yet */
};

struct review_series;

/* In the review's arena, as all it points to. */
struct review_run {
    struct slice id;
    struct review_place place; /* of its run line, before that of the first line that names it */
    bool known, derived, ended;
    bool sequential; /* one result after the other */
    bool started_known;
    int64_t started_ns;
    struct review_machine machine;
    struct review_window last;
    struct review_series *series; /* of results in parts, the last first */
};

struct review {
    unsigned subjects;
    struct review_sink sink;
    struct identity *identity;
    struct arena arena, line; /* for all; for the line at hand */
    struct buffer text;
    const struct record *record;

    struct dictionary runs;
    struct review_run **run_items; /* by their numbers in it */
    size_t run_capacity;
    struct dictionary series; /* run, identity, variant, repetition */
    struct review_series **series_items;
    size_t series_capacity;
    struct dictionary hosts;
    struct dictionary things, sayings; /* of review_differs */
    struct review_first *first_items;  /* of each thing */
    size_t first_capacity;
};

/* What was said first of something. */
struct review_first {
    struct slice said;
    const char *file;
    uint64_t line;
};

/* ---- findings ---- */
/* The value at that pointer in the line at hand, or the line's beginning. pointer is kept. */
struct review_place review_here(const struct review *review, const char *pointer);
/* At the value of the line at hand. */
void review_say(struct review *review, enum review_code code, const char *pointer,
    const char *format, ...) PRINTF_LIKE(4, 5);
void review_say_at(struct review *review, enum review_code code, const struct review_place *place,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* What can differ between lines that name the same thing. */
enum review_saying { SAYING_UNIT, SAYING_BETTER, SAYING_BENCHMARK, SAYING_MODEL };

/*
 * Notes what a line says of a thing. NULL where it is the first of the thing or
 * was said before, else what was said first.
 */
const struct review_first *review_differs(
    struct review *review, enum review_saying saying, struct slice thing, struct slice said);

/* Printing a slice by "%.*s", a long one in part, which ends between two characters of UTF-8. */
enum { REVIEW_SHOWN = 80 };
static inline int review_shown(struct slice text)
{
    size_t size = text.size;
    if (size > REVIEW_SHOWN)
        for (size = REVIEW_SHOWN; size > 0 && (text.data[size] & 0xC0) == 0x80;)
            size--;
    return (int)size;
}
#define REVIEW_TEXT(slice) review_shown(slice), (slice).size ? (slice).data : ""

/* ---- families ---- */
/* The run that the line names, new or known; NULL where it names none. */
struct review_run *review_run_of(struct review *review);
void review_run_line(struct review *review, struct review_run *run);
void review_end_line(struct review *review, struct review_run *run);
/* Says what only its end could tell. */
void review_run_close(struct review *review, struct review_run *run);
void review_machines(struct review *review, struct review_run *run);

void review_windows(
    struct review *review, struct review_run *run, const struct report_result *result);
void review_metrics(
    struct review *review, struct review_run *run, const struct report_result *result);
void review_summaries(struct review *review, const struct report_result *result);
void review_comparison(struct review *review);
void review_health(
    struct review *review, const struct review_run *run, const struct report_result *result);
void review_names(struct review *review, const struct report_result *result);
void review_privacy(struct review *review);

/* ---- results and their parts ---- */
/* The result at hand goes into its series; what is whole is judged. */
void review_series_take(
    struct review *review, struct review_run *run, const struct report_result *result);
void review_series_close(struct review *review, struct review_run *run);

#endif

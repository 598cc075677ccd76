/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_LABEL_H
#define DOCUMENT_LABEL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "record/report.h"

/* How a benchmark is called in a document; the texts are the arena's. */

/* "suite::inner"; data NULL where there is no suite. */
struct slice benchmark_suites(const struct report_result *result, struct arena *arena);
/* "level=3, fast=true", or the id of a test that has nothing but one; data NULL without params. */
struct slice benchmark_params(const struct report_result *result, struct arena *arena);
/* "suite::name[id]", as pytest writes it, or "suite::name (level=3)". */
struct slice benchmark_label(const struct report_result *result, struct slice suites,
    struct slice params, struct arena *arena);

/* In a table: "suite/name a=1 model modality (variant) on machine"; variant and machine may be
 * empty. */
void benchmark_words(struct buffer *out, const struct report_result *result, struct slice variant,
    struct slice machine);

/*
 * How a point of a series is called: its ref, else the first digits of its
 * commit, else its day (ns of the Unix time; INT64_MIN is unknown), else its
 * number.
 */
enum { COMMIT_SHOWN = 9 };
void point_words(
    struct buffer *out, struct slice ref, struct slice commit, int64_t ns, size_t number);

/* "machine: laptop.\n", "machines: a; unknown.\n": the end of a sentence on where results come
 * from. The names are made safe; an empty one is of a machine that is not known. */
void machines_words(struct buffer *out, const struct slice *names, size_t count);

/* The fields of a CSV row, and their headings. */
#define BENCHMARK_CSV "suite,benchmark,params,model,modality"
void benchmark_csv(struct buffer *out, const struct report_result *result);

#endif

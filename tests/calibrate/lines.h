/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CALIBRATE_LINES_H
#define CALIBRATE_LINES_H

#include "base/buffer.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A calibration as a report of version 1.0.0, one call a line:
 *     struct lines lines;
 *     lines_start(&lines, "calibrate-diff", config, …);
 *     for each cell: lines_begin(&lines, …); lines_rate(…); … lines_finish(&lines);
 *     lines_end(&lines);
 * The text is in lines.text, which the caller releases.
 */
struct lines {
    struct buffer text;
    struct json_writer writer;
    char run_id[64];
    uint64_t results, failed;
};

/* What was simulated how often, and since when: the run's config, and its start. */
struct lines_config {
    uint64_t reports, seed;
    int64_t started; /* clock_real() */
};

void lines_start(struct lines *lines, const char *producer, const struct lines_config *config);

/* Opens a result and its benchmark's params, to be written as members of lines->writer. */
void lines_begin(struct lines *lines, const char *suite, const char *name);
/* Closes the params and opens the metrics. variant and reason may be NULL; a reason is a failure's.
 */
void lines_metrics(struct lines *lines, const char *variant, const char *reason);
/* A share of trials, with the 95 % interval of Wilson 1927 in its metadata; nothing of none. */
void lines_rate(
    struct lines *lines, const char *name, const char *better, uint64_t hits, uint64_t trials);
/* One value that was reached, with the limit that it is to keep. */
void lines_value(struct lines *lines, const char *name, const char *better, double value,
    double limit, bool at_least);
void lines_finish(struct lines *lines);

void lines_end(struct lines *lines);

/* The interval of a share: Wilson 1927, 95 %. */
struct lines_interval {
    double low, high;
};

struct lines_interval lines_interval_of(uint64_t hits, uint64_t trials);

#endif

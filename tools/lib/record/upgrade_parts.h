/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_UPGRADE_PARTS_H
#define RECORD_UPGRADE_PARTS_H

#include "base/buffer.h"
#include "json/document.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

/* The parts of a line of 0.2.2 as 1.0.0 says them; used by upgrade.c alone. */

/* The window of a test. */
struct window {
    uint32_t timestamp; /* the node */
    bool timestamp_is_time;
    bool timestamp_is_exact; /* in UTC, so that the instant says all it says */
    int64_t timestamp_ns;
    uint32_t start, end; /* the nodes of test_start_ts and test_end_ts, or JSON_NONE */
    uint32_t duration;   /* the node, or JSON_NONE */
};

struct window window_of(const struct json_document *line);
/* Nanoseconds since 1970 at which the test started, or at least ended. */
bool window_begin(const struct window *window, const struct json_document *line, int64_t *out);
/* Writes started_ts and ended_ts, where they can be known. */
void window_write(
    const struct window *window, const struct json_document *line, struct json_writer *writer);

/* The members of `system` as one JSON object, "{}" where nothing is known. */
void upgrade_system(const struct json_document *line, struct buffer *out);
/* Writes the member `health`, where there is something to say. */
void upgrade_health(const struct json_document *line, struct json_writer *writer);
/* Writes the member `benchmark`. */
void upgrade_benchmark(const struct json_document *line, struct json_writer *writer);
/* Writes model, modality, outcome, reason, the window, metrics, health, stop_tokens, timeline,
 * metadata. */
void upgrade_facts(
    const struct json_document *line, const struct window *window, struct json_writer *writer);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_UPGRADE_PARTS_H
#define RECORD_UPGRADE_PARTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "record/fields.h"
#include "json/document.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

/* The parts of a line of 0.2.2 as 1.0.0 says them; used by upgrade.c alone. */

/* The window of a test. */
struct window {
    bool timestamp_is_time;
    bool timestamp_is_exact; /* in UTC, so that the instant says all it says */
    int64_t timestamp_ns;
    uint32_t start, end; /* the nodes of test_start_ts and test_end_ts, or JSON_NONE */
    uint32_t duration;   /* the node, or JSON_NONE */
};

/* The members of a line, in the order in which writers put them. */
enum line_field {
    LINE_SCHEMA_VERSION,
    LINE_TIMESTAMP,
    LINE_TOOL,
    LINE_TEST,
    LINE_OUTCOME,
    LINE_DURATION,
    LINE_START,
    LINE_END,
    LINE_MODEL,
    LINE_PERFORMANCE,
    LINE_STOP_TOKENS,
    LINE_SYSTEM,
    LINE_HEALTH,
    LINE_TIMELINE,
    LINE_METADATA,
    LINE_FIELDS
};

/* An old line with what is needed of it in several places. */
struct old_line {
    const struct json_document *document;
    struct carry line, model, metadata;
    struct window window;
    bool same_tool; /* as the run's first line says */
};

/* No string is missing that every version requires: see upgrade_line. */
void old_line_read(struct old_line *out, const struct json_document *document);
/* The parts of the identity by which repetitions are counted, borrowed or in the arena. */
struct slice old_line_test(const struct old_line *old, struct arena *arena);
struct slice old_line_model(const struct old_line *old, struct arena *arena);
struct slice old_line_modality(const struct old_line *old, struct arena *arena);

void window_read(struct window *out, const struct carry *line);
/* Nanoseconds since 1970 at which the test started, or at least ended. */
bool window_begin(const struct window *window, const struct json_document *line, int64_t *out);
/* Writes started_ts and ended_ts, where they can be known. */
void window_write(
    const struct window *window, const struct json_document *line, struct json_writer *writer);

/* The members of `system` (a node, or JSON_NONE) as one JSON object, "{}" where nothing is known.
 */
void upgrade_system(const struct json_document *line, uint32_t system, struct buffer *out);
/* Writes the member `health`, where there is something to say. */
void upgrade_health(const struct json_document *line, uint32_t health, struct json_writer *writer);
/* Writes the member `benchmark`. */
void upgrade_benchmark(struct slice test, struct json_writer *writer);
/* Writes model, modality, outcome, reason, the window, metrics, health, stop_tokens, timeline,
 * metadata. */
void upgrade_facts(struct old_line *old, struct json_writer *writer);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_REPORT_H
#define RECORD_REPORT_H

#include "base/arena.h"
#include "base/compiler.h"
#include "base/error.h"
#include "record/reader.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What run and result lines say, as C values. Everything is copied into the
 * caller's arena. Unknown is NaN for a number, data == NULL for a text, 0
 * entries for a list; a flag that may be unknown is an enum known.
 */
enum known { UNKNOWN, KNOWN_FALSE, KNOWN_TRUE };

struct name_value {
    struct slice name, value; /* value: a number's text, true, false, null or the string */
    bool is_text;
};

struct program {
    struct slice name, version;
};

struct report_run {
    struct slice run_id;
    struct slice started_at;
    struct program producer, subject;
    struct slice commit, branch, tag;
    enum known dirty;
    struct slice machine_model, os_name, os_version, kernel, cpu_model, governor, container, vm;
    double cores_physical, cores_logical, memory_bytes;
    struct slice order_mode;
    struct slice sampling, session;
    struct name_value *labels;
    size_t label_count;
    const char *file;
    uint64_t line;
    enum report_version version;
};

enum outcome { OUTCOME_PASSED, OUTCOME_FAILED, OUTCOME_SKIPPED, OUTCOME_ERROR };
enum better { BETTER_NONE, BETTER_LOWER, BETTER_HIGHER };

struct percentile {
    double percent, value; /* percent: 0 … 100 */
};

struct metric_summary {
    bool present;
    double n, mean, sd, median, min, max, q1, q3;
    struct percentile *percentiles;
    size_t percentile_count;
};

struct metric {
    struct slice name, unit, definition;
    enum better better;
    bool better_known;
    enum known deterministic;
    double *samples; /* NaN for a missing one */
    size_t count;
    struct slice *pairs; /* parallel to samples, their JSON texts ("0" is not 0); NULL for none */
    struct metric_summary summary; /* where a foreign source gave no samples */
};

struct failure {
    bool present;
    double exit_status, signal;
    enum known timed_out;
    struct slice stderr_end;
};

struct health_flag {
    struct slice flag, evidence;
};

struct health {
    bool present;
    double ram_available_bytes, swap_used_bytes, zombies, load[3];
    struct health_flag *flags;
    size_t flag_count;
    bool flags_known; /* an empty list says: looked, and found nothing */
};

struct report_result {
    struct slice run_id;
    struct slice *suites;
    size_t suite_count;
    struct slice name;
    struct name_value *params;
    size_t param_count;
    struct slice variant;
    double repetition, part;
    struct name_value *labels;
    size_t label_count;
    struct slice model_id, model_family, model_variant, model_framework, model_quantization;
    double model_size_bytes;
    struct slice modality;
    enum outcome outcome;
    struct slice reason;
    struct failure failure;
    double started_ts, ended_ts;
    struct metric *metrics;
    size_t metric_count;
    struct health health;
    const char *file;
    uint64_t line;
    enum report_version version;
};

/*
 * -1 with the place where a member that the schema requires is missing or of
 * another type; the record must be of that kind.
 */
int report_run_read(struct report_run *out, const struct record *record, struct arena *arena,
    struct error *error) MUST_USE;
int report_result_read(struct report_result *out, const struct record *record, struct arena *arena,
    struct error *error) MUST_USE;

/* Only the suites, name and params, of any record that has a benchmark; the rest is zero. */
int report_benchmark_read(struct report_result *out, const struct record *record,
    struct arena *arena, struct error *error) MUST_USE;

/* The metric of that name, or NULL. */
const struct metric *report_metric(const struct report_result *result, const char *name);

const char *outcome_text(enum outcome outcome);
const char *better_text(enum better better);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_COLLECTION_H
#define DOCUMENT_COLLECTION_H

#include "base/arena.h"
#include "base/dictionary.h"
#include "document/readings.h"
#include "record/reader.h"
#include "record/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a document needs of the records that were read: every result, its samples
 * by benchmark, variant and metric, and where all of it came from. Memory grows
 * with the results and their samples, not with the bytes of their lines: texts
 * are kept once, and what a line says beside is not kept.
 *
 * Texts are named by their number in `texts`; NO_TEXT is one that is missing.
 */
#define NO_TEXT UINT32_MAX

enum {
    STDERR_KEPT = 4000, /* bytes of the end of a failed program's standard error */
    REASON_KEPT = 2000  /* bytes of a reason */
};

/* All samples of one metric of one benchmark and variant, in the order they were read. */
struct series {
    uint32_t metric, unit;
    enum better better;
    double *values; /* finite */
    size_t count, capacity;
    uint64_t missing;  /* samples that are null */
    uint32_t runs;     /* from how many runs */
    uint32_t last_run; /* of those the last */
    uint32_t repetitions;
    struct metric_summary *summary; /* of a source that gave no samples, NULL */
    struct series *next;
};

/* One benchmark as one variant, and with the same labels: what a row shows. */
struct side {
    uint32_t number;  /* of all sides */
    uint32_t variant; /* NO_TEXT; in the end with the labels that tell it from the others */
    uint32_t labels;  /* a set of them; NO_TEXT */
    struct series *series, *last;
    uint32_t series_count;
    struct side *next;
};

/* Results with the same suite, name, params, model and modality. */
struct benchmark {
    uint32_t label;               /* all of suite, name and params in one text */
    uint32_t suite, name, params; /* suites joined; params "level=3, fast=true" */
    uint32_t model, modality;
    bool measured;  /* has any series */
    bool timed;     /* has a series called duration: it is a test */
    bool performed; /* has any other series */
    struct side *sides, *last;
    uint32_t side_count;
};

struct item_failure {
    double exit_status, signal;
    enum known timed_out;
    struct slice stderr_end; /* whole lines, at most STDERR_KEPT bytes of them */
    bool stderr_cut;
};

/* A label of a result, in texts. */
struct item_label {
    uint32_t name, value;
};

/* One result: a line, or several that are parts of it. */
struct item {
    uint32_t run, benchmark, variant, reason;
    enum outcome outcome;
    double time; /* seconds: its duration, else the length of its window; NaN */
    double started, ended;
    double ram, swap, zombies, load; /* NaN where unknown */
    bool flags_known;
    const uint32_t *flags; /* texts */
    uint32_t flag_count;
    const struct side *side;
    const struct item_failure *failure; /* NULL */
    uint32_t host;                      /* NO_TEXT */
    uint32_t file;
    uint64_t line;
};

struct model {
    uint32_t id;
    double size; /* bytes, NaN */
    uint32_t family, variant, framework, quantization;
};

struct input_file {
    uint32_t name;
    uint64_t lines;    /* records */
    uint64_t bad;      /* lines that are none */
    uint32_t versions; /* a bit for each enum report_version */
};

struct run {
    struct report_run facts;
    bool derived; /* stands for a file of 0.x lines */
    bool ended, interrupted;
    uint64_t results;
};

/* "python_version" "3.12.8" of a system's metadata, each pair once. */
struct remark {
    uint32_t name, value;
};

struct collection {
    struct arena arena;
    struct dictionary texts;
    struct dictionary keys; /* of benchmarks; the number is the index */
    struct dictionary label_sets;
    struct dictionary side_keys, series_keys; /* of those behind the first of a benchmark, a side */
    struct side **far_sides;                  /* by the number of the key */
    size_t far_side_count, far_side_capacity;
    struct series **far_series;
    size_t far_series_count, far_series_capacity;
    uint32_t side_count; /* of all benchmarks */
    struct dictionary part_keys;
    uint32_t *part_items;
    size_t part_count, part_capacity;
    struct benchmark *benchmarks;
    size_t benchmark_count, benchmark_capacity;
    struct item *items;
    size_t item_count, item_capacity;
    struct model *models;
    size_t model_count, model_capacity;
    uint32_t *model_of_text; /* index + 1 by the text's number */
    size_t model_of_text_count;
    struct run *runs;
    size_t run_count, run_capacity;
    struct dictionary run_ids;
    struct input_file *files;
    size_t file_count, file_capacity;
    struct remark *remarks;
    size_t remark_count, remark_capacity;
    struct readings readings;
    uint64_t kinds[RECORD_KINDS]; /* lines of each */
    struct arena line;            /* scratch */
    struct buffer key;            /* of the benchmark of one line */
};

void collection_init(struct collection *collection);
void collection_release(struct collection *collection);

/* -1 with the place: the line lacks what its kind requires and was not taken. */
int collection_add(
    struct collection *collection, const struct record *record, struct error *error) MUST_USE;
/* Call once, after the last record was added and before anybody asks. */
void collection_finish(struct collection *collection);
/* A line of that file could not be read. file may be NULL. */
void collection_bad_line(struct collection *collection, const char *file);

static inline struct slice collection_text(const struct collection *collection, uint32_t id)
{
    return id == NO_TEXT ? (struct slice){NULL, 0} : dictionary_text(&collection->texts, id);
}

/* The labels of a set, in the order of their names' numbers. */
const struct item_label *collection_labels(
    const struct collection *collection, uint32_t set, size_t *count);
/* The model of that text, or NULL. */
const struct model *collection_model(const struct collection *collection, uint32_t id);

#endif

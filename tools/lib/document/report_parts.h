/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_REPORT_PARTS_H
#define DOCUMENT_REPORT_PARTS_H

#include "document/report_view.h"

#include "document/quantity.h"

#include <math.h>

struct report_changes;
struct activity_before;

/* What the parts of the report's view share. */
struct report_builder {
    struct arena *arena;
    const struct collection *collection;
    const struct front *front;            /* NULL: nothing asked for */
    const struct report_changes *changes; /* NULL: of a view that has none */
    const struct activity_before *before; /* NULL: no earlier run */
    struct arena scratch;                 /* for one group of samples at a time */
    struct buffer text;                   /* for one text at a time */
    struct slice *model_names;            /* by the model's index: what model_shown gives */
};

enum {
    SHOWN_NAME = 200,     /* characters of a name in a table */
    SHOWN_FAILURES = 200, /* rows */
    SHOWN_RESULTS = 1000,
    SHOWN_COLD = 15,
    SHOWN_BUSY = 10,
    SHOWN_NAMES = 3,   /* tests named beside a reason */
    SHOWN_METRICS = 8, /* columns of one table */
    SHOWN_VARIANTS = 8
};

#define TEST_LEAST      0.5  /* seconds: a shorter test with a model did not infer */
#define LOW_MEMORY      5e9  /* bytes free: less is degraded */
#define LARGE_MODEL     20e9 /* bytes */
#define MEDIUM_MODEL    10e9
#define REPORT_COVERAGE 0.95
#define BUSY_GPU        50.0 /* per cent: more is named */

/* ---- members; a missing text or name is null ---- */
void add_text(
    struct report_builder *builder, struct view *object, const char *key, struct slice text);
void add_text_id(struct report_builder *builder, struct view *object, const char *key, uint32_t id);
void add_count(
    struct report_builder *builder, struct view *object, const char *key, uint64_t count);
void add_flag(struct report_builder *builder, struct view *object, const char *key, bool flag);
/* {value, unit, text}; text is "n/a" and value null for NaN. */
void add_quantity(struct report_builder *builder, struct view *object, const char *key,
    double value, const char *unit);
struct view *quantity_view(struct report_builder *builder, double value, struct slice unit);
/* {text} of what the builder's buffer holds, which is emptied. */
struct view *buffer_view(struct report_builder *builder);
/*
 * {text, code, cell}: the text itself; a code span; a code span for a table
 * cell. The latter two are cut after SHOWN_NAME characters, and say so.
 */
void add_name(
    struct report_builder *builder, struct view *object, const char *key, struct slice name);
struct view *name_view(struct report_builder *builder, struct slice name);
/* A fenced block of a text. */
void add_block(
    struct report_builder *builder, struct view *object, const char *key, struct slice text);

/* "time_to_first_token" as "Time to first token". */
struct slice title_of(struct report_builder *builder, struct slice name);
/* A model's id without the folder or organisation before it. */
struct slice model_name(struct slice id);
void model_names_find(struct report_builder *builder);
/* The same, but the whole id where another model would read alike. Data NULL for NO_TEXT. */
struct slice model_shown(struct report_builder *builder, uint32_t id);
/* "Text" of "text"; data NULL for NO_TEXT. */
struct slice modality_shown(struct report_builder *builder, uint32_t id);
/* Vision, text, audio, video, others, none: their order in tables. */
int modality_rank(const struct report_builder *builder, uint32_t id);

/* NaN without values; sorts in the scratch, which it resets. */
double median_of(struct report_builder *builder, const double *values, size_t count);
/* The order of names without regard to ASCII case, then by bytes. */
int name_compare(struct slice a, struct slice b);

/* ---- growing arrays of numbers ---- */
struct numbers {
    double *values;
    size_t count, capacity;
};

void numbers_add(struct numbers *numbers, double value); /* NaN is passed over */
void numbers_release(struct numbers *numbers);

struct extent {
    double least, most, sum;
    uint64_t count;
};

#define EXTENT_NONE ((struct extent){NAN, NAN, 0, 0})
void extent_add(struct extent *extent, double value); /* NaN is passed over */

/* What the machine did in the time of a result: of its real window, not after it. */
struct reading_window item_window(const struct collection *collection, const struct item *item);
/* A measure of the readings, as a summary names it. */
struct activity_measure {
    enum reading_column column;
    const char *title, *unit;
};
extern const struct activity_measure activity_measures[];
enum { ACTIVITY_MEASURES = 6 };

/* Adds gpu, renderer, cpu, memory, pressure, samples: what the machine did in its time. */
void add_activity(struct report_builder *builder, struct view *row, const struct item *item);

/* ---- the parts ---- */
/* A test is a result that says how long it took as a whole, or nothing measured at all. */
bool is_test(const struct benchmark *benchmark);
/* Passed, with a model, and long enough to have inferred, or with figures that say it did. */
bool is_inference(const struct collection *collection, const struct item *item);

/* The metric that a benchmark is about: wall_time, duration, else one that has a direction. */
const struct series *main_series(
    const struct collection *collection, const struct benchmark *benchmark);

void report_add_outcomes(struct report_builder *builder, struct view *root);
void report_add_health(struct report_builder *builder, struct view *root);
void report_add_models(struct report_builder *builder, struct view *root);
void report_add_tests(struct report_builder *builder, struct view *root);
void report_add_activity(struct report_builder *builder, struct view *root);

/* ---- an earlier run beside this one ---- */
/* What the machine did in both, variant by variant of each benchmark. */
struct activity_before *activity_before_create(
    const struct collection *earlier, const struct collection *now) MUST_USE;
void activity_before_free(struct activity_before *before);
/* `before` of the activity; nothing without an earlier run. */
void add_activity_before(struct report_builder *builder, struct view *activity);
/* `was` of each figure in the row of a result, where the earlier run has it, and pressure_was. */
void add_activity_was(struct report_builder *builder, struct view *row, const struct item *item);
/* "normal", "warning", "critical". */
struct slice pressure_word(double level);
void report_add_benchmarks(struct report_builder *builder, struct view *root);
void report_add_variants(struct report_builder *builder, struct view *root);
/* `llm`; only for a template that asks for it. */
void report_add_llm(struct report_builder *builder, struct view *root);
void report_add_sources(
    struct report_builder *builder, struct view *root, const struct report_options *options);

/* ---- metrics ---- */
struct metric_column {
    uint32_t metric, unit;
    enum better better;
    uint32_t name; /* its number among the names */
};

/* Metrics in the order they come. */
struct metric_columns {
    struct dictionary keys, names;
    struct metric_column *items;
    size_t count, capacity;
    uint32_t *uses; /* of each name: more than one where the units differ */
    size_t use_count, use_capacity;
};

/* The column of a series' metric, added where it is new. */
uint32_t metric_columns_add(struct metric_columns *columns, const struct series *series);
void metric_columns_release(struct metric_columns *columns);
/* "Tokens per second", with the unit where another column reads alike. */
struct slice metric_title(struct report_builder *builder, const struct metric_columns *columns,
    const struct metric_column *column);

/* The values of metrics by row and column; most cells of a large one stay empty. */
struct metric_grid {
    struct dictionary keys;
    struct numbers *cells;
    size_t count, capacity;
};

void metric_grid_add(
    struct metric_grid *grid, uint32_t row, uint32_t column, const struct series *series);
/* NULL for an empty cell. */
const struct numbers *metric_grid_cell(
    const struct metric_grid *grid, uint32_t row, uint32_t column);
void metric_grid_release(struct metric_grid *grid);

/*
 * Appends tables to the list: {columns: [{title}], rows: [{head, cells: [{text, …}]}]},
 * SHOWN_METRICS columns in each. rows are the grid's, in the order to show; heads go with them.
 */
void add_metric_tables(struct report_builder *builder, struct view *list,
    const struct metric_columns *columns, const struct metric_grid *grid, const uint32_t *rows,
    const struct view *const *heads, size_t row_count);
/* The median of a cell, in the unit of its column. */
const struct view *metric_cell(struct report_builder *builder, const struct metric_columns *columns,
    const struct metric_grid *grid, uint32_t row, uint32_t column);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_TREND_PARTS_H
#define ANALYSIS_TREND_PARTS_H

#include "analysis/trend.h"
#include "stats/rank_null.h"

#include <pthread.h>

/* Inside analysis/trend*.c only. */

/* What a result says that is not a figure, once for all that say the same. */
struct trend_facts {
    struct slice text, key; /* key: the identity and the variant */
    uint64_t hash;          /* of the key */
    struct report_result names;
};

/* One median of one run, before the series is put in order. */
struct trend_mark {
    const struct history_run *run;
    const struct history_entry *entry;
    uint32_t point, list; /* of trend.lists */
};

/* Where entries of one of a history's series go: the line and the facts, counted from 1; 0: not
 * asked yet. */
struct trend_link {
    uint32_t line, facts;
};

struct trend_line {
    struct trend_series series;
    size_t facts, newest; /* what the facts are of: a point */
    struct slice key;
    struct trend_mark *marks;
    size_t mark_count, mark_capacity;
    uint64_t hash;
};

struct trend {
    const struct trend_options *options;
    struct arena arena;
    struct trend_point *points;
    size_t point_count, point_capacity;
    struct trend_facts *facts;
    size_t fact_count, fact_capacity;
    size_t *fact_slots; /* by text */
    size_t fact_slot_count;
    /* The lists of series that the histories came with, and the links of the last one. */
    const struct history_series **lists;
    size_t list_count, list_capacity;
    struct trend_link *links;
    size_t link_count;
    struct trend_line *lines;
    size_t line_count, line_capacity;
    size_t *line_slots;
    size_t line_slot_count;
    struct trend_series *series;
    size_t series_count;
    struct trend_notes notes;
    struct buffer work;
    struct json_document document;
};

/* One of the threads that judge, each series by itself. */
struct trend_worker {
    const struct trend *trend;
    struct arena arena, scratch; /* arena: what the series keep */
    struct rank_null null;
    size_t other_units;
    struct trend_crew *crew;
    pthread_t thread;
};

/* What a mark of this trend is one of. */
static inline const struct history_series *trend_mark_series(
    const struct trend *trend, const struct trend_mark *mark)
{
    return &trend->lists[mark->list][mark->entry->series];
}

/* trend_order.c: marks become values in one unit, one a point, in order. */
void trend_line_order(struct trend_worker *worker, struct trend_line *line);
/* trend_judge.c: what happened in a series whose values are there. */
void trend_judge(struct trend_worker *worker, struct trend_series *series);
/* trend_crew.c: both, for all lines. */
void trend_judge_all(struct trend *trend);
/* The option of that name, asked by one thread at a time. */
bool trend_contains(const struct trend_worker *worker, size_t point, struct slice commit);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_CONTRAST_PARTS_H
#define ANALYSIS_CONTRAST_PARTS_H

#include "analysis/contrast.h"

/* Inside analysis/contrast*.c only. */

/* A metric as one result line has it. */
struct metric_entry {
    const struct metric *metric;
    const struct sides_result *result;
};

/* All entries of one metric's name in one group, by side and then as the results stand. */
struct metric_entries {
    struct metric_entry *items;
    size_t counts[SIDES]; /* base's stand first */
};

static inline struct metric_entry *metric_entries_of(
    const struct metric_entries *entries, enum side_of side)
{
    return entries->items + (side == SIDE_HEAD ? entries->counts[SIDE_BASE] : 0);
}

/* What the input of one comparison needs besides the samples. */
struct metric_input {
    struct compare_input input;
    struct slice unit;
    bool values[SIDES]; /* a sample or a summary is there */
};

/* From the arena. The reasons of the metric itself are in input.reasons. */
void metric_input_make(struct metric_input *out, const struct metric_entries *entries,
    const struct contrast_options *options, struct arena *arena);

/* Reasons that hold for the group whatever the metric. */
uint32_t group_reasons(const struct sides_group *group);
/* The runs that both sides share were measured in turns. */
bool group_interleaved(const struct sides_group *group);

#endif

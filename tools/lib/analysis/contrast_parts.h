/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_CONTRAST_PARTS_H
#define ANALYSIS_CONTRAST_PARTS_H

#include "analysis/contrast.h"
#include "record/unit.h"

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

/* The unit in which the entries are compared. */
struct slice metric_unit(const struct metric_entries *entries);

/* From the arena. The reasons of the metric itself are in input.reasons. */
void metric_input_make(struct metric_input *out, const struct metric_entries *entries,
    const struct policy_rule *rule, struct arena *arena);

/* Whose names are shown. */
const struct sides_result *contrast_shown(const struct sides_group *group);

/* The samples of one run's entries, in order, turned into that unit. */
struct compare_run metric_run_join(const struct metric_entry *entries, size_t count,
    struct slice unit, uint32_t *reasons, struct arena *arena);

/* Adds what earlier runs say of the spread to the input. */
void contrast_history(struct metric_input *made, const struct contrast_options *options,
    const struct sides_group *group, struct slice metric, struct arena *arena);

/* What the policy says of a metric (data NULL: the outcome), where the options do not go over it.
 */
struct policy_rule contrast_rule(const struct contrast_options *options,
    const struct sides_result *shown, struct slice metric, struct slice unit);
/* Marks what is settled and accepted. */
void contrasts_accept(struct contrasts *contrasts, const struct contrast_options *options);

/* Reasons that hold for the group whatever the metric. */
uint32_t group_reasons(const struct sides_group *group);
/* The runs that both sides share were measured in turns. */
bool group_interleaved(const struct sides_group *group);

#endif

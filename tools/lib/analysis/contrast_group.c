/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/contrast_parts.h"

/* What holds for a benchmark whatever is measured of it. */

static bool stands_on(
    const struct sides_group *group, enum side_of side, const struct sides_run *run)
{
    for (size_t i = 0; i < group->counts[side]; i++)
        if (group->results[side][i]->run == run)
            return true;
    return false;
}

/* 1: every run that both sides share went in turns; 0: one did not; -1: they share none. */
static int shared_order(const struct sides_group *group)
{
    int order = -1;
    for (size_t i = 0; i < group->counts[SIDE_BASE]; i++) {
        const struct sides_run *run = group->results[SIDE_BASE][i]->run;
        if (!stands_on(group, SIDE_HEAD, run))
            continue;
        if (!slice_is(run->facts.order_mode, "interleaved"))
            return 0;
        order = 1;
    }
    return order;
}

bool group_interleaved(const struct sides_group *group)
{
    return shared_order(group) == 1;
}

/* ---- health -------------------------------------------------------------------------- */

static bool has_flag(const struct sides_result *result, struct slice flag)
{
    for (size_t i = 0; i < result->facts.health.flag_count; i++)
        if (slice_equal(result->facts.health.flags[i].flag, flag))
            return true;
    return false;
}

static bool side_has_flag(const struct sides_group *group, enum side_of side, struct slice flag)
{
    for (size_t i = 0; i < group->counts[side]; i++)
        if (has_flag(group->results[side][i], flag))
            return true;
    return false;
}

/* Somebody looked: else nothing is known of this side. */
static bool health_known(const struct sides_group *group, enum side_of side)
{
    for (size_t i = 0; i < group->counts[side]; i++)
        if (!group->results[side][i]->facts.health.flags_known)
            return false;
    return group->counts[side] > 0;
}

static bool has_more_flags(const struct sides_group *group, enum side_of side, enum side_of other)
{
    for (size_t i = 0; i < group->counts[side]; i++) {
        const struct health *health = &group->results[side][i]->facts.health;
        for (size_t k = 0; k < health->flag_count; k++)
            if (!side_has_flag(group, other, health->flags[k].flag))
                return true;
    }
    return false;
}

/* A machine in the same bad state on both sides still compares; in different ones it does not. */
static bool health_differs(const struct sides_group *group)
{
    return health_known(group, SIDE_BASE) && health_known(group, SIDE_HEAD) &&
           (has_more_flags(group, SIDE_BASE, SIDE_HEAD) ||
               has_more_flags(group, SIDE_HEAD, SIDE_BASE));
}

/* ---- output, sampling ---------------------------------------------------------------- */

static bool outputs_differ(const struct sides_group *group)
{
    struct slice first = {NULL, 0};
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < group->counts[side]; i++) {
            const struct sides_result *result = group->results[side][i];
            for (size_t k = 0; k < result->output_count; k++) {
                if (first.data && !slice_equal(first, result->outputs[k]))
                    return true;
                first = result->outputs[k];
            }
        }
    return false;
}

static bool samplings_differ(const struct sides_group *group)
{
    struct slice first = {NULL, 0};
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < group->counts[side]; i++) {
            struct slice sampling = group->results[side][i]->run->facts.sampling;
            if (first.data && sampling.data && !slice_equal(first, sampling))
                return true;
            if (!first.data)
                first = sampling;
        }
    return false;
}

static bool any_interrupted(const struct sides_group *group)
{
    for (int side = 0; side < SIDES; side++)
        for (size_t i = 0; i < group->counts[side]; i++)
            if (group->results[side][i]->run->interrupted)
                return true;
    return false;
}

uint32_t group_reasons(const struct sides_group *group)
{
    int order = shared_order(group);
    uint32_t reasons = 0;
    if (group->machines_differ)
        reasons |= reason_bit(REASON_DIFFERENT_MACHINES);
    if (order == 0)
        reasons |= reason_bit(REASON_BLOCKED_ORDER);
    if (order != 1 && health_differs(group))
        reasons |= reason_bit(REASON_DEGRADED_HEALTH);
    if (outputs_differ(group))
        reasons |= reason_bit(REASON_OUTPUT_DIFFERS);
    if (samplings_differ(group))
        reasons |= reason_bit(REASON_DIFFERENT_SAMPLING);
    if (any_interrupted(group))
        reasons |= reason_bit(REASON_INTERRUPTED);
    return reasons;
}

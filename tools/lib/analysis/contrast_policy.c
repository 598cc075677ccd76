/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/contrast_parts.h"

#include <math.h>

static struct policy_subject subject_of(
    const struct sides_result *shown, struct slice metric, struct slice unit)
{
    return (struct policy_subject){
        .facts = &shown->facts, .machine = shown->machine_name, .metric = metric, .unit = unit};
}

struct policy_rule contrast_rule(const struct contrast_options *options,
    const struct sides_result *shown, struct slice metric, struct slice unit)
{
    const struct policy_subject subject = subject_of(shown, metric, unit);
    struct policy_rule rule = policy_find(options->policy, &subject);
    if (!rule.band.given || options->band.given)
        rule.band = options->band;
    if (isnan(rule.alpha) || options->alpha_given)
        rule.alpha = options->rules.alpha;
    return rule;
}

/* ---- accepted changes ------------------------------------------------------------------ */

static bool can_be_accepted(enum verdict verdict)
{
    return verdict == VERDICT_REGRESSION || verdict == VERDICT_CHANGED ||
           verdict == VERDICT_NEWLY_FAILING || verdict == VERDICT_REMOVED;
}

/* Every run of the side answers so. */
static bool all_runs(const struct contrast *contrast, enum side_of side, struct slice change,
    enum known answer, struct lineage *lineage)
{
    const struct sides_group *group = contrast->group;
    for (size_t i = 0; i < group->counts[side]; i++) {
        struct slice commit = group->results[side][i]->run->facts.commit;
        if (!commit.data || lineage_holds(lineage, commit, change) != answer)
            return false;
    }
    return true;
}

/* What is removed stands in no run of head; then it is enough that the base does not have it. */
static bool lies_between(
    const struct contrast *contrast, struct slice change, struct lineage *lineage)
{
    return all_runs(contrast, SIDE_BASE, change, KNOWN_FALSE, lineage) &&
           all_runs(contrast, SIDE_HEAD, change, KNOWN_TRUE, lineage);
}

/* All of the interval is worse than that. */
static bool is_beyond(const struct contrast *contrast, double up_to)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct comparison_change *change = &comparison->change;
    double room = up_to * fabs(comparison->base.median);
    bool higher, lower;
    if (!contrast->compared || isnan(up_to))
        return false;
    if (comparison->scale == SCALE_LOG) {
        higher = change->ratio_ci.low > 1 + up_to;
        lower = change->ratio_ci.high < 1 / (1 + up_to);
    } else {
        higher = change->shift_ci.low > room;
        lower = change->shift_ci.high < -room;
    }
    return (higher && contrast->better != BETTER_HIGHER) ||
           (lower && contrast->better != BETTER_LOWER);
}

static const struct policy_acceptance *acceptance_of(
    const struct contrast *contrast, const struct contrast_options *options)
{
    const struct policy_subject subject =
        subject_of(contrast->shown, contrast->metric, contrast->unit);
    const struct policy_acceptance *accepted = NULL;
    while ((accepted = policy_accepts(options->policy, &subject, accepted)) != NULL)
        if (!is_beyond(contrast, accepted->up_to) &&
            lies_between(contrast, accepted->commit, options->lineage))
            return accepted;
    return NULL;
}

/* Which side is the better one does not matter any more. */
static void play_down(struct comparison *comparison, enum reason reason)
{
    comparison->reasons |= reason_bit(reason);
    if (comparison->verdict == VERDICT_REGRESSION || comparison->verdict == VERDICT_IMPROVEMENT)
        comparison->verdict = VERDICT_CHANGED;
}

void contrasts_accept(struct contrasts *contrasts, const struct contrast_options *options)
{
    for (size_t i = 0; options->policy && i < contrasts->count; i++) {
        struct contrast *contrast = &contrasts->items[i];
        if (contrast->importance == IMPORTANCE_INFORMATIONAL)
            play_down(&contrast->comparison, REASON_IGNORED);
        else if (can_be_accepted(contrast->comparison.verdict))
            contrast->accepted = acceptance_of(contrast, options);
        if (contrast->accepted)
            play_down(&contrast->comparison, REASON_ACCEPTED);
    }
}

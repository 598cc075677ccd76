/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/policy.h"

#include "analysis/policy_parts.h"
#include "query/glob.h"
#include "record/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void policy_free(struct policy *policy)
{
    if (!policy)
        return;
    arena_release(&policy->arena);
    free(policy);
}

void policy_rename(const struct policy *policy, struct identity *identity)
{
    for (size_t i = 0; policy && i < policy->rename_count; i++) {
        const struct policy_rename *rename = &policy->renames[i];
        identity_rename_onward(identity,
            (struct identity_benchmark){rename->from.suite_json, rename->from.name},
            (struct identity_benchmark){rename->to.suite_json, rename->to.name});
    }
}

/* ---- matching ------------------------------------------------------------------------ */

/* A subject under the names that count. */
struct matching {
    const struct policy_subject *subject;
    struct slice name;
    struct buffer path; /* suite/name */
};

static void add_suites(struct buffer *out, const struct report_result *facts)
{
    for (size_t i = 0; i < facts->suite_count; i++) {
        if (i > 0)
            buffer_add_char(out, '/');
        buffer_add_slice(out, facts->suites[i]);
    }
}

static bool is_called(const struct policy_name *name, struct slice suite, struct slice benchmark)
{
    return (!name->suite.data || slice_equal(name->suite, suite)) &&
           (!name->name.data || slice_equal(name->name, benchmark));
}

static void begin_matching(
    struct matching *at, const struct policy *policy, const struct policy_subject *subject)
{
    struct buffer joined = BUFFER_INIT;
    *at = (struct matching){.subject = subject, .name = subject->facts->name, .path = BUFFER_INIT};
    add_suites(&joined, subject->facts);
    struct slice suite = {buffer_text(&joined), joined.size};
    for (size_t i = 0; i < policy->rename_count; i++) {
        const struct policy_rename *rename = &policy->renames[i];
        if (!is_called(&rename->from, suite, at->name))
            continue;
        suite = rename->to.suite.data ? rename->to.suite : suite;
        at->name = rename->to.name.data ? rename->to.name : at->name;
    }
    buffer_add_slice(&at->path, suite);
    if (suite.size > 0)
        buffer_add_char(&at->path, '/');
    buffer_add_slice(&at->path, at->name);
    buffer_release(&joined);
}

static void end_matching(struct matching *at)
{
    buffer_release(&at->path);
}

static bool one_fits(const struct policy_patterns *patterns, struct slice text)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (glob_matches(patterns->items[i], text))
            return true;
    return patterns->count == 0;
}

static bool benchmark_fits(const struct policy_patterns *patterns, const struct matching *at)
{
    for (size_t i = 0; i < patterns->count; i++) {
        struct slice pattern = patterns->items[i];
        bool whole = memchr(pattern.data, '/', pattern.size) != NULL;
        if (glob_matches(pattern, whole ? buffer_slice(&at->path) : at->name))
            return true;
    }
    return patterns->count == 0;
}

static bool params_fit(const struct policy_selection *selection, const struct report_result *facts)
{
    for (size_t i = 0; i < selection->param_count; i++) {
        const struct name_value *wanted = &selection->params[i];
        bool fits = false;
        for (size_t k = 0; k < facts->param_count && !fits; k++)
            fits = slice_equal(facts->params[k].name, wanted->name) &&
                   glob_matches(wanted->value, facts->params[k].value);
        if (!fits)
            return false;
    }
    return true;
}

static bool selection_fits(const struct policy_selection *selection, const struct matching *at)
{
    const struct policy_subject *subject = at->subject;
    if (selection->metric.count > 0 && !subject->metric.data)
        return false;
    return benchmark_fits(&selection->benchmark, at) &&
           one_fits(&selection->metric, subject->metric) &&
           one_fits(&selection->model, subject->facts->model_id) &&
           one_fits(&selection->machine, subject->machine) && params_fit(selection, subject->facts);
}

/* ---- rules ------------------------------------------------------------------------------ */

/* A band in a unit that the metric cannot have is not about this metric. */
static void take_band(
    struct compare_band *band, const struct policy_entry *entry, struct slice metric_unit)
{
    struct unit_step step;
    double absolute = NAN;
    if (!isnan(entry->absolute) && unit_step_between(&step, entry->unit, metric_unit))
        absolute = unit_turn(step, entry->absolute);
    if (isnan(entry->relative) && isnan(absolute))
        return;
    *band = (struct compare_band){entry->relative, absolute, true};
}

struct policy_rule policy_find(const struct policy *policy, const struct policy_subject *subject)
{
    struct policy_rule rule = {.band = {NAN, NAN, false}, .alpha = NAN};
    struct matching at;
    if (!policy || policy->rule_count == 0)
        return rule;
    begin_matching(&at, policy, subject);
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct policy_entry *entry = &policy->rules[i];
        if (!selection_fits(&entry->selection, &at))
            continue;
        take_band(&rule.band, entry, subject->unit);
        rule.alpha = isnan(entry->alpha) ? rule.alpha : entry->alpha;
        if (entry->better_known) {
            rule.better_known = true;
            rule.better = entry->better;
        }
        if (entry->importance_known)
            rule.importance = entry->importance;
    }
    end_matching(&at);
    return rule;
}

/* ---- acceptances -------------------------------------------------------------------------- */

/* Behind the one that is `after`. */
static size_t index_behind(const struct policy *policy, const struct policy_acceptance *after)
{
    size_t i = 0;
    while (after && i < policy->accepted_count && &policy->accepted[i].acceptance != after)
        i++;
    return after ? i + 1 : 0;
}

const struct policy_acceptance *policy_accepts(const struct policy *policy,
    const struct policy_subject *subject, const struct policy_acceptance *after)
{
    const struct policy_acceptance *found = NULL;
    struct matching at;
    if (!policy || policy->accepted_count == 0)
        return NULL;
    begin_matching(&at, policy, subject);
    for (size_t i = index_behind(policy, after); !found && i < policy->accepted_count; i++)
        if (selection_fits(&policy->accepted[i].selection, &at))
            found = &policy->accepted[i].acceptance;
    end_matching(&at);
    return found;
}

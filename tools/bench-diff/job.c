/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "job.h"

#include "base/plural.h"
#include "gather.h"
#include "report.h"
#include "tool/place.h"
#include "tool/policy.h"
#include "tool/tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the sides are matched by --------------------------------------------------- */

static int make_identities(struct identity **identities, const struct settings *settings,
    const struct policy *policy, struct error *error)
{
    for (int side = 0; side < SIDES; side++)
        if (identity_create(&identities[side], settings->by, "--by", error) != 0)
            return -1;
    for (size_t i = 0; i < settings->renames.count; i++)
        if (identity_rename_text(
                identities[SIDE_BASE], settings->renames.items[i], "--rename", error) != 0)
            return -1;
    for (int side = 0; side < SIDES; side++)
        policy_rename(policy, identities[side]);
    return 0;
}

/* ---- is there anything to compare? ------------------------------------------------------- */

static const char *shared_hint(const struct sides *sides)
{
    return sides_notes(sides)->shared > 0
               ? "; what it had stands on both sides line for line and was left out"
               : "";
}

static int check_sides(const struct sides *sides, const struct inputs *inputs, struct error *error)
{
    for (int side = 0; side < SIDES; side++) {
        if (sides_count(sides, (enum side_of)side) > 0)
            continue;
        const struct sides_notes *notes = sides_notes(sides);
        return error_set(error, ERROR_INPUT, "%s (%.*s) holds no result to compare%s%s",
            side == SIDE_BASE ? "base" : "head", (int)inputs->names[side].size,
            inputs->names[side].data, shared_hint(sides),
            notes->where > 0 ? "; --where holds for none of them" : "");
    }
    return 0;
}

static int check_report(const struct report *report, const struct sides *sides, struct error *error)
{
    size_t count, common = 0;
    const struct sides_group *groups = sides_groups(sides, &count);
    for (size_t i = 0; i < count; i++)
        common += groups[i].counts[SIDE_BASE] > 0 && groups[i].counts[SIDE_HEAD] > 0;
    if (common == 0)
        return error_set(error, ERROR_INPUT,
            "no benchmark stands on both sides; --by says what they are matched by, --rename gives "
            "one its new name");
    if (report->row_count == 0)
        return error_set(error, ERROR_INPUT, "there is nothing to compare in %zu benchmark%s: %s",
            count, plural(count),
            report->contrasts->ignored > 0        ? "the policy ignores all of it"
            : report->settings->metrics.count > 0 ? "no metric has a name that --metric asks for"
            : report->contrasts->skipped == count ? "all were skipped on both sides"
                                                  : "none has a value");
    return 0;
}

/* ---- output -------------------------------------------------------------------------- */

static const struct form_writers writers = {.table = write_table,
    .jsonl = write_jsonl,
    .csv = write_csv,
    .markdown = write_markdown,
    .github = write_github};

/* whole: every line was understood. */
static int put_report(const struct report *report, bool whole, struct error *error)
{
    const struct settings *settings = report->settings;
    return form_put(report, &writers, (enum form)settings->form, settings->output, whole, error);
}

/* ---- all of it ------------------------------------------------------------------------ */

/* Everything that one comparison of two sides needs. */
struct job {
    const struct settings *settings;
    struct source_options source;
    struct inputs inputs;
    struct identity *identities[SIDES];
    struct query *where;
    struct policy *policy;
    struct lineage *lineage;
    struct sides_options how;
    struct sides *sides;
    struct spread *history; /* NULL: none is named */
};

static void job_release(struct job *job)
{
    spread_free(job->history);
    sides_free(job->sides);
    lineage_free(job->lineage);
    policy_free(job->policy);
    query_free(job->where);
    for (int side = 0; side < SIDES; side++)
        identity_free(job->identities[side]);
    inputs_release(&job->inputs);
}

static int judge(struct contrasts *contrasts, const struct job *job, struct error *error)
{
    const struct settings *settings = job->settings;
    const struct contrast_options options = {.metrics = &settings->metrics,
        .band = {settings->band, NAN, settings->band_given},
        .rules = {settings->alpha, settings->strict},
        .alpha_given = settings->alpha_given,
        .policy = job->policy,
        .lineage = job->lineage,
        .history = job->history,
        .any_machine = settings->any_machine};
    int result = contrasts_find(contrasts, job->sides, &options, error);
    struct slice doubt = lineage_doubt(job->lineage);
    if (doubt.data)
        tool_note("%s: what it accepts cannot be looked for: %.*s", settings->policy,
            (int)doubt.size, doubt.data);
    return result;
}

static int compare(const struct job *job, bool whole, struct error *error)
{
    struct contrasts contrasts = CONTRASTS_INIT;
    struct report report = {.settings = job->settings,
        .inputs = &job->inputs,
        .sides = job->sides,
        .history = job->history};
    int status = STATUS_INPUT;
    if (judge(&contrasts, job, error) == 0) {
        report.contrasts = &contrasts;
        report_make(&report);
        struct error nothing = ERROR_INIT;
        int common = check_report(&report, job->sides, &nothing);
        /* What is added and removed is still worth telling. */
        if (report.row_count == 0 || put_report(&report, whole, error) == 0)
            status = common == 0 && report_fails(&report) ? STATUS_FOUND : STATUS_DONE;
        if (common != 0 && error->code == ERROR_NONE)
            *error = nothing;
    }
    report_release(&report);
    contrasts_release(&contrasts);
    return status;
}

static int diff(struct job *job, struct error *error)
{
    job->how = (struct sides_options){
        .identities = {job->identities[SIDE_BASE], job->identities[SIDE_HEAD]},
        .where = job->where,
        .split = job->inputs.split ? &job->inputs.how : NULL,
        .all_runs = job->settings->all_runs,
        .any_machine = job->settings->any_machine};
    size_t bad = 0;
    int status = STATUS_DONE;
    job->sides = sides_create(&job->how);
    job->lineage = lineage_create(&job->source);
    if (gather(job->sides, &job->inputs, &job->source, job->settings, &bad, error) != 0)
        return status;
    if (job->settings->history.count > 0) {
        job->history = spread_create(&job->how);
        if (gather_history(job->history, job->settings, &job->source, error) != 0)
            return status;
    }
    sides_match(job->sides);
    if (check_sides(job->sides, &job->inputs, error) == 0)
        status = compare(job, bad == 0, error);
    return bad > 0 ? tool_worse(status, STATUS_INPUT) : status;
}

int job_run(struct settings *settings, const struct operands *operands, struct error *error)
{
    char *module = place_module("git");
    struct job job = {
        .settings = settings, .source = {.repository = settings->repository, .git_module = module}};
    int status = STATUS_DONE;
    if (inputs_read(&job.inputs, settings, operands, error) == 0 &&
        (!settings->merge_base || inputs_to_merge_base(&job.inputs, &job.source, error) == 0) &&
        (!settings->where || query_compile(&job.where, "--where", settings->where, error) == 0) &&
        tool_policy(&job.policy, settings->policy, &job.source, error) == 0 &&
        make_identities(job.identities, settings, job.policy, error) == 0)
        status = diff(&job, error);
    job_release(&job);
    free(module);
    return status;
}

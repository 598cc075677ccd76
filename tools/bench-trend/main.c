/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "blame.h"
#include "report.h"
#include "source/lines.h"
#include "tool/newer.h"
#include "tool/options.h"
#include "tool/place.h"
#include "tool/policy.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

static const char *const fail_names[] = {"never", "confirmed", "unconfirmed", NULL};
static const char *const order_names[] = {"usual", "semver", "topology", "date", "input", NULL};

static const double BAND_USUAL = 0.01;

/* ---- the command line -------------------------------------------------------------- */

static bool asks_for_git(const struct settings *settings)
{
    return settings->tags.count > 0 || settings->commits || settings->branch;
}

static int check_settings(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    int ways =
        (settings->tags.count > 0) + (settings->commits != NULL) + (settings->branch != NULL);
    if (ways > 1)
        return error_set(error, ERROR_USAGE,
            "--tags, --commits and --branch say what the points are; expected one of them");
    if (ways == 1 && operands->count == 0)
        return error_set(error, ERROR_USAGE,
            "expected a PATH in the repository that holds the reports, as in: bench-trend --tags "
            "'v*' reports/");
    if (ways == 0 && (settings->order == ORDER_SEMVER || settings->order == ORDER_TOPOLOGY))
        return error_set(error, ERROR_USAGE, "--order=%s needs points in git: --tags or --commits",
            order_names[settings->order]);
    if (settings->branch && settings->order != ORDER_USUAL && settings->order != ORDER_DATE)
        return error_set(error, ERROR_USAGE, "--branch orders its runs by date");
    if (ways == 1 && settings->order == ORDER_INPUT)
        return error_set(error, ERROR_USAGE, "--order=input is for files and standard input");
    if (settings->blame && ways == 0)
        return error_set(
            error, ERROR_USAGE, "--blame needs points in git: --tags, --commits or --branch");
    return 0;
}

static int make_identity(
    struct identity **identity, const struct settings *settings, struct error *error)
{
    if (identity_create(identity, settings->by, "--by", error) != 0)
        return -1;
    for (size_t i = 0; i < settings->renames.count; i++)
        if (identity_rename_text(*identity, settings->renames.items[i], "--rename", error) != 0)
            return -1;
    return 0;
}

/* ---- output ---------------------------------------------------------------------------- */

static const struct form_writers writers = {.table = write_table, .jsonl = write_jsonl};

static int put_blame(const struct report *report, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    int status = write_blame(&text, report, error);
    if (status == STATUS_DONE && output_put(report->settings->output, buffer_slice(&text),
                                     report->material->bad == 0, error) != 0)
        status = STATUS_INPUT;
    buffer_release(&text);
    return status;
}

static int put_report(const struct report *report, struct error *error)
{
    const struct settings *settings = report->settings;
    enum form form = (enum form)settings->form;
    if (settings->blame)
        return put_blame(report, error);
    if (settings->spread && form == FORM_AUTO)
        form = FORM_JSONL; /* what it is for reads lines */
    return form_put(report, &writers, form, settings->output, report->material->bad == 0, error) ==
                   0
               ? STATUS_DONE
               : STATUS_INPUT;
}

/* ---- all of it ---------------------------------------------------------------------------- */

/* A revision that is not known here is in no point; what cannot be read is told. */
static bool contains(void *context, size_t point, struct slice commit)
{
    struct material *material = context;
    struct git_id id;
    struct error error = ERROR_INIT;
    const struct trend_point *at = &material->points[point];
    char *revision = memory_text_n(commit.data, commit.size);
    bool found = false;
    if (at->commit.size == sizeof id.hex - 1) {
        memcpy(id.hex, at->commit.data, sizeof id.hex - 1);
        id.hex[sizeof id.hex - 1] = '\0';
        if (repository_contains(material->repository, &found, &id, revision, &error) != 0 &&
            error.code == ERROR_MACHINE) {
            tool_error(&error);
            material->bad++;
        }
    }
    free(revision);
    return found;
}

static int find(struct material *material, const struct trend_options *options, struct error *error)
{
    struct trend *trend = trend_create(options);
    struct report report = {.settings = material->settings, .material = material, .trend = trend};
    for (size_t i = 0; i < material->point_count; i++)
        trend_add_point(trend, &material->points[i]);
    for (size_t i = 0; i < material->held_count; i++)
        trend_add(trend, &material->held[i].history, material->held[i].points);
    trend_find(trend);
    report_make(&report);
    int status = STATUS_INPUT;
    if (report.row_count > 0) {
        status = put_report(&report, error);
        if (status == STATUS_DONE && report_fails(&report))
            status = STATUS_FOUND;
    } else if (trend_notes_of(trend)->ignored > 0) {
        error_set(error, ERROR_INPUT, "the policy leaves out every series");
    }
    report_release(&report);
    trend_free(trend);
    return status;
}

static int no_data(const struct material *material, struct error *error)
{
    static const char hint[] = "is the PATH right? It starts at the top of the repository";
    size_t points = material->empty.count;
    if (points == 1)
        return error_set(error, ERROR_INPUT, "the only point holds no result to look at; %s", hint);
    if (points > 1)
        return error_set(error, ERROR_INPUT, "none of the %zu points holds a result to look at; %s",
            points, hint);
    return error_set(error, ERROR_INPUT, "there is no result with a value in the input%s",
        material->options.where ? " for which --where holds" : "");
}

static int look(struct material *material, struct trend_options *options,
    const struct operands *operands, struct error *error)
{
    bool git = asks_for_git(material->settings);
    int result = git ? material_from_git(material, operands, error)
                     : material_from_inputs(material, operands, error);
    if (result != 0)
        return STATUS_INPUT;
    if (material->newer)
        newer_were_read();
    for (size_t i = 0; i < material->faults.count; i++)
        tool_note("%s", material->faults.items[i]);
    if (material->repository) {
        options->contains = contains;
        options->context = material;
    }
    if (material->point_count == 0) {
        no_data(material, error);
        return STATUS_INPUT;
    }
    int status = find(material, options, error);
    return material->bad > 0 ? tool_worse(status, STATUS_INPUT) : status;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    char *module = place_module("git");
    const struct source_options source = {.repository = settings->repository, .git_module = module};
    struct material material = {.settings = settings, .git_module = module};
    struct identity *identity = NULL;
    struct policy *policy = NULL;
    struct query *where = NULL;
    int status = STATUS_USAGE;
    if (check_settings(settings, operands, error) == 0 &&
        make_identity(&identity, settings, error) == 0 &&
        (!settings->where || query_compile(&where, "--where", settings->where, error) == 0) &&
        tool_policy(&policy, settings->policy, &source, error) == 0) {
        policy_rename(policy, identity);
        struct trend_options options = {.identity = identity,
            .policy = policy,
            .band = settings->band,
            .any_machine = settings->any_machine,
            .threads = material_threads()};
        material.options = (struct history_options){
            .by = settings->by ? identity : NULL, .where = where, .metrics = &settings->metrics};
        status = look(&material, &options, operands, error);
    }
    material_release(&material);
    policy_free(policy);
    query_free(where);
    identity_free(identity);
    free(module);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {
        .band = BAND_USUAL, .form = FORM_AUTO, .rows = TABLE_ROWS, .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Points"),
        OPTION_LIST('t', "tags", "GLOB", &settings.tags,
            "the tags that match are the points; may be repeated"),
        OPTION_TEXT('c', "commits", "RANGE", &settings.commits,
            "the commits of A..B, or all up to B, are the points"),
        OPTION_TEXT('b', "branch", "REF", &settings.branch,
            "the runs on a data branch are the points, each at its own commit"),
        OPTION_CHOICE(0, "order", "ORDER", &settings.order, order_names,
            "how points are put in order; usual is semver for tags, topology for commits, date "
            "for runs"),
        OPTION_GROUP("Selecting"),
        OPTION_METRICS(&settings.metrics),
        OPTION_WHERE(&settings.where),
        OPTION_BY(&settings.by),
        OPTION_LIST(0, "rename", "OLD=NEW", &settings.renames,
            "the benchmark OLD was given the name NEW; may be repeated"),
        OPTION_POLICY(&settings.policy),
        OPTION_FLAG(0, "any-machine", &settings.any_machine,
            "one series over all machines, in place of one for each"),
        OPTION_GROUP("Judging"),
        OPTION_CALL(0, "band", "SHARE", &settings.band, option_take_share,
            "steps and drifts up to this do not count for a verdict; 1% unless given"),
        OPTION_CHOICE(0, "fail-on", "WHAT", &settings.fail_on, fail_names,
            "what ends in status 1: a confirmed change for the worse, an unconfirmed one, too; "
            "never unless given"),
        OPTION_GROUP("Output"),
        OPTION_FORMAT(&settings.form, form_names_basic),
        OPTION_ROWS(&settings.rows),
        OPTION_FLAG(0, "spread", &settings.spread,
            "only how much each series varies from point to point, for bench-diff --history"),
        OPTION_TEXT(0, "blame", "POINT", &settings.blame,
            "the commits behind the changes at POINT, and how to find the one"),
        OPTION_OUTPUT(&settings.output),
        OPTION_GROUP("Input"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_TEXT('C', NULL, "DIR", &settings.repository, "the repository"),
        OPTION_FLAG(0, "no-cache", &settings.no_cache,
            "neither read nor write what is kept in the repository's own folder"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] --tags GLOB... PATH...",
        "[options] --commits RANGE PATH...", "[options] --branch REF PATH...",
        "[options] [FILE...]", NULL};
    const struct command command = {"bench-trend",
        "follow benchmark results over tags, commits and runs", usage, options,
        "Exit status: 0 done, 1 what --fail-on names, 2 wrong usage, 3 an input cannot be "
        "read or holds nothing to look at, 4 the machine failed. See bench-trend(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}

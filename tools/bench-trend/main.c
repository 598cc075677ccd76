/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "blame.h"
#include "report.h"
#include "source/lines.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

static const char *const fail_names[] = {"never", "confirmed", "unconfirmed", NULL};
static const char *const order_names[] = {"usual", "semver", "topology", "date", "input", NULL};

static const double BAND_USUAL = 0.01;
enum { ROWS_USUAL = 50 };

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
    if (settings->blame && !settings->commits && settings->tags.count == 0)
        return error_set(error, ERROR_USAGE, "--blame needs points in git: --tags or --commits");
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

static void tell_fault(void *context, const struct error *error)
{
    (void)context;
    tool_error(error);
}

static int read_policy(struct policy **policy, const struct settings *settings, struct error *error)
{
    char *schema = place_data("schemas/policy.schema.json"), *module = place_module("git");
    struct source_options source = {.repository = settings->repository, .git_module = module};
    struct config_faults faults = {tell_fault, NULL};
    int result = 0;
    if (settings->policy)
        result = policy_read(policy, settings->policy, schema, &source, &faults, error);
    free(schema);
    free(module);
    return result;
}

/* ---- output ---------------------------------------------------------------------------- */

static const struct form_writers writers = {.table = write_table, .jsonl = write_jsonl};

static int put_blame(const struct report *report, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    int status = write_blame(&text, report, error);
    if (status == STATUS_DONE &&
        output_put(report->settings->output, buffer_slice(&text), true, error) != 0)
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
    return form_put(report, &writers, form, settings->output, true, error) == 0 ? STATUS_DONE
                                                                                : STATUS_INPUT;
}

/* ---- all of it ---------------------------------------------------------------------------- */

static bool contains(void *context, size_t point, struct slice commit)
{
    const struct material *material = context;
    struct git_id id;
    const struct trend_point *at = &material->points[point];
    char *revision = memory_text_n(commit.data, commit.size);
    bool found = false;
    if (at->commit.size == sizeof id.hex - 1) {
        memcpy(id.hex, at->commit.data, sizeof id.hex - 1);
        id.hex[sizeof id.hex - 1] = '\0';
        found = repository_contains(material->repository, &id, revision);
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
    if (material->empty.count > 0)
        return error_set(error, ERROR_INPUT,
            "none of the %zu points holds a result to look at; is the PATH right? It starts at "
            "the top of the repository",
            material->empty.count);
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
        tool_note("some lines are of a version newer than is known; they were read as 1.0.0");
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

static int run(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    char *module = place_module("git");
    struct material material = {.settings = settings, .git_module = module};
    struct identity *identity = NULL;
    struct policy *policy = NULL;
    struct query *where = NULL;
    int status = STATUS_USAGE;
    if (check_settings(settings, operands, error) == 0 &&
        make_identity(&identity, settings, error) == 0 &&
        (!settings->where || query_compile(&where, "--where", settings->where, error) == 0) &&
        read_policy(&policy, settings, error) == 0) {
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
        .band = BAND_USUAL, .form = FORM_AUTO, .rows = ROWS_USUAL, .max_line = LINE_CEILING};
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
        OPTION_LIST('m', "metric", "NAME", &settings.metrics,
            "only this metric (a pattern with * and ?); may be repeated"),
        OPTION_TEXT('w', "where", "EXPR", &settings.where,
            "only results for which EXPR holds, see benchline-query(7)"),
        OPTION_TEXT(0, "by", "FIELDS", &settings.by,
            "match results by these fields, separated by commas, in place of suite, name, params, "
            "model.id and modality"),
        OPTION_LIST(0, "rename", "OLD=NEW", &settings.renames,
            "the benchmark OLD was given the name NEW; may be repeated"),
        OPTION_TEXT(0, "policy", "FILE", &settings.policy,
            "what matters: bands, renames, accepted changes, see benchline-policy(5)"),
        OPTION_FLAG(0, "any-machine", &settings.any_machine,
            "one series over all machines, in place of one for each"),
        OPTION_GROUP("Judging"),
        OPTION_CALL(0, "band", "SHARE", &settings.band, option_take_share,
            "steps and drifts up to this do not count for a verdict; 1% unless given"),
        OPTION_CHOICE(0, "fail-on", "WHAT", &settings.fail_on, fail_names,
            "what ends in status 1: a confirmed change for the worse, an unconfirmed one, too; "
            "never unless given"),
        OPTION_GROUP("Output"),
        OPTION_CHOICE(0, "format", "FORM", &settings.form, form_names_basic,
            "auto is the table on a terminal and jsonl elsewhere"),
        OPTION_COUNT(0, "rows", "N", &settings.rows, 0, 1e9,
            "show the first N rows of a table (0: all); 50 unless given"),
        OPTION_FLAG(0, "spread", &settings.spread,
            "only how much each series varies from point to point, for bench-diff --history"),
        OPTION_TEXT(0, "blame", "POINT", &settings.blame,
            "the commits behind the changes at POINT, and how to find the one"),
        OPTION_TEXT('o', "output", "FILE", &settings.output,
            "write to FILE, whole or not at all, in place of standard output"),
        OPTION_GROUP("Input"),
        OPTION_SIZE(0, "max-line", "SIZE", &settings.max_line, 1, JSON_SIZE_LIMIT,
            "the longest line that is read"),
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
        "Exit status: 0 done, 1 what --fail-on names, 2 wrong usage, 3 an input cannot be read or\n"
        "holds nothing to look at, 4 the machine failed. See bench-trend(1)."};
    struct operands operands;
    struct error error = ERROR_INIT;
    int status;
    if (!tool_start(&command, argc, argv, &operands, &status))
        return status;
    status = run(&settings, &operands, &error);
    option_list_release(&settings.tags);
    option_list_release(&settings.metrics);
    option_list_release(&settings.renames);
    return tool_finish(status, &error);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/inputs.h"
#include "report.h"
#include "source/lines.h"
#include "tool/config.h"
#include "tool/newer.h"
#include "tool/options.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

/* ---- the targets ----------------------------------------------------------------------- */

static int read_targets(struct targets *targets, const char *path,
    const struct source_options *source, struct error *error)
{
    char *schema = place_data("schemas/targets.schema.json");
    int result = targets_read(targets, path, schema, source, &tool_faults, error);
    free(schema);
    return result;
}

/* ---- the results -------------------------------------------------------------------------- */

static int take(void *context, const struct record *record, bool of_many, struct error *error)
{
    return sides_take(context, record, SIDE_HEAD, of_many, error);
}

static int read_results(struct sides *sides, const struct operands *operands,
    const struct settings *settings, const struct source_options *source, size_t *bad,
    struct error *error)
{
    struct record_inputs records = {.source = source,
        .max_line = settings->max_line,
        .take = take,
        .context = sides,
        .tell = tool_error};
    int result = record_inputs_read(
        &records, (const char *const *)operands->items + 1, operands->count - 1, error);
    *bad = records.bad;
    if (records.newer)
        newer_were_read();
    return result;
}

static int check_results(const struct sides *sides, struct error *error)
{
    if (sides_count(sides, SIDE_HEAD) > 0)
        return 0;
    return error_set(error, ERROR_INPUT, "there is no result in the input%s",
        sides_notes(sides)->where > 0 ? "; --where holds for none of them"
                                      : "; expected lines of a report with kind \"result\"");
}

/* ---- output ------------------------------------------------------------------------------- */

static const struct form_writers writers = {.table = write_table,
    .jsonl = write_jsonl,
    .csv = write_csv,
    .markdown = write_markdown,
    .github = write_github};

static int put_report(const struct report *report, bool whole, struct error *error)
{
    const struct settings *settings = report->settings;
    return form_put(report, &writers, (enum form)settings->form, settings->output, whole, error);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static int judge(const struct sides *sides, const struct targets *targets,
    const struct settings *settings, bool whole, struct error *error)
{
    struct judgements judgements = {.count = 0};
    struct report report = {.settings = settings, .sides = sides, .judgements = &judgements};
    const struct target_rules rules = {settings->alpha, settings->prove};
    int status = STATUS_INPUT;
    if (targets_judge(&judgements, sides, targets, &rules, error) == 0) {
        report_make(&report);
        if (put_report(&report, whole, error) == 0)
            status = judgements.missed > 0 ? STATUS_FOUND : STATUS_DONE;
    }
    report_release(&report);
    judgements_release(&judgements);
    return status;
}

static int check(const struct settings *settings, const struct operands *operands,
    const struct targets *targets, struct sides_options *options,
    const struct source_options *source, struct error *error)
{
    struct sides *sides = sides_create(options);
    size_t bad = 0;
    int status = STATUS_DONE;
    if (read_results(sides, operands, settings, source, &bad, error) == 0) {
        sides_match(sides);
        if (check_results(sides, error) == 0)
            status = judge(sides, targets, settings, bad == 0, error);
        if (bad > 0)
            status = tool_worse(status, STATUS_INPUT);
    }
    sides_free(sides);
    return status;
}

static int check_command(const struct settings *settings, struct error *error)
{
    if (!settings->targets)
        return error_set(
            error, ERROR_USAGE, "no file of targets; expected TARGETS.yaml, then the reports");
    if (strcmp(settings->targets, "-") == 0)
        return error_set(error, ERROR_USAGE,
            "\"-\" stands where the file of targets should; standard input is for the reports");
    return 0;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    char *module = place_module("git");
    const struct source_options source = {.repository = settings->repository, .git_module = module};
    struct targets targets = {.label = NULL};
    struct identity *identity = NULL;
    struct query *where = NULL;
    int status = STATUS_DONE; /* an error has its own */
    settings->targets = operands->count > 0 ? operands->items[0] : NULL;
    if (check_command(settings, error) == 0 &&
        identity_create(&identity, settings->by, "--by", error) == 0 &&
        (!settings->where || query_compile(&where, "--where", settings->where, error) == 0) &&
        read_targets(&targets, settings->targets, &source, error) == 0) {
        struct sides_options options = {.identities = {identity, identity},
            .where = where,
            .all_runs = settings->all_runs,
            .any_machine = settings->any_machine,
            .keep_text = true};
        status = check(settings, operands, &targets, &options, &source, error);
    }
    targets_release(&targets);
    query_free(where);
    identity_free(identity);
    free(module);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {
        .alpha = 0.05, .form = FORM_AUTO, .rows = TABLE_ROWS, .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Judging"),
        OPTION_FLAG(0, "prove", &settings.prove,
            "a target that is not proven, because its interval goes beyond the limit, is missed"),
        OPTION_NUMBER(0, "alpha", "P", &settings.alpha, 1e-6, 0.5,
            "intervals are at 1 - P; .05 unless given"),
        OPTION_GROUP("Selecting"),
        OPTION_WHERE(&settings.where),
        OPTION_BY(&settings.by),
        OPTION_ALL_RUNS(&settings.all_runs),
        OPTION_FLAG(0, "any-machine", &settings.any_machine, "do not tell machines apart"),
        OPTION_GROUP("Output"),
        OPTION_FORMAT(&settings.form, form_names),
        OPTION_ROWS(&settings.rows),
        OPTION_OUTPUT(&settings.output),
        OPTION_GROUP("Input"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_REPOSITORY(&settings.repository),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] TARGETS.yaml [FILE...]", NULL};
    const struct command command = {"bench-check", "hold what was measured against targets", usage,
        options,
        "Exit status: 0 no target is missed, 1 one is, 2 wrong usage, 3 an input or the "
        "targets cannot be read, or there is no result, 4 the machine failed. See "
        "bench-check(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}

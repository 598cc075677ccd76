/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/review.h"
#include "base/memory.h"
#include "base/plural.h"
#include "documents.h"
#include "pipeline.h"
#include "resolver.h"
#include "schemas.h"
#include "tool/input.h"
#include "tool/options.h"
#include "tool/place.h"
#include "tool/terminal.h"
#include "tool/tool.h"

#include <string.h>
#include <unistd.h>

struct settings {
    bool check, whole, summary, explain, check_schema;
    const char *output, *invalid, *schema, *repository;
    int report, formats, dialect, keys;
    bool formats_given;
    unsigned lint; /* of enum review_subject; LINT_LIST: print the codes */
    int64_t max_errors, max_errors_per_line, max_depth, jobs;
    uint64_t max_line;
    struct option_list maps, folders;
};

enum { LINT_LIST = 1 << 8 };

static const char *const report_names[] = {"human", "jsonl", "sarif", "github", NULL};
static const char *const formats_names[] = {"assert", "warn", "annotate", "dialect", NULL};
static const char *const keys_names[] = {"error", "last", NULL};
static const char *const dialect_names[] = {
    "draft-04", "draft-06", "draft-07", "2019-09", "2020-12", NULL};

/* Where the tool writes. valid is NULL with --check; report is then the main output. */
struct outputs {
    struct output *main, *invalid, *messages;
};

static int open_outputs(
    struct outputs *outputs, const struct settings *settings, struct error *error)
{
    outputs->messages = output_of_descriptor(STDERR_FILENO, "standard error");
    if (output_open(&outputs->main, settings->output, error) != 0)
        return -1;
    if (settings->invalid && output_open(&outputs->invalid, settings->invalid, error) != 0)
        return -1;
    return 0;
}

/* Where something is missing, the named files stay as they were: the valid lines may
 * go back to where they came from, which then is the last place of the others. */
static int close_outputs(struct outputs *outputs, bool whole, struct error *error)
{
    int result = output_settle(outputs->messages, whole, error);
    if (output_settle(outputs->invalid, whole, error) != 0) {
        whole = false;
        result = -1;
    }
    if (output_settle(outputs->main, whole, error) != 0)
        result = -1;
    return result;
}

static int take_lint(void *context, const char *value, struct error *error)
{
    unsigned *lint = context;
    if (!value || strcmp(value, "meaning") == 0)
        *lint |= REVIEW_MEANING;
    else if (strcmp(value, "privacy") == 0)
        *lint |= REVIEW_PRIVACY;
    else if (strcmp(value, "all") == 0)
        *lint |= REVIEW_MEANING | REVIEW_PRIVACY;
    else if (strcmp(value, "list") == 0)
        *lint |= LINT_LIST;
    else
        return error_set(error, ERROR_USAGE,
            "\"%s\" is unknown; expected one of meaning, privacy, all, list", value);
    return 0;
}

static void summarize(const struct settings *settings, const struct totals *totals,
    const struct report *report, const struct lint *lint)
{
    unsigned long long held = report_held_back(report) + totals->unsaid;
    if (settings->summary || terminal_is(STDERR_FILENO))
        tool_note("%llu line%s: %llu valid, %llu bad, %llu warning%s",
            (unsigned long long)totals->lines, plural(totals->lines),
            (unsigned long long)totals->valid, (unsigned long long)totals->bad,
            (unsigned long long)totals->warnings, plural(totals->warnings));
    if (lint && (settings->summary || terminal_is(STDERR_FILENO)))
        tool_note("lint: %llu error%s, %llu warning%s", (unsigned long long)lint_errors(lint),
            plural(lint_errors(lint)), (unsigned long long)lint_warnings(lint),
            plural(lint_warnings(lint)));
    if (held > 0)
        tool_note("%llu more problem%s not shown; --max-errors and --max-errors-per-line set the "
                  "limits",
            held, plural(held));
}

static int check_whole(const struct settings *settings, const struct operands *operands,
    const struct pipeline *pipeline, struct totals *totals, struct error *error)
{
    char *module = place_module("git");
    const struct source_options source = {.repository = settings->repository, .git_module = module};
    int result = check_documents(pipeline, (const char *const *)operands->items, operands->count,
        settings->max_line, &source, totals, error);
    free(module);
    return result;
}

static int check_lines(const struct settings *settings, const struct operands *operands,
    const struct pipeline *pipeline, struct totals *totals, struct error *error)
{
    const struct blocks_options options = {.ceiling = settings->max_line};
    struct input *input = input_open(operands, settings->repository, &options);
    int result = pipeline_run(pipeline, input_blocks(input), totals, error);
    input_close(input);
    return result;
}

/* What the lines, documents or schemas are checked into: --check and --check-schema pass nothing.
 */
static int check_everything(const struct settings *settings, const struct operands *operands,
    const struct pipeline *pipeline, struct resolver *resolver, struct totals *totals,
    struct error *error)
{
    struct schema_options options = {.dialect = (enum schema_dialect)settings->dialect,
        .formats = SCHEMA_FORMATS_ASSERT,
        .resolver = resolver_for_schema(resolver)};
    if (settings->check_schema)
        return check_schemas((const char *const *)operands->items, operands->count, &options,
            pipeline->report, totals, error);
    if (settings->whole)
        return check_whole(settings, operands, pipeline, totals, error);
    return check_lines(settings, operands, pipeline, totals, error);
}

static int validate(const struct settings *settings, const struct operands *operands,
    struct catalog *catalog, struct resolver *resolver, struct error *error)
{
    bool passing = !settings->check && !settings->check_schema;
    struct outputs outputs = {NULL, NULL, NULL};
    struct totals totals = {.status = STATUS_DONE};
    struct check_options options = {
        .json = {.depth = (uint32_t)settings->max_depth, .keys = (enum json_keys)settings->keys},
        .errors_per_line = (uint64_t)settings->max_errors_per_line,
        .whole = settings->whole};

    if (open_outputs(&outputs, settings, error) != 0) {
        close_outputs(&outputs, false, error);
        return STATUS_MACHINE;
    }
    struct report *report = report_create((enum report_form)settings->report,
        passing ? outputs.messages : outputs.main, (uint64_t)settings->max_errors);
    struct lint *lint = settings->lint ? lint_create(settings->lint, &options.json, report) : NULL;
    struct pipeline pipeline = {.catalog = catalog,
        .options = &options,
        .jobs = (unsigned)settings->jobs,
        .valid = passing ? outputs.main : NULL,
        .invalid = outputs.invalid,
        .report = report,
        .lint = lint,
        .unreadable = tool_error};
    bool done = check_everything(settings, operands, &pipeline, resolver, &totals, error) == 0 &&
                report_finish(report, error) == 0;
    if (close_outputs(&outputs, done && totals.status < STATUS_INPUT, error) == 0 && done)
        summarize(settings, &totals, report, lint);
    lint_free(lint);
    report_free(report);
    return totals.status;
}

/* Text that is no report: the tool's own knowledge. */
static int print_text(const struct settings *settings, struct buffer *text, struct error *error)
{
    int result = output_put(settings->output, buffer_slice(text), true, error);
    buffer_release(text);
    return result;
}

static int list_codes(const struct settings *settings, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    lint_list(&text);
    return print_text(settings, &text, error);
}

static int explain(const struct settings *settings, struct catalog *catalog, struct error *error)
{
    struct buffer text = BUFFER_INIT;
    if (!catalog_given(catalog))
        return error_set(error, ERROR_USAGE, "--explain needs --schema");
    schema_print_plan(catalog_given(catalog), &text);
    return print_text(settings, &text, error);
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    struct resolver *resolver = NULL;
    struct catalog *catalog = NULL;
    int status = STATUS_DONE;
    if (settings->whole && !settings->schema)
        return error_set(error, ERROR_USAGE, "--whole needs --schema"), STATUS_USAGE;
    if (settings->lint && (settings->whole || settings->check_schema))
        return error_set(error, ERROR_USAGE,
                   "--lint is for the lines of reports; expected neither "
                   "--whole nor --check-schema"),
               STATUS_USAGE;
    if (output_same(settings->output, settings->invalid))
        return error_set(error, ERROR_USAGE, "--output and --invalid are one file; expected two"),
               STATUS_USAGE;
    if (settings->lint & LINT_LIST)
        return list_codes(settings, error), STATUS_DONE;
    if (resolver_create(&resolver, &settings->maps, &settings->folders, error) == 0) {
        struct catalog_options options = {.name = settings->schema,
            .dialect = (enum schema_dialect)settings->dialect,
            .formats_given = settings->formats_given,
            .formats = (enum schema_formats)settings->formats,
            .resolver = resolver_for_schema(resolver)};
        if (catalog_create(&catalog, &options, error) == 0) {
            if (settings->explain)
                explain(settings, catalog, error);
            else
                status = validate(settings, operands, catalog, resolver, error);
        }
    }
    catalog_free(catalog);
    resolver_free(resolver);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {
        .dialect = SCHEMA_2020_12, .jobs = 1, .max_depth = JSON_DEPTH, .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Output"),
        OPTION_TEXT('o', "output", "FILE", &settings.output,
            "write the valid lines (with --check: the report) to FILE, whole or not at all"),
        OPTION_TEXT(0, "invalid", "FILE", &settings.invalid,
            "write the lines that do not pass to FILE, byte for byte"),
        OPTION_FLAG(
            0, "check", &settings.check, "pass nothing through; print what is wrong instead"),
        OPTION_CHOICE(0, "report", "FORM", &settings.report, report_names, "how problems are told"),
        OPTION_COUNT(0, "max-errors", "N", &settings.max_errors, 0, 1e18,
            "tell at most N problems in all (0: every one)"),
        OPTION_COUNT(0, "max-errors-per-line", "N", &settings.max_errors_per_line, 0, 1e18,
            "tell at most N problems of a line (0: every one)"),
        OPTION_SUMMARY(&settings.summary),
        OPTION_GROUP("Schema"),
        OPTION_TEXT('s', "schema", "FILE|VERSION|NAME", &settings.schema,
            "hold everything against this schema; without it each line against that of its own "
            "schema_version"),
        {.kind = OPTION_KIND_CHOICE,
            .name = "formats",
            .argument = "HOW",
            .value = &settings.formats,
            .choices = formats_names,
            .given = &settings.formats_given,
            .help = "what a wrong format means; warn for report versions 0.x and assert otherwise "
                    "unless given"},
        OPTION_CHOICE(0, "dialect", "DRAFT", &settings.dialect, dialect_names,
            "the dialect of a schema without $schema"),
        OPTION_LIST(0, "map", "PREFIX=FOLDER", &settings.maps,
            "take references that begin with PREFIX from FOLDER"),
        OPTION_LIST(0, "schema-dir", "FOLDER", &settings.folders,
            "take references from the schemas in FOLDER"),
        OPTION_FLAG(0, "check-schema", &settings.check_schema,
            "each FILE is a schema: check it, and say what is suspicious about it"),
        OPTION_FLAG(0, "explain", &settings.explain, "print the compiled schema and stop"),
        OPTION_CALL(0, "lint", "[WHAT]", &settings.lint, take_lint,
            "tell what no schema can say of reports, too: meaning, privacy, all; list prints the "
            "codes"),
        OPTION_GROUP("Input"),
        OPTION_FLAG(0, "whole", &settings.whole,
            "each FILE is one JSON (or, by its name, YAML) document, not JSON Lines"),
        OPTION_CHOICE(0, "duplicate-keys", "HOW", &settings.keys, keys_names,
            "what a key that stands twice in an object means"),
        OPTION_COUNT(0, "max-depth", "N", &settings.max_depth, 1, 10000, "the deepest nesting"),
        OPTION_SIZE(0, "max-line", "SIZE", &settings.max_line, 1, JSON_SIZE_LIMIT,
            "the longest line (or document)"),
        OPTION_REPOSITORY(&settings.repository),
        OPTION_COUNT('j', "jobs", "N", &settings.jobs, 1, 256, "check with N threads"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] [FILE...]", "--check [options] [FILE...]",
        "--whole --schema FILE [options] [FILE...]", "--check-schema [options] [FILE...]", NULL};
    const struct command command = {"bench-validate",
        "check JSON Lines against a schema; pass the valid ones, tell what is wrong", usage,
        options,
        "Exit status: 0 all lines are valid, 1 some are not, 2 wrong usage, 3 an input cannot "
        "be read, 4 the machine failed. See bench-validate(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}

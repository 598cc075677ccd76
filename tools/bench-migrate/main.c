/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/plural.h"
#include "convert.h"
#include "tool/input.h"
#include "tool/newer.h"
#include "tool/options.h"
#include "tool/terminal.h"
#include "tool/tool.h"

#include <string.h>
#include <unistd.h>

struct settings {
    enum report_version to;
    const char *output, *invalid, *repository, *new_run_at;
    uint64_t max_line;
    bool summary, redact;
};

static int take_version(void *context, const char *value, struct error *error)
{
    enum report_version *to = context;
    *to = strcmp(value, "current") == 0 ? REPORT_CURRENT : report_version_read(slice_of(value));
    if (*to != REPORT_UNKNOWN && *to != REPORT_NEWER)
        return 0;
    return error_set(error, ERROR_USAGE, "version \"%s\" is unknown; expected %s", value,
        report_versions_known());
}

static void summarize(const struct settings *settings, const struct conversion_totals *totals,
    const struct redaction *redaction)
{
    uint64_t signatures = redaction ? redaction_signatures(redaction) : 0;
    if (signatures > 0)
        tool_note("left out: %llu signature%s of runs whose lines were redacted",
            (unsigned long long)signatures, plural(signatures));
    if (totals->newer > 0)
        newer_were_passed(totals->newer);
    if (settings->summary || terminal_is(STDERR_FILENO))
        tool_note("%llu migrated, %llu passed as they stand, %llu bad",
            (unsigned long long)totals->migrated, (unsigned long long)totals->passed,
            (unsigned long long)totals->bad);
    if (redaction && (settings->summary || terminal_is(STDERR_FILENO)))
        tool_note(
            "%llu line%s redacted", (unsigned long long)totals->redacted, plural(totals->redacted));
}

static int migrate(const struct settings *settings, const struct operands *operands,
    struct conversion *conversion, struct conversion_totals *totals, struct error *error)
{
    const struct blocks_options options = {.ceiling = settings->max_line, .count = true};
    struct input *input = input_open(operands, settings->repository, &options);
    int result = convert(conversion, input_blocks(input), totals, error);
    input_close(input);
    return result;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    struct conversion conversion = {.to = settings->to, .say = tool_error};
    struct conversion_totals totals = {.status = STATUS_DONE};
    int result = 0;
    if (output_same(settings->output, settings->invalid))
        result = error_set(error, ERROR_USAGE, "--output and --invalid are one file; expected two");
    if (settings->redact)
        conversion.redaction = redaction_create();
    if (result == 0 && settings->new_run_at)
        result = query_compile(&conversion.new_run_at, "--new-run-at", settings->new_run_at, error);
    if (result == 0)
        result = output_open(&conversion.out, settings->output, error);
    if (result == 0 && settings->invalid)
        result = output_open(&conversion.invalid, settings->invalid, error);
    if (result == 0)
        result = migrate(settings, operands, &conversion, &totals, error);
    query_free(conversion.new_run_at);
    /* Where an input is missing, the named files stay as they were; so they do where the other
     * lines are kept nowhere else. */
    bool whole = result == 0 && totals.status < STATUS_INPUT;
    bool kept = output_settle(conversion.invalid, whole, error) == 0;
    if (output_settle(conversion.out, whole && kept, error) == 0 && kept && result == 0)
        summarize(settings, &totals, conversion.redaction);
    redaction_free(conversion.redaction);
    return totals.status;
}

int main(int argc, char **argv)
{
    struct settings settings = {.to = REPORT_CURRENT, .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Migrating"),
        OPTION_CALL(0, "to", "VERSION", &settings.to, take_version,
            "the version to go to; 1.0.0, the current one, unless given"),
        OPTION_TEXT(0, "new-run-at", "EXPR", &settings.new_run_at,
            "begin a new run at each old line for which EXPR holds, see benchline-query(7)"),
        OPTION_FLAG(0, "redact", &settings.redact,
            "take out homes, names of users and hosts, tokens: what bench-validate --lint=privacy "
            "finds"),
        OPTION_GROUP("Output"),
        OPTION_OUTPUT(&settings.output),
        OPTION_TEXT(0, "invalid", "FILE", &settings.invalid,
            "write the lines that cannot be migrated to FILE, byte for byte"),
        OPTION_SUMMARY(&settings.summary),
        OPTION_GROUP("Input"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_REPOSITORY(&settings.repository),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] [FILE...]", NULL};
    const struct command command = {"bench-migrate",
        "bring report lines of older versions to a newer one", usage, options,
        "Exit status: 0 done, 1 some lines cannot be migrated, 2 wrong usage, 3 an input "
        "cannot be read, 4 the machine failed. See bench-migrate(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gather.h"
#include "report.h"
#include "source/lines.h"
#include "tool/terminal.h"
#include "tool/tool.h"

#include <string.h>
#include <unistd.h>

static const char *const form_names[] = {
    "table", "jsonl", "csv", "markdown", "github", "auto", NULL};
static const char *const fail_names[] = {"regression", "inconclusive", "change", "never", NULL};

static const double BAND_USUAL = 0.01;
enum { ROWS_USUAL = 50 };

/* "2%" or ".02" */
static int take_band(void *context, const char *value, struct error *error)
{
    double *band = context;
    size_t length = strlen(value);
    char text[32];
    bool percent = length > 0 && value[length - 1] == '%';
    if (length >= sizeof text)
        return error_set(
            error, ERROR_USAGE, "--band: \"%s\" is no share; expected 1%% or 0.01", value);
    memcpy(text, value, length + 1);
    text[length - percent] = '\0';
    if (option_read_number(band, text, error) != 0)
        return -1;
    *band = percent ? *band / 100 : *band;
    if (*band >= 0 && *band < 10)
        return 0;
    return error_set(
        error, ERROR_USAGE, "--band: \"%s\" is out of range; expected 0 to 999%%", value);
}

/* ---- what the sides are matched by --------------------------------------------------- */

static int make_identities(
    struct identity **identities, const struct settings *settings, struct error *error)
{
    for (int side = 0; side < SIDES; side++)
        if (identity_create(&identities[side], settings->by, "--by", error) != 0)
            return -1;
    for (size_t i = 0; i < settings->renames.count; i++) {
        const char *text = settings->renames.items[i], *equals = strchr(text, '=');
        if (!equals || equals == text || equals[1] == '\0')
            return error_set(error, ERROR_USAGE,
                "--rename: \"%s\" is not OLD=NEW, the names of a benchmark", text);
        identity_rename(identities[SIDE_BASE], (struct slice){text, (size_t)(equals - text)},
            slice_of(equals + 1));
    }
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
            count, count == 1 ? "" : "s",
            report->settings->metrics.count > 0   ? "no metric has a name that --metric asks for"
            : report->contrasts->skipped == count ? "all were skipped on both sides"
                                                  : "none has a value");
    return 0;
}

/* ---- output -------------------------------------------------------------------------- */

static void write_report(struct buffer *out, const struct report *report)
{
    bool terminal = !report->settings->output && terminal_is(STDOUT_FILENO);
    enum form form = (enum form)report->settings->form;
    struct table_look look = {.width = terminal ? (size_t)terminal_width(STDOUT_FILENO) : 120,
        .colour = terminal && terminal_colour(STDOUT_FILENO)};
    if (form == FORM_AUTO)
        form = terminal ? FORM_TABLE : FORM_JSONL;
    switch (form) {
    case FORM_TABLE: write_table(out, report, &look); break;
    case FORM_CSV: write_csv(out, report); break;
    case FORM_MARKDOWN: write_markdown(out, report); break;
    case FORM_GITHUB: write_github(out, report); break;
    case FORM_JSONL:
    case FORM_AUTO: write_jsonl(out, report); break;
    }
}

/* whole: every line was understood. */
static int put_report(const struct report *report, bool whole, struct error *error)
{
    struct output *output;
    struct buffer text = BUFFER_INIT;
    if (output_open(&output, report->settings->output, error) != 0)
        return -1;
    write_report(&text, report);
    output_write(output, buffer_slice(&text), error);
    buffer_release(&text);
    return output_settle(output, whole, error);
}

/* ---- all of it ------------------------------------------------------------------------ */

static int compare(const struct sides *sides, const struct inputs *inputs,
    const struct settings *settings, bool whole, struct error *error)
{
    struct contrasts contrasts = CONTRASTS_INIT;
    struct contrast_options options = {.metrics = &settings->metrics,
        .band = {settings->band, NAN, settings->band_given},
        .rules = {settings->alpha, settings->strict}};
    struct report report = {.settings = settings, .inputs = inputs, .sides = sides};
    int status = STATUS_INPUT;
    if (contrasts_find(&contrasts, sides, &options, error) == 0) {
        report.contrasts = &contrasts;
        report_make(&report);
        struct error nothing = ERROR_INIT;
        int common = check_report(&report, sides, &nothing);
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

static int diff(const struct settings *settings, const struct inputs *inputs,
    struct sides_options *options, struct error *error)
{
    struct sides *sides = sides_create(options);
    size_t bad = 0;
    int status = STATUS_DONE;
    if (gather(sides, inputs, settings, &bad, error) == 0) {
        sides_match(sides);
        if (check_sides(sides, inputs, error) == 0)
            status = compare(sides, inputs, settings, bad == 0, error);
        if (bad > 0)
            status = tool_worse(status, STATUS_INPUT);
    }
    sides_free(sides);
    return status;
}

static int run(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    struct inputs inputs;
    struct identity *identities[SIDES] = {NULL, NULL};
    struct query *where = NULL;
    int status = STATUS_USAGE;
    if (inputs_read(&inputs, settings, operands, error) == 0 &&
        make_identities(identities, settings, error) == 0 &&
        (!settings->where || query_compile(&where, "--where", settings->where, error) == 0)) {
        struct sides_options options = {
            .identities = {identities[SIDE_BASE], identities[SIDE_HEAD]},
            .where = where,
            .split = inputs.split ? &inputs.how : NULL,
            .all_runs = settings->all_runs,
            .any_machine = settings->any_machine};
        status = diff(settings, &inputs, &options, error);
    }
    query_free(where);
    for (int side = 0; side < SIDES; side++)
        identity_free(identities[side]);
    inputs_release(&inputs);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = {.alpha = 0.05,
        .band = BAND_USUAL,
        .form = FORM_AUTO,
        .rows = ROWS_USUAL,
        .max_line = LINE_CEILING};
    const struct option options[] = {
        OPTION_GROUP("Sides"),
        OPTION_LIST(0, "base", "FILE", &settings.base, "an input of the base; may be repeated"),
        OPTION_LIST(0, "head", "FILE", &settings.head, "an input of the head; may be repeated"),
        OPTION_TEXT(0, "sides", "NAME=BASE,HEAD", &settings.sides,
            "the inputs hold both sides: results whose variant (NAME is variant) or label NAME is "
            "BASE or HEAD"),
        OPTION_FLAG(0, "all-runs", &settings.all_runs,
            "take all runs of a folder or revision, not only the newest state's"),
        OPTION_FLAG(0, "any-machine", &settings.any_machine,
            "compare across machines, and do not tell them apart"),
        OPTION_GROUP("Selecting"),
        OPTION_LIST('m', "metric", "NAME", &settings.metrics,
            "compare this metric (a pattern with * and ?); may be repeated"),
        OPTION_TEXT('w', "where", "EXPR", &settings.where,
            "only results for which EXPR holds, see benchline-query(7)"),
        OPTION_TEXT(0, "by", "FIELDS", &settings.by,
            "match results by these fields, separated by commas, in place of suite, name, params, "
            "model.id and modality"),
        OPTION_LIST(0, "rename", "OLD=NEW", &settings.renames,
            "the base's benchmark OLD is the head's NEW; may be repeated"),
        OPTION_GROUP("Judging"),
        OPTION_NUMBER(0, "alpha", "P", &settings.alpha, 1e-6, 0.5,
            "the chance of a false finding that is accepted; .05 unless given"),
        {.kind = OPTION_KIND_CALL,
            .name = "band",
            .argument = "SHARE",
            .value = &settings.band,
            .take = take_band,
            .given = &settings.band_given,
            .help = "changes up to this do not matter; 1% unless given, and 0 for values that do "
                    "not vary"},
        OPTION_FLAG(0, "strict", &settings.strict,
            "Holm's correction, wider intervals, and no regression from single runs"),
        OPTION_CHOICE(0, "fail-on", "WHAT", &settings.fail_on, fail_names,
            "what ends in status 1; regression unless given"),
        OPTION_GROUP("Output"),
        OPTION_CHOICE(0, "format", "FORM", &settings.form, form_names,
            "auto is the table on a terminal and jsonl elsewhere"),
        OPTION_COUNT(0, "rows", "N", &settings.rows, 0, 1e9,
            "show the first N rows of a table (0: all); 50 unless given"),
        OPTION_TEXT('o', "output", "FILE", &settings.output,
            "write to FILE, whole or not at all, in place of standard output"),
        OPTION_GROUP("Input"),
        OPTION_SIZE(0, "max-line", "SIZE", &settings.max_line, 1, JSON_SIZE_LIMIT,
            "the longest line that is read"),
        OPTION_TEXT(
            'C', NULL, "DIR", &settings.repository, "the repository of git:REV:PATH operands"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] BASE HEAD",
        "[options] --base FILE... --head FILE...", "[options] --sides NAME=BASE,HEAD [FILE...]",
        NULL};
    const struct command command = {"bench-diff",
        "compare two sides of benchmark results, and say how sure that is", usage, options,
        "Exit status: 0 no regression, 1 a regression (see --fail-on), 2 wrong usage, 3 an input\n"
        "cannot be read or holds nothing to compare, 4 the machine failed. See bench-diff(1)."};
    struct operands operands;
    struct error error = ERROR_INIT;
    int status;
    if (!tool_start(&command, argc, argv, &operands, &status))
        return status;
    status = run(&settings, &operands, &error);
    option_list_release(&settings.base);
    option_list_release(&settings.head);
    option_list_release(&settings.metrics);
    option_list_release(&settings.renames);
    return tool_finish(status, &error);
}

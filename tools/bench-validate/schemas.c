/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schemas.h"

#include "resolver.h"
#include "schema/lint.h"
#include "source/source.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA_CEILING ((size_t)256 << 20)

/* One schema under the lint. */
struct look {
    const char *file;
    struct report *report;
    struct totals *totals;
    struct error *error;
    struct slice text;
    bool bad, broken; /* broken: the report cannot be written */
};

static bool tell(struct look *look, uint64_t line, const struct problem *problem)
{
    if (problem->severity == SCHEMA_WARNING)
        look->totals->warnings++;
    else
        look->bad = true;
    look->broken = report_problem(look->report, look->file, line, problem, look->error) != 0;
    return !look->broken;
}

static bool take_finding(void *context, const struct lint_finding *finding)
{
    struct look *look = context;
    struct problem problem = {.severity = finding->severity,
        .code = finding->code,
        .column = finding->column,
        .column_utf16 = column_in_utf16(look->text, finding->line - 1, finding->column),
        .message = finding->message,
        .instance_location = finding->pointer};
    return tell(look, finding->line, &problem);
}

static void tell_unreadable_json(struct look *look, const struct error *error)
{
    uint64_t line = error->line > 0 ? error->line : 1;
    struct problem problem = {.severity = SCHEMA_ERROR,
        .code = "json",
        .column = error->column,
        .column_utf16 = column_in_utf16(look->text, line - 1, error->column),
        .message = slice_of(error->text),
        .instance_location = slice_of(error->pointer)};
    tell(look, line, &problem);
}

static int look_at(struct look *look, const char *name, const struct schema_options *given)
{
    struct error error = ERROR_INIT;
    struct schema_options options = *given;
    const struct lint_sink sink = {take_finding, look};
    char *text = NULL;
    size_t size;
    if (source_read_whole(&text, &size, name, SCHEMA_CEILING, NULL, &error) != 0) {
        tool_error(&error);
        look->totals->status = tool_worse(look->totals->status, (int)error_status(&error));
        return 0;
    }
    look->text = (struct slice){text, size};
    char *uri = resolver_file_uri(name);
    options.uri = uri;
    if (schema_lint(text, size, &options, &sink, &error) != 0 && !look->broken)
        tell_unreadable_json(look, &error);
    look->totals->lines++;
    if (look->bad)
        look->totals->bad++;
    else
        look->totals->valid++;
    free(uri);
    free(text);
    return look->broken ? -1 : 0;
}

int check_schemas(const char *const *names, size_t count, const struct schema_options *options,
    struct report *report, struct totals *totals, struct error *error)
{
    static const char *const standard_input[] = {"-"};
    if (count == 0) {
        names = standard_input;
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct look look = {.file = strcmp(names[i], "-") == 0 ? "<stdin>" : names[i],
            .report = report,
            .totals = totals,
            .error = error};
        if (look_at(&look, names[i], options) != 0)
            return -1;
    }
    if (totals->bad > 0)
        totals->status = tool_worse(totals->status, STATUS_FOUND);
    return 0;
}

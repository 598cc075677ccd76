/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lint.h"

#include "analysis/review.h"
#include "base/memory.h"

struct lint {
    struct record_reader *reader;
    struct review *review;
    struct report *report;
    uint64_t errors, warnings;
    struct error failure; /* the first of the report */
};

static void take_finding(void *context, const struct review_finding *finding)
{
    struct lint *lint = context;
    const struct review_rule *rule = review_rule(finding->code);
    const struct problem problem = {.severity = rule->error ? SCHEMA_ERROR : SCHEMA_WARNING,
        .code = rule->name,
        .column = finding->column,
        .message = slice_of(finding->message),
        .instance_location = slice_of(finding->pointer)};
    if (rule->error)
        lint->errors++;
    else
        lint->warnings++;
    if (lint->failure.code == ERROR_NONE)
        report_problem(lint->report, finding->file, finding->line, &problem, &lint->failure);
}

struct lint *lint_create(unsigned subjects, const struct json_options *json, struct report *report)
{
    struct lint *lint = memory_zero(1, sizeof *lint);
    const struct review_sink sink = {take_finding, lint};
    lint->report = report;
    lint->reader = record_reader_create(NULL, json);
    lint->review = review_create(subjects, &sink);
    return lint;
}

void lint_free(struct lint *lint)
{
    if (!lint)
        return;
    review_free(lint->review);
    record_reader_free(lint->reader);
    free(lint);
}

static int failed(const struct lint *lint, struct error *error)
{
    if (lint->failure.code == ERROR_NONE)
        return 0;
    *error = lint->failure;
    return -1;
}

int lint_line(struct lint *lint, const struct line *line, struct error *error)
{
    struct record record;
    struct error no_record = ERROR_INIT;
    int got = record_take(lint->reader, line, &record, &no_record);
    while (got > 0) {
        review_take(lint->review, &record);
        got = record_next(lint->reader, &record, &no_record);
    }
    return failed(lint, error);
}

int lint_finish(struct lint *lint, struct error *error)
{
    review_finish(lint->review);
    return failed(lint, error);
}

uint64_t lint_errors(const struct lint *lint)
{
    return lint->errors;
}

uint64_t lint_warnings(const struct lint *lint)
{
    return lint->warnings;
}

void lint_list(struct buffer *out)
{
    for (int code = 0; code < REVIEW_CODES; code++) {
        const struct review_rule *rule = review_rule((enum review_code)code);
        buffer_add_format(out, "%s\t%s\t%s\t%s\n", rule->name, rule->error ? "error" : "warning",
            rule->subject == REVIEW_PRIVACY ? "privacy" : "meaning", rule->meaning);
    }
}

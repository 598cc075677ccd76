/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A schema, a line feed, a document: what compiles is held against the document
 * twice, explained and printed. Both walks must agree, a refusal must come with
 * a problem, and the second time must say what the first one said.
 *
 * Covers: tools/lib/schema
 */
#include "fuzz.h"

#include "base/memory.h"
#include "schema/lint.h"
#include "schema/schema.h"

#include <string.h>

#define DRAFT "https://json-schema.org/draft/"

/* What the references of a schema can find: documents, meta-schemas, a broken one. */
static const struct {
    const char *uri, *text;
} shelf[] = {
    {"x:other", "{\"$defs\":{\"a\":{\"$dynamicAnchor\":\"a\",\"type\":\"integer\"}},"
                "\"items\":{\"$ref\":\"main#\"},\"$recursiveAnchor\":true}"},
    {"x:meta", "{\"$schema\":\"" DRAFT "2020-12/schema\",\"$vocabulary\":{\"" DRAFT
               "2020-12/vocab/core\":true,\"" DRAFT "2020-12/vocab/applicator\":true,\"" DRAFT
               "2020-12/vocab/format-assertion\":false}}"},
    {"x:old", "{\"$schema\":\"" DRAFT "2019-09/schema\",\"$vocabulary\":{\"" DRAFT
              "2019-09/vocab/applicator\":true,\"" DRAFT "2019-09/vocab/format\":true,"
              "\"y:none\":false}}"},
    {"x:needs", "{\"$schema\":\"" DRAFT "2020-12/schema\",\"$vocabulary\":{\"y:none\":true}}"},
    {"x:loop", "{\"$schema\":\"x:loop2\"}"},
    {"x:loop2", "{\"$schema\":\"x:loop\"}"},
    {"x:bad", "{"},
};

static int find(void *context, const char *uri, char **text, size_t *size, struct error *error)
{
    (void)context;
    if (strcmp(uri, "x:broken") == 0)
        return error_set(error, ERROR_INPUT, "it cannot be read");
    for (size_t i = 0; i < sizeof shelf / sizeof shelf[0]; i++) {
        if (strcmp(uri, shelf[i].uri) != 0)
            continue;
        *size = strlen(shelf[i].text);
        *text = memory_zero(*size + JSON_PADDING, 1);
        memcpy(*text, shelf[i].text, *size);
        return 1;
    }
    return 0;
}

struct told {
    unsigned errors, warnings;
    uint64_t sum;
};

static bool count(void *context, const struct schema_problem *problem)
{
    struct told *told = context;
    MUST(problem->message.size > 0);
    MUST(problem->code && *problem->code);
    if (problem->severity == SCHEMA_ERROR)
        told->errors++;
    else
        told->warnings++;
    for (size_t i = 0; i < problem->message.size; i++)
        told->sum = told->sum * 31 + (unsigned char)problem->message.data[i];
    told->sum = told->sum * 31 + problem->keyword_location.size + problem->node;
    return true;
}

static enum schema_verdict explain(
    struct schema_checker *checker, const struct json_document *document, struct told *told)
{
    struct error error = ERROR_INIT;
    struct schema_sink sink = {count, told};
    *told = (struct told){0, 0, 0};
    return schema_explain(checker, document, &sink, &error);
}

static void hold(const struct schema *schema, const struct json_document *document)
{
    struct schema_checker *checker = schema_checker_create(schema);
    struct error error = ERROR_INIT;
    struct told told, again;
    enum schema_verdict first = schema_accepts(checker, document, &error);
    MUST((first == SCHEMA_UNDECIDED) == (error.code != ERROR_NONE));
    MUST(schema_accepts(checker, document, &error) == first);
    enum schema_verdict slow = explain(checker, document, &told);
    MUST(explain(checker, document, &again) == slow);
    /* Explaining does more, so it may reach a limit that accepting did not. */
    if (slow != SCHEMA_UNDECIDED && first != SCHEMA_UNDECIDED) {
        MUST(slow == first);
        MUST((slow == SCHEMA_REFUSED) == (told.errors > 0));
        MUST(slow != SCHEMA_ACCEPTED || told.warnings == 0);
        MUST(told.sum == again.sum);
    }
    schema_checker_free(checker);
}

static bool keep_finding(void *context, const struct lint_finding *finding)
{
    unsigned *findings = context;
    MUST(finding->message.size > 0);
    ++*findings;
    return true;
}

static void check(const char *schema_text, size_t size, struct slice text, unsigned variant)
{
    struct schema_options options = {.dialect = (enum schema_dialect)(variant % 5),
        .formats = (enum schema_formats)(variant / 5 % 4),
        .uri = "x:main",
        .resolver = {find, NULL}};
    struct error error = ERROR_INIT, ignored = ERROR_INIT;
    struct json_document document = JSON_DOCUMENT_INIT;
    struct buffer plan = BUFFER_INIT;
    struct schema *schema = NULL;
    unsigned findings = 0;
    struct lint_sink sink = {keep_finding, &findings};
    bool json = schema_lint(schema_text, size, &options, &sink, &ignored) == 0;
    MUST(json == (ignored.code == ERROR_NONE));
    error_clear(&ignored);
    if (schema_compile(&schema, schema_text, size, &options, &error)) {
        MUST(error.code != ERROR_NONE && *error.text);
        MUST(!json || findings > 0);
        return;
    }
    schema_print_plan(schema, &plan);
    buffer_release(&plan);
    if (json_parse_copy(&document, text, NULL, &ignored) == 0)
        hold(schema, &document);
    json_release(&document);
    schema_free(schema);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *newline = size ? memchr(text, '\n', size) : NULL;
    if (!newline || size > 1 << 16)
        return 0;
    size_t schema_size = (size_t)(newline - text);
    char *schema = memory_zero(schema_size + JSON_PADDING, 1);
    memcpy(schema, text, schema_size);
    struct slice document = {newline + 1, size - schema_size - 1};
    check(schema, schema_size, document, (unsigned)(schema_size + document.size));
    free(schema);
    return 0;
}

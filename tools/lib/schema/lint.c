/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/lint.h"

#include "schema/compile.h"
#include "schema/lint_rules.h"

#include <stdarg.h>
#include <stdio.h>

void lint_find(struct lint *lint, enum schema_severity severity, const char *code, uint32_t node,
    const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct finding finding = {
        severity, code, node, lint->findings.count, arena_slice(&lint->arena, slice_of(text))};
    PLAN_ADD(lint->findings, finding);
}

static bool has_error_at(const struct lint *lint, uint32_t node)
{
    for (uint32_t i = 0; i < lint->findings.count; i++)
        if (lint->findings.at[i].node == node && lint->findings.at[i].severity == SCHEMA_ERROR)
            return true;
    return false;
}

static bool keep_problem(void *context, const struct schema_problem *problem)
{
    lint_find(context, SCHEMA_ERROR, "schema", problem->node, "%.*s", (int)problem->message.size,
        problem->message.data);
    return true;
}

static void look_at(struct lint *lint, const struct store_schema *schema)
{
    const struct plan_resource *resource = &lint->store->plan->resources.at[schema->resource];
    struct lint_site site = {.lint = lint,
        .node = schema->node,
        .resource = schema->resource,
        .draft = resource->draft,
        .in_place = schema->in_place};
    for (uint32_t key = json_first(lint->json, schema->node);
         key != json_end(lint->json, schema->node); key = json_after(lint->json, key + 1))
        site.at[keyword_find(json_string(lint->json, key, &lint->arena), site.draft)] = key + 1;
    site.at[KEYWORD_NONE] = JSON_NONE;
    lint_keywords(&site);
    lint_anchors(&site);
    lint_patterns(&site);
    lint_format(&site);
    lint_limits(&site);
    lint_branches(&site);
    lint_closed(&site);
    lint_required(&site);
}

/* What only compiling finds: references above all. It stops at the first. */
static void compile_too(struct lint *lint, struct slice text, const struct schema_options *options)
{
    struct schema *schema;
    struct error error = ERROR_INIT;
    uint32_t node = 0;
    if (schema_compile(&schema, text.data, text.size, options, &error) == 0) {
        schema_free(schema);
        return;
    }
    bool here = !*error.file && json_pointer_find(lint->json, slice_of(error.pointer), &node);
    /* What is wrong with a key was found at the key, just before its value. */
    bool found = here && (has_error_at(lint, node) || (node && has_error_at(lint, node - 1)));
    if (!found)
        lint_find(lint, SCHEMA_ERROR, "compile", here ? node : 0, "%s%s%s", error.file,
            *error.file ? ": " : "", error.text);
}

static int by_place(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    if (a->node != b->node)
        return a->node < b->node ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static void tell(struct lint *lint, const struct lint_sink *sink)
{
    struct buffer pointer = BUFFER_INIT;
    if (lint->findings.count)
        qsort(lint->findings.at, lint->findings.count, sizeof *lint->findings.at, by_place);
    for (uint32_t i = 0; i < lint->findings.count; i++) {
        const struct finding *finding = &lint->findings.at[i];
        struct lint_finding told = {
            .severity = finding->severity, .code = finding->code, .message = finding->message};
        buffer_reset(&pointer);
        json_pointer_of(lint->json, finding->node, &pointer);
        told.pointer = (struct slice){buffer_text(&pointer), pointer.size};
        json_position(lint->json, lint->json->nodes[finding->node].start, &told.line, &told.column);
        if (!sink->finding(sink->context, &told))
            break;
    }
    buffer_release(&pointer);
}

/* The schema is JSON and its dialect is known. */
static void look_at_all(struct lint *lint, struct slice text, const struct schema_options *options)
{
    struct schema_sink sink = {keep_problem, lint};
    struct error error = ERROR_INIT;
    if (compile_check(lint->store, options, &sink, &error) < 0)
        lint_find(lint, SCHEMA_ERROR, "compile", 0, "%s", error.text);
    for (uint32_t i = 0; i < lint->store->schemas.count; i++)
        if (lint->store->schemas.at[i].document == 0)
            look_at(lint, &lint->store->schemas.at[i]);
    compile_too(lint, text, options);
}

int schema_lint(const char *text, size_t size, const struct schema_options *options,
    const struct lint_sink *sink, struct error *error)
{
    struct plan plan = {.root = 0};
    struct store store;
    struct error unread = ERROR_INIT;
    uint32_t document;
    char *copy = memory_zero(size + JSON_PADDING, 1);
    memcpy(copy, text, size);
    store_init(&store, &plan, options);
    store.keeps = true;
    int result = store_add(&store, &document, options->uri ? options->uri : "",
        (struct slice){copy, size}, copy, store_dialect_default(options->dialect), &unread);
    const struct json_document *json = &plan.documents.at[0]->json;
    struct lint lint = {.store = &store, .json = json, .looks = LINT_LOOKS};
    if (result && json->count) {
        /* It is JSON; what it says of itself cannot be followed. */
        uint32_t node = 0;
        json_pointer_find(json, slice_of(unread.pointer), &node);
        lint_find(&lint, SCHEMA_ERROR, "compile", node, "%s", unread.text);
        result = 0;
    } else if (!result) {
        look_at_all(&lint, (struct slice){text, size}, options);
    }
    if (result == 0)
        tell(&lint, sink);
    else if (error)
        *error = unread;
    arena_release(&lint.arena);
    free(lint.findings.at);
    store_release(&store);
    plan_release(&plan);
    return result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/schema.h"

#include "schema/compile.h"
#include "schema/pattern.h"

static void release_document(struct plan_document *document)
{
    json_release(&document->json);
    free(document->text);
}

void plan_release(struct plan *plan)
{
    for (uint32_t i = 0; i < plan->documents.count; i++)
        release_document(plan->documents.at[i]);
    for (uint32_t i = 0; i < plan->patterns.count; i++)
        pattern_free(plan->patterns.at[i]);
    free(plan->code.at);
    free(plan->blocks.at);
    free(plan->bounds.at);
    free(plan->numbers.at);
    free(plan->sets.at);
    free(plan->values.at);
    free(plan->patterns.at);
    free(plan->objects.at);
    free(plan->properties.at);
    free(plan->pattern_properties.at);
    free(plan->arrays.at);
    free(plan->contains.at);
    free(plan->choices.at);
    free(plan->switches.at);
    free(plan->names.at);
    free(plan->lists.at);
    free(plan->slots.at);
    free(plan->documents.at);
    free(plan->resources.at);
    arena_release(&plan->arena);
}

void schema_free(struct schema *schema)
{
    if (!schema)
        return;
    plan_release(&schema->plan);
    free(schema);
}

/* ---- against the meta-schema ---- */
static int compile_meta(
    struct schema **out, const char *uri, const struct schema_options *options, struct error *error)
{
    struct schema *meta = memory_zero(1, sizeof *meta);
    struct schema_options plain = {
        .dialect = options->dialect,
        /* Patterns are looked at when they are compiled, and with less severity. */
        .formats = SCHEMA_FORMATS_ANNOTATE,
        .resolver = options->resolver,
    };
    struct compile compile = {.plan = &meta->plan, .options = &plain, .error = error};
    struct store_target root;
    store_init(&compile.store, &meta->plan, &plain);
    int result = store_open(&compile.store, &root, uri, error);
    if (result == 0)
        result = compile_plan(&compile, root);
    compile_release(&compile);
    if (result) {
        schema_free(meta);
        return -1;
    }
    *out = meta;
    return 0;
}

int compile_check(const struct store *store, const struct schema_options *options,
    const struct schema_sink *sink, struct error *error)
{
    const struct json_document *json = &store->plan->documents.at[0]->json;
    char *uri = store_meta_uri(store);
    struct schema *meta;
    int result = compile_meta(&meta, uri, options, error);
    free(uri);
    if (result)
        return -1;
    struct schema_checker *checker = schema_checker_create(meta);
    enum schema_verdict verdict = schema_accepts(checker, json, error);
    if (verdict == SCHEMA_REFUSED)
        verdict = schema_explain(checker, json, sink, error);
    schema_checker_free(checker);
    schema_free(meta);
    return verdict == SCHEMA_UNDECIDED ? -1 : verdict != SCHEMA_REFUSED;
}

struct first_problem {
    const struct json_document *json;
    struct error *error;
};

static bool keep_first(void *context, const struct schema_problem *problem)
{
    struct first_problem *first = context;
    uint64_t line, column;
    struct buffer pointer = BUFFER_INIT;
    buffer_add_slice(&pointer, problem->instance_location);
    json_position(first->json, first->json->nodes[problem->node].start, &line, &column);
    error_set(
        first->error, ERROR_CONTENT, "%.*s", (int)problem->message.size, problem->message.data);
    error_place(first->error, NULL, line, column);
    error_pointer(first->error, buffer_text(&pointer));
    buffer_release(&pointer);
    return false;
}

static int check_schema(
    const struct store *store, const struct schema_options *options, struct error *error)
{
    struct first_problem first = {&store->plan->documents.at[0]->json, error};
    struct schema_sink sink = {keep_first, &first};
    return compile_check(store, options, &sink, error) > 0 ? 0 : -1;
}

int schema_compile(struct schema **out, const char *text, size_t size,
    const struct schema_options *options, struct error *error)
{
    struct schema *schema = memory_zero(1, sizeof *schema);
    struct compile compile = {.plan = &schema->plan, .options = options, .error = error};
    struct error unseen = ERROR_INIT;
    uint32_t document;
    if (!error)
        error = compile.error = &unseen;
    /* The plan's messages point into the text later, when the caller's is gone. */
    char *copy = memory_zero(size + JSON_PADDING, 1);
    memcpy(copy, text, size);
    store_init(&compile.store, &schema->plan, options);
    int result = store_add(&compile.store, &document, options->uri ? options->uri : "",
        (struct slice){copy, size}, copy, store_dialect_default(options->dialect), error);
    if (result == 0)
        result = check_schema(&compile.store, options, error);
    if (result == 0)
        result = compile_plan(&compile, (struct store_target){0, 0, 0, false});
    compile_release(&compile);
    if (result) {
        schema_free(schema);
        return -1;
    }
    *out = schema;
    return 0;
}

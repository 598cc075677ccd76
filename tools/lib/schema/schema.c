/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/schema.h"

#include "schema/compile.h"
#include "schema/pattern.h"

static void release_document(struct plan_document *document)
{
    json_release(&document->json);
    free(document->text);
    free(document->uri);
    free(document);
}

void plan_release(struct plan *plan)
{
    for (uint32_t i = 0; i < plan->documents.count; i++)
        release_document(plan->documents.at[i]);
    for (uint32_t i = 0; i < plan->resources.count; i++)
        free(plan->resources.at[i].uri);
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

struct first_problem {
    const struct json_document *json;
    struct error *error;
};

static bool keep_first(void *context, const struct schema_problem *problem)
{
    struct first_problem *first = context;
    uint64_t line, column;
    char pointer[sizeof first->error->pointer];
    size_t size = problem->instance_location.size;
    if (size >= sizeof pointer)
        size = sizeof pointer - 1;
    if (size)
        memcpy(pointer, problem->instance_location.data, size);
    pointer[size] = '\0';
    json_position(first->json, first->json->nodes[problem->node].start, &line, &column);
    error_set(
        first->error, ERROR_CONTENT, "%.*s", (int)problem->message.size, problem->message.data);
    error_place(first->error, NULL, line, column);
    error_pointer(first->error, pointer);
    return false;
}

static int hold_against_meta(const struct json_document *json, const char *uri,
    const struct schema_options *options, struct error *error)
{
    struct schema *meta;
    if (compile_meta(&meta, uri, options, error))
        return -1;
    struct schema_checker *checker = schema_checker_create(meta);
    struct first_problem first = {json, error};
    struct schema_sink sink = {keep_first, &first};
    enum schema_verdict verdict = schema_accepts(checker, json, error);
    if (verdict == SCHEMA_REFUSED)
        verdict = schema_explain(checker, json, &sink, error);
    schema_checker_free(checker);
    schema_free(meta);
    return verdict == SCHEMA_ACCEPTED || verdict == SCHEMA_ACCEPTED_WITH_WARNINGS ? 0 : -1;
}

static const char *meta_uri(enum schema_dialect dialect)
{
    static const char *const uris[] = {
        [SCHEMA_DRAFT_04] = "http://json-schema.org/draft-04/schema",
        [SCHEMA_DRAFT_06] = "http://json-schema.org/draft-06/schema",
        [SCHEMA_DRAFT_07] = "http://json-schema.org/draft-07/schema",
        [SCHEMA_2019_09] = "https://json-schema.org/draft/2019-09/schema",
        [SCHEMA_2020_12] = "https://json-schema.org/draft/2020-12/schema",
    };
    return uris[dialect];
}

/* The meta-schema that $schema names, else the one of the options' dialect. */
static int check_schema(
    struct store *store, const struct schema_options *options, struct error *error)
{
    const struct json_document *json = &store->plan->documents.at[0]->json;
    enum schema_dialect draft = store->plan->resources.at[0].draft;
    uint32_t node = json_get(json, 0, "$schema");
    struct store_dialect standard;
    if (node == JSON_NONE || json_type(json, node) != JSON_STRING)
        return hold_against_meta(json, meta_uri(draft), options, error);
    struct slice text = json_string(json, node, &store->plan->arena);
    if (store_standard_dialect(&standard, text))
        return hold_against_meta(json, meta_uri(standard.draft), options, error);
    char *uri = memory_text_n(text.data, text.size);
    uri[strcspn(uri, "#")] = '\0';
    int result = hold_against_meta(json, uri, options, error);
    free(uri);
    return result;
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
        (struct slice){copy, size}, true, store_dialect_default(options->dialect), error);
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

#include "schema/pattern.h"

#include <stdarg.h>
#include <stdio.h>

int compile_fail(const struct site *site, uint32_t node, const char *format, ...)
{
    char text[sizeof site->compile->error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return store_fail(
        &site->compile->store, site->document, node, site->compile->error, "%s", text);
}

int compile_expect(
    const struct site *site, enum keyword keyword, uint32_t types, const char *expected)
{
    uint32_t node = site->at[keyword];
    if (node == JSON_NONE || (types & 1u << json_type(site->json, node)))
        return 0;
    return compile_fail(site, node, "\"%s\" is %s; expected %s", keyword_rows[keyword].name,
        json_type_name(json_type(site->json, node)), expected);
}

int compile_count(const struct site *site, enum keyword keyword, uint32_t fallback, uint32_t *out)
{
    uint32_t node = site->at[keyword];
    *out = fallback;
    if (node == JSON_NONE)
        return 0;
    struct slice text = json_raw(site->json, node);
    if (json_type(site->json, node) != JSON_NUMBER || !number_is_integer(text) ||
        text.data[0] == '-')
        return compile_fail(site, node, "\"%s\" is %.*s; expected a whole number from 0",
            keyword_rows[keyword].name, text.size > 40 ? 40 : (int)text.size, text.data);
    int64_t value;
    bool small = json_int64(site->json, node, &value) && value < (int64_t)PLAN_NO_LIMIT;
    *out = small ? (uint32_t)value : PLAN_NO_LIMIT;
    return 0;
}

void compile_emit(struct site *site, enum plan_op op, uint32_t types, enum keyword keyword,
    uint32_t a, uint32_t b, uint32_t c)
{
    struct plan_instruction instruction = {
        (uint8_t)op, (uint8_t)(types & PLAN_EVERY), (uint16_t)keyword, a, b, c};
    PLAN_ADD(site->compile->plan->code, instruction);
}

uint32_t compile_name(struct site *site, uint32_t node)
{
    struct plan *plan = site->compile->plan;
    struct slice name = json_string(site->json, node, &plan->arena);
    PLAN_ADD(plan->names, name);
    return plan->names.count - 1;
}

int compile_pattern(struct site *site, uint32_t node, uint32_t *out)
{
    struct compile *compile = site->compile;
    struct plan *plan = compile->plan;
    struct slice text = json_string(site->json, node, &plan->arena);
    uint64_t hash = table_hash(0, text);
    struct table_cursor at = table_find(&compile->by_pattern, hash);
    while (table_next(&compile->by_pattern, &at)) {
        *out = at.value;
        if (slice_equal(pattern_text(plan->patterns.at[at.value]), text))
            return 0;
    }
    struct pattern *pattern;
    struct error error = ERROR_INIT;
    if (pattern_compile(&pattern, text, &error))
        return compile_fail(site, node, "%s", error.text);
    *out = plan->patterns.count;
    table_add(&compile->by_pattern, hash, *out);
    PLAN_ADD(plan->patterns, pattern);
    return 0;
}

uint32_t compile_block(struct compile *compile, uint32_t document, uint32_t node, uint32_t resource)
{
    struct plan *plan = compile->plan;
    uint64_t hash = table_hash_numbers(document, node);
    struct table_cursor at = table_find(&compile->by_place, hash);
    while (table_next(&compile->by_place, &at)) {
        const struct plan_place *place = &plan->blocks.at[at.value].place;
        if (place->document == document && place->node == node)
            return at.value;
    }
    struct plan_block block = {
        .run = {.types = PLAN_EVERY},
        .stated = {.types = PLAN_EVERY},
        .resource = store_resource_at(&compile->store, document, node, resource),
        .place = {document, node},
    };
    table_add(&compile->by_place, hash, plan->blocks.count);
    PLAN_ADD(plan->blocks, block);
    return plan->blocks.count - 1;
}

uint32_t compile_inner(struct site *site, uint32_t node)
{
    return compile_block(site->compile, site->document, node, site->resource);
}

/* A keyword counts where its vocabulary is in use, and beside $ref only since 2019-09. */
static void find_keywords(struct site *site)
{
    const struct plan_resource *resource = &site->compile->plan->resources.at[site->resource];
    for (uint32_t key = json_first(site->json, site->node); key != json_end(site->json, site->node);
         key = json_after(site->json, key + 1)) {
        enum keyword keyword =
            keyword_find(json_string(site->json, key, &site->compile->plan->arena), site->draft);
        if (keyword_rows[keyword].vocabulary & resource->vocabularies)
            site->at[keyword] = key + 1;
    }
    uint32_t reference = site->at[KEYWORD_REF];
    if (reference && site->draft <= SCHEMA_DRAFT_07) {
        memset(site->at, 0, sizeof site->at);
        site->at[KEYWORD_REF] = reference;
    }
}

/* Instructions that could not fail cost nothing: a block without any has no code. */
static void close_block(struct compile *compile, uint32_t block, uint32_t start)
{
    struct plan *plan = compile->plan;
    if (plan->code.count == start)
        return;
    plan->blocks.at[block].stated.code = start;
    plan->blocks.at[block].run = plan->blocks.at[block].stated;
    PLAN_ADD(plan->code, ((struct plan_instruction){.op = PLAN_END}));
}

static int compile_site(struct compile *compile, uint32_t index)
{
    struct plan *plan = compile->plan;
    struct plan_block *block = &plan->blocks.at[index];
    struct site site = {
        .compile = compile,
        .document = block->place.document,
        .node = block->place.node,
        .resource = block->resource,
        .block = index,
        .json = &plan->documents.at[block->place.document]->json,
        .draft = plan->resources.at[block->resource].draft,
    };
    enum json_type type = json_type(site.json, site.node);
    if (type == JSON_TRUE)
        return 0;
    if (type == JSON_FALSE) {
        block->run.types = block->stated.types = 0;
        return 0;
    }
    if (type != JSON_OBJECT)
        return compile_fail(&site, site.node,
            "%s stands where a schema is due; expected an object%s", json_type_name(type),
            site.draft == SCHEMA_DRAFT_04 ? "" : ", true or false");
    find_keywords(&site);
    uint32_t start = plan->code.count;
    if (compile_values(&site) || compile_items(&site) || compile_members(&site) ||
        compile_references(&site) || compile_logic(&site) || compile_rest(&site))
        return -1;
    close_block(compile, index, start);
    return 0;
}

static int compile_queue(struct compile *compile)
{
    while (compile->next < compile->plan->blocks.count)
        if (compile_site(compile, compile->next++))
            return -1;
    return 0;
}

/* Block 0 lets everything through; what else stands at 0 is never used, so no list is NULL. */
static void reserve_first(struct plan *plan)
{
    struct plan_body anything = {.types = PLAN_EVERY};
    PLAN_ADD(plan->blocks, ((struct plan_block){.run = anything, .stated = anything}));
    PLAN_ADD(plan->code, ((struct plan_instruction){.op = PLAN_END}));
    PLAN_ADD(plan->properties, ((struct plan_property){.key = ""}));
    PLAN_ADD(plan->pattern_properties, ((struct plan_pattern_property){.pattern = 0}));
    PLAN_ADD(plan->values, ((struct plan_value){.hash = 0}));
    PLAN_ADD(plan->lists, PLAN_ANYTHING);
    PLAN_ADD(plan->slots, 0);
}

int compile_plan(struct compile *compile, struct store_target root)
{
    struct plan *plan = compile->plan;
    reserve_first(plan);
    compile->next = 1;
    plan->root = compile_block(compile, root.document, root.node, root.resource);
    do {
        if (compile_queue(compile))
            return -1;
        compile_choices(compile);
    } while (compile->next < plan->blocks.count);
    return compile_finish(compile);
}

void compile_release(struct compile *compile)
{
    store_release(&compile->store);
    table_release(&compile->by_place);
    table_release(&compile->by_pattern);
    table_release(&compile->by_dynamic);
    free(compile->dynamics.at);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

static int compile_all(struct site *site)
{
    uint32_t list = site->at[KEYWORD_ALL_OF], place = 0;
    if (compile_expect(site, KEYWORD_ALL_OF, PLAN_ARRAY, "an array of schemas"))
        return -1;
    if (list == JSON_NONE)
        return 0;
    for (uint32_t item = json_first(site->json, list); item != json_end(site->json, list);
         item = json_after(site->json, item))
        compile_emit(
            site, PLAN_CALL, PLAN_EVERY, KEYWORD_ALL_OF, compile_inner(site, item), 0, place++);
    return 0;
}

static int compile_choice(struct site *site, enum keyword keyword, enum plan_op op)
{
    struct plan *plan = site->compile->plan;
    uint32_t list = site->at[keyword];
    if (compile_expect(site, keyword, PLAN_ARRAY, "an array of schemas"))
        return -1;
    if (list == JSON_NONE)
        return 0;
    uint32_t first = plan->lists.count;
    for (uint32_t item = json_first(site->json, list); item != json_end(site->json, list);
         item = json_after(site->json, item))
        PLAN_ADD(plan->lists, compile_inner(site, item));
    compile_emit(site, op, PLAN_EVERY, keyword, first, plan->lists.count - first, 0);
    return 0;
}

static void compile_condition(struct site *site)
{
    uint32_t condition = site->at[KEYWORD_IF], then = site->at[KEYWORD_THEN],
             otherwise = site->at[KEYWORD_ELSE];
    /* Alone it decides nothing, but since 2019-09 it counts what it has looked at. */
    if (condition == JSON_NONE || (!then && !otherwise && site->draft < SCHEMA_2019_09))
        return;
    compile_emit(site, PLAN_IF, PLAN_EVERY, KEYWORD_IF, compile_inner(site, condition),
        then ? compile_inner(site, then) : PLAN_ANYTHING,
        otherwise ? compile_inner(site, otherwise) : PLAN_ANYTHING);
}

static int compile_needs(struct site *site, enum keyword keyword, uint32_t key)
{
    const struct json_document *json = site->json;
    struct plan *plan = site->compile->plan;
    uint32_t list = key + 1, name = compile_name(site, key), first = plan->names.count;
    for (uint32_t item = json_first(json, list); item != json_end(json, list);
         item = json_after(json, item)) {
        if (json_type(json, item) != JSON_STRING)
            return compile_fail(site, item, "a name in \"%s\" is %s; expected a string",
                keyword_rows[keyword].name, json_type_name(json_type(json, item)));
        compile_name(site, item);
    }
    compile_emit(site, PLAN_NEEDS, PLAN_OBJECT, keyword, name, first, plan->names.count - first);
    return 0;
}

/* dependentRequired has arrays, dependentSchemas schemas, dependencies either. */
static int compile_dependencies(struct site *site, enum keyword keyword, bool arrays, bool schemas)
{
    const struct json_document *json = site->json;
    uint32_t map = site->at[keyword];
    if (compile_expect(site, keyword, PLAN_OBJECT, "an object"))
        return -1;
    if (map == JSON_NONE)
        return 0;
    for (uint32_t key = json_first(json, map); key != json_end(json, map);
         key = json_after(json, key + 1)) {
        bool array = json_type(json, key + 1) == JSON_ARRAY;
        if (array && arrays) {
            if (compile_needs(site, keyword, key))
                return -1;
        } else if (schemas) {
            uint32_t name = compile_name(site, key);
            compile_emit(
                site, PLAN_WHERE, PLAN_OBJECT, keyword, name, compile_inner(site, key + 1), 0);
        } else {
            return compile_fail(site, key + 1, "%s stands in \"%s\"; expected an array of names",
                json_type_name(json_type(json, key + 1)), keyword_rows[keyword].name);
        }
    }
    return 0;
}

int compile_logic(struct site *site)
{
    if (compile_dependencies(site, KEYWORD_DEPENDENCIES, true, true) ||
        compile_dependencies(site, KEYWORD_DEPENDENT_REQUIRED, true, false) ||
        compile_dependencies(site, KEYWORD_DEPENDENT_SCHEMAS, false, true) || compile_all(site) ||
        compile_choice(site, KEYWORD_ANY_OF, PLAN_ANY) ||
        compile_choice(site, KEYWORD_ONE_OF, PLAN_ONE))
        return -1;
    compile_condition(site);
    if (site->at[KEYWORD_NOT])
        compile_emit(site, PLAN_NOT, PLAN_EVERY, KEYWORD_NOT,
            compile_inner(site, site->at[KEYWORD_NOT]), 0, 0);
    return 0;
}

int compile_rest(struct site *site)
{
    uint32_t items = site->at[KEYWORD_UNEVALUATED_ITEMS],
             members = site->at[KEYWORD_UNEVALUATED_PROPERTIES];
    if (items)
        compile_emit(site, PLAN_REST_ITEMS, PLAN_ARRAY, KEYWORD_UNEVALUATED_ITEMS,
            compile_inner(site, items), 0, 0);
    if (members)
        compile_emit(site, PLAN_REST_MEMBERS, PLAN_OBJECT, KEYWORD_UNEVALUATED_PROPERTIES,
            compile_inner(site, members), 0, 0);
    site->compile->plan->blocks.at[site->block].stated.collects = items || members;
    return 0;
}

/* ---- references ---- */
static int follow(struct site *site, enum keyword keyword, struct store_target *target)
{
    struct compile *compile = site->compile;
    uint32_t node = site->at[keyword];
    struct slice text = json_string(site->json, node, &compile->plan->arena);
    struct buffer why = BUFFER_INIT;
    int found = store_follow(&compile->store, target, site->resource, text, &why, compile->error);
    if (found == 0)
        compile_fail(site, node, "the reference %.*s leads nowhere: %s",
            text.size > 200 ? 200 : (int)text.size, text.data, buffer_text(&why));
    buffer_release(&why);
    return found > 0 ? 0 : -1;
}

static void emit_dynamic(
    struct site *site, enum keyword keyword, const struct store_target *target, struct slice name)
{
    struct compile *compile = site->compile;
    struct compile_dynamic dynamic = {compile->plan->code.count, compile->dynamics.count, name};
    uint32_t block = compile_block(compile, target->document, target->node, target->resource);
    uint64_t hash = table_hash(0, name);
    struct table_cursor at = table_find(&compile->by_dynamic, hash);
    while (table_next(&compile->by_dynamic, &at))
        if (slice_equal(compile->dynamics.at[at.value].text, name))
            dynamic.name = at.value;
    if (dynamic.name == compile->dynamics.count)
        table_add(&compile->by_dynamic, hash, dynamic.name);
    compile_emit(site, PLAN_DYNAMIC, PLAN_EVERY, keyword, block, 0, 0);
    PLAN_ADD(compile->dynamics, dynamic);
}

static struct slice fragment_of(struct slice reference)
{
    const char *hash = reference.size ? memchr(reference.data, '#', reference.size) : NULL;
    if (!hash)
        return (struct slice){"", 0};
    return (struct slice){hash + 1, reference.size - (size_t)(hash + 1 - reference.data)};
}

static int compile_reference(struct site *site, enum keyword keyword)
{
    struct compile *compile = site->compile;
    struct store_target target;
    if (compile_expect(site, keyword, PLAN_STRING, "a URI reference"))
        return -1;
    if (site->at[keyword] == JSON_NONE)
        return 0;
    if (follow(site, keyword, &target))
        return -1;
    if (keyword == KEYWORD_DYNAMIC_REF && target.dynamic) {
        struct slice text = json_string(site->json, site->at[keyword], &compile->plan->arena);
        emit_dynamic(site, keyword, &target, fragment_of(text));
    } else if (keyword == KEYWORD_RECURSIVE_REF &&
               store_anchor(&compile->store, target.resource, slice_of(""))) {
        emit_dynamic(site, keyword, &target, slice_of(""));
    } else {
        uint32_t block = compile_block(compile, target.document, target.node, target.resource);
        compile_emit(site, PLAN_CALL, PLAN_EVERY, keyword, block, 0, PLAN_NO_PLACE);
    }
    return 0;
}

int compile_references(struct site *site)
{
    return compile_reference(site, KEYWORD_REF) || compile_reference(site, KEYWORD_DYNAMIC_REF) ||
                   compile_reference(site, KEYWORD_RECURSIVE_REF)
               ? -1
               : 0;
}

static void add_choices(struct compile *compile, struct slice name)
{
    struct plan *plan = compile->plan;
    struct table_cursor at = table_find(&compile->store.by_dynamic, table_hash(0, name));
    while (table_next(&compile->store.by_dynamic, &at)) {
        struct store_anchor anchor = compile->store.anchors.at[at.value];
        if (!slice_equal(anchor.name, name))
            continue;
        uint32_t document = plan->resources.at[anchor.resource].document;
        uint32_t block = compile_block(compile, document, anchor.node, anchor.resource);
        PLAN_ADD(plan->choices, ((struct plan_choice){anchor.resource, block}));
    }
}

void compile_choices(struct compile *compile)
{
    struct plan *plan = compile->plan;
    plan->choices.count = 0;
    plan->scopes = compile->dynamics.count > 0;
    for (uint32_t i = 0; i < compile->dynamics.count; i++) {
        const struct compile_dynamic *dynamic = &compile->dynamics.at[i];
        struct plan_instruction *code = &plan->code.at[dynamic->code];
        if (dynamic->name == i) {
            code->b = plan->choices.count;
            add_choices(compile, dynamic->text);
            code->c = plan->choices.count - code->b;
        } else {
            const struct plan_instruction *first =
                &plan->code.at[compile->dynamics.at[dynamic->name].code];
            code->b = first->b;
            code->c = first->c;
        }
    }
}

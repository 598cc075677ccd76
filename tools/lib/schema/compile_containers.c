/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

/* ---- arrays ---- */
/* The schemas of an array, as a part of the plan's lists. */
static uint32_t add_list(struct site *site, uint32_t node, uint32_t *count)
{
    struct plan *plan = site->compile->plan;
    uint32_t first = plan->lists.count;
    for (uint32_t item = json_first(site->json, node); item != json_end(site->json, node);
         item = json_after(site->json, item))
        PLAN_ADD(plan->lists, compile_inner(site, item));
    *count = plan->lists.count - first;
    return first;
}

static bool is_array(const struct site *site, uint32_t node)
{
    return node != JSON_NONE && json_type(site->json, node) == JSON_ARRAY;
}

/* Which keyword says what of the first items and of the others changed with 2020-12. */
static int compile_item_schemas(struct site *site, struct plan_array *array)
{
    enum keyword prefix = KEYWORD_PREFIX_ITEMS, rest = KEYWORD_ITEMS;
    if (site->draft != SCHEMA_2020_12) {
        bool list = is_array(site, site->at[KEYWORD_ITEMS]);
        prefix = list ? KEYWORD_ITEMS : KEYWORD_NONE;
        rest = list ? KEYWORD_ADDITIONAL_ITEMS : KEYWORD_ITEMS;
    } else if (compile_expect(site, KEYWORD_PREFIX_ITEMS, PLAN_ARRAY, "an array of schemas") ||
               compile_expect(site, KEYWORD_ITEMS, PLAN_OBJECT | PLAN_BOOLEAN,
                   "a schema (an array of schemas is \"prefixItems\" since 2020-12)")) {
        return -1;
    }
    if (prefix != KEYWORD_NONE && site->at[prefix])
        array->prefix = add_list(site, site->at[prefix], &array->prefix_count);
    if (site->at[rest])
        array->rest = compile_inner(site, site->at[rest]);
    array->prefix_keyword = (uint16_t)prefix;
    array->rest_keyword = (uint16_t)rest;
    return 0;
}

static int compile_contains(struct site *site)
{
    struct plan *plan = site->compile->plan;
    struct plan_contains contains = {.marks = site->draft == SCHEMA_2020_12};
    if (!site->at[KEYWORD_CONTAINS])
        return 0;
    if (compile_count(site, KEYWORD_MIN_CONTAINS, 1, &contains.least) ||
        compile_count(site, KEYWORD_MAX_CONTAINS, PLAN_NO_LIMIT, &contains.most))
        return -1;
    contains.block = compile_inner(site, site->at[KEYWORD_CONTAINS]);
    PLAN_ADD(plan->contains, contains);
    compile_emit(site, PLAN_CONTAINS, PLAN_ARRAY, KEYWORD_CONTAINS, plan->contains.count - 1, 0, 0);
    return 0;
}

int compile_items(struct site *site)
{
    struct plan *plan = site->compile->plan;
    struct plan_array array = {.rest = PLAN_ANYTHING};
    uint32_t unique = site->at[KEYWORD_UNIQUE_ITEMS];
    if (compile_count(site, KEYWORD_MIN_ITEMS, 0, &array.least) ||
        compile_count(site, KEYWORD_MAX_ITEMS, PLAN_NO_LIMIT, &array.most) ||
        compile_item_schemas(site, &array) ||
        compile_expect(site, KEYWORD_UNIQUE_ITEMS, PLAN_BOOLEAN, "true or false"))
        return -1;
    if (array.least > 0 || array.most != PLAN_NO_LIMIT || array.prefix_count || array.rest) {
        PLAN_ADD(plan->arrays, array);
        compile_emit(site, PLAN_ITEMS, PLAN_ARRAY, KEYWORD_ITEMS, plan->arrays.count - 1, 0, 0);
    }
    if (unique && json_type(site->json, unique) == JSON_TRUE)
        compile_emit(site, PLAN_UNIQUE, PLAN_ARRAY, KEYWORD_UNIQUE_ITEMS, 0, 0, 0);
    return compile_contains(site);
}

/* ---- objects ---- */
static uint32_t add_property(struct site *site, uint32_t key, uint32_t block, bool declared)
{
    struct plan *plan = site->compile->plan;
    struct slice name = json_string(site->json, key, &plan->arena);
    char *copy = arena_zero(&plan->arena, name.size + PLAN_KEY_PADDING, 1);
    if (name.size)
        memcpy(copy, name.data, name.size);
    struct plan_property property = {
        .key = copy,
        .size = (uint32_t)name.size,
        .hash = json_key_hash(name),
        .block = block,
        .declared = declared,
    };
    PLAN_ADD(plan->properties, property);
    return plan->properties.count - 1;
}

static void make_slots(struct plan *plan, struct plan_object *object, uint32_t expected)
{
    uint32_t capacity = 4;
    while (capacity < 2 * expected)
        capacity *= 2;
    object->slots = plan->slots.count;
    object->mask = capacity - 1;
    for (uint32_t i = 0; i < capacity; i++)
        PLAN_ADD(plan->slots, 0);
}

/* The property of that name, or the free slot for it. */
static uint32_t *find_slot(struct plan *plan, const struct plan_object *object, struct slice name)
{
    uint32_t *slots = plan->slots.at + object->slots;
    uint32_t at = json_key_hash(name) & object->mask;
    for (; slots[at]; at = (at + 1) & object->mask) {
        const struct plan_property *property = &plan->properties.at[object->first + slots[at] - 1];
        if (slice_equal((struct slice){property->key, property->size}, name))
            break;
    }
    return &slots[at];
}

static int compile_required(struct site *site, struct plan_object *object)
{
    const struct json_document *json = site->json;
    struct plan *plan = site->compile->plan;
    uint32_t list = site->at[KEYWORD_REQUIRED];
    if (list == JSON_NONE)
        return 0;
    for (uint32_t item = json_first(json, list); item != json_end(json, list);
         item = json_after(json, item)) {
        if (json_type(json, item) != JSON_STRING)
            return compile_fail(site, item, "a name in \"required\" is %s; expected a string",
                json_type_name(json_type(json, item)));
        uint32_t *slot = find_slot(plan, object, json_string(json, item, &plan->arena));
        if (!*slot) {
            add_property(site, item, PLAN_ANYTHING, false);
            *slot = ++object->count;
        }
        struct plan_property *property = &plan->properties.at[object->first + *slot - 1];
        object->required += !property->required;
        property->required = true;
    }
    return 0;
}

/* properties and required in one table: what is only required is not declared. */
static int compile_properties(struct site *site, struct plan_object *object)
{
    const struct json_document *json = site->json;
    struct plan *plan = site->compile->plan;
    uint32_t map = site->at[KEYWORD_PROPERTIES], list = site->at[KEYWORD_REQUIRED];
    if (compile_expect(site, KEYWORD_PROPERTIES, PLAN_OBJECT, "an object of schemas") ||
        compile_expect(site, KEYWORD_REQUIRED, PLAN_ARRAY, "an array of names"))
        return -1;
    uint32_t expected = (map ? json_count(json, map) : 0) + (list ? json_count(json, list) : 0);
    object->first = plan->properties.count;
    if (expected == 0)
        return 0;
    make_slots(plan, object, expected);
    if (map) {
        for (uint32_t key = json_first(json, map); key != json_end(json, map);
             key = json_after(json, key + 1)) {
            uint32_t *slot = find_slot(plan, object, json_string(json, key, &plan->arena));
            add_property(site, key, compile_inner(site, key + 1), true);
            *slot = ++object->count;
        }
    }
    return compile_required(site, object);
}

static int compile_pattern_properties(struct site *site, struct plan_object *object)
{
    const struct json_document *json = site->json;
    struct plan *plan = site->compile->plan;
    uint32_t map = site->at[KEYWORD_PATTERN_PROPERTIES];
    object->patterns = plan->pattern_properties.count;
    if (compile_expect(site, KEYWORD_PATTERN_PROPERTIES, PLAN_OBJECT, "an object of schemas"))
        return -1;
    if (map == JSON_NONE)
        return 0;
    for (uint32_t key = json_first(json, map); key != json_end(json, map);
         key = json_after(json, key + 1)) {
        struct plan_pattern_property property = {.place = {site->document, key}};
        if (compile_pattern(site, key, &property.pattern))
            return -1;
        property.block = compile_inner(site, key + 1);
        PLAN_ADD(plan->pattern_properties, property);
        object->pattern_count++;
    }
    return 0;
}

enum { NAMES_FEW = 4 };

static enum plan_members extent_of(const struct plan *plan, const struct plan_object *object)
{
    bool declared = false;
    if (object->count == 0 || object->pattern_count || object->names)
        return PLAN_ALL_MEMBERS;
    for (uint32_t i = 0; i < object->count; i++)
        declared = declared || plan->properties.at[object->first + i].declared;
    bool counted = object->least > 0 || object->most != PLAN_NO_LIMIT;
    return declared || object->additional || counted || object->count > NAMES_FEW
               ? PLAN_ONLY_PROPERTIES
               : PLAN_ONLY_NAMES;
}

static bool says_nothing(const struct plan_object *object)
{
    return object->count == 0 && object->pattern_count == 0 && !object->additional &&
           !object->names && object->least == 0 && object->most == PLAN_NO_LIMIT;
}

int compile_members(struct site *site)
{
    struct plan *plan = site->compile->plan;
    struct plan_object object = {.rest_keyword = KEYWORD_ADDITIONAL_PROPERTIES};
    if (compile_properties(site, &object) || compile_pattern_properties(site, &object) ||
        compile_count(site, KEYWORD_MIN_PROPERTIES, 0, &object.least) ||
        compile_count(site, KEYWORD_MAX_PROPERTIES, PLAN_NO_LIMIT, &object.most))
        return -1;
    if (site->at[KEYWORD_ADDITIONAL_PROPERTIES])
        object.additional = compile_inner(site, site->at[KEYWORD_ADDITIONAL_PROPERTIES]);
    if (site->at[KEYWORD_PROPERTY_NAMES])
        object.names = compile_inner(site, site->at[KEYWORD_PROPERTY_NAMES]);
    if (says_nothing(&object))
        return 0;
    for (uint32_t i = 0; i < object.count; i++)
        if (!plan->properties.at[object.first + i].declared)
            plan->properties.at[object.first + i].block = object.additional;
    object.order = plan->orders;
    plan->orders += object.count + 1;
    PLAN_ADD(plan->objects, object);
    compile_emit(site, PLAN_MEMBERS, PLAN_OBJECT, KEYWORD_PROPERTIES, plan->objects.count - 1,
        extent_of(plan, &object), 0);
    return 0;
}

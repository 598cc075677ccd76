/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/compile.h"

#include "schema/format.h"
#include "schema/value.h"

static uint16_t type_of_name(const struct site *site, uint32_t node)
{
    static const struct {
        const char *name;
        uint16_t types;
    } known[] = {
        {"null", PLAN_NULL},
        {"boolean", PLAN_BOOLEAN},
        {"number", PLAN_NUMBER},
        {"string", PLAN_STRING},
        {"array", PLAN_ARRAY},
        {"object", PLAN_OBJECT},
    };
    if (json_type(site->json, node) != JSON_STRING)
        return 0;
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (json_string_is(site->json, node, slice_of(known[i].name)))
            return known[i].types;
    if (json_string_is(site->json, node, slice_of("integer")))
        return site->draft == SCHEMA_DRAFT_04 ? PLAN_INTEGER_TEXT : PLAN_INTEGER;
    return 0;
}

static int add_type(struct site *site, uint32_t node, uint16_t *types)
{
    uint16_t type = type_of_name(site, node);
    *types |= type;
    if (type)
        return 0;
    struct slice raw = json_raw(site->json, node);
    return compile_fail(site, node,
        "the type \"%.*s\" is not known; expected null, boolean, number, integer, string, array "
        "or object",
        raw.size > 40 ? 40 : (int)raw.size, raw.data);
}

static int compile_type(struct site *site)
{
    uint32_t node = site->at[KEYWORD_TYPE];
    uint16_t types = 0;
    if (node == JSON_NONE)
        return 0;
    if (json_type(site->json, node) != JSON_ARRAY) {
        if (add_type(site, node, &types))
            return -1;
    } else {
        for (uint32_t item = json_first(site->json, node); item != json_end(site->json, node);
             item = json_after(site->json, item))
            if (add_type(site, item, &types))
                return -1;
    }
    struct plan_block *block = &site->compile->plan->blocks.at[site->block];
    block->run.types = block->stated.types = types;
    return 0;
}

/* ---- enum, const ---- */
enum { SET_SCANNED = 8 }; /* up to here every value is looked at, beyond the hash decides */

static void add_value(struct site *site, struct plan_set *set, uint32_t node)
{
    struct plan *plan = site->compile->plan;
    struct plan_value value = {
        .hash = value_hash(site->json, node, &plan->arena), .place = {site->document, node}};
    if (json_type(site->json, node) == JSON_STRING) {
        value.string = json_string(site->json, node, &plan->arena);
        set->strings++;
    }
    set->types |= (uint16_t)(1u << json_type(site->json, node));
    set->count++;
    PLAN_ADD(plan->values, value);
}

void compile_index_set(struct plan *plan, struct plan_set *set)
{
    uint32_t capacity = 1;
    if (set->count <= SET_SCANNED)
        return;
    while (capacity < 2 * set->count)
        capacity *= 2;
    set->slots = plan->slots.count;
    set->mask = capacity - 1;
    for (uint32_t i = 0; i < capacity; i++)
        PLAN_ADD(plan->slots, 0);
    uint32_t *slots = plan->slots.at + set->slots;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t at = (uint32_t)plan->values.at[set->first + i].hash & set->mask;
        while (slots[at])
            at = (at + 1) & set->mask;
        slots[at] = i + 1;
    }
}

static bool is_string(const struct site *site, uint32_t node)
{
    return json_type(site->json, node) == JSON_STRING;
}

static void emit_set(struct site *site, struct plan_set *set, enum keyword keyword)
{
    struct plan *plan = site->compile->plan;
    compile_index_set(plan, set);
    PLAN_ADD(plan->sets, *set);
    compile_emit(site, PLAN_SET, PLAN_EVERY, keyword, plan->sets.count - 1, 0, 0);
}

static int compile_sets(struct site *site)
{
    const struct json_document *json = site->json;
    uint32_t node = site->at[KEYWORD_ENUM];
    if (compile_expect(site, KEYWORD_ENUM, PLAN_ARRAY, "an array of values"))
        return -1;
    if (node) {
        struct plan_set set = {.first = site->compile->plan->values.count};
        for (int strings = 1; strings >= 0; strings--)
            for (uint32_t item = json_first(json, node); item != json_end(json, node);
                 item = json_after(json, item))
                if (is_string(site, item) == strings)
                    add_value(site, &set, item);
        emit_set(site, &set, KEYWORD_ENUM);
    }
    if (site->at[KEYWORD_CONST]) {
        struct plan_set set = {.first = site->compile->plan->values.count};
        add_value(site, &set, site->at[KEYWORD_CONST]);
        emit_set(site, &set, KEYWORD_CONST);
    }
    return 0;
}

/* ---- numbers ---- */
static void add_bound(struct site *site, uint32_t node, enum keyword keyword, bool exclusive)
{
    struct plan_bound bound = {
        .number = number_of(json_raw(site->json, node)),
        .upper = keyword == KEYWORD_MAXIMUM || keyword == KEYWORD_EXCLUSIVE_MAXIMUM,
        .exclusive = exclusive,
        .keyword = (uint16_t)keyword,
    };
    bound.zero = bound.number.exact && bound.number.digits == 0;
    PLAN_ADD(site->compile->plan->bounds, bound);
}

/* Draft 4: exclusiveMinimum is a flag that belongs to minimum. */
static int compile_bound_04(struct site *site, enum keyword plain, enum keyword flag)
{
    if (compile_expect(site, plain, PLAN_NUMBER, "a number") ||
        compile_expect(site, flag, PLAN_BOOLEAN, "true or false"))
        return -1;
    uint32_t set = site->at[flag];
    if (site->at[plain])
        add_bound(site, site->at[plain], plain, set && json_type(site->json, set) == JSON_TRUE);
    return 0;
}

static int compile_bound(struct site *site, enum keyword keyword, bool exclusive)
{
    if (compile_expect(site, keyword, PLAN_NUMBER, "a number"))
        return -1;
    if (site->at[keyword])
        add_bound(site, site->at[keyword], keyword, exclusive);
    return 0;
}

static int compile_bounds(struct site *site)
{
    struct plan *plan = site->compile->plan;
    uint32_t first = plan->bounds.count;
    if (site->draft == SCHEMA_DRAFT_04) {
        if (compile_bound_04(site, KEYWORD_MINIMUM, KEYWORD_EXCLUSIVE_MINIMUM) ||
            compile_bound_04(site, KEYWORD_MAXIMUM, KEYWORD_EXCLUSIVE_MAXIMUM))
            return -1;
    } else if (compile_bound(site, KEYWORD_MINIMUM, false) ||
               compile_bound(site, KEYWORD_EXCLUSIVE_MINIMUM, true) ||
               compile_bound(site, KEYWORD_MAXIMUM, false) ||
               compile_bound(site, KEYWORD_EXCLUSIVE_MAXIMUM, true)) {
        return -1;
    }
    if (plan->bounds.count > first)
        compile_emit(
            site, PLAN_LIMITS, PLAN_NUMBER, KEYWORD_MINIMUM, first, plan->bounds.count - first, 0);
    return 0;
}

static int compile_multiple(struct site *site)
{
    struct plan *plan = site->compile->plan;
    uint32_t node = site->at[KEYWORD_MULTIPLE_OF];
    if (compile_expect(site, KEYWORD_MULTIPLE_OF, PLAN_NUMBER, "a number above 0"))
        return -1;
    if (node == JSON_NONE)
        return 0;
    struct number number = number_of(json_raw(site->json, node)), zero = number_of(slice_of("0"));
    if (number_compare(&number, &zero) <= 0)
        return compile_fail(site, node, "\"multipleOf\" is %.*s; expected a number above 0",
            number.text.size > 40 ? 40 : (int)number.text.size, number.text.data);
    PLAN_ADD(plan->numbers, number);
    compile_emit(
        site, PLAN_MULTIPLE, PLAN_NUMBER, KEYWORD_MULTIPLE_OF, plan->numbers.count - 1, 0, 0);
    return 0;
}

/* ---- strings ---- */
static int compile_format(struct site *site)
{
    uint32_t node = site->at[KEYWORD_FORMAT];
    const struct compile *compile = site->compile;
    const struct plan_resource *resource = &compile->plan->resources.at[site->resource];
    enum schema_formats mode = compile->options->formats;
    if (compile_expect(site, KEYWORD_FORMAT, PLAN_STRING, "the name of a format"))
        return -1;
    if (mode == SCHEMA_FORMATS_DIALECT)
        mode = resource->asserts_formats ? SCHEMA_FORMATS_ASSERT : SCHEMA_FORMATS_ANNOTATE;
    if (node == JSON_NONE || mode == SCHEMA_FORMATS_ANNOTATE)
        return 0;
    enum format format = format_find(json_raw(site->json, node));
    if (format != FORMAT_NONE)
        compile_emit(site, PLAN_FORMAT, PLAN_STRING, KEYWORD_FORMAT, (uint32_t)format,
            mode == SCHEMA_FORMATS_WARN, 0);
    return 0;
}

static int compile_strings(struct site *site)
{
    uint32_t least, most, pattern;
    if (compile_count(site, KEYWORD_MIN_LENGTH, 0, &least) ||
        compile_count(site, KEYWORD_MAX_LENGTH, PLAN_NO_LIMIT, &most))
        return -1;
    if (least > 0 || most != PLAN_NO_LIMIT)
        compile_emit(site, PLAN_LENGTH, PLAN_STRING, KEYWORD_MIN_LENGTH, least, most, 0);
    if (compile_expect(site, KEYWORD_PATTERN, PLAN_STRING, "a regular expression in a string"))
        return -1;
    if (site->at[KEYWORD_PATTERN]) {
        if (compile_pattern(site, site->at[KEYWORD_PATTERN], &pattern))
            return -1;
        compile_emit(site, PLAN_MATCH, PLAN_STRING, KEYWORD_PATTERN, pattern, 0, 0);
    }
    return compile_format(site);
}

int compile_values(struct site *site)
{
    return compile_type(site) || compile_sets(site) || compile_bounds(site) ||
                   compile_multiple(site) || compile_strings(site)
               ? -1
               : 0;
}

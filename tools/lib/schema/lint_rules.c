/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/lint_rules.h"

#include "base/nearest.h"
#include "schema/format.h"
#include "schema/pattern.h"

#include <string.h>

enum { VALUES_COMPARED = 200 }; /* of an enum, each with those before it */

/* ---- keywords ---- */
static const char *nearest_keyword(struct slice name, enum schema_dialect draft)
{
    size_t best = nearest_limit(name.size) + 1;
    const char *found = NULL;
    for (int i = KEYWORD_NONE + 1; i < KEYWORD_COUNT; i++) {
        if (!(keyword_rows[i].drafts & 1 << draft))
            continue;
        size_t distance = nearest_distance(name, slice_of(keyword_rows[i].name), best - 1);
        if (distance < best && distance < name.size) {
            best = distance;
            found = keyword_rows[i].name;
        }
    }
    return found;
}

static enum keyword keyword_of_another_draft(struct slice name, enum schema_dialect *draft)
{
    for (int other = SCHEMA_2020_12; other >= SCHEMA_DRAFT_04; other--) {
        *draft = (enum schema_dialect)other;
        enum keyword keyword = keyword_find(name, *draft);
        if (keyword != KEYWORD_NONE)
            return keyword;
    }
    return KEYWORD_NONE;
}

static void find_unknown(struct lint_site *site, uint32_t key)
{
    struct lint *lint = site->lint;
    struct slice name = json_string(lint->json, key, &lint->arena);
    int shown = name.size > 60 ? 60 : (int)name.size;
    enum schema_dialect other;
    /* Names that begin so are extensions on purpose. */
    if (name.size > 2 && memcmp(name.data, "x-", 2) == 0)
        return;
    if (keyword_of_another_draft(name, &other) != KEYWORD_NONE) {
        lint_find(lint, SCHEMA_WARNING, "unknown-keyword", key + 1,
            "\"%.*s\" is a keyword of %s; %s ignores it", shown, name.data,
            keyword_draft_name(other), keyword_draft_name(site->draft));
        return;
    }
    const char *near = nearest_keyword(name, site->draft);
    lint_find(lint, SCHEMA_WARNING, "unknown-keyword", key + 1,
        "\"%.*s\" is not a keyword of %s%s%s%s", shown, name.data, keyword_draft_name(site->draft),
        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static void find_without(struct lint_site *site, enum keyword keyword, enum keyword needed)
{
    if (site->at[keyword] && !site->at[needed])
        lint_find(site->lint, SCHEMA_WARNING, "ignored-keyword", site->at[keyword],
            "\"%s\" does nothing without \"%s\"", keyword_rows[keyword].name,
            keyword_rows[needed].name);
}

/* The types that a keyword speaks of; 0 for one that speaks of all. */
static uint16_t types_of_keyword(enum keyword keyword)
{
    if (keyword >= KEYWORD_MULTIPLE_OF && keyword <= KEYWORD_EXCLUSIVE_MINIMUM)
        return PLAN_NUMBER | PLAN_INTEGER | PLAN_INTEGER_TEXT;
    if (keyword >= KEYWORD_MAX_LENGTH && keyword <= KEYWORD_FORMAT)
        return PLAN_STRING;
    if (keyword >= KEYWORD_ITEMS && keyword <= KEYWORD_UNIQUE_ITEMS)
        return PLAN_ARRAY;
    if (keyword >= KEYWORD_PROPERTIES && keyword <= KEYWORD_DEPENDENT_SCHEMAS)
        return PLAN_OBJECT;
    return 0;
}

static void find_of_other_types(struct lint_site *site)
{
    uint16_t types = lint_types(site->lint, site->node);
    for (int i = KEYWORD_NONE + 1; i < KEYWORD_COUNT; i++) {
        uint16_t spoken_of = types_of_keyword((enum keyword)i);
        if (site->at[i] && spoken_of && !(types & spoken_of))
            lint_find(site->lint, SCHEMA_WARNING, "ignored-keyword", site->at[i],
                "\"%s\" says nothing about the types that \"type\" lets through",
                keyword_rows[i].name);
    }
}

static void find_beside_reference(struct lint_site *site)
{
    for (int i = KEYWORD_NONE + 1; i < KEYWORD_COUNT; i++) {
        bool speaks = keyword_rows[i].vocabulary &
                      (VOCABULARY_VALIDATION | VOCABULARY_APPLICATOR | VOCABULARY_FORMAT);
        if (site->at[i] && speaks)
            lint_find(site->lint, SCHEMA_WARNING, "ignored-keyword", site->at[i],
                "\"%s\" does nothing beside \"$ref\" up to draft 7; put both into \"allOf\"",
                keyword_rows[i].name);
    }
}

void lint_keywords(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    for (uint32_t key = json_first(json, site->node); key != json_end(json, site->node);
         key = json_after(json, key + 1))
        if (keyword_find(json_string(json, key, &site->lint->arena), site->draft) == KEYWORD_NONE)
            find_unknown(site, key);
    if (site->at[KEYWORD_REF] && site->draft <= SCHEMA_DRAFT_07) {
        find_beside_reference(site);
        return;
    }
    find_without(site, KEYWORD_THEN, KEYWORD_IF);
    find_without(site, KEYWORD_ELSE, KEYWORD_IF);
    find_without(site, KEYWORD_MIN_CONTAINS, KEYWORD_CONTAINS);
    find_without(site, KEYWORD_MAX_CONTAINS, KEYWORD_CONTAINS);
    find_without(site, KEYWORD_CONTENT_SCHEMA, KEYWORD_CONTENT_MEDIA_TYPE);
    uint32_t items = site->at[KEYWORD_ITEMS], rest = site->at[KEYWORD_ADDITIONAL_ITEMS];
    if (rest && (!items || json_type(json, items) != JSON_ARRAY))
        lint_find(site->lint, SCHEMA_WARNING, "ignored-keyword", rest,
            "\"additionalItems\" does nothing unless \"items\" is an array");
    find_of_other_types(site);
}

/* ---- anchors ---- */
static void find_anchored_twice(struct lint_site *site, enum keyword keyword)
{
    const struct json_document *json = site->lint->json;
    uint32_t node = site->at[keyword];
    if (!node || json_type(json, node) != JSON_STRING)
        return;
    struct slice name = json_string(json, node, &site->lint->arena);
    const struct store_anchor *found = store_anchor(site->lint->store, site->resource, name);
    if (found && found->node != site->node)
        lint_find(site->lint, SCHEMA_WARNING, "repeated-anchor", node,
            "another schema has the anchor \"%.*s\" too; a reference finds one of them",
            name.size > 60 ? 60 : (int)name.size, name.data);
}

/* Whether an earlier schema of the same text has the identifier of this one. */
static void find_identified_twice(struct lint_site *site)
{
    struct lint *lint = site->lint;
    const struct plan *plan = lint->store->plan;
    const struct plan_resource *own = &plan->resources.at[site->resource];
    uint32_t node = site->at[site->draft == SCHEMA_DRAFT_04 ? KEYWORD_ID_04 : KEYWORD_ID];
    if (!node || own->node != site->node)
        return;
    for (uint32_t i = 0; i < site->resource && lint->looks; i++, lint->looks--) {
        const struct plan_resource *other = &plan->resources.at[i];
        if (other->document != own->document || strcmp(other->uri, own->uri) != 0)
            continue;
        lint_find(lint, SCHEMA_WARNING, "repeated-id", node,
            "another schema has the identifier %.200s too; a reference finds one of them",
            own->uri);
        return;
    }
}

void lint_anchors(struct lint_site *site)
{
    find_identified_twice(site);
    find_anchored_twice(site, KEYWORD_ANCHOR);
    find_anchored_twice(site, KEYWORD_DYNAMIC_ANCHOR);
}

/* ---- patterns ---- */
static void try_pattern(struct lint *lint, uint32_t node)
{
    struct error error = ERROR_INIT;
    struct pattern *pattern;
    if (json_type(lint->json, node) != JSON_STRING)
        return;
    if (pattern_compile(&pattern, json_string(lint->json, node, &lint->arena), &error) == 0)
        pattern_free(pattern);
    else
        lint_find(lint, SCHEMA_ERROR, "pattern", node, "%s", error.text);
}

void lint_patterns(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    uint32_t map = site->at[KEYWORD_PATTERN_PROPERTIES];
    if (site->at[KEYWORD_PATTERN])
        try_pattern(site->lint, site->at[KEYWORD_PATTERN]);
    if (map && json_type(json, map) == JSON_OBJECT)
        for (uint32_t key = json_first(json, map); key != json_end(json, map);
             key = json_after(json, key + 1))
            try_pattern(site->lint, key);
}

/* ---- formats ---- */
static enum format nearest_format(struct slice name)
{
    size_t best = nearest_limit(name.size) + 1;
    enum format found = FORMAT_NONE;
    for (int i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++) {
        size_t distance = nearest_distance(name, slice_of(format_name((enum format)i)), best - 1);
        if (distance < best && distance < name.size) {
            best = distance;
            found = (enum format)i;
        }
    }
    return found;
}

void lint_format(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    uint32_t node = site->at[KEYWORD_FORMAT];
    if (!node || json_type(json, node) != JSON_STRING)
        return;
    struct slice name = json_string(json, node, &site->lint->arena);
    if (format_find(name) != FORMAT_NONE)
        return;
    enum format near = nearest_format(name);
    lint_find(site->lint, SCHEMA_WARNING, "unknown-format", node,
        "\"%.*s\" is not a format of any draft, so nothing is checked%s%s%s",
        name.size > 60 ? 60 : (int)name.size, name.data, near ? "; did you mean \"" : "",
        format_name(near), near ? "\"?" : "");
}

/* ---- types ---- */
static uint16_t types_named(const struct json_document *json, uint32_t node)
{
    static const struct {
        const char *name;
        uint16_t types;
    } names[] = {{"null", PLAN_NULL}, {"boolean", PLAN_BOOLEAN},
        {"number", PLAN_NUMBER | PLAN_INTEGER | PLAN_INTEGER_TEXT},
        {"integer", PLAN_INTEGER | PLAN_INTEGER_TEXT}, {"string", PLAN_STRING},
        {"array", PLAN_ARRAY}, {"object", PLAN_OBJECT}};
    if (json_type(json, node) != JSON_STRING)
        return 0;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        if (json_string_is(json, node, slice_of(names[i].name)))
            return names[i].types;
    return 0;
}

uint16_t lint_types(const struct lint *lint, uint32_t schema)
{
    const struct json_document *json = lint->json;
    enum { EVERY = PLAN_EVERY | PLAN_INTEGER | PLAN_INTEGER_TEXT };
    uint16_t types = 0;
    if (json_type(json, schema) == JSON_FALSE)
        return 0;
    uint32_t node = json_type(json, schema) == JSON_OBJECT ? json_get(json, schema, "type") : 0;
    if (node == JSON_NONE)
        return EVERY;
    if (json_type(json, node) != JSON_ARRAY)
        return types_named(json, node);
    for (uint32_t item = json_first(json, node); item != json_end(json, node);
         item = json_after(json, item))
        types |= types_named(json, item);
    return types;
}

/* ---- bounds and values ---- */
static void find_crossed(struct lint_site *site, enum keyword low, enum keyword high, bool touching)
{
    const struct json_document *json = site->lint->json;
    uint32_t least = site->at[low], most = site->at[high];
    if (!least || !most || json_type(json, least) != JSON_NUMBER ||
        json_type(json, most) != JSON_NUMBER)
        return;
    struct number a = number_of(json_raw(json, least)), b = number_of(json_raw(json, most));
    int order = number_compare(&a, &b);
    if (order > 0 || (order == 0 && touching))
        lint_find(site->lint, SCHEMA_WARNING, "unreachable", most,
            "no value passes both \"%s\" and \"%s\"", keyword_rows[low].name,
            keyword_rows[high].name);
}

static void find_value_of_other_type(struct lint_site *site, uint32_t value, uint16_t types)
{
    const struct json_document *json = site->lint->json;
    enum json_type type = json_type(json, value);
    bool passes = types & 1u << type;
    if (type == JSON_NUMBER && types & PLAN_INTEGER)
        passes = passes || number_is_integer(json_raw(json, value));
    if (!passes)
        lint_find(site->lint, SCHEMA_WARNING, "unreachable", value,
            "\"type\" does not let this value through");
}

static void find_useless_values(struct lint_site *site, uint32_t list, uint16_t types)
{
    const struct json_document *json = site->lint->json;
    if (json_end(json, list) == json_first(json, list))
        lint_find(
            site->lint, SCHEMA_WARNING, "unreachable", list, "no value is in an empty \"enum\"");
    for (uint32_t item = json_first(json, list); item != json_end(json, list);
         item = json_after(json, item)) {
        uint32_t compared = 0, other = json_first(json, list);
        find_value_of_other_type(site, item, types);
        for (; other != item && compared < VALUES_COMPARED; other = json_after(json, other))
            if (compared++, json_equal(json, other, json, item))
                break;
        if (other != item && compared < VALUES_COMPARED)
            lint_find(site->lint, SCHEMA_WARNING, "unreachable", item,
                "this value stands in \"enum\" twice");
    }
}

void lint_limits(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    uint32_t list = site->at[KEYWORD_ENUM];
    uint16_t types = lint_types(site->lint, site->node);
    bool flags = site->draft == SCHEMA_DRAFT_04;
    find_crossed(site, KEYWORD_MIN_LENGTH, KEYWORD_MAX_LENGTH, false);
    find_crossed(site, KEYWORD_MIN_ITEMS, KEYWORD_MAX_ITEMS, false);
    find_crossed(site, KEYWORD_MIN_PROPERTIES, KEYWORD_MAX_PROPERTIES, false);
    find_crossed(site, KEYWORD_MIN_CONTAINS, KEYWORD_MAX_CONTAINS, false);
    find_crossed(site, KEYWORD_MINIMUM, KEYWORD_MAXIMUM, false);
    if (!flags) {
        find_crossed(site, KEYWORD_MINIMUM, KEYWORD_EXCLUSIVE_MAXIMUM, true);
        find_crossed(site, KEYWORD_EXCLUSIVE_MINIMUM, KEYWORD_MAXIMUM, true);
        find_crossed(site, KEYWORD_EXCLUSIVE_MINIMUM, KEYWORD_EXCLUSIVE_MAXIMUM, true);
    }
    if (site->at[KEYWORD_CONST])
        find_value_of_other_type(site, site->at[KEYWORD_CONST], types);
    if (list && json_type(json, list) == JSON_ARRAY)
        find_useless_values(site, list, types);
}

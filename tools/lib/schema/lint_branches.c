/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/nearest.h"
#include "schema/lint_rules.h"

/* ---- branches ---- */
enum { BRANCHES_COMPARED = 200 }; /* of one choice, each with each */

static bool is_always(const struct json_document *json, uint32_t schema)
{
    return json_type(json, schema) == JSON_TRUE ||
           (json_type(json, schema) == JSON_OBJECT && json_end(json, schema) == schema + 1);
}

static void find_repeated(struct lint_site *site, uint32_t list, uint32_t branch, bool one)
{
    const struct json_document *json = site->lint->json;
    uint32_t looked = 0;
    for (uint32_t other = json_first(json, list); other != branch && looked < BRANCHES_COMPARED;
         other = json_after(json, other), looked++) {
        if (json_type(json, branch) != JSON_OBJECT || !json_equal(json, other, json, branch))
            continue;
        lint_find(site->lint, SCHEMA_WARNING, "unreachable", branch,
            one ? "this is the same as branch %u, so that neither can be the only one that holds"
                : "this is the same as branch %u",
            (unsigned)looked);
        return;
    }
}

static void look_at_choice(struct lint_site *site, enum keyword keyword)
{
    const struct json_document *json = site->lint->json;
    uint32_t list = site->at[keyword];
    bool one = keyword == KEYWORD_ONE_OF;
    uint16_t types = lint_types(site->lint, site->node);
    if (!list || json_type(json, list) != JSON_ARRAY)
        return;
    for (uint32_t branch = json_first(json, list); branch != json_end(json, list);
         branch = json_after(json, branch)) {
        uint16_t own = lint_types(site->lint, branch);
        if (own == 0 && json_type(json, branch) == JSON_FALSE)
            lint_find(site->lint, SCHEMA_WARNING, "unreachable", branch,
                "this branch of \"%s\" never holds", keyword_rows[keyword].name);
        else if (own && !(own & types))
            lint_find(site->lint, SCHEMA_WARNING, "unreachable", branch,
                "this branch of \"%s\" asks for a type that \"type\" does not let through",
                keyword_rows[keyword].name);
        else if (!one && is_always(json, branch))
            lint_find(site->lint, SCHEMA_WARNING, "unreachable", branch,
                "this branch always holds, so \"anyOf\" decides nothing");
        else
            find_repeated(site, list, branch, one);
    }
}

void lint_branches(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    uint32_t condition = site->at[KEYWORD_IF];
    look_at_choice(site, KEYWORD_ANY_OF);
    look_at_choice(site, KEYWORD_ONE_OF);
    if (!condition)
        return;
    if (site->at[KEYWORD_ELSE] && is_always(json, condition))
        lint_find(site->lint, SCHEMA_WARNING, "unreachable", site->at[KEYWORD_ELSE],
            "\"if\" always holds, so \"else\" is never used");
    if (site->at[KEYWORD_THEN] && json_type(json, condition) == JSON_FALSE)
        lint_find(site->lint, SCHEMA_WARNING, "unreachable", site->at[KEYWORD_THEN],
            "\"if\" never holds, so \"then\" is never used");
    if (!site->at[KEYWORD_THEN] && !site->at[KEYWORD_ELSE] && site->draft <= SCHEMA_DRAFT_07)
        lint_find(site->lint, SCHEMA_WARNING, "ignored-keyword", condition,
            "\"if\" does nothing without \"then\" or \"else\"");
}

/* ---- members ---- */
static void find_closed_out(struct lint_site *site, uint32_t branch)
{
    struct lint *lint = site->lint;
    const struct json_document *json = lint->json;
    uint32_t own = site->at[KEYWORD_PROPERTIES], map = json_get(json, branch, "properties");
    if (map == JSON_NONE || json_type(json, map) != JSON_OBJECT)
        return;
    for (uint32_t key = json_first(json, map); key != json_end(json, map) && lint->looks;
         key = json_after(json, key + 1), lint->looks--) {
        struct slice name = json_string(json, key, &lint->arena);
        bool declared = own && json_type(json, own) == JSON_OBJECT &&
                        store_member(lint->store, 0, own, name) != JSON_NONE;
        if (declared || json_type(json, key + 1) == JSON_FALSE)
            continue;
        lint_find(lint, SCHEMA_WARNING, "unreachable", key + 1,
            "\"additionalProperties\" beside \"allOf\" does not let \"%.*s\" through%s",
            name.size > 60 ? 60 : (int)name.size, name.data,
            site->draft >= SCHEMA_2019_09 ? "; did you mean \"unevaluatedProperties\"?" : "");
    }
}

void lint_closed(struct lint_site *site)
{
    const struct json_document *json = site->lint->json;
    uint32_t rest = site->at[KEYWORD_ADDITIONAL_PROPERTIES], list = site->at[KEYWORD_ALL_OF];
    if (!rest || json_type(json, rest) != JSON_FALSE || site->at[KEYWORD_PATTERN_PROPERTIES] ||
        !list || json_type(json, list) != JSON_ARRAY)
        return;
    for (uint32_t branch = json_first(json, list); branch != json_end(json, list);
         branch = json_after(json, branch))
        find_closed_out(site, branch);
}

/* ---- required ---- */
static struct slice nearest_name(struct lint *lint, uint32_t map, struct slice name)
{
    const struct json_document *json = lint->json;
    size_t best = nearest_limit(name.size) + 1;
    struct slice found = {NULL, 0};
    for (uint32_t key = json_first(json, map); key != json_end(json, map) && lint->looks;
         key = json_after(json, key + 1), lint->looks--) {
        struct slice other = json_string(json, key, &lint->arena);
        size_t distance = nearest_distance(name, other, best - 1);
        if (distance < best && distance < name.size) {
            best = distance;
            found = other;
        }
    }
    return found;
}

/* Whether something besides "properties" may declare a member. */
static bool declares_elsewhere(const struct lint_site *site)
{
    static const enum keyword others[] = {KEYWORD_PATTERN_PROPERTIES, KEYWORD_REF,
        KEYWORD_DYNAMIC_REF, KEYWORD_RECURSIVE_REF, KEYWORD_ALL_OF, KEYWORD_ANY_OF, KEYWORD_ONE_OF,
        KEYWORD_IF, KEYWORD_DEPENDENT_SCHEMAS, KEYWORD_DEPENDENCIES};
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        if (site->at[others[i]])
            return true;
    return site->in_place;
}

void lint_required(struct lint_site *site)
{
    struct lint *lint = site->lint;
    const struct json_document *json = lint->json;
    uint32_t list = site->at[KEYWORD_REQUIRED], map = site->at[KEYWORD_PROPERTIES];
    uint32_t rest = site->at[KEYWORD_ADDITIONAL_PROPERTIES];
    if (!list || !map || json_type(json, list) != JSON_ARRAY || json_type(json, map) != JSON_OBJECT)
        return;
    bool closed =
        rest && json_type(json, rest) == JSON_FALSE && !site->at[KEYWORD_PATTERN_PROPERTIES];
    bool elsewhere = declares_elsewhere(site);
    for (uint32_t item = json_first(json, list); item != json_end(json, list);
         item = json_after(json, item)) {
        if (json_type(json, item) != JSON_STRING)
            continue;
        struct slice name = json_string(json, item, &lint->arena);
        if (store_member(lint->store, 0, map, name) != JSON_NONE)
            continue;
        struct slice near = nearest_name(lint, map, name);
        if (!closed && elsewhere && !near.data)
            continue;
        lint_find(lint, SCHEMA_WARNING, "undeclared-required", item,
            "\"%.*s\" is required and not declared in \"properties\"%s%s%.*s%s",
            name.size > 60 ? 60 : (int)name.size, name.data,
            closed ? ", and nothing else is allowed: no object passes" : "",
            near.data ? "; did you mean \"" : "", near.size > 60 ? 60 : (int)near.size,
            near.data ? near.data : "", near.data ? "\"?" : "");
    }
}

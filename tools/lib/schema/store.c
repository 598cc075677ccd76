/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/store.h"

#include "schema/meta.h"
#include "schema/uri.h"

#include <stdarg.h>
#include <stdio.h>

void store_init(struct store *store, struct plan *plan, const struct schema_options *options)
{
    *store = (struct store){.plan = plan, .options = options};
}

void store_release(struct store *store)
{
    table_release(&store->by_uri);
    table_release(&store->by_node);
    table_release(&store->by_name);
    table_release(&store->by_dynamic);
    table_release(&store->members);
    table_release(&store->indexed);
    free(store->anchors.at);
    free(store->schemas.at);
}

int store_fail(const struct store *store, uint32_t document, uint32_t node, struct error *error,
    const char *format, ...)
{
    const struct plan_document *at = store->plan->documents.at[document];
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    uint64_t line, column;
    struct buffer pointer = BUFFER_INIT;
    json_position(&at->json, at->json.nodes[node].start, &line, &column);
    json_pointer_of(&at->json, node, &pointer);
    error_set(error, ERROR_CONTENT, "%s", text);
    /* The schema itself is named by its file, which the caller knows. */
    error_place(error, document ? at->uri : NULL, line, column);
    error_pointer(error, buffer_text(&pointer));
    buffer_release(&pointer);
    return -1;
}

const struct store_anchor *store_anchor(
    const struct store *store, uint32_t resource, struct slice name)
{
    struct table_cursor at = table_find(&store->by_name, table_hash(resource + 1, name));
    while (table_next(&store->by_name, &at)) {
        const struct store_anchor *anchor = &store->anchors.at[at.value];
        if (anchor->resource == resource && slice_equal(anchor->name, name))
            return anchor;
    }
    return NULL;
}

uint32_t store_resource_at(
    const struct store *store, uint32_t document, uint32_t node, uint32_t around)
{
    struct table_cursor at = table_find(&store->by_node, table_hash_numbers(document, node));
    while (table_next(&store->by_node, &at)) {
        const struct plan_resource *resource = &store->plan->resources.at[at.value];
        if (resource->document == document && resource->node == node)
            return at.value;
    }
    return around;
}

static bool resource_by_uri(const struct store *store, struct slice uri, uint32_t *out)
{
    struct table_cursor at = table_find(&store->by_uri, table_hash(0, uri));
    while (table_next(&store->by_uri, &at)) {
        if (slice_is(uri, store->plan->resources.at[at.value].uri)) {
            *out = at.value;
            return true;
        }
    }
    return false;
}

/* ---- finding documents ---- */
/* 1, 0 or -1, as the resolver. */
static int load(struct store *store, uint32_t *resource, const char *uri,
    struct store_dialect fallback, struct error *error)
{
    struct slice text;
    char *found = NULL;
    if (!meta_find(uri, &text)) {
        const struct schema_resolver *resolver = &store->options->resolver;
        size_t size = 0;
        int known =
            resolver->find ? resolver->find(resolver->context, uri, &found, &size, error) : 0;
        if (known <= 0)
            return known;
        text = (struct slice){found, size};
    }
    uint32_t document;
    if (store_add(store, &document, uri, text, found, fallback, error))
        return -1;
    *resource = store_resource_at(store, document, 0, 0);
    return 1;
}

static int resource_of_uri(struct store *store, uint32_t *resource, const char *uri,
    struct store_dialect fallback, struct error *error)
{
    if (resource_by_uri(store, slice_of(uri), resource))
        return 1;
    return load(store, resource, uri, fallback, error);
}

/* ---- what a meta-schema stands for ---- */
struct store_dialect store_dialect_default(enum schema_dialect draft)
{
    return (struct store_dialect){draft, VOCABULARY_ALL, draft <= SCHEMA_DRAFT_07};
}

bool store_standard_dialect(struct store_dialect *out, struct slice uri)
{
    static const struct {
        const char *rest;
        enum schema_dialect draft;
    } known[] = {
        {"://json-schema.org/draft-04/schema", SCHEMA_DRAFT_04},
        {"://json-schema.org/draft-06/schema", SCHEMA_DRAFT_06},
        {"://json-schema.org/draft-07/schema", SCHEMA_DRAFT_07},
        {"://json-schema.org/draft/2019-09/schema", SCHEMA_2019_09},
        {"://json-schema.org/draft/2020-12/schema", SCHEMA_2020_12},
    };
    struct uri parts = uri_split(uri);
    if (uri.size && uri.data[uri.size - 1] == '#')
        uri.size--;
    /* Many schemas write https where the standard says http. */
    if (!slice_is(parts.scheme, "http") && !slice_is(parts.scheme, "https"))
        return false;
    struct slice rest = {uri.data + parts.scheme.size, uri.size - parts.scheme.size};
    for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
        if (slice_is(rest, known[i].rest)) {
            *out = store_dialect_default(known[i].draft);
            return true;
        }
    }
    return false;
}

char *store_meta_uri(const struct store *store)
{
    static const char *const uris[] = {
        [SCHEMA_DRAFT_04] = "http://json-schema.org/draft-04/schema",
        [SCHEMA_DRAFT_06] = "http://json-schema.org/draft-06/schema",
        [SCHEMA_DRAFT_07] = "http://json-schema.org/draft-07/schema",
        [SCHEMA_2019_09] = "https://json-schema.org/draft/2019-09/schema",
        [SCHEMA_2020_12] = "https://json-schema.org/draft/2020-12/schema",
    };
    const struct json_document *json = &store->plan->documents.at[0]->json;
    uint32_t node = json_get(json, 0, "$schema");
    struct store_dialect standard = {.draft = store->plan->resources.at[0].draft};
    if (node == JSON_NONE || json_type(json, node) != JSON_STRING)
        return memory_text(uris[standard.draft]);
    struct slice text = json_string(json, node, &store->plan->arena);
    if (store_standard_dialect(&standard, text))
        return memory_text(uris[standard.draft]);
    char *uri = memory_text_n(text.data, text.size);
    uri[strcspn(uri, "#")] = '\0';
    return uri;
}

static uint32_t vocabulary_bit(struct slice name)
{
    static const struct {
        const char *name;
        uint32_t bits;
    } known[] = {
        {"core", VOCABULARY_CORE},
        {"applicator", VOCABULARY_APPLICATOR},
        {"unevaluated", VOCABULARY_UNEVALUATED},
        {"validation", VOCABULARY_VALIDATION},
        {"format", VOCABULARY_FORMAT},
        {"format-annotation", VOCABULARY_FORMAT},
        {"format-assertion", VOCABULARY_FORMAT},
        {"meta-data", VOCABULARY_META_DATA},
        {"content", VOCABULARY_CONTENT},
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (slice_is(name, known[i].name))
            return known[i].bits;
    return 0;
}

/* One member of $vocabulary: 1 where it is known. */
static bool add_vocabulary(struct store_dialect *dialect, struct slice uri, bool required)
{
    static const char *const prefixes[] = {
        "https://json-schema.org/draft/2019-09/vocab/",
        "https://json-schema.org/draft/2020-12/vocab/",
    };
    for (int i = 0; i < 2; i++) {
        size_t size = strlen(prefixes[i]);
        if (uri.size <= size || memcmp(uri.data, prefixes[i], size) != 0)
            continue;
        struct slice name = {uri.data + size, uri.size - size};
        uint32_t bit = vocabulary_bit(name);
        dialect->draft = i ? SCHEMA_2020_12 : SCHEMA_2019_09;
        dialect->vocabularies |= bit;
        if (!i && bit == VOCABULARY_APPLICATOR)
            dialect->vocabularies |= VOCABULARY_UNEVALUATED;
        /* In 2019-09 it is the flag that makes format an assertion. */
        if (slice_is(name, "format-assertion") || (slice_is(name, "format") && required))
            dialect->asserts_formats = true;
        return bit != 0;
    }
    return false;
}

/* A meta-schema of somebody's own: its $vocabulary says what it stands for. */
static int custom_dialect(
    struct store *store, struct store_dialect *out, uint32_t resource, struct error *error)
{
    const struct plan_resource *meta = &store->plan->resources.at[resource];
    uint32_t document = meta->document;
    const struct json_document *json = &store->plan->documents.at[document]->json;
    uint32_t list = json_get(json, meta->node, "$vocabulary");

    *out = (struct store_dialect){meta->draft, meta->vocabularies, meta->asserts_formats};
    if (list == JSON_NONE || json_type(json, list) != JSON_OBJECT || meta->draft < SCHEMA_2019_09)
        return 0;
    out->vocabularies = VOCABULARY_CORE;
    out->asserts_formats = false;
    for (uint32_t key = json_first(json, list); key != json_end(json, list);
         key = json_after(json, key + 1)) {
        struct slice uri = json_string(json, key, &store->plan->arena);
        bool required = json_type(json, key + 1) == JSON_TRUE;
        if (!add_vocabulary(out, uri, required) && required)
            return store_fail(store, document, key, error,
                "the vocabulary %.*s is required and not known", (int)uri.size, uri.data);
    }
    return 0;
}

enum { DIALECTS_DEEP = 8 }; /* meta-schemas of meta-schemas */

int store_dialect_of(struct store *store, struct store_dialect *out, const char *uri,
    struct store_dialect fallback, struct error *error)
{
    uint32_t resource;
    if (store_standard_dialect(out, slice_of(uri)))
        return 0;
    if (store->dialects == DIALECTS_DEEP)
        return error_set(error, ERROR_CONTENT,
            "the meta-schemas behind %s follow each other without an end", uri);
    store->dialects++;
    int found = resource_of_uri(store, &resource, uri, fallback, error);
    store->dialects--;
    if (found < 0)
        return -1;
    if (!found)
        return error_set(error, ERROR_CONTENT,
            "the dialect %s is not known; expected draft 4, 6, 7, 2019-09 or 2020-12, or a "
            "meta-schema that can be found",
            uri);
    return custom_dialect(store, out, resource, error);
}

int store_open(struct store *store, struct store_target *out, const char *uri, struct error *error)
{
    struct store_dialect fallback = store_dialect_default(store->options->dialect);
    uint32_t resource;
    int found = resource_of_uri(store, &resource, uri, fallback, error);
    if (found == 0)
        return error_set(error, ERROR_CONTENT, "no schema is known under %s", uri);
    if (found < 0)
        return -1;
    const struct plan_resource *at = &store->plan->resources.at[resource];
    *out = (struct store_target){at->document, at->node, resource, false};
    return 0;
}

/* ---- references ---- */
enum { MEMBERS_INDEXED = 32 }; /* objects with more members get an index */

static void index_members(struct store *store, uint32_t document, uint32_t object)
{
    const struct json_document *json = &store->plan->documents.at[document]->json;
    uint64_t seed = table_hash_numbers(document, object);
    struct table_cursor at = table_find(&store->indexed, seed);
    if (table_next(&store->indexed, &at))
        return;
    table_add(&store->indexed, seed, 0);
    for (uint32_t key = json_first(json, object); key != json_end(json, object);
         key = json_after(json, key + 1)) {
        struct slice name = json_string(json, key, &store->plan->arena);
        table_add(&store->members, table_hash(seed, name), key);
    }
}

uint32_t store_member(struct store *store, uint32_t document, uint32_t object, struct slice name)
{
    const struct json_document *json = &store->plan->documents.at[document]->json;
    if (json_end(json, object) - object < 2 * MEMBERS_INDEXED)
        return json_get_slice(json, object, name);
    index_members(store, document, object);
    uint64_t seed = table_hash_numbers(document, object);
    struct table_cursor at = table_find(&store->members, table_hash(seed, name));
    while (table_next(&store->members, &at))
        if (at.value > object && at.value < json_end(json, object) &&
            json_string_is(json, at.value, name))
            return at.value + 1;
    return JSON_NONE;
}

static uint32_t find_item(const struct json_document *json, uint32_t array, struct slice token)
{
    uint32_t wanted = 0;
    if (token.size == 0 || token.size > 9 || (token.size > 1 && token.data[0] == '0'))
        return JSON_NONE;
    for (size_t i = 0; i < token.size; i++) {
        if (token.data[i] < '0' || token.data[i] > '9')
            return JSON_NONE;
        wanted = 10 * wanted + (uint32_t)(token.data[i] - '0');
    }
    for (uint32_t item = json_first(json, array); item != json_end(json, array);
         item = json_after(json, item))
        if (wanted-- == 0)
            return item;
    return JSON_NONE;
}

static void unescape_token(struct buffer *out, struct slice token)
{
    buffer_reset(out);
    for (size_t i = 0; i < token.size; i++) {
        bool escape = token.data[i] == '~' && i + 1 < token.size;
        if (escape && (token.data[i + 1] == '0' || token.data[i + 1] == '1'))
            buffer_add_char(out, token.data[++i] == '0' ? '~' : '/');
        else
            buffer_add_char(out, token.data[i]);
    }
}

/* Walks a JSON Pointer down from target, minding the resources on the way. */
static bool walk_pointer(struct store *store, struct store_target *target, struct slice pointer)
{
    const struct json_document *json = &store->plan->documents.at[target->document]->json;
    struct buffer token = BUFFER_INIT;
    uint32_t node = target->node;
    bool found = true;
    for (size_t start = 1, end; found && start <= pointer.size; start = end + 1) {
        for (end = start; end < pointer.size && pointer.data[end] != '/';)
            end++;
        unescape_token(&token, (struct slice){pointer.data + start, end - start});
        if (json_type(json, node) == JSON_OBJECT)
            node = store_member(store, target->document, node, buffer_slice(&token));
        else if (json_type(json, node) == JSON_ARRAY)
            node = find_item(json, node, buffer_slice(&token));
        else
            node = JSON_NONE;
        found = node != JSON_NONE;
        if (found)
            target->resource = store_resource_at(store, target->document, node, target->resource);
    }
    buffer_release(&token);
    target->node = node;
    return found;
}

static int follow_fragment(
    struct store *store, struct store_target *out, struct slice fragment, struct buffer *why)
{
    const struct plan_resource *resource = &store->plan->resources.at[out->resource];
    const char *where = *resource->uri ? resource->uri : "this schema";
    out->document = resource->document;
    out->node = resource->node;
    if (fragment.size == 0)
        return 1;
    if (fragment.data[0] == '/') {
        if (walk_pointer(store, out, fragment))
            return 1;
        buffer_add_format(why, "%s has nothing at %.*s", where, (int)fragment.size, fragment.data);
        return 0;
    }
    const struct store_anchor *anchor = store_anchor(store, out->resource, fragment);
    if (!anchor) {
        buffer_add_format(
            why, "%s has no anchor \"%.*s\"", where, (int)fragment.size, fragment.data);
        return 0;
    }
    out->node = anchor->node;
    out->dynamic = anchor->dynamic;
    return 1;
}

int store_follow(struct store *store, struct store_target *out, uint32_t from,
    struct slice reference, struct buffer *why, struct error *error)
{
    const struct plan_resource *base = &store->plan->resources.at[from];
    struct store_dialect fallback = {base->draft, base->vocabularies, base->asserts_formats};
    struct buffer uri = BUFFER_INIT, fragment = BUFFER_INIT;
    int found = 1;

    uri_resolve(&uri, slice_of(base->uri), reference);
    uri_decode(&fragment, uri_split(reference).fragment);
    *out = (struct store_target){.resource = from};
    /* What has no URI can still refer to itself. */
    if (!slice_equal(buffer_slice(&uri), slice_of(base->uri)))
        found = resource_of_uri(store, &out->resource, buffer_text(&uri), fallback, error);
    if (found == 0)
        buffer_add_format(why, "no schema is known under %s", buffer_text(&uri));
    else if (found > 0)
        found = follow_fragment(store, out, buffer_slice(&fragment), why);
    buffer_release(&uri);
    buffer_release(&fragment);
    return found;
}

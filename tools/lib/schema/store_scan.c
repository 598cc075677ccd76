/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "schema/store.h"
#include "schema/uri.h"

/* A schema that is still to be looked through. */
struct waiting {
    uint32_t node, resource;
    bool in_place;
};

struct scan {
    struct store *store;
    const struct json_document *json;
    uint32_t document;
    PLAN_LIST(struct waiting) waiting; /* a stack: nodes come in the order of the text */
    struct error *error;
};

static uint32_t text_member(const struct json_document *json, uint32_t object, const char *name)
{
    uint32_t node = json_get(json, object, name);
    return node != JSON_NONE && json_type(json, node) == JSON_STRING ? node : JSON_NONE;
}

static void add_anchor(
    struct store *store, uint32_t resource, uint32_t node, struct slice name, bool dynamic)
{
    uint64_t hash = table_hash(resource + 1, name);
    struct store_anchor anchor = {resource, node, name, dynamic};
    table_add(&store->by_name, hash, store->anchors.count);
    if (dynamic)
        table_add(&store->by_dynamic, table_hash(0, name), store->anchors.count);
    PLAN_ADD(store->anchors, anchor);
}

static void add_resource(
    struct scan *scan, uint32_t *out, const char *uri, uint32_t node, struct store_dialect dialect)
{
    struct store *store = scan->store;
    struct plan_resource resource = {
        .uri = arena_text(&store->plan->arena, uri),
        .document = scan->document,
        .node = node,
        .draft = dialect.draft,
        .vocabularies = dialect.vocabularies,
        .asserts_formats = dialect.asserts_formats,
    };
    *out = store->plan->resources.count;
    table_add(&store->by_uri, table_hash(0, slice_of(uri)), *out);
    table_add(&store->by_node, table_hash_numbers(scan->document, node), *out);
    PLAN_ADD(store->plan->resources, resource);
}

static struct store_dialect dialect_of_resource(const struct store *store, uint32_t resource)
{
    const struct plan_resource *at = &store->plan->resources.at[resource];
    return (struct store_dialect){at->draft, at->vocabularies, at->asserts_formats};
}

/* $schema, where there is one. */
static int read_dialect(struct scan *scan, struct store_dialect *dialect, uint32_t node)
{
    uint32_t at = text_member(scan->json, node, "$schema");
    if (at == JSON_NONE)
        return 0;
    struct slice text = json_string(scan->json, at, &scan->store->plan->arena);
    struct buffer uri = BUFFER_INIT;
    uri_resolve(&uri, (struct slice){NULL, 0}, text);
    int result = store_dialect_of(scan->store, dialect, buffer_text(&uri), *dialect, scan->error);
    buffer_release(&uri);
    if (result && scan->error && !scan->error->line && !*scan->error->file)
        store_fail(scan->store, scan->document, at, scan->error, "dialect");
    return result;
}

/* The schema's own identifier, JSON_NONE where it has none that counts. */
static uint32_t identifier(const struct scan *scan, uint32_t node, enum schema_dialect draft)
{
    /* Up to draft 7 a $ref makes everything beside it void. */
    if (draft <= SCHEMA_DRAFT_07 && text_member(scan->json, node, "$ref") != JSON_NONE)
        return JSON_NONE;
    return text_member(scan->json, node, draft == SCHEMA_DRAFT_04 ? "id" : "$id");
}

static int open_resource(struct scan *scan, uint32_t node, uint32_t *resource, bool root)
{
    struct store *store = scan->store;
    struct store_dialect dialect = dialect_of_resource(store, *resource), own = dialect;
    if (!root && text_member(scan->json, node, "$schema") != JSON_NONE &&
        (json_get(scan->json, node, "$id") || json_get(scan->json, node, "id")) &&
        read_dialect(scan, &own, node))
        return -1;
    uint32_t id = identifier(scan, node, own.draft);
    if (id == JSON_NONE)
        return 0;

    struct slice text = json_string(scan->json, id, &store->plan->arena);
    struct slice fragment = uri_split(text).fragment;
    struct buffer uri = BUFFER_INIT;
    const char *base = store->plan->resources.at[*resource].uri;
    uri_resolve(&uri, slice_of(base), text);
    if (root) {
        /* The document is known under the name it was found by and under its own. */
        if (!slice_is(buffer_slice(&uri), base)) {
            struct plan_resource *at = &store->plan->resources.at[*resource];
            at->uri = arena_text(&store->plan->arena, buffer_text(&uri));
            table_add(&store->by_uri, table_hash(0, slice_of(at->uri)), *resource);
        }
    } else if (!slice_is(buffer_slice(&uri), base)) {
        add_resource(scan, resource, buffer_text(&uri), node, own);
    }
    buffer_release(&uri);
    if (fragment.size && own.draft <= SCHEMA_DRAFT_07)
        add_anchor(store, *resource, node, fragment, false);
    return 0;
}

static void read_anchors(struct scan *scan, uint32_t node, uint32_t resource)
{
    const struct json_document *json = scan->json;
    struct arena *arena = &scan->store->plan->arena;
    enum schema_dialect draft = scan->store->plan->resources.at[resource].draft;
    uint32_t at;
    if (draft < SCHEMA_2019_09)
        return;
    if ((at = text_member(json, node, "$anchor")))
        add_anchor(scan->store, resource, node, json_string(json, at, arena), false);
    if (draft == SCHEMA_2020_12 && (at = text_member(json, node, "$dynamicAnchor")))
        add_anchor(scan->store, resource, node, json_string(json, at, arena), true);
    at = json_get(json, node, "$recursiveAnchor");
    if (draft == SCHEMA_2019_09 && at && json_type(json, at) == JSON_TRUE)
        add_anchor(scan->store, resource, node, slice_of(""), true);
}

static void wait(struct scan *scan, uint32_t node, uint32_t resource, bool in_place)
{
    if (json_type(scan->json, node) == JSON_OBJECT)
        PLAN_ADD(scan->waiting, ((struct waiting){node, resource, in_place}));
}

/* Keywords whose schemas speak of the value that the schema around them speaks of. */
static bool is_in_place(enum keyword keyword)
{
    switch (keyword) {
    case KEYWORD_ALL_OF:
    case KEYWORD_ANY_OF:
    case KEYWORD_ONE_OF:
    case KEYWORD_NOT:
    case KEYWORD_IF:
    case KEYWORD_THEN:
    case KEYWORD_ELSE:
    case KEYWORD_DEPENDENCIES:
    case KEYWORD_DEPENDENT_SCHEMAS: return true;
    default: return false;
    }
}

static void wait_for_members(
    struct scan *scan, uint32_t node, uint32_t resource, enum keyword keyword)
{
    uint8_t shape = keyword_rows[keyword].shape;
    bool in_place = is_in_place(keyword);
    const struct json_document *json = scan->json;
    bool object = json_type(json, node) == JSON_OBJECT, array = json_type(json, node) == JSON_ARRAY;
    if (object && (shape == KEYWORD_HOLDS_SCHEMA || shape == KEYWORD_HOLDS_EITHER))
        wait(scan, node, resource, in_place);
    else if (object && (shape == KEYWORD_HOLDS_MAP || shape == KEYWORD_HOLDS_DEPENDENCIES))
        for (uint32_t key = json_first(json, node); key != json_end(json, node);
             key = json_after(json, key + 1))
            wait(scan, key + 1, resource, in_place);
    else if (array && (shape == KEYWORD_HOLDS_LIST || shape == KEYWORD_HOLDS_EITHER))
        for (uint32_t item = json_first(json, node); item != json_end(json, node);
             item = json_after(json, item))
            wait(scan, item, resource, in_place);
}

/* What was put on the stack since `from` is taken off in the order of the text. */
static void reverse(struct scan *scan, uint32_t from)
{
    struct waiting *at = scan->waiting.at;
    for (uint32_t to = scan->waiting.count; from + 1 < to; from++) {
        struct waiting swap = at[from];
        at[from] = at[--to];
        at[to] = swap;
    }
}

static int scan_schema(struct scan *scan, struct waiting at)
{
    const struct json_document *json = scan->json;
    if (open_resource(scan, at.node, &at.resource, at.node == 0))
        return -1;
    read_anchors(scan, at.node, at.resource);
    enum schema_dialect draft = scan->store->plan->resources.at[at.resource].draft;
    if (scan->store->keeps)
        PLAN_ADD(scan->store->schemas,
            ((struct store_schema){scan->document, at.node, at.resource, at.in_place}));
    uint32_t mark = scan->waiting.count;
    for (uint32_t key = json_first(json, at.node); key != json_end(json, at.node);
         key = json_after(json, key + 1)) {
        enum keyword keyword =
            keyword_find(json_string(json, key, &scan->store->plan->arena), draft);
        wait_for_members(scan, key + 1, at.resource, keyword);
    }
    reverse(scan, mark);
    return 0;
}

int store_add(struct store *store, uint32_t *document, const char *uri, struct slice text,
    char *owned, struct store_dialect fallback, struct error *error)
{
    struct plan_document *own = arena_zero(&store->plan->arena, 1, sizeof *own);
    own->uri = arena_text(&store->plan->arena, uri);
    own->text = owned;
    *document = store->plan->documents.count;
    PLAN_ADD(store->plan->documents, own);
    if (json_parse(&own->json, text.data, text.size, NULL, error)) {
        /* As store_fail does: the caller knows the file of the schema itself. */
        error_place(error, *document && *uri ? uri : NULL, 0, 0);
        return -1;
    }

    struct scan scan = {.store = store, .json = &own->json, .document = *document, .error = error};
    uint32_t resource;
    add_resource(&scan, &resource, uri, 0, fallback);
    int result = 0;
    if (json_type(&own->json, 0) == JSON_OBJECT) {
        struct store_dialect dialect = fallback;
        result = read_dialect(&scan, &dialect, 0);
        struct plan_resource *root = &store->plan->resources.at[resource];
        root->draft = dialect.draft;
        root->vocabularies = dialect.vocabularies;
        root->asserts_formats = dialect.asserts_formats;
        wait(&scan, 0, resource, false);
    }
    while (!result && scan.waiting.count)
        result = scan_schema(&scan, scan.waiting.at[--scan.waiting.count]);
    free(scan.waiting.at);
    return result;
}

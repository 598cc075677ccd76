/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCHEMA_STORE_H
#define SCHEMA_STORE_H

#include "schema/plan.h"
#include "schema/table.h"

/*
 * The documents that a schema is spread over while it is compiled: which
 * resource (a schema with an identifier) and which anchor stands where. The
 * documents and resources themselves go into the plan, which outlives the store.
 */
struct store_anchor {
    uint32_t resource, node;
    struct slice name; /* "" for $recursiveAnchor */
    bool dynamic;
};

/* A schema object that was found, for who asks for them (keeps). */
struct store_schema {
    uint32_t document, node, resource;
    bool in_place; /* it speaks of the same value as the schema around it */
};

struct store {
    struct plan *plan;
    const struct schema_options *options;
    struct table by_uri, by_node, by_name; /* resources, resources, anchors */
    struct table by_dynamic;               /* anchors that are dynamic, of all resources */
    struct table members, indexed;         /* keys of objects with many, for pointers */
    PLAN_LIST(struct store_anchor) anchors;
    PLAN_LIST(struct store_schema) schemas;
    bool keeps;
    unsigned dialects; /* how many meta-schemas deep $schema is being followed */
};

/* What a resource's meta-schema says about how to read it. */
struct store_dialect {
    enum schema_dialect draft;
    uint32_t vocabularies;
    bool asserts_formats;
};

struct store_target {
    uint32_t document, node, resource;
    bool dynamic; /* it was reached by the name of a $dynamicAnchor */
};

void store_init(struct store *store, struct plan *plan, const struct schema_options *options);
void store_release(struct store *store);

/*
 * Adds a document that is found under uri. owned is the text's memory, which the
 * plan takes (also after a failure), or NULL for one that lasts for ever.
 * fallback is what the document follows where it has no $schema.
 */
int store_add(struct store *store, uint32_t *document, const char *uri, struct slice text,
    char *owned, struct store_dialect fallback, struct error *error) MUST_USE;

/* The dialect that the meta-schema under uri (without fragment) stands for. */
int store_dialect_of(struct store *store, struct store_dialect *out, const char *uri,
    struct store_dialect fallback, struct error *error) MUST_USE;
struct store_dialect store_dialect_default(enum schema_dialect draft);
/* Whether a URI (with or without an empty fragment) is a standard's own meta-schema. */
bool store_standard_dialect(struct store_dialect *out, struct slice uri);

/* Loads the document behind a URI, as the root of a plan. */
int store_open(
    struct store *store, struct store_target *out, const char *uri, struct error *error) MUST_USE;

/*
 * Follows a reference from a resource, loading what it leads to: 1 and the
 * target, 0 and a reason in why where it leads nowhere, -1 with error where a
 * document cannot be read.
 */
int store_follow(struct store *store, struct store_target *out, uint32_t resource,
    struct slice reference, struct buffer *why, struct error *error) MUST_USE;

/* The anchor of that name in a resource, or NULL. */
const struct store_anchor *store_anchor(
    const struct store *store, uint32_t resource, struct slice name);

/* The resource that starts exactly at a node, or around when none does. */
uint32_t store_resource_at(
    const struct store *store, uint32_t document, uint32_t node, uint32_t around);

/* As json_get_slice, with an index for objects with many members. */
uint32_t store_member(struct store *store, uint32_t document, uint32_t object, struct slice name);

/* The URI of the meta-schema of the first document; free it. */
char *store_meta_uri(const struct store *store);

/* Sets an error at a node of a document and returns -1. */
int store_fail(const struct store *store, uint32_t document, uint32_t node, struct error *error,
    const char *format, ...) PRINTF_LIKE(5, 6);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CATALOG_H
#define CATALOG_H

#include "schema/schema.h"
#include "json/document.h"

/*
 * The schemas that documents are held against: one that the user names, or for
 * each line the built-in one of its schema_version, compiled when first met.
 */
struct catalog;

struct catalog_options {
    const char *name; /* --schema: a file, a version, or a shipped schema's name; NULL for none */
    enum schema_dialect dialect; /* for a schema without $schema */
    bool formats_given;          /* else: warn for the versions 0.x, assert otherwise */
    enum schema_formats formats;
    struct schema_resolver resolver;
};

int catalog_create(
    struct catalog **out, const struct catalog_options *options, struct error *error) MUST_USE;
void catalog_free(struct catalog *catalog);

/* The one schema of --schema; NULL where each line chooses. */
const struct schema *catalog_given(const struct catalog *catalog);

enum { CATALOG_SCHEMAS = 8 };

/*
 * 1 and the schema for a document, with its index below CATALOG_SCHEMAS. 0 where
 * the line's version is missing or unknown: *version_node is the value that is
 * wrong, JSON_NONE where there is none. -1 with error where a shipped schema
 * cannot be read. Several threads may call it at a time.
 */
int catalog_find(struct catalog *catalog, const struct json_document *document,
    const struct schema **schema, size_t *index, uint32_t *version_node,
    struct error *error) MUST_USE;

#endif

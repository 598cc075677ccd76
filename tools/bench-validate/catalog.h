/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CATALOG_H
#define CATALOG_H

#include "json/document.h"
#include "schema/schema.h"

/*
 * The schemas that lines are held against: one that the user names, or for each
 * line the built-in one of its schema_version, compiled when first met.
 */
struct catalog;

struct catalog_options {
    const char *name;            /* --schema: a file, a version, or a shipped schema's name; NULL */
    enum schema_dialect dialect; /* for schemas without $schema */
    bool formats_given;          /* else: warn for v0.x, assert otherwise */
    enum schema_formats formats;
};

int catalog_create(
    struct catalog **out, const struct catalog_options *options, struct error *error) MUST_USE;
void catalog_free(struct catalog *catalog);

/* Whether each line chooses its schema by its own version. */
bool catalog_by_version(const struct catalog *catalog);

/* One schema ready to check, and its name for messages. */
enum { CATALOG_SCHEMAS = 8 };

/*
 * The schema for a document and its index below CATALOG_SCHEMAS: 1. 0 where the
 * line's version is missing or unknown: *version_node is the value that is
 * wrong (0, the line, where there is none). -1 with error where a shipped schema
 * cannot be read. May be called by several threads at a time.
 */
int catalog_find(struct catalog *catalog, const struct json_document *document,
    const struct schema **schema, size_t *index, uint32_t *version_node, struct error *error)
    MUST_USE;

#endif

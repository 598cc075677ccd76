/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESOLVER_H
#define RESOLVER_H

#include "base/options.h"
#include "schema/schema.h"

/*
 * Where a schema's references may lead: nowhere but into the folders that the
 * user gave.
 *
 *     --map URI-PREFIX=FOLDER  a URI that begins with the prefix is a file below FOLDER
 *     --schema-dir FOLDER      the files of FOLDER, by their $id and as file: URIs
 */
struct resolver;

int resolver_create(struct resolver **out, const struct option_list *maps,
    const struct option_list *folders, struct error *error) MUST_USE;
void resolver_free(struct resolver *resolver);

/*
 * The file: URI of a schema's file, by its real path, so that relative references
 * lead where they lead in the file system. The caller frees it.
 */
char *resolver_file_uri(const char *path) MUST_USE;

/* For schema_options: borrowed from resolver. */
struct schema_resolver resolver_for_schema(struct resolver *resolver);

#endif

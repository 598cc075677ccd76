/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "catalog.h"

#include "base/memory.h"
#include "record/version.h"
#include "resolver.h"
#include "source/source.h"
#include "tool/place.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA_CEILING ((size_t)256 << 20)

struct catalog {
    struct catalog_options options;
    const struct schema *given; /* one schema for all lines; NULL where each chooses */
    struct schema *owned[CATALOG_SCHEMAS];
    pthread_mutex_t lock; /* around compiling */
};

_Static_assert(
    (int)REPORT_COUNT < (int)CATALOG_SCHEMAS, "the catalog has a place for every version");

static int compile_file(struct schema **out, const char *path, const struct catalog *catalog,
    enum schema_formats formats, struct error *error)
{
    char *text = NULL;
    size_t size;
    char *uri = resolver_file_uri(path);
    struct schema_options options = {.dialect = catalog->options.dialect,
        .formats = formats,
        .uri = uri,
        .resolver = catalog->options.resolver};
    int result = source_read_whole(&text, &size, path, SCHEMA_CEILING, NULL, error);
    if (result == 0)
        result = schema_compile(out, text, size, &options, error);
    error_place(error, path, 0, 0);
    free(text);
    free(uri);
    return result;
}

static enum report_version version_named(const char *name)
{
    return strcmp(name, "current") == 0 ? REPORT_CURRENT : report_version_read(slice_of(name));
}

/* A name without a slash may be a version, or a schema that ships. */
static char *shipped_path(const char *name)
{
    enum report_version version = version_named(name);
    if (version != REPORT_UNKNOWN && version != REPORT_NEWER) {
        char *file = memory_format("schemas/%s", report_version_schema(version));
        char *path = place_data(file);
        free(file);
        return path;
    }
    char *file = memory_format("schemas/%s.schema.json", name);
    char *path = place_data(file);
    free(file);
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

static int compile_given(struct catalog *catalog, struct error *error)
{
    const char *name = catalog->options.name;
    char *path = NULL;
    enum schema_formats formats =
        catalog->options.formats_given ? catalog->options.formats : SCHEMA_FORMATS_ASSERT;
    if (!strchr(name, '/') && access(name, F_OK) != 0) {
        path = shipped_path(name);
        if (!path)
            return error_set(error, ERROR_INPUT,
                "there is no schema \"%s\"; expected a file, current, a version (%s) or the name "
                "of a shipped schema",
                name, report_versions_known());
        bool old = report_version_is_old(version_named(name));
        if (old && !catalog->options.formats_given)
            formats = SCHEMA_FORMATS_WARN;
    }
    struct schema *schema = NULL;
    int result = compile_file(&schema, path ? path : name, catalog, formats, error);
    free(path);
    catalog->owned[0] = schema;
    catalog->given = schema;
    return result;
}

int catalog_create(struct catalog **out, const struct catalog_options *options, struct error *error)
{
    struct catalog *catalog = memory_zero(1, sizeof *catalog);
    catalog->options = *options;
    pthread_mutex_init(&catalog->lock, NULL);
    if (options->name && compile_given(catalog, error) != 0) {
        catalog_free(catalog);
        *out = NULL;
        return -1;
    }
    *out = catalog;
    return 0;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    for (size_t i = 0; i < CATALOG_SCHEMAS; i++)
        schema_free(catalog->owned[i]);
    pthread_mutex_destroy(&catalog->lock);
    free(catalog);
}

const struct schema *catalog_given(const struct catalog *catalog)
{
    return catalog->given;
}

/* Versions that share a file share its schema. */
static size_t place_of(enum report_version version)
{
    for (int i = 0; i < version; i++)
        if (strcmp(report_version_schema((enum report_version)i), report_version_schema(version)) ==
            0)
            return (size_t)i;
    return (size_t)version;
}

static int compile_version(
    struct catalog *catalog, enum report_version version, size_t place, struct error *error)
{
    enum schema_formats formats = catalog->options.formats_given   ? catalog->options.formats
                                  : report_version_is_old(version) ? SCHEMA_FORMATS_WARN
                                                                   : SCHEMA_FORMATS_ASSERT;
    int result = 0;
    pthread_mutex_lock(&catalog->lock);
    if (!catalog->owned[place]) {
        char *file = memory_format("schemas/%s", report_version_schema(version));
        char *path = place_data(file);
        result = compile_file(&catalog->owned[place], path, catalog, formats, error);
        free(path);
        free(file);
    }
    pthread_mutex_unlock(&catalog->lock);
    return result;
}

int catalog_find(struct catalog *catalog, const struct json_document *document,
    const struct schema **schema, size_t *index, uint32_t *version_node, struct error *error)
{
    *version_node = JSON_NONE;
    *index = 0;
    if (catalog->given) {
        *schema = catalog->given;
        return 1;
    }
    if (json_type(document, 0) == JSON_OBJECT)
        *version_node = json_get(document, 0, "schema_version");
    if (*version_node == JSON_NONE || json_type(document, *version_node) != JSON_STRING)
        return 0;
    enum report_version version = report_version_read(json_raw(document, *version_node));
    if (version == REPORT_UNKNOWN || version == REPORT_NEWER)
        return 0;
    *index = place_of(version);
    if (compile_version(catalog, version, *index, error) != 0)
        return -1;
    *schema = catalog->owned[*index];
    return 1;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* realpath */
#include "suite.h"

#include "base/memory.h"
#include "config/check.h"
#include "config/yaml.h"
#include "source/source.h"
#include "suite_bench.h"
#include "tool/config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct suite_reader {
    struct benches *benches;
    struct suite_labels *labels;
    struct arena *arena;
    const struct settings *settings;
    struct schema *schema;
    char *open[SUITE_DEPTH]; /* real paths of the files that include each other */
    size_t depth, files;
};

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    return slash == path ? "/" : arena_text_n(arena, path, (size_t)(slash - path));
}

/* compress.yaml is compress, and so is dir/compress.bench.yaml. */
static const char *suite_name(struct arena *arena, const struct yaml *yaml, const char *path)
{
    const struct json_document *document = &yaml->document;
    uint32_t given = json_get(document, 0, "suite");
    if (given != JSON_NONE)
        return suite_text(document, given, arena);
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    return arena_text_n(arena, base, strcspn(base, "."));
}

static int read_file(struct suite_reader *reader, const char *path, struct error *error);

/* A file that cannot be opened is the fault of the line that names it. */
static void blame_include(
    struct error *error, const struct yaml *yaml, uint32_t item, const char *path)
{
    struct yaml_place place = yaml_place(yaml, item);
    if (error->file[0] && error->line == 0) {
        const struct error inner = *error;
        error_clear(error);
        error_set(error, inner.code, "%s: %s", inner.file, inner.text);
    }
    error_place(error, path, place.line, place.column);
}

static int read_includes(struct suite_reader *reader, const struct yaml *yaml, const char *folder,
    const char *path, struct error *error)
{
    const struct json_document *document = &yaml->document;
    uint32_t list = json_get(document, 0, "include");
    if (list == JSON_NONE)
        return 0;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item)) {
        const char *name = suite_text(document, item, reader->arena);
        const char *whole =
            folder && name[0] != '/' ? arena_format(reader->arena, "%s/%s", folder, name) : name;
        if (read_file(reader, whole, error) != 0) {
            blame_include(error, yaml, item, path);
            return -1;
        }
    }
    return 0;
}

static void read_labels(struct suite_reader *reader, const struct yaml *yaml)
{
    size_t count;
    const struct label *labels = suite_label_list(
        &yaml->document, json_get(&yaml->document, 0, "labels"), reader->arena, &count);
    for (size_t i = 0; i < count; i++) {
        MEMORY_GROW(reader->labels->items, reader->labels->count, reader->labels->capacity);
        reader->labels->items[reader->labels->count++] = labels[i];
    }
}

static int read_benchmarks(struct suite_reader *reader, const struct yaml *yaml, const char *folder,
    const char *path, struct error *error)
{
    const struct json_document *document = &yaml->document;
    uint32_t list = json_get(document, 0, "benchmarks");
    struct suite_context context = {.yaml = yaml,
        .arena = reader->arena,
        .settings = reader->settings,
        .suite = suite_name(reader->arena, yaml, path),
        .file = path,
        .folder = folder,
        .defaults = json_get(document, 0, "defaults")};
    if (list == JSON_NONE)
        return 0;
    for (uint32_t item = json_first(document, list); item != json_end(document, list);
         item = json_after(document, item))
        if (suite_add_bench(reader->benches, &context, item, error) != 0) {
            error_place(error, path, 0, 0);
            return -1;
        }
    return 0;
}

static int read_document(
    struct suite_reader *reader, const struct yaml *yaml, const char *path, struct error *error)
{
    const char *folder = folder_of(reader->arena, path);
    if (config_check(yaml, reader->schema, path, &tool_faults, error) != 0 ||
        config_check_suite(yaml, path, &tool_faults, error) != 0)
        return -1;
    if (read_includes(reader, yaml, folder, path, error) != 0)
        return -1;
    read_labels(reader, yaml);
    return read_benchmarks(reader, yaml, folder, path, error);
}

/* A file that includes itself by a detour would never end. */
static int enter(struct suite_reader *reader, const char *path, struct error *error)
{
    char *real = realpath(path, NULL);
    if (!real) /* "-", or not there: opening it says so */
        real = memory_text(path);
    for (size_t i = 0; i < reader->depth; i++)
        if (strcmp(reader->open[i], real) == 0) {
            free(real);
            return error_set(error, ERROR_CONTENT, "%s includes itself", path);
        }
    if (reader->depth == SUITE_DEPTH || ++reader->files > SUITE_INCLUDES) {
        free(real);
        return error_set(error, ERROR_CONTENT,
            "%s: more than %d suites, or %d inside each other; expected fewer", path,
            SUITE_INCLUDES, SUITE_DEPTH);
    }
    reader->open[reader->depth++] = real;
    return 0;
}

static int read_file(struct suite_reader *reader, const char *path, struct error *error)
{
    struct yaml yaml = YAML_INIT;
    char *text = NULL;
    size_t size = 0;
    if (strncmp(path, SOURCE_GIT, strlen(SOURCE_GIT)) == 0)
        return error_set(error, ERROR_INPUT,
            "%s: a suite runs in the folder of its file, and this one is in none; expected a file",
            path);
    if (enter(reader, path, error) != 0)
        return -1;
    int result = source_read_whole(&text, &size, path, YAML_CEILING, NULL, error);
    if (result == 0) {
        result = yaml_read(&yaml, (struct slice){text, size}, error);
        if (result == 0)
            result = read_document(reader, &yaml, path, error);
        if (result != 0)
            error_place(error, path, 0, 0);
    }
    yaml_release(&yaml);
    free(text);
    free(reader->open[--reader->depth]);
    return result;
}

int suite_read(struct benches *benches, struct suite_labels *labels, struct arena *arena,
    const struct settings *settings, const char *path, struct error *error)
{
    struct suite_reader reader = {
        .benches = benches, .labels = labels, .arena = arena, .settings = settings};
    int result = tool_schema(&reader.schema, "suite.schema.json", error);
    if (result == 0)
        result = read_file(&reader, path, error);
    schema_free(reader.schema);
    return result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "resolver.h"

#include "base/memory.h"
#include "schema/uri.h"
#include "source/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

ANALYZER_LOSES_OWNERS

#define SCHEMA_CEILING ((size_t)256 << 20)

struct map {
    char *prefix, *folder; /* folder: the real path */
};

/* A schema of --schema-dir by the name it gives itself. */
struct known {
    char *uri, *path;
};

struct resolver {
    struct map *maps;
    size_t map_count, map_capacity;
    struct known *known;
    size_t known_count, known_capacity;
};

/* The file: URI of a path that begins with a slash. */
static char *encode_path(const char *path)
{
    struct buffer uri = BUFFER_INIT;
    buffer_add_text(&uri, "file://");
    uri_encode_path(&uri, path);
    buffer_add_char(&uri, '\0');
    return buffer_steal(&uri);
}

char *resolver_file_uri(const char *path)
{
    char *real = realpath(path, NULL);
    /* What has none, such as standard input, is the root's child. */
    char *full = real ? real : memory_format("/%s", path);
    char *uri = encode_path(full);
    free(full);
    return uri;
}

static char *real_folder(const char *folder, struct error *error)
{
    char *path = realpath(folder, NULL);
    if (!path)
        error_system(error, ERROR_INPUT, errno, "cannot open the folder %s", folder);
    return path;
}

static void add_map(struct resolver *resolver, char *prefix, char *folder)
{
    MEMORY_GROW(resolver->maps, resolver->map_count, resolver->map_capacity);
    resolver->maps[resolver->map_count++] = (struct map){prefix, folder};
}

static int take_map(struct resolver *resolver, const char *text, struct error *error)
{
    const char *equals = strrchr(text, '=');
    if (!equals || equals == text)
        return error_set(
            error, ERROR_USAGE, "--map: \"%s\" has no '='; expected URI-PREFIX=FOLDER", text);
    char *folder = real_folder(equals + 1, error);
    if (!folder)
        return -1;
    add_map(resolver, memory_text_n(text, (size_t)(equals - text)), folder);
    return 0;
}

/* What a schema calls itself, without the fragment; NULL for nothing, or no schema. */
static char *own_uri(const char *path)
{
    struct json_document document = JSON_DOCUMENT_INIT;
    struct error ignored = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    char *text = NULL, *uri = NULL;
    size_t size;
    if (source_read_whole(&text, &size, path, SCHEMA_CEILING, NULL, &ignored) == 0 &&
        json_parse(&document, text, size, NULL, &ignored) == 0 &&
        json_type(&document, 0) == JSON_OBJECT) {
        uint32_t id = json_get(&document, 0, "$id");
        if (id == JSON_NONE)
            id = json_get(&document, 0, "id");
        if (id != JSON_NONE && json_type(&document, id) == JSON_STRING) {
            struct slice value = json_string(&document, id, &arena);
            const char *hash = value.size ? memchr(value.data, '#', value.size) : NULL;
            uri = memory_text_n(value.data, hash ? (size_t)(hash - value.data) : value.size);
        }
    }
    arena_release(&arena);
    json_release(&document);
    free(text);
    return uri;
}

static void learn_file(struct resolver *resolver, const char *folder, const char *name)
{
    size_t length = strlen(name);
    if (length < 6 || strcmp(name + length - 5, ".json") != 0)
        return;
    char *path = memory_format("%s/%s", folder, name);
    char *uri = own_uri(path);
    if (!uri || uri[0] == '\0') {
        free(uri);
        free(path);
        return;
    }
    MEMORY_GROW(resolver->known, resolver->known_count, resolver->known_capacity);
    resolver->known[resolver->known_count++] = (struct known){uri, path};
}

static int take_folder(struct resolver *resolver, const char *folder, struct error *error)
{
    char *real = real_folder(folder, error);
    if (!real)
        return -1;
    DIR *stream = opendir(real);
    if (!stream) {
        error_system(error, ERROR_INPUT, errno, "cannot open the folder %s", folder);
        free(real);
        return -1;
    }
    for (const struct dirent *entry; (errno = 0, entry = readdir(stream)) != NULL;)
        learn_file(resolver, real, entry->d_name);
    int number = errno;
    closedir(stream);
    if (number != 0) {
        error_system(error, ERROR_INPUT, number, "cannot read the folder %s", folder);
        free(real);
        return -1;
    }
    char *uri = encode_path(real);
    add_map(resolver, memory_format("%s/", uri), real);
    free(uri);
    return 0;
}

int resolver_create(struct resolver **out, const struct option_list *maps,
    const struct option_list *folders, struct error *error)
{
    struct resolver *resolver = memory_zero(1, sizeof *resolver);
    int result = 0;
    for (size_t i = 0; i < maps->count && result == 0; i++)
        result = take_map(resolver, maps->items[i], error);
    for (size_t i = 0; i < folders->count && result == 0; i++)
        result = take_folder(resolver, folders->items[i], error);
    if (result != 0) {
        resolver_free(resolver);
        resolver = NULL;
    }
    *out = resolver;
    return result;
}

void resolver_free(struct resolver *resolver)
{
    if (!resolver)
        return;
    for (size_t i = 0; i < resolver->map_count; i++) {
        free(resolver->maps[i].prefix);
        free(resolver->maps[i].folder);
    }
    for (size_t i = 0; i < resolver->known_count; i++) {
        free(resolver->known[i].uri);
        free(resolver->known[i].path);
    }
    free(resolver->maps);
    free(resolver->known);
    free(resolver);
}

/* The real path of folder/rest, as a URI has it, where it lies inside the folder; else NULL. */
static char *inside(const char *folder, const char *rest)
{
    struct buffer name = BUFFER_INIT;
    uri_decode(&name, slice_of(rest));
    char *joined = memory_format("%s/%s", folder, buffer_text(&name));
    bool cut = name.size > 0 && memchr(name.data, '\0', name.size);
    buffer_release(&name);
    char *real = cut ? NULL : realpath(joined, NULL);
    size_t length = strlen(folder);
    free(joined);
    if (real && strncmp(real, folder, length) == 0 && real[length] == '/')
        return real;
    free(real);
    return NULL;
}

static int read_schema(char **text, size_t *size, const char *path, struct error *error)
{
    return source_read_whole(text, size, path, SCHEMA_CEILING, NULL, error) == 0 ? 1 : -1;
}

static int find(void *context, const char *uri, char **text, size_t *size, struct error *error)
{
    const struct resolver *resolver = context;
    for (size_t i = 0; i < resolver->known_count; i++)
        if (strcmp(resolver->known[i].uri, uri) == 0)
            return read_schema(text, size, resolver->known[i].path, error);
    for (size_t i = 0; i < resolver->map_count; i++) {
        const struct map *map = &resolver->maps[i];
        size_t length = strlen(map->prefix);
        if (strncmp(uri, map->prefix, length) != 0)
            continue;
        char *path = inside(map->folder, uri + length);
        if (!path)
            continue;
        int result = read_schema(text, size, path, error);
        free(path);
        return result;
    }
    return 0;
}

struct schema_resolver resolver_for_schema(struct resolver *resolver)
{
    return (struct schema_resolver){find, resolver};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "template.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "document/markdown.h"
#include "tool/place.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- names ---- */
struct names {
    char **items; /* "name\0path\0" in one piece each */
    size_t count, capacity;
};

static bool ends_in_suffix(const char *name)
{
    size_t length = strlen(name), suffix = strlen(FOLDER_SUFFIX);
    return length > suffix && strcmp(name + length - suffix, FOLDER_SUFFIX) == 0;
}

static const char *path_of(const char *item)
{
    return item + strlen(item) + 1;
}

static bool is_listed(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

static void add_name(struct names *names, const char *folder, const char *file)
{
    size_t length = strlen(file) - strlen(FOLDER_SUFFIX);
    size_t size = length + 1 + strlen(folder) + 1 + strlen(file) + 1;
    char *item = memory_take(size);
    memcpy(item, file, length);
    item[length] = '\0';
    if (is_listed(names, item)) {
        free(item);
        return;
    }
    memcpy(item + length + 1, folder, strlen(folder));
    item[length + 1 + strlen(folder)] = '/';
    memcpy(item + length + 1 + strlen(folder) + 1, file, strlen(file) + 1);
    MEMORY_GROW(names->items, names->count, names->capacity);
    names->items[names->count++] = item;
}

static int names_in(struct names *names, const char *folder, bool needed, struct error *error)
{
    DIR *stream = opendir(folder);
    if (!stream && (needed || errno != ENOENT))
        return error_system(error, ERROR_INPUT, errno, "cannot open the folder %s", folder);
    if (!stream)
        return 0;
    for (const struct dirent *entry; (entry = readdir(stream));)
        if (entry->d_name[0] != '.' && ends_in_suffix(entry->d_name))
            add_name(names, folder, entry->d_name);
    closedir(stream);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int names_find(struct names *names, const struct settings *settings, struct error *error)
{
    int result = 0;
    for (size_t i = 0; i < settings->templates.count && result == 0; i++)
        result = names_in(names, settings->templates.items[i], true, error);
    char *shipped = place_data("templates");
    if (result == 0)
        result = names_in(names, shipped, false, error);
    free(shipped);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return result;
}

static void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static int unknown_name(const struct names *names, const char *name, struct error *error)
{
    size_t limit = nearest_limit(strlen(name)), best = limit + 1;
    const char *near = NULL;
    for (size_t i = 0; i < names->count; i++) {
        size_t distance = nearest_distance(slice_of(name), slice_of(names->items[i]), limit);
        if (distance < best) {
            best = distance;
            near = names->items[i];
        }
    }
    if (near)
        return error_set(error, ERROR_USAGE,
            "there is no template \"%s\"; did you mean \"%s\"? (a file is named with its folder: "
            "./%s)",
            name, near, name);
    return error_set(error, ERROR_USAGE,
        "there is no template \"%s\"; --list names them (a file is named with its folder: ./%s)",
        name, name);
}

/* The path of the template; the caller frees it. */
static char *find_path(const struct settings *settings, struct error *error)
{
    const char *wanted = settings->template;
    struct names names = {NULL, 0, 0};
    char *path = NULL;
    if (strpbrk(wanted, "/."))
        return memory_text(wanted);
    if (names_find(&names, settings, error) == 0) {
        for (size_t i = 0; i < names.count && !path; i++)
            if (strcmp(names.items[i], wanted) == 0)
                path = memory_text(path_of(names.items[i]));
        if (!path)
            unknown_name(&names, wanted, error);
    }
    names_release(&names);
    return path;
}

/* ---- loading ---- */
static void add_folder(struct template *template, char *folder)
{
    MEMORY_GROW(template->folders, template->folder_count, template->folder_capacity);
    template->folders[template->folder_count++] = folder;
}

static void add_folders(
    struct template *template, const struct settings *settings, const char *path)
{
    for (size_t i = 0; i < settings->partials.count; i++)
        add_folder(template, memory_text(settings->partials.items[i]));
    const char *slash = strrchr(path, '/');
    char *own = slash == path ? memory_text("/")
                : slash       ? memory_text_n(path, (size_t)(slash - path))
                              : memory_text(".");
    add_folder(template, own);
    add_folder(template, memory_format("%s/partials", own));
    add_folder(template, place_data("templates/partials"));
    template->partials = (struct folders){template->folders, template->folder_count};
    template->loader = (struct mustache_loader){folder_load, &template->partials};
}

static int check_folders(const struct settings *settings, struct error *error)
{
    for (size_t i = 0; i < settings->partials.count; i++)
        if (access(settings->partials.items[i], R_OK | X_OK) != 0)
            return error_system(error, ERROR_INPUT, errno, "cannot open the folder %s",
                settings->partials.items[i]);
    return 0;
}

int template_load(struct template *template, const struct settings *settings, struct error *error)
{
    static const struct source_options files = {NULL, NULL, true};
    *template = (struct template){.compiled = NULL};
    char *path = check_folders(settings, error) == 0 ? find_path(settings, error) : NULL;
    char *text = NULL;
    size_t size;
    int result = -1;
    if (path)
        result = source_read_whole(&text, &size, path, MUSTACHE_SOURCE, &files, error);
    if (result == 0)
        result = mustache_compile(&template->compiled, (struct slice){text, size}, path, error);
    if (result == 0)
        add_folders(template, settings, path);
    free(text);
    free(path);
    return result;
}

void template_release(struct template *template)
{
    mustache_free(template->compiled);
    for (size_t i = 0; i < template->folder_count; i++)
        free((char *)template->folders[i]);
    free(template->folders);
}

/* ---- listing ---- */
/* What a template says of itself: the comment it begins with. */
static struct slice description(const char *text, size_t size)
{
    static const char opening[] = "{{!";
    const char *end = text;
    if (size < sizeof opening || memcmp(text, opening, sizeof opening - 1) != 0)
        return (struct slice){"", 0};
    text += sizeof opening - 1;
    while (*text == ' ')
        text++;
    for (end = text; *end != '\0' && *end != '\n' && strncmp(end, "}}", 2) != 0; end++)
        ;
    while (end > text && end[-1] == ' ')
        end--;
    return (struct slice){text, (size_t)(end - text)};
}

int template_list(const struct settings *settings, struct output *out, struct error *error)
{
    static const struct source_options files = {NULL, NULL, true};
    struct names names = {NULL, 0, 0};
    struct buffer line = BUFFER_INIT;
    int result = names_find(&names, settings, error);
    for (size_t i = 0; i < names.count && result == 0; i++) {
        char *text = NULL;
        size_t size;
        result = source_read_whole(
            &text, &size, path_of(names.items[i]), MUSTACHE_SOURCE, &files, error);
        if (result == 0) {
            struct slice what = description(text, size);
            buffer_reset(&line);
            buffer_add_format(&line, "%-12s %.*s\n", names.items[i], (int)what.size, what.data);
            output_write(out, buffer_slice(&line), error);
        }
        free(text);
    }
    buffer_release(&line);
    names_release(&names);
    return result;
}

/* ---- rendering ---- */
static void escape_none(struct buffer *out, struct slice text)
{
    buffer_add_slice(out, text);
}

int template_render(struct buffer *out, const struct template *template,
    const struct settings *settings, const struct view *view, struct error *error)
{
    static void (*const escapes[])(struct buffer *, struct slice) = {
        mustache_escape_html, markdown_text, escape_none};
    int usual = settings->json ? ESCAPE_HTML : ESCAPE_MARKDOWN;
    struct mustache_options options = {
        .escape = escapes[settings->escape == ESCAPE_UNSET ? usual : settings->escape],
        .loader = &template->loader,
        .strict = settings->json == NULL};
    return mustache_render(out, template->compiled, view, &options, error);
}

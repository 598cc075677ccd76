/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "template.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "document/formats.h"
#include "document/markdown.h"
#include "record/access.h"
#include "tool/config.h"
#include "tool/place.h"
#include "json/writer.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- names ---- */
struct named {
    const char *name, *path;
};

/* The templates that can be named; texts live in the arena. */
struct named_list {
    struct arena *arena;
    struct named *items;
    size_t count, capacity;
};

static bool ends_in_suffix(const char *name)
{
    size_t length = strlen(name), suffix = strlen(FOLDER_SUFFIX);
    return length > suffix && strcmp(name + length - suffix, FOLDER_SUFFIX) == 0;
}

static bool is_listed(const struct named_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return true;
    return false;
}

static void add_name(struct named_list *list, const char *folder, const char *file)
{
    const char *name = arena_text_n(list->arena, file, strlen(file) - strlen(FOLDER_SUFFIX));
    if (is_listed(list, name))
        return;
    MEMORY_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] =
        (struct named){name, arena_format(list->arena, "%s/%s", folder, file)};
}

static int names_in(struct named_list *list, const char *folder, bool needed, struct error *error)
{
    DIR *stream = opendir(folder);
    if (!stream && (needed || errno != ENOENT))
        return error_system(error, errno == ENOMEM ? ERROR_MACHINE : ERROR_INPUT, errno,
            "cannot open the folder %s", folder);
    if (!stream)
        return 0;
    for (const struct dirent *entry; (errno = 0, entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.' && ends_in_suffix(entry->d_name))
            add_name(list, folder, entry->d_name);
    int number = errno;
    closedir(stream);
    return number == 0
               ? 0
               : error_system(error, ERROR_INPUT, number, "cannot read the folder %s", folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static int names_find(struct named_list *list, const struct settings *settings, struct error *error)
{
    int result = 0;
    for (size_t i = 0; i < settings->templates.count && result == 0; i++)
        result = names_in(list, settings->templates.items[i], true, error);
    char *shipped = place_data("templates");
    if (result == 0)
        result = names_in(list, shipped, false, error);
    free(shipped);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_name);
    return result;
}

static void unknown_name(const struct named_list *list, const char *name, struct error *error)
{
    size_t limit = nearest_limit(strlen(name)), best = limit + 1;
    const char *near = NULL;
    for (size_t i = 0; i < list->count; i++) {
        size_t distance = nearest_distance(slice_of(name), slice_of(list->items[i].name), limit);
        if (distance < best) {
            best = distance;
            near = list->items[i].name;
        }
    }
    if (near)
        error_set(error, ERROR_USAGE,
            "there is no template \"%s\"; did you mean \"%s\"? (a file is named with its "
            "folder: ./%s)",
            name, near, name);
    else
        error_set(error, ERROR_USAGE,
            "there is no template \"%s\"; --list names them (a file is named with its folder: "
            "./%s)",
            name, name);
}

/* The path of the template, NULL with error. */
static const char *find_path(
    struct arena *arena, const struct settings *settings, struct error *error)
{
    const char *wanted = settings->template, *path = NULL;
    struct named_list list = {.arena = arena};
    if (strpbrk(wanted, "/."))
        return wanted;
    if (names_find(&list, settings, error) == 0) {
        for (size_t i = 0; i < list.count && !path; i++)
            if (strcmp(list.items[i].name, wanted) == 0)
                path = list.items[i].path;
        if (!path)
            unknown_name(&list, wanted, error);
    }
    free(list.items);
    return path;
}

/* ---- loading ---- */
static void find_folders(
    struct template_set *template, const struct settings *settings, const char *path)
{
    struct arena *arena = &template->arena;
    size_t count = 0, most = settings->partials.count + 3;
    const char **folders = arena_zero(arena, most, sizeof *folders);
    for (size_t i = 0; i < settings->partials.count; i++)
        folders[count++] = settings->partials.items[i];
    const char *slash = strrchr(path, '/');
    const char *own = slash == path ? "/"
                      : slash       ? arena_text_n(arena, path, (size_t)(slash - path))
                                    : ".";
    char *shipped = place_data("templates/partials");
    folders[count++] = own;
    folders[count++] = arena_format(arena, "%s/partials", own);
    folders[count++] = arena_text(arena, shipped);
    free(shipped);
    template->partials = (struct folders){folders, count};
    template->loader = (struct mustache_loader){folder_load, &template->partials};
}

static int check_folders(const struct settings *settings, struct error *error)
{
    for (size_t i = 0; i < settings->partials.count; i++)
        if (access(settings->partials.items[i], R_OK | X_OK) != 0)
            return error_system(error, errno == ENOMEM ? ERROR_MACHINE : ERROR_INPUT, errno,
                "cannot open the folder %s", settings->partials.items[i]);
    return 0;
}

/* The front matter, and what stands behind it. */
static int read_text(struct template_set *template, const struct settings *settings,
    struct slice text, const char *path, struct error *error)
{
    struct front_parts parts = front_split(text);
    struct schema *schema = NULL;
    int result = parts.yaml.data ? tool_schema(&schema, "template-v1.0.schema.json", error) : 0;
    if (result == 0)
        result = front_read(
            &template->front, parts.yaml, path, schema, &tool_faults, &template->arena, error);
    template->page = settings->html &&template->front.page.data;
    if (template->page)
        parts.body = slice_of(arena_format(&template->arena, "{{>%.*s}}\n",
            (int)template->front.page.size, template->front.page.data));
    if (result == 0)
        result = mustache_compile_at(&template->compiled, parts.body, path, parts.body_line, error);
    schema_free(schema);
    return result;
}

int template_load(
    struct template_set *template, const struct settings *settings, struct error *error)
{
    static const struct source_options files = {NULL, NULL, true};
    char *text = NULL;
    size_t size;
    *template = (struct template_set){.compiled = NULL};
    if (check_folders(settings, error) != 0)
        return -1;
    const char *path = find_path(&template->arena, settings, error);
    if (!path || source_read_whole(&text, &size, path, MUSTACHE_SOURCE, &files, error) != 0)
        return -1;
    find_folders(template, settings, path);
    int result = read_text(template, settings, (struct slice){text, size}, path, error);
    free(text);
    return result;
}

void template_release(struct template_set *template)
{
    mustache_free(template->compiled);
    arena_release(&template->arena);
}

/* ---- listing ---- */
/* What a template says of itself in the comment it begins with. */
static struct slice comment_of(const char *text, size_t size)
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

/* The description in the front matter, else the comment. What is wrong is told when it is used. */
static struct slice description(const char *text, size_t size, struct arena *arena)
{
    struct front_parts parts = front_split((struct slice){text, size});
    struct yaml yaml = YAML_INIT;
    struct slice found = {NULL, 0};
    if (parts.yaml.data && yaml_read(&yaml, parts.yaml, NULL) == 0)
        found = access_text(&yaml.document, ACCESS_ROOT, "description", arena);
    yaml_release(&yaml);
    return found.data ? found : comment_of(parts.body.data, parts.body.size);
}

static int list_one(
    const struct named *item, struct output *out, struct arena *arena, struct error *error)
{
    static const struct source_options files = {NULL, NULL, true};
    struct buffer line = BUFFER_INIT;
    char *text = NULL;
    size_t size;
    if (source_read_whole(&text, &size, item->path, MUSTACHE_SOURCE, &files, error) != 0)
        return -1;
    struct slice what = description(text, size, arena);
    buffer_add_format(&line, "%-16s %.*s\n", item->name, (int)what.size, what.data);
    int result = output_write(out, buffer_slice(&line), error);
    buffer_release(&line);
    free(text);
    return result;
}

int template_list(const struct settings *settings, struct output *out, struct error *error)
{
    struct arena arena = ARENA_INIT;
    struct named_list list = {.arena = &arena};
    int result = names_find(&list, settings, error);
    for (size_t i = 0; i < list.count && result == 0; i++)
        result = list_one(&list.items[i], out, &arena, error);
    free(list.items);
    arena_release(&arena);
    return result;
}

/* ---- rendering ---- */
static void escape_none(struct buffer *out, struct slice text)
{
    buffer_add_slice(out, text);
}

/* What stands between the quotes of a JSON string. */
static void escape_json(struct buffer *out, struct slice text)
{
    struct buffer string = BUFFER_INIT;
    struct json_writer writer = json_writer(&string, 0);
    json_write_slice(&writer, text);
    buffer_add(out, string.data + 1, string.size - 2);
    buffer_release(&string);
}

static int usual_escape(const struct template_set *template, const struct settings *settings)
{
    static const int escapes[] = {[FRONT_MARKDOWN] = ESCAPE_MARKDOWN,
        [FRONT_SVG] = ESCAPE_HTML,
        [FRONT_JSON] = ESCAPE_JSON,
        [FRONT_TEXT] = ESCAPE_NONE};
    enum front_format format = template->front.format;
    if (template->page)
        return ESCAPE_HTML;
    return format == FRONT_MARKDOWN && settings->json ? ESCAPE_HTML : escapes[format];
}

/* One rendering, as often as it takes to fit. */
struct rendering {
    struct buffer *out;
    const struct mustache *compiled;
    const struct view *view;
    const struct mustache_options *options;
};

static int render_once(void *context, size_t *size, struct error *error)
{
    const struct rendering *rendering = context;
    buffer_reset(rendering->out);
    if (mustache_render(
            rendering->out, rendering->compiled, rendering->view, rendering->options, error) != 0)
        return -1;
    *size = rendering->out->size;
    return 0;
}

int template_render(struct buffer *out, struct template_set *template,
    const struct settings *settings, struct view *view, struct error *error)
{
    static void (*const escapes[])(struct buffer *, struct slice) = {
        mustache_escape_html, markdown_text, escape_none, escape_json};
    int usual = usual_escape(template, settings);
    const struct mustache_options options = {
        .escape = escapes[settings->escape == ESCAPE_UNSET ? usual : settings->escape],
        .loader = &template->loader,
        .strict = settings->json == NULL};
    struct rendering rendering = {out, template->compiled, view, &options};
    const struct front_render render = {render_once, &rendering};
    if (front_arrange(&template->front, &template->arena, view, error) != 0)
        return -1;
    if (view->type == VIEW_OBJECT && !view_get(view, slice_of("as")))
        formats_add(&template->arena, view);
    return front_fit(&template->front, &template->arena, view, &render, error);
}

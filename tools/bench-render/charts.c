/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "charts.h"

#include "base/memory.h"
#include "base/output.h"
#include "document/charts.h"
#include "document/markdown.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The folder of the document; the caller frees it. */
static char *document_folder(const struct settings *settings)
{
    const char *slash = settings->output ? strrchr(settings->output, '/') : NULL;
    if (!slash)
        return memory_text(".");
    return slash == settings->output
               ? memory_text("/")
               : memory_text_n(settings->output, (size_t)(slash - settings->output));
}

/* charts/2026-02-11-samples.svg beside 2026-02-11.md, charts/samples.svg for standard output. */
static char *chart_path(const struct settings *settings, const char *name)
{
    const char *folder = settings->charts ? settings->charts : "charts";
    const char *slash = settings->output ? strrchr(settings->output, '/') : NULL;
    const char *file = slash ? slash + 1 : settings->output;
    if (!file || strcmp(file, "-") == 0)
        return memory_format("%s/%s.svg", folder, name);
    const char *dot = strrchr(file, '.');
    size_t stem = dot && dot != file ? (size_t)(dot - file) : strlen(file);
    return memory_format("%s/%.*s-%s.svg", folder, (int)stem, file, name);
}

static void add_chart(struct charts *charts, const struct settings *settings, const char *name,
    const char *alternative, struct buffer *svg, struct arena *arena, struct view *object)
{
    struct chart *chart = &charts->items[charts->count++];
    struct buffer image = BUFFER_INIT;
    struct view *view = view_object(arena);
    *chart = (struct chart){name, chart_path(settings, name), *svg};
    buffer_add_char(&image, '!');
    markdown_link(&image, slice_of(alternative), slice_of(chart->path));
    view_set(arena, view, "image", view_slice(arena, buffer_slice(&image)));
    view_set(arena, view, "path", view_text(arena, chart->path));
    view_set(arena, object, name, view);
    buffer_release(&image);
}

/* A block in the document instead of a file beside it. */
static void draw_mermaid(const struct material *material, struct arena *arena, struct view *object)
{
    struct buffer block = BUFFER_INIT;
    struct view *view = view_object(arena);
    if (chart_changes_mermaid(&block, &material->comparisons)) {
        view_set(arena, view, "image", view_slice(arena, buffer_slice(&block)));
        view_set(arena, object, "changes", view);
    }
    buffer_release(&block);
}

void charts_draw(struct charts *charts, const struct settings *settings,
    const struct material *material, struct arena *arena, struct view *view)
{
    struct buffer samples = BUFFER_INIT, changes = BUFFER_INIT, trends = BUFFER_INIT;
    struct view *object = view_object(arena);
    if (settings->mermaid) {
        draw_mermaid(material, arena, object);
        view_set(arena, view, "charts", object);
        return;
    }
    if (!settings->charts && !settings->html)
        return;
    if (chart_samples(&samples, &material->collection))
        add_chart(charts, settings, "samples",
            "The samples of each benchmark, with quartiles and median", &samples, arena, object);
    if (chart_changes(&changes, &material->comparisons))
        add_chart(charts, settings, "changes", "The change of each benchmark, with its interval",
            &changes, arena, object);
    if (chart_trends(&trends, &material->trends))
        add_chart(charts, settings, "trends", "Each series over time, with its steps", &trends,
            arena, object);
    view_set(arena, view, "charts", object);
}

void charts_release(struct charts *charts)
{
    for (size_t i = 0; i < charts->count; i++) {
        free(charts->items[i].path);
        buffer_release(&charts->items[i].svg);
    }
}

static int write_chart(const char *folder, const struct chart *chart, struct error *error)
{
    char *path = memory_format("%s/%s", folder, chart->path);
    struct output *out = NULL;
    int result = output_open(&out, path, error);
    if (result == 0) {
        output_write(out, buffer_slice(&chart->svg), error);
        result = output_commit(out, error);
    }
    free(path);
    return result;
}

int charts_write(const struct charts *charts, const struct settings *settings, struct error *error)
{
    if (!settings->charts || settings->html || charts->count == 0)
        return 0;
    char *folder = document_folder(settings);
    char *own = memory_format("%s/%s", folder, settings->charts);
    int result = 0;
    if (mkdir(own, 0777) != 0 && errno != EEXIST)
        result = error_system(error, ERROR_MACHINE, errno, "cannot make the folder %s", own);
    for (size_t i = 0; i < charts->count && result == 0; i++)
        result = write_chart(folder, &charts->items[i], error);
    free(own);
    free(folder);
    return result;
}

static int find_image(
    void *context, struct slice path, struct buffer *bytes, const char **type, struct error *error)
{
    const struct charts *charts = context;
    (void)error;
    for (size_t i = 0; i < charts->count; i++)
        if (slice_is(path, charts->items[i].path)) {
            buffer_add_slice(bytes, buffer_slice(&charts->items[i].svg));
            *type = "image/svg+xml";
            return 1;
        }
    return 0;
}

struct html_options charts_html(struct charts *charts)
{
    return (struct html_options){find_image, charts};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"
#include "charts.h"
#include "check.h"
#include "commit.h"
#include "data.h"
#include "document/markdown_html.h"
#include "document/view_json.h"
#include "report.h"
#include "settings.h"
#include "template.h"
#include "tool/options.h"
#include "tool/place.h"
#include "tool/tool.h"
#include "views.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const escape_names[] = {"html", "markdown", "none", "json", NULL};

static int check_git_usage(const struct settings *settings, struct error *error)
{
    const struct git_settings *git = &settings->git;
    if ((git->note || git->with_data || git->sign) && !git->commit)
        return error_set(error, ERROR_USAGE, "--%s needs --commit",
            git->note        ? "note"
            : git->with_data ? "with-data"
                             : "sign");
    if (!git->commit)
        return 0;
    if (settings->list || settings->lint || settings->print_data)
        return error_set(error, ERROR_USAGE, "--commit beside --%s; there is no document to keep",
            settings->list   ? "list"
            : settings->lint ? "lint"
                             : "print-data");
    if (!settings->output || strcmp(settings->output, "-") == 0)
        return error_set(error, ERROR_USAGE,
            "--commit needs -o PATH, the document's path in the commit, such as "
            "reports/2026-02-11.md");
    if (git->with_data && settings->json)
        return error_set(error, ERROR_USAGE, "--with-data beside --json; there are no lines");
    return 0;
}

static int check_usage(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    if (settings->json && operands->count > 0)
        return error_set(error, ERROR_USAGE,
            "\"%s\" beside --json; the one document that --json names is all the data",
            operands->items[0]);
    if (settings->json && !settings->template)
        return error_set(error, ERROR_USAGE, "--json needs a template; name it with -t");
    if (settings->json && settings->before.count > 0)
        return error_set(error, ERROR_USAGE,
            "--before beside --json; the one document that --json names is all the data");
    if (settings->charts && settings->charts[0] == '/')
        return error_set(error, ERROR_USAGE,
            "--charts %s; expected a folder below that of the document, so that its links hold",
            settings->charts);
    if (settings->mermaid && (settings->charts || settings->html))
        return error_set(error, ERROR_USAGE, "--mermaid beside --%s; a chart is one or the other",
            settings->charts ? "charts" : "html");
    if (settings->json && settings->print_data)
        return error_set(error, ERROR_USAGE,
            "--print-data beside --json; the template sees the document as it is");
    return check_git_usage(settings, error);
}

/* What a rendering holds while it runs. */
struct work {
    const struct settings *settings;
    const struct operands *operands;
    struct template_set template;
    struct arena arena;
    struct material material, before;
    struct charts charts;
    struct buffer document;
    const struct view *view;
    int status;
};

static void print_data(struct buffer *document, const struct view *view)
{
    struct json_writer writer = json_writer(document, 2);
    view_write(&writer, view);
    buffer_add_char(document, '\n');
}

static int read_before(struct work *work, struct error *error)
{
    const struct option_list *files = &work->settings->before;
    if (files->count == 0)
        return 0;
    if (!(work->template.front.kinds & 1u << RECORD_RESULT))
        return error_set(error, ERROR_USAGE,
            "--before with the template \"%s\", which is not about the results of a run",
            work->settings->template);
    return material_read(&work->before, 1u << RECORD_RESULT, work->settings,
        (const char *const *)files->items, files->count, error);
}

static int collect(struct work *work, struct view **view, struct error *error)
{
    struct report_options options = {.front = &work->template.front};
    char *generated = NULL;
    int result = report_generated(&generated, work->settings, error);
    if (result == 0)
        result = read_before(work, error);
    if (result == 0)
        result = material_read(&work->material, work->template.front.kinds, work->settings,
            (const char *const *)work->operands->items, work->operands->count, error);
    if (result == 0) {
        options.generated = generated;
        options.bad_lines = work->material.bad_lines + work->before.bad_lines;
        options.before = work->settings->before.count > 0 ? &work->before.collection : NULL;
        work->status = options.bad_lines > 0 ? STATUS_FOUND : STATUS_DONE;
        *view = views_of(&work->arena, &work->material, &options);
        charts_draw(&work->charts, work->settings, &work->material, &work->arena, *view);
    }
    free(generated);
    return result;
}

static int expand(struct work *work, struct error *error)
{
    const struct settings *settings = work->settings;
    struct view *view = NULL;
    if (template_load(&work->template, settings, error) != 0)
        return -1;
    if (settings->html && work->template.front.format != FRONT_MARKDOWN)
        return error_set(error, ERROR_USAGE,
            "--html with the template \"%s\", which makes no Markdown", settings->template);
    int result = settings->json ? data_from_json(&view, settings, &work->arena, error)
                                : collect(work, &view, error);
    if (result != 0)
        return -1;
    work->view = view;
    if (!settings->print_data)
        return template_render(&work->document, &work->template, settings, view, error);
    if (front_arrange(&work->template.front, &work->arena, view, error) != 0)
        return -1;
    print_data(&work->document, view);
    return 0;
}

static bool is_markdown(const struct work *work)
{
    const struct settings *settings = work->settings;
    if (settings->print_data || work->template.page ||
        work->template.front.format != FRONT_MARKDOWN)
        return false;
    return settings->escape == ESCAPE_UNSET ? !settings->json : settings->escape == ESCAPE_MARKDOWN;
}

/* A document that its readers would not see whole is not written. */
static int check_before(struct work *work, struct error *error)
{
    const char *name = work->settings->output ? work->settings->output : "document";
    uint64_t faults = 0;
    if (work->settings->force || !is_markdown(work))
        return 0;
    if (check_document(buffer_slice(&work->document), name, &faults, error) != 0)
        return -1;
    if (faults == 0)
        return 0;
    work->status = STATUS_FOUND;
    tool_note("the document has faults and was not written; the template \"%s\" makes them "
              "(--force writes it all the same)",
        work->settings->template);
    return 1;
}

static int to_html(struct work *work, struct error *error)
{
    struct buffer page = BUFFER_INIT;
    const struct html_options options = charts_html(&work->charts);
    int result = markdown_html(&page, buffer_slice(&work->document), &options, error);
    buffer_release(&work->document);
    work->document = page;
    return result;
}

static int commit(struct output *out, struct work *work, struct error *error)
{
    const struct publication publication = {.document = buffer_slice(&work->document),
        .charts = work->settings->html ? NULL : &work->charts,
        .material = &work->material,
        .view = work->view};
    return commit_publication(out, &publication, work->settings, error);
}

/* The document as a file, or as a commit, with all that belongs to it. */
static int deliver(struct output *out, struct work *work, struct error *error)
{
    const struct settings *settings = work->settings;
    if (settings->git.commit)
        return commit(out, work, error);
    int result = charts_write(&work->charts, settings, error);
    if (result == 0)
        result = output_write(out, buffer_slice(&work->document), error);
    return result;
}

/* 0 with the document written, 1 where it was not, -1 with error. */
static int render(struct output *out, struct work *work, struct error *error)
{
    material_init(&work->material);
    material_init(&work->before);
    int result = expand(work, error);
    if (result == 0)
        result = check_before(work, error);
    if (result == 0 && work->settings->html && !work->template.page)
        result = to_html(work, error);
    if (result == 0)
        result = deliver(out, work, error);
    charts_release(&work->charts);
    buffer_release(&work->document);
    arena_release(&work->arena);
    material_release(&work->material);
    material_release(&work->before);
    template_release(&work->template);
    return result;
}

static int produce(
    const struct settings *settings, const struct operands *operands, struct error *error)
{
    struct work work = {.settings = settings, .operands = operands};
    struct output *out = NULL;
    uint64_t faults = 0;
    if (check_usage(settings, operands, error) != 0)
        return STATUS_USAGE;
    if (settings->lint)
        return check_files(settings, operands, &faults, error) == 0 && faults == 0 ? STATUS_DONE
                                                                                   : STATUS_FOUND;
    if (output_open(&out, settings->git.commit ? NULL : settings->output, error) != 0)
        return STATUS_DONE; /* the error says what comes of it */
    int result = settings->list ? template_list(settings, out, error) : render(out, &work, error);
    if (result != 0) {
        output_abandon(out);
        return work.status;
    }
    return output_commit(out, error) == 0 ? work.status : STATUS_MACHINE;
}

static int run(struct settings *settings, const struct operands *operands, struct error *error)
{
    char *module = place_module("git");
    settings->source.git_module = module;
    settings->epoch = getenv("SOURCE_DATE_EPOCH");
    if (!settings->template && !settings->json)
        settings->template = "report";
    int status = produce(settings, operands, error);
    free(module);
    return status;
}

int main(int argc, char **argv)
{
    struct settings settings = SETTINGS_INIT;
    const struct option options[] = {
        OPTION_GROUP("The document"),
        OPTION_TEXT('t', "template", "NAME|FILE", &settings.template,
            "expand this template: one of --list, or a file; report unless named"),
        OPTION_OUTPUT(&settings.output),
        OPTION_LIST(0, "partials", "DIR", &settings.partials,
            "look for partials in DIR first, then beside the template"),
        OPTION_LIST(0, "templates", "DIR", &settings.templates,
            "look for templates that are named in DIR first"),
        OPTION_CHOICE(0, "escape", "HOW", &settings.escape, escape_names,
            "what {{name}} does to a value: markdown, but html with --json"),
        OPTION_TEXT(0, "charts", "DIR", &settings.charts,
            "draw charts as SVG files in DIR, from the folder of the document"),
        OPTION_FLAG(0, "mermaid", &settings.mermaid,
            "draw the changes as a block of mermaid, which GitHub shows, instead"),
        OPTION_FLAG(
            0, "html", &settings.html, "write one page of HTML that needs nothing beside itself"),
        OPTION_FLAG('f', "force", &settings.force,
            "write the document even where --lint would find faults in it"),
        OPTION_FLAG(0, "list", &settings.list, "list the templates and stop"),
        OPTION_FLAG(0, "lint", &settings.lint,
            "look for faults in Markdown files: tables that break, links that lead nowhere"),
        OPTION_GROUP("Into git"),
        {OPTION_KIND_TEXT, .name = "commit", .argument = "[BRANCH]", .value = &settings.git.branch,
            .given = &settings.git.commit,
            .help = "commit the document as -o to BRANCH; bench-data unless named"},
        OPTION_FLAG(0, "with-data", &settings.git.with_data,
            "commit the lines that were read, too, beside the document"),
        {OPTION_KIND_TEXT, .name = "note", .argument = "[REVISION]", .value = &settings.git.noted,
            .given = &settings.git.note,
            .help = "add a git note to the commit that was measured, or to REVISION"},
        {OPTION_KIND_FLAG, .name = "sign", .value = &settings.git.sign,
            .given = &settings.git.sign_given,
            .help = "sign the commit; as git is configured unless this or --no-sign is there"},
        OPTION_GROUP("The data"),
        OPTION_TEXT(0, "json", "FILE", &settings.json,
            "expand over one JSON document instead of over report lines"),
        OPTION_LIST(0, "before", "FILE", &settings.before,
            "show beside the machine's activity what it was in this earlier run"),
        OPTION_FLAG(
            0, "print-data", &settings.print_data, "print what the template would see, as JSON"),
        OPTION_MAX_LINE(&settings.max_line),
        OPTION_TEXT('C', NULL, "DIR", &settings.source.repository,
            "the repository of --commit and git:REVISION:PATH; the current folder unless named"),
        OPTION_END,
    };
    static const char *const usage[] = {"[options] [FILE...]",
        "--commit[=BRANCH] -o PATH [options] [FILE...]", "--json FILE -t TEMPLATE [options]",
        "--lint [FILE...]", "--list", NULL};
    const struct command command = {"bench-render",
        "turn reports into documents that people read, through templates", usage, options,
        "Exit status: 0 done, 1 a line could not be read or the document has faults, 2 wrong "
        "usage, 3 an input cannot be read or holds no result, 4 the machine failed. See "
        "bench-render(1)."};
    return tool_run(&command, argc, argv, &settings, run);
}

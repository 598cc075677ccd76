/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "commit.h"

#include "base/memory.h"
#include "process/clock.h"
#include "sink/git_commit.h"
#include "tool/tool.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

enum {
    RUNS_NAMED = 20,
    FILES_MOST = CHARTS_MOST + 2,
    TRAILERS_MOST = RUNS_NAMED + 2,
    OBJECT_NAME_LEAST = 7,
    OBJECT_NAME_MOST = 64
};

struct committing {
    const struct settings *settings;
    const struct publication *publication;
    struct repository *repository;
    struct commit_by by;
    struct arena arena;
    struct slice measured; /* the one commit that the runs measured; data NULL */
    size_t measured_count; /* of different ones */
    bool dirty;
    char *noted; /* the revision that gets the note */
    struct commit_report report, note;
};

/* ---- texts ---- */
/*
 * A report's text in a message: on one line, and parted where a host of
 * repositories would ping somebody (@user) or close an issue (#1, GH-1).
 */
static const char *message_text(struct arena *arena, struct slice text)
{
    static const char zero_width_space[] = "\xE2\x80\x8B";
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; text.data && i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool dash = byte == '-' && i >= 2 && (text.data[i - 1] | 0x20) == 'h' &&
                    (text.data[i - 2] | 0x20) == 'g';
        buffer_add_char(&out, byte < 0x20 || byte == 0x7F ? ' ' : (char)byte);
        if (byte == '@' || byte == '#' || dash)
            buffer_add_text(&out, zero_width_space);
    }
    const char *copy = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return copy;
}

static struct slice member_text(const struct view *view, const char *key)
{
    const struct view *member = view_get(view, slice_of(key));
    return member && member->type == VIEW_TEXT ? member->as.text : (struct slice){NULL, 0};
}

/* "report", of a template's name or file. */
static struct slice template_name(const struct settings *settings)
{
    const char *slash = strrchr(settings->template, '/');
    const char *name = slash ? slash + 1 : settings->template;
    const char *dot = strchr(name, '.');
    return dot && dot != name ? (struct slice){name, (size_t)(dot - name)} : slice_of(name);
}

/* "bench: report of squeeze 2.0.4" */
static const char *subject(struct committing *committing)
{
    enum { SUBJECTS_NAMED = 3 };
    const struct view *subjects = view_get(committing->publication->view, slice_of("subjects"));
    struct slice name = template_name(committing->settings);
    size_t count = subjects ? view_count(subjects) : 0;
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "bench: ");
    buffer_add_slice(&text, name);
    for (size_t i = 0; i < count && i < SUBJECTS_NAMED; i++) {
        buffer_add_text(&text, i == 0 ? " of " : ", ");
        buffer_add_slice(&text, member_text(view_item(subjects, i), "text"));
    }
    const char *line = message_text(&committing->arena, buffer_slice(&text));
    buffer_release(&text);
    return line;
}

static const char *headline(struct committing *committing)
{
    struct slice text = member_text(committing->publication->view, "headline");
    return text.data ? message_text(&committing->arena, text) : NULL;
}

/* ---- the files ---- */
/* reports/a.md and "charts/a-samples.svg": reports/charts/a-samples.svg */
static const char *beside(struct arena *arena, const char *document, const char *path)
{
    const char *slash = strrchr(document, '/');
    return slash ? arena_format(arena, "%.*s/%s", (int)(slash - document), document, path) : path;
}

/* reports/a.md: reports/a.jsonl */
static const char *data_path(struct arena *arena, const char *document)
{
    const char *slash = strrchr(document, '/');
    const char *name = slash ? slash + 1 : document;
    const char *dot = strrchr(name, '.');
    int stem = (int)(dot && dot != name ? dot - document : (ptrdiff_t)strlen(document));
    return arena_format(arena, "%.*s.jsonl", stem, document);
}

static size_t list_files(struct committing *committing, struct commit_file *files)
{
    const struct publication *publication = committing->publication;
    const struct settings *settings = committing->settings;
    size_t count = 0;
    files[count++] = (struct commit_file){settings->output, publication->document, false};
    for (size_t i = 0; publication->charts && i < publication->charts->count; i++) {
        const struct chart *chart = &publication->charts->items[i];
        files[count++] =
            (struct commit_file){beside(&committing->arena, settings->output, chart->path),
                buffer_slice(&chart->svg), false};
    }
    if (settings->git.with_data)
        files[count++] = (struct commit_file){data_path(&committing->arena, settings->output),
            buffer_slice(&publication->material->lines), true};
    return count;
}

static int check_files(const struct committing *committing, struct error *error)
{
    const struct settings *settings = committing->settings;
    const char *dot = strrchr(settings->output, '.');
    if (settings->git.with_data && dot && strcmp(dot, ".jsonl") == 0)
        return error_set(error, ERROR_USAGE,
            "%s is where --with-data puts the lines; name the document otherwise, such as "
            "%.*s.md",
            settings->output, (int)(dot - settings->output), settings->output);
    if (committing->publication->material->lines.overflow)
        return error_set(
            error, ERROR_INPUT, "there are more lines than one file of a commit holds");
    return 0;
}

/* ---- what was measured ---- */
static void find_measured(struct committing *committing)
{
    const struct collection *collection = &committing->publication->material->collection;
    for (size_t i = 0; i < collection->run_count; i++) {
        const struct report_run *run = &collection->runs[i].facts;
        if (!run->commit.data || run->commit.size == 0)
            continue;
        committing->dirty = committing->dirty || run->dirty == KNOWN_TRUE;
        if (committing->measured_count > 0 && slice_equal(run->commit, committing->measured))
            continue;
        committing->measured = run->commit;
        committing->measured_count++;
    }
}

static bool is_object_name(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789abcdefABCDEF", text.data[i]) || text.data[i] == '\0')
            return false;
    return text.size >= OBJECT_NAME_LEAST && text.size <= OBJECT_NAME_MOST;
}

/* Finds the commit of the note before anything is written. */
static int find_noted(struct committing *committing, struct error *error)
{
    const struct git_settings *git = &committing->settings->git;
    struct git_id id;
    if (!git->note)
        return 0;
    if (git->noted)
        committing->noted = arena_text(&committing->arena, git->noted);
    else if (committing->measured_count == 0)
        return error_set(error, ERROR_INPUT,
            "no run says which commit it measured; name the one that gets the note: "
            "--note=REVISION");
    else if (committing->measured_count > 1)
        return error_set(error, ERROR_INPUT,
            "the runs measured several commits; name the one that gets the note: --note=REVISION");
    else if (!is_object_name(committing->measured))
        return error_set(error, ERROR_INPUT,
            "\"%.*s\", the commit of the run, is no name of a commit; name the one that gets the "
            "note: --note=REVISION",
            (int)(committing->measured.size < 100 ? committing->measured.size : 100),
            committing->measured.data);
    else
        committing->noted =
            arena_text_n(&committing->arena, committing->measured.data, committing->measured.size);
    return repository_resolve(committing->repository, &id, committing->noted, error);
}

/* ---- the commit ---- */
static size_t list_trailers(struct committing *committing, struct commit_trailer *trailers)
{
    const struct collection *collection = &committing->publication->material->collection;
    struct arena *arena = &committing->arena;
    size_t count = 0;
    for (size_t i = 0; i < collection->run_count && count < RUNS_NAMED; i++)
        if (!collection->runs[i].derived)
            trailers[count++] = (struct commit_trailer){
                "Run", message_text(arena, collection->runs[i].facts.run_id)};
    if (committing->measured_count == 1)
        trailers[count++] = (struct commit_trailer){
            "Subject-Commit", arena_format(arena, "%s%s", message_text(arena, committing->measured),
                                  committing->dirty ? " with changes" : "")};
    trailers[count++] = (struct commit_trailer){
        "Tool", arena_format(arena, "%s (benchline) %s", tool_name(), tool_version())};
    return count;
}

static int commit_all(struct committing *committing, struct error *error)
{
    struct commit_file files[FILES_MOST];
    struct commit_trailer trailers[TRAILERS_MOST];
    struct commit_request request = {.branch = committing->settings->git.branch,
        .files = files,
        .file_count = list_files(committing, files),
        .subject = subject(committing),
        .body = headline(committing),
        .trailers = trailers,
        .trailer_count = list_trailers(committing, trailers),
        .by = committing->by};
    return commit_files(committing->repository, &committing->report, &request, error);
}

static const char *branch_of(const struct settings *settings)
{
    return settings->git.branch ? settings->git.branch : COMMIT_BRANCH;
}

static int add_note(struct committing *committing, struct error *error)
{
    const struct settings *settings = committing->settings;
    const char *first = headline(committing);
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "%s\n", first ? first : subject(committing));
    if (committing->dirty && !settings->git.noted)
        buffer_add_text(&text, "Measured with changes that were not committed.\n");
    buffer_add_format(&text, "Report: %s:%s\n", branch_of(settings),
        message_text(&committing->arena, slice_of(settings->output)));
    const struct note_request request = {
        .revision = committing->noted, .text = buffer_text(&text), .by = committing->by};
    int result = commit_note(committing->repository, &committing->note, &request, error);
    buffer_release(&text);
    return result;
}

/* ---- what to do next ---- */
/* A word of the shell, in quotes where it needs them. */
static void add_word(struct buffer *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/+-:@%";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        buffer_add_text(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            buffer_add_text(out, "'\\''");
        else
            buffer_add_char(out, *word);
    }
    buffer_add_char(out, '\'');
}

/* Where git push goes: remote.pushDefault, else origin. */
static void add_remote(struct buffer *out, struct repository *repository)
{
    char *remote = repository->module->setting(repository->repo, "remote.pushdefault");
    add_word(out, remote ? remote : "origin");
    free(remote);
}

/* A script for the shell: comments, and the push. */
static int print_push(struct output *out, struct committing *committing, struct error *error)
{
    const struct settings *settings = committing->settings;
    struct buffer text = BUFFER_INIT;
    buffer_add_format(&text, "# %s %s %s\ngit ", branch_of(settings),
        committing->report.unchanged ? "holds all of this already, at" : "is now at",
        committing->report.commit.hex);
    if (settings->source.repository) {
        buffer_add_text(&text, "-C ");
        add_word(&text, settings->source.repository);
        buffer_add_char(&text, ' ');
    }
    buffer_add_text(&text, "push ");
    add_remote(&text, committing->repository);
    buffer_add_char(&text, ' ');
    add_word(&text, branch_of(settings));
    if (settings->git.note)
        buffer_add_text(&text, " refs/notes/" COMMIT_NOTES);
    buffer_add_char(&text, '\n');
    int result = output_write(out, buffer_slice(&text), error);
    buffer_release(&text);
    return result;
}

/* ---- who and when ---- */
static int find_time(int64_t *seconds, const struct settings *settings, struct error *error)
{
    *seconds = clock_real() / 1000000000;
    return settings->epoch ? report_epoch(seconds, settings, error) : 0;
}

static enum commit_signing signing(const struct git_settings *git)
{
    if (!git->sign_given)
        return COMMIT_SIGN_AS_CONFIGURED;
    return git->sign ? COMMIT_SIGN_ALWAYS : COMMIT_SIGN_NEVER;
}

static int prepare(struct committing *committing, struct error *error)
{
    const struct settings *settings = committing->settings;
    committing->by =
        (struct commit_by){.author = {getenv("GIT_AUTHOR_NAME"), getenv("GIT_AUTHOR_EMAIL")},
            .committer = {getenv("GIT_COMMITTER_NAME"), getenv("GIT_COMMITTER_EMAIL")},
            .signing = signing(&settings->git),
            .environment = environ};
    if (check_files(committing, error) != 0)
        return -1;
    if (find_time(&committing->by.time, settings, error) != 0)
        return -1;
    find_measured(committing);
    if (repository_open(&committing->repository, settings->source.git_module,
            settings->source.repository, error) != 0)
        return -1;
    return find_noted(committing, error);
}

int commit_publication(struct output *out, const struct publication *publication,
    const struct settings *settings, struct error *error)
{
    struct committing committing = {.settings = settings, .publication = publication};
    int result = prepare(&committing, error);
    if (result == 0)
        result = commit_all(&committing, error);
    if (result == 0 && settings->git.note)
        result = add_note(&committing, error);
    if (result == 0)
        result = print_push(out, &committing, error);
    repository_close(committing.repository);
    arena_release(&committing.arena);
    return result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sink/git_commit.h from the command line: commits files, adds a note, and
 * prints what came of it.
 */
#include "sink/git_commit.h"

#include "base/memory.h"
#include "tool/place.h"
#include "tool/tool.h"

#include <stdio.h>
#include <string.h>

extern char **environ;

enum { MOST_FILES = 100 };

struct settings {
    const char *folder, *branch, *note, *revision, *subject, *name, *email, *trailer;
    struct option_list files, fixed;
    bool sign, never;
    int64_t time, tries, repeat;
};

/* PATH=TEXT. */
static size_t add_files(struct commit_file *files, const struct option_list *list, bool fixed)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *equals = strchr(list->items[i], '=');
        size_t length = equals ? (size_t)(equals - list->items[i]) : strlen(list->items[i]);
        files[i].path = memory_text_n(list->items[i], length);
        files[i].bytes = slice_of(equals ? equals + 1 : "");
        files[i].fixed = fixed;
    }
    return list->count;
}

static int commit(struct repository *repository, const struct settings *settings,
    struct commit_report *report, struct error *error)
{
    struct commit_file files[MOST_FILES];
    struct commit_trailer trailer = {"Run", settings->trailer};
    struct commit_by by = {.committer = {settings->name, settings->email},
        .author = {settings->name, settings->email},
        .time = settings->time,
        .environment = environ,
        .tries = (unsigned)settings->tries};
    if (settings->sign)
        by.signing = COMMIT_SIGN_ALWAYS;
    if (settings->never)
        by.signing = COMMIT_SIGN_NEVER;
    if (settings->note) {
        struct note_request request = {
            .revision = settings->revision, .text = settings->note, .by = by};
        return commit_note(repository, report, &request, error);
    }
    size_t count = add_files(files, &settings->files, false);
    count += add_files(files + count, &settings->fixed, true);
    struct commit_request request = {.branch = settings->branch,
        .files = files,
        .file_count = count,
        .subject = settings->subject,
        .trailers = &trailer,
        .trailer_count = settings->trailer ? 1 : 0,
        .by = by};
    int result = commit_files(repository, report, &request, error);
    for (size_t i = 0; i < count; i++)
        free((char *)files[i].path);
    return result;
}

/* One commit a run, as the jobs of a night would make them. */
static int commit_runs(struct repository *repository, struct settings settings,
    struct commit_report *report, struct error *error)
{
    int result = 0;
    for (int64_t i = 1; i <= settings.repeat && result == 0; i++) {
        char *file = memory_format("runs/%s-%lld.jsonl={}", settings.subject, (long long)i);
        option_list_release(&settings.fixed);
        option_list_add(&settings.fixed, file);
        result = commit(repository, &settings, report, error);
        free(file);
    }
    option_list_release(&settings.fixed);
    return result;
}

static int run(const struct settings *settings, struct error *error)
{
    struct repository *repository;
    struct commit_report report;
    char *module = place_module("git");
    int result = repository_open(&repository, module, settings->folder, error);
    free(module);
    if (result != 0)
        return result;
    result = settings->repeat > 1 ? commit_runs(repository, *settings, &report, error)
                                  : commit(repository, settings, &report, error);
    if (result == 0)
        printf("%s%s%s%s\n", report.commit.hex, report.unchanged ? " unchanged" : "",
            report.new_branch ? " new-branch" : "", report.is_signed ? " signed" : "");
    repository_close(repository);
    return result;
}

int main(int argc, char **argv)
{
    struct settings settings = {
        .subject = "a report", .revision = "HEAD", .time = 1770800000, .repeat = 1};
    const struct option options[] = {
        OPTION_TEXT('C', "repository", "DIR", &settings.folder, "the repository"),
        OPTION_TEXT('b', "branch", "BRANCH", &settings.branch, "the branch"),
        OPTION_LIST('f', "file", "PATH=TEXT", &settings.files, "a file"),
        OPTION_LIST('F', "fixed", "PATH=TEXT", &settings.fixed, "a file that does not change"),
        OPTION_TEXT('m', "message", "TEXT", &settings.subject, "the subject"),
        OPTION_TEXT('t', "trailer", "TEXT", &settings.trailer, "the run"),
        OPTION_TEXT('n', "note", "TEXT", &settings.note, "a note instead of files"),
        OPTION_TEXT('r', "revision", "REVISION", &settings.revision, "what gets the note"),
        OPTION_TEXT(0, "name", "NAME", &settings.name, "who commits"),
        OPTION_TEXT(0, "email", "EMAIL", &settings.email, "and where they are"),
        OPTION_FLAG('s', "sign", &settings.sign, "sign"),
        OPTION_FLAG(0, "unsigned", &settings.never, "do not sign"),
        OPTION_COUNT(0, "tries", "N", &settings.tries, 0, 1e6, "how often to try"),
        OPTION_COUNT(0, "repeat", "N", &settings.repeat, 1, 1e6, "commit runs/NAME-1 to -N"),
        OPTION_END,
    };
    const char *const usage[] = {"", NULL};
    const struct command command = {"git_commit", "commit files", usage, options, NULL};
    struct operands operands;
    struct error error = ERROR_INIT;
    int status;

    if (!tool_start(&command, argc, argv, &operands, &status))
        return status;
    run(&settings, &error);
    option_list_release(&settings.files);
    option_list_release(&settings.fixed);
    return tool_finish(STATUS_DONE, &error);
}

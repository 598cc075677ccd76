/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/open.h"

#include "base/arena.h"
#include "base/memory.h"
#include "source/git.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct source_options no_options = {NULL, NULL, false};

void opener_init(struct opener *opener, const struct source_options *options)
{
    opener->options = options ? options : &no_options;
    opener->repository = NULL;
}

void opener_release(struct opener *opener)
{
    repository_close(opener->repository);
    opener->repository = NULL;
}

static int is_folder(const char *operand, struct error *error)
{
    error_set(error, ERROR_INPUT, "is a folder; expected a file");
    error_place(error, operand, 0, 0);
    return -1;
}

static int no_report(const char *operand, struct error *error)
{
    error_set(error, ERROR_INPUT,
        "the folder holds no report; expected *.jsonl, *.jsonl.gz or *.jsonl.zst in it");
    error_place(error, operand, 0, 0);
    return -1;
}

/* A folder, a pipe or a device of such a name is no report; a dangling link is
 * kept, so that opening it says what is wrong. */
static bool may_be_report(const char *path)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

static int list_folder(struct names *names, const char *folder, struct error *error)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return error_system(error, ERROR_INPUT, errno, "cannot open the folder");
    size_t length = strlen(folder);
    const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";
    struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        if (!names_report(entry->d_name))
            continue;
        char *path = memory_format("%s%s%s", folder, between, entry->d_name);
        if (may_be_report(path))
            names_add(names, path);
        else
            free(path);
    }
    int number = errno;
    closedir(directory);
    if (number != 0)
        return error_system(error, ERROR_INPUT, number, "cannot read the folder");
    return 0;
}

static int open_path(struct opener *opener, struct source **out, struct names *names,
    const char *operand, struct error *error)
{
    struct feed feed;
    bool standard_input = strcmp(operand, "-") == 0;
    int opened = feed_open_file(&feed, operand, error);
    if (opened == 0)
        *out = source_from(&feed, standard_input ? SOURCE_STDIN : operand, opener->options->raw);
    else if (opened == 1 && !standard_input)
        opened = list_folder(names, operand, error) == 0 ? 1 : -1;
    else if (opened == 1)
        opened = error_system(error, ERROR_INPUT, EISDIR, "cannot read");
    if (opened < 0)
        error_place(error, standard_input ? SOURCE_STDIN : operand, 0, 0);
    return opened;
}

/* The parts of git:REVISION:PATH. */
struct git_operand {
    char *revision;   /* free() */
    const char *path; /* in the operand */
};

static bool split(struct git_operand *out, const char *operand, struct error *error)
{
    const char *revision = operand + strlen(SOURCE_GIT);
    const char *colon = strchr(revision, ':');
    if (!colon || colon == revision) {
        error_set(error, ERROR_USAGE,
            "expected git:REVISION:PATH, such as git:main:reports/; a file of this name is ./%s",
            operand);
        return false;
    }
    out->revision = memory_text_n(revision, (size_t)(colon - revision));
    out->path = colon + 1;
    return true;
}

static int list_git(struct opener *opener, struct names *names, const struct git_operand *git,
    const char *operand, struct error *error)
{
    struct names found = NAMES_INIT;
    int result = repository_list(opener->repository, &found, git->revision, git->path, error);
    size_t length = strlen(git->path);
    const char *between = length == 0 || git->path[length - 1] == '/' ? "" : "/";
    for (size_t i = 0; i < found.count; i++)
        if (names_report(found.items[i]))
            names_add(names, memory_format("%s%s%s", operand, between, found.items[i]));
    names_release(&found);
    return result;
}

/* ---- all tags of such names ------------------------------------------------------------ */

/* What git writes with these characters itself begins with ^ or @. */
static bool is_pattern(const char *revision)
{
    return strpbrk(revision, "*?[") && !strpbrk(revision, "^@");
}

/* A report file at a tag. */
struct tagged {
    struct git_id id;
    const char *operand;
};

struct tagged_list {
    struct tagged *items;
    size_t count, capacity;
    struct arena operands;
};

static int by_content(const void *left, const void *right)
{
    const struct tagged *a = left, *b = right;
    int order = strcmp(a->id.hex, b->id.hex);
    return order ? order : strcmp(a->operand, b->operand);
}

/* A tag of something else than a commit has none. */
static int add_tag(struct tagged_list *found, struct repository *repository,
    const struct git_ref *tag, const char *path, struct error *error)
{
    struct git_point point = {.summary = NULL};
    struct git_files files = {.items = NULL};
    int result = repository_point(repository, &point, tag, error);
    free(point.summary);
    if (result != 0)
        return result < 0 ? -1 : 0;
    result = repository_files(repository, &files, &point.commit, path, error);
    for (size_t i = 0; result == 0 && i < files.count; i++) {
        MEMORY_GROW(found->items, found->count, found->capacity);
        found->items[found->count++] = (struct tagged){files.items[i].id,
            arena_format(&found->operands, SOURCE_GIT "%s:%s", tag->name, files.items[i].path)};
    }
    git_files_release(&files);
    return result;
}

/* Each content once: a folder of reports grows from tag to tag. */
static void take_different(struct names *names, struct tagged_list *found)
{
    if (found->count > 1)
        qsort(found->items, found->count, sizeof *found->items, by_content);
    for (size_t i = 0; i < found->count; i++)
        if (i == 0 || strcmp(found->items[i].id.hex, found->items[i - 1].id.hex) != 0)
            names_add(names, memory_text(found->items[i].operand));
    free(found->items);
    arena_release(&found->operands);
}

static int list_tags(
    struct opener *opener, struct names *names, const struct git_operand *git, struct error *error)
{
    struct git_refs tags = {.items = NULL};
    struct tagged_list found = {.items = NULL};
    size_t fitting = 0;
    int result = repository_tags(opener->repository, &tags, error);
    for (size_t i = 0; result == 0 && i < tags.count; i++) {
        if (fnmatch(git->revision, tags.items[i].name, 0) != 0)
            continue;
        fitting++;
        result = add_tag(&found, opener->repository, &tags.items[i], git->path, error);
    }
    git_refs_release(&tags);
    if (result == 0 && fitting == 0)
        result = error_set(error, ERROR_INPUT, "no tag has a name like %s", git->revision);
    else if (result == 0 && found.count == 0)
        result = error_set(error, ERROR_INPUT, "none of the %zu tags like %s holds a report in %s",
            fitting, git->revision, git->path[0] ? git->path : "its top");
    take_different(names, &found);
    return result;
}

static int open_repository(struct opener *opener, struct error *error)
{
    const struct source_options *options = opener->options;
    if (opener->repository)
        return 0;
    return repository_open(&opener->repository, options->git_module, options->repository, error);
}

static int open_in_repository(struct opener *opener, struct source **out, struct names *names,
    const struct git_operand *git, const char *operand, struct error *error)
{
    const struct source_options *options = opener->options;
    enum git_entry entry;
    if (open_repository(opener, error) != 0)
        return -1;
    if (is_pattern(git->revision))
        return list_tags(opener, names, git, error) == 0 ? 1 : -1;
    if (repository_look(opener->repository, &entry, git->revision, git->path, error) != 0)
        return -1;
    if (entry == GIT_ENTRY_FOLDER)
        return list_git(opener, names, git, operand, error) == 0 ? 1 : -1;

    char *bytes;
    size_t size;
    struct feed feed;
    if (repository_read(opener->repository, &bytes, &size, git->revision, git->path, error) != 0)
        return -1;
    feed_open_bytes(&feed, bytes, size);
    *out = source_from(&feed, operand, options->raw);
    return 0;
}

static int open_git(struct opener *opener, struct source **out, struct names *names,
    const char *operand, struct error *error)
{
    struct git_operand git = {NULL, NULL};
    int opened = -1;
    if (split(&git, operand, error)) {
        opened = open_in_repository(opener, out, names, &git, operand, error);
        free(git.revision);
    }
    if (opened < 0)
        error_place(error, operand, 0, 0);
    return opened;
}

int opener_open(struct opener *opener, struct source **out, struct names *names,
    const char *operand, struct error *error)
{
    struct names found = NAMES_INIT;
    *out = NULL;
    if (!operand)
        operand = "-";
    int opened = strncmp(operand, SOURCE_GIT, strlen(SOURCE_GIT)) == 0
                     ? open_git(opener, out, &found, operand, error)
                     : open_path(opener, out, &found, operand, error);
    if (opened == 1 && !names)
        opened = is_folder(operand, error);
    else if (opened == 1 && found.count == 0)
        opened = no_report(operand, error);
    if (opened != 1) {
        names_release(&found);
        return opened;
    }
    names_sort(&found);
    *names = found;
    return 1;
}

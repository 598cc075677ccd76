/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/git.h"

#include "base/memory.h"
#include "base/nearest.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *take(size_t size)
{
    return memory_take(size);
}

static char *copy_text(const char *text)
{
    return memory_text(text);
}

static const struct git_services services = {error_set, take, memory_resize, copy_text, names_add};

/* The words of glibc's loader for it. */
static bool says_no_memory(const char *why)
{
    static const char *const words[] = {
        "annot allocate", "cannot create", "failed to map segment", "out of memory"};
    for (size_t i = 0; i < ARRAY_SIZE(words); i++)
        if (strstr(why, words[i]))
            return true;
    return false;
}

/* NULL, always. */
static const struct git_module *no_module(const char *why, struct error *error)
{
    bool memory = says_no_memory(why);
    if (memory)
        error_set(error, ERROR_MACHINE, "there is no memory to load the git module: %s", why);
    else
        error_set(error, ERROR_MACHINE,
            "reading git needs benchline's git module and libgit2 1.5 (Debian: apt install "
            "libgit2-1.5): %s",
            why);
    if (error)
        error->number = memory ? ENOMEM : ENOPKG;
    return NULL;
}

/* The module stays loaded for the life of the program: libgit2 keeps state that
 * it gives back only at the end. */
static const struct git_module *load(const char *path, struct error *error)
{
    if (!path)
        return no_module("no module is named", error);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!handle)
        return no_module(dlerror(), error);
    const struct git_module *module = dlsym(handle, "benchline_git_module");
    dlclose(handle);
    if (!module || module->version != GIT_MODULE_VERSION || module->size != sizeof *module)
        return no_module("the module is of another release", error);
    return module;
}

int repository_open(
    struct repository **out, const char *module_path, const char *folder, struct error *error)
{
    const struct git_module *module = load(module_path, error);
    struct git_repo *repo;
    *out = NULL;
    if (!module || module->open(&repo, &services, folder ? folder : ".", error) != 0)
        return -1;
    struct repository *repository = memory_take(sizeof *repository);
    *repository = (struct repository){module, repo};
    *out = repository;
    return 0;
}

void repository_close(struct repository *repository)
{
    if (!repository)
        return;
    repository->module->close(repository->repo);
    free(repository);
}

/* The name in names that a typo of name may have meant, NULL for none. */
static const char *nearest(const struct names *names, const char *name)
{
    const char *best = NULL;
    size_t distance = nearest_limit(strlen(name)) + 1;
    for (size_t i = 0; i < names->count; i++) {
        size_t edits = nearest_distance(slice_of(name), slice_of(names->items[i]), distance);
        if (edits < distance) {
            distance = edits;
            best = names->items[i];
        }
    }
    return best;
}

static int no_revision(
    const struct repository *repository, const char *revision, struct error *error)
{
    struct names names = NAMES_INIT;
    const char *near = NULL;
    if (repository->module->references(repository->repo, &names, NULL) == 0)
        near = nearest(&names, revision);
    if (near)
        error_set(error, ERROR_INPUT,
            "there is no revision %s in the git repository; did you mean %s?", revision, near);
    else
        error_set(error, ERROR_INPUT,
            "there is no revision %s in the git repository; git branch -a and git tag list the "
            "names",
            revision);
    names_release(&names);
    return -1;
}

/* A near name among the files beside it. */
static int no_path(const struct repository *repository, const char *revision, const char *path,
    struct error *error)
{
    struct names names = NAMES_INIT;
    const char *slash = strrchr(path, '/');
    int folder_length = slash ? (int)(slash - path) + 1 : 0;
    char *folder = memory_text_n(path, (size_t)folder_length);
    const char *near = NULL;
    if (repository->module->list(repository->repo, &names, revision, folder, NULL) == 0)
        near = nearest(&names, path + folder_length);
    if (near)
        error_set(error, ERROR_INPUT, "there is no %s in %s; did you mean %s%s?", path, revision,
            folder, near);
    else
        error_set(error, ERROR_INPUT,
            "there is no %s in %s; a path starts at the top of the repository", path, revision);
    free(folder);
    names_release(&names);
    return -1;
}

/* What a function of the module returned, as ours return it. */
static int finish(const struct repository *repository, int result, const char *revision,
    const char *path, struct error *error)
{
    if (result == 1)
        return no_revision(repository, revision, error);
    if (result == 2)
        return no_path(repository, revision, path, error);
    return result;
}

int repository_resolve(
    struct repository *repository, struct git_id *out, const char *revision, struct error *error)
{
    int result = repository->module->resolve(repository->repo, out, revision, error);
    return finish(repository, result, revision, "", error);
}

int repository_merge_base(struct repository *repository, struct git_id *out, const char *one,
    const char *other, struct error *error)
{
    struct git_id ids[2];
    if (repository_resolve(repository, &ids[0], one, error) != 0 ||
        repository_resolve(repository, &ids[1], other, error) != 0)
        return -1;
    int result = repository->module->merge_base(repository->repo, out, &ids[0], &ids[1], error);
    if (result != 1)
        return result;
    error_set(error, ERROR_INPUT, "%s and %s have no commit in common", one, other);
    if (error)
        error->number = ENOENT;
    return -1;
}

int repository_look(struct repository *repository, enum git_entry *out, const char *revision,
    const char *path, struct error *error)
{
    int result = repository->module->look(repository->repo, out, revision, path, error);
    return finish(repository, result, revision, path, error);
}

/* What git lfs keeps in place of a file: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
static bool is_lfs_pointer(const char *bytes, size_t size)
{
    static const char begin[] = "version https://git-lfs.github.com/spec/";
    return size >= sizeof begin - 1 && memcmp(bytes, begin, sizeof begin - 1) == 0;
}

int repository_read(struct repository *repository, char **bytes, size_t *size, const char *revision,
    const char *path, struct error *error)
{
    int result = repository->module->read(repository->repo, bytes, size, revision, path, error);
    if (result == 0 && is_lfs_pointer(*bytes, *size)) {
        free(*bytes);
        *bytes = NULL;
        *size = 0;
        return error_set(error, ERROR_INPUT,
            "%s is kept in Git LFS, and the repository holds only where; give the file itself: "
            "git show %s:%s | git lfs smudge | …",
            path, revision, path);
    }
    return finish(repository, result, revision, path, error);
}

int repository_list(struct repository *repository, struct names *out, const char *revision,
    const char *path, struct error *error)
{
    struct names found = NAMES_INIT;
    int result = repository->module->list(repository->repo, &found, revision, path, error);
    names_sort(&found);
    for (size_t i = 0; i < found.count; i++)
        names_add(out, found.items[i]);
    free(found.items);
    return finish(repository, result, revision, path, error);
}

int repository_head(struct repository *repository, struct git_head *out, struct error *error)
{
    return repository->module->head(repository->repo, out, error);
}

void git_head_release(struct git_head *head)
{
    free(head->branch);
    free(head->tag);
    head->branch = head->tag = NULL;
}

/* ---- histories ------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct git_ref *)a)->name, ((const struct git_ref *)b)->name);
}

int repository_tags(struct repository *repository, struct git_refs *out, struct error *error)
{
    int result = repository->module->tags(repository->repo, out, error);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return result;
}

int repository_point(struct repository *repository, struct git_point *out,
    const struct git_ref *tag, struct error *error)
{
    return repository->module->point(repository->repo, out, tag, error);
}

int repository_walk(struct repository *repository, struct git_points *out, const char *range,
    bool first_parent, struct error *error)
{
    int result = repository->module->walk(repository->repo, out, range, first_parent, error);
    return result == 1 ? no_revision(repository, range, error) : result;
}

int repository_contains(struct repository *repository, bool *out, const struct git_id *commit,
    const char *revision, struct error *error)
{
    int result = repository->module->contains(repository->repo, out, commit, revision, error);
    return result == 1 ? 0 : result;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct git_blob_name *)a)->path, ((const struct git_blob_name *)b)->path);
}

static void keep_reports(struct git_files *files)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++) {
        const char *slash = strrchr(files->items[i].path, '/');
        if (names_report(slash ? slash + 1 : files->items[i].path))
            files->items[kept++] = files->items[i];
        else
            free(files->items[i].path);
    }
    files->count = kept;
}

int repository_files(struct repository *repository, struct git_files *out,
    const struct git_id *commit, const char *path, struct error *error)
{
    int result = repository->module->files(repository->repo, out, commit->hex, path, error);
    if (result == 1)
        return no_revision(repository, commit->hex, error);
    if (result != 0 && result != 2)
        return -1;
    if (out->folder)
        keep_reports(out);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_path);
    return 0;
}

int repository_blob(struct repository *repository, char **bytes, size_t *size,
    const struct git_id *id, const char *path, struct error *error)
{
    return repository->module->blob(repository->repo, bytes, size, id, path, error);
}

char *repository_folder(struct repository *repository)
{
    return repository->module->folder(repository->repo);
}

void git_refs_release(struct git_refs *refs)
{
    for (size_t i = 0; i < refs->count; i++)
        free(refs->items[i].name);
    free(refs->items);
    *refs = (struct git_refs){NULL, 0, 0};
}

void git_points_release(struct git_points *points)
{
    for (size_t i = 0; i < points->count; i++)
        free(points->items[i].summary);
    free(points->items);
    *points = (struct git_points){NULL, 0, 0};
}

void git_files_release(struct git_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->items[i].path);
    free(files->items);
    *files = (struct git_files){.items = NULL};
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "refs/tags/";
enum { PREFIX = sizeof prefix - 1 };

/* target NULL: it could not be read. */
static void add(
    struct git_repo *repo, struct git_refs *out, const char *name, const git_oid *target)
{
    if (out->count == out->capacity) {
        out->capacity = out->capacity ? 2 * out->capacity : 64;
        out->items = repo->services->memory_resize(out->items, out->capacity, sizeof *out->items);
    }
    struct git_ref *tag = &out->items[out->count++];
    tag->name = repo->services->memory_text(name);
    tag->target.hex[0] = '\0';
    if (target)
        repo_id(&tag->target, target);
}

static void add_reference(
    struct git_repo *repo, struct git_refs *out, const git_reference *reference)
{
    const git_oid *target = git_reference_target_peel(reference);
    if (!target)
        target = git_reference_target(reference);
    if (target) /* else a symbolic one */
        add(repo, out, git_reference_name(reference) + PREFIX, target);
}

/* ---- those that libgit2 leaves out ---------------------------------------------------------- */

/* What is known so far, and the file or folder below the repository's own that is looked at. */
struct search {
    struct git_repo *repo;
    struct git_refs *out;
    size_t known;  /* of out, sorted by name */
    size_t folder; /* bytes of path before the reference's name */
    struct error *error;
    char path[PATH_MAX];
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct git_ref *)a)->name, ((const struct git_ref *)b)->name);
}

static int search_failed(struct search *search, int number)
{
    return search->repo->services->error_set(search->error, ERROR_MACHINE,
        "cannot list the tags in %s: %s", search->path, strerror(number));
}

/* Neither a lock nor another file that git would not take for a reference is one. */
static void look_at_file(struct search *search)
{
    const char *name = search->path + search->folder;
    git_reference *reference = NULL;
    int valid = 0;
    if (git_reference_name_is_valid(&valid, name) != 0 || !valid)
        return;
    int result = git_reference_lookup(&reference, search->repo->git, name);
    if (result == 0)
        add_reference(search->repo, search->out, reference);
    else if (result != GIT_ENOTFOUND)
        add(search->repo, search->out, name + PREFIX, NULL);
    git_reference_free(reference);
}

static bool is_known(const struct search *search)
{
    struct git_ref wanted = {.name = (char *)search->path + search->folder + PREFIX};
    return search->known > 0 &&
           bsearch(&wanted, search->out->items, search->known, sizeof wanted, by_name) != NULL;
}

/* The path is of a folder, or of a file that is not known; its length bounds the depth. */
static int look(struct search *search, size_t length)
{
    struct dirent *entry;
    int result = 0, number;
    DIR *folder = opendir(search->path);
    if (!folder && errno == ENOTDIR)
        look_at_file(search);
    else if (!folder && errno != ENOENT)
        return search_failed(search, errno);
    if (!folder)
        return 0;
    while (result == 0 && (errno = 0, entry = readdir(folder)) != NULL) {
        size_t left = sizeof search->path - length, size = strlen(entry->d_name) + 1;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || size + 1 > left)
            continue;
        search->path[length] = '/';
        memcpy(search->path + length + 1, entry->d_name, size);
        if (!is_known(search))
            result = look(search, length + size);
        search->path[length] = '\0';
    }
    number = entry ? 0 : errno;
    closedir(folder);
    return result == 0 && number != 0 ? search_failed(search, number) : result;
}

/* libgit2 1.5 passes over a loose reference that it cannot read. */
static int find_unread(struct git_repo *repo, struct git_refs *out, struct error *error)
{
    const char *folder = git_repository_commondir(repo->git);
    struct search search = {
        .repo = repo, .out = out, .known = out->count, .folder = strlen(folder), .error = error};
    int length = snprintf(search.path, sizeof search.path, "%s%.*s", folder, PREFIX - 1, prefix);
    if (length < 0 || (size_t)length >= sizeof search.path)
        return 0;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return look(&search, (size_t)length);
}

int repo_tags(struct git_repo *repo, struct git_refs *out, struct error *error)
{
    git_reference_iterator *references;
    git_reference *reference;
    int result = git_reference_iterator_glob_new(&references, repo->git, "refs/tags/*");
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot list the tags");
    while ((result = git_reference_next(&reference, references)) == 0) {
        add_reference(repo, out, reference);
        git_reference_free(reference);
    }
    git_reference_iterator_free(references);
    if (result != GIT_ITEROVER)
        return repo_failed(repo->services, error, result, "cannot list the tags");
    return find_unread(repo, out, error);
}

/* ---- what they are of ----------------------------------------------------------------------- */

/* A tag that could not be read is tried again: then that works, or there is a reason to tell. */
static int target_of(
    struct git_repo *repo, git_oid *out, const struct git_ref *tag, struct error *error)
{
    char name[PATH_MAX];
    if (tag->target.hex[0] != '\0' && git_oid_fromstr(out, tag->target.hex) == 0)
        return 0;
    snprintf(name, sizeof name, "%s%s", prefix, tag->name);
    int result = git_reference_name_to_id(out, repo->git, name);
    return result == 0 ? 0 : repo_failed(repo->services, error, result, "cannot read %s", name);
}

static int no_object(struct git_repo *repo, int result, const git_oid *id, struct error *error)
{
    struct git_id name;
    repo_id(&name, id);
    if (result == GIT_ENOTFOUND)
        return repo->services->error_set(error, ERROR_INPUT,
            "the object %s is not in this repository; git fsck says what is missing", name.hex);
    return repo_failed(repo->services, error, result, "cannot read the object %s", name.hex);
}

int repo_point(
    struct git_repo *repo, struct git_point *out, const struct git_ref *tag, struct error *error)
{
    git_oid id;
    git_object *object, *commit;
    if (target_of(repo, &id, tag, error) != 0)
        return -1;
    int result = git_object_lookup(&object, repo->git, &id, GIT_OBJECT_ANY);
    if (result != 0)
        return no_object(repo, result, &id, error);
    result = repo_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (result == GIT_EPEEL)
        return 1;
    if (result != 0)
        return no_object(repo, result, &id, error);
    repo_note_commit(repo, out, (git_commit *)commit);
    git_object_free(commit);
    return 0;
}

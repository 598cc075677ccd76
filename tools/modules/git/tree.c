/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINKS_FOLLOWED = 10 };

/* What stands at a path: entry is NULL for the top itself. */
struct found {
    git_tree *top;
    git_tree_entry *entry;
};

static void found_release(struct found *found)
{
    git_tree_entry_free(found->entry);
    git_tree_free(found->top);
}

/* path as the tree knows it: no "/" at an end, no empty part, no "."; ".." goes up. */
static int normalise(char *out, size_t size, const char *path)
{
    size_t length = 0;
    out[0] = '\0';
    while (*path) {
        size_t part = strcspn(path, "/");
        if (part == 2 && path[0] == '.' && path[1] == '.') {
            if (length == 0)
                return -1;
            while (length > 0 && out[--length] != '/')
                continue;
        } else if (part > 0 && !(part == 1 && path[0] == '.')) {
            if (length + 1 + part + 1 > size)
                return -1;
            if (length > 0)
                out[length++] = '/';
            memcpy(out + length, path, part);
            length += part;
        }
        out[length] = '\0';
        path += part + (path[part] == '/');
    }
    return 0;
}

/* The path that the link at path, whose blob is id, points at. */
static int follow(
    struct git_repo *repo, char *path, size_t size, const git_oid *id, struct error *error)
{
    git_blob *blob;
    char target[PATH_MAX];
    char *slash = strrchr(path, '/');
    int result = git_blob_lookup(&blob, repo->git, id);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read the link %s", path);
    int length = snprintf(target, sizeof target, "%.*s/%.*s", slash ? (int)(slash - path) : 0, path,
        (int)git_blob_rawsize(blob), (const char *)git_blob_rawcontent(blob));
    bool absolute = git_blob_rawsize(blob) > 0 && *(const char *)git_blob_rawcontent(blob) == '/';
    git_blob_free(blob);
    if (length < 0 || (size_t)length >= sizeof target || absolute)
        return 1;
    return normalise(path, size, target) == 0 ? 0 : 1;
}

static int find_entry(struct git_repo *repo, struct found *found, const char *revision,
    const char *path, struct error *error)
{
    const struct git_services *services = repo->services;
    char at[PATH_MAX];
    if (normalise(at, sizeof at, path) != 0)
        return services->error_set(
            error, ERROR_INPUT, "the path leads out of the repository; it starts at its top");
    for (int links = 0; at[0] != '\0'; links++) {
        int result = git_tree_entry_bypath(&found->entry, found->top, at);
        if (result == GIT_ENOTFOUND)
            return 1;
        if (result != 0)
            return repo_failed(services, error, result, "cannot read %s in %s", at, revision);
        if (git_tree_entry_filemode(found->entry) != GIT_FILEMODE_LINK)
            return 0;
        result = links == LINKS_FOLLOWED
                     ? 1
                     : follow(repo, at, sizeof at, git_tree_entry_id(found->entry), error);
        if (result == 1)
            return services->error_set(error, ERROR_INPUT,
                "%s is a symbolic link that leads out of the repository or to itself", at);
        if (result != 0)
            return -1;
        git_tree_entry_free(found->entry);
        found->entry = NULL;
    }
    return 0;
}

/* 0, 1 when there is no such revision, 2 when there is no such path, -1. */
static int find(struct git_repo *repo, struct found *found, const char *revision, const char *path,
    struct error *error)
{
    git_object *top;
    *found = (struct found){NULL, NULL};
    int result = repo_revision(repo, &top, revision, GIT_OBJECT_TREE, error);
    if (result != 0)
        return result;
    found->top = (git_tree *)top;
    result = find_entry(repo, found, revision, path, error);
    if (result != 0)
        found_release(found);
    return result == 1 ? 2 : result;
}

static int kind(struct git_repo *repo, enum git_entry *out, const struct found *found,
    const char *path, struct error *error)
{
    git_object_t type = found->entry ? git_tree_entry_type(found->entry) : GIT_OBJECT_TREE;
    if (type == GIT_OBJECT_COMMIT)
        return repo->services->error_set(
            error, ERROR_INPUT, "%s is a submodule; name its own repository with -C DIR", path);
    *out = type == GIT_OBJECT_TREE ? GIT_ENTRY_FOLDER : GIT_ENTRY_FILE;
    return 0;
}

int repo_look(struct git_repo *repo, enum git_entry *out, const char *revision, const char *path,
    struct error *error)
{
    struct found found;
    int result = find(repo, &found, revision, path, error);
    if (result != 0)
        return result;
    result = kind(repo, out, &found, path, error);
    found_release(&found);
    return result;
}

static int read_blob(struct git_repo *repo, char **bytes, size_t *size, const git_oid *id,
    const char *path, struct error *error)
{
    git_blob *blob;
    int result = git_blob_lookup(&blob, repo->git, id);
    if (result == GIT_ENOTFOUND)
        return repo->services->error_set(error, ERROR_INPUT,
            "the content of %s is not in this repository: a partial clone, or damage; fetch it: "
            "git fetch --refetch, or git fsck says what is missing",
            path);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read %s", path);
    *size = (size_t)git_blob_rawsize(blob);
    *bytes = repo->services->memory_take(*size + 1);
    if (*size > 0)
        memcpy(*bytes, git_blob_rawcontent(blob), *size);
    (*bytes)[*size] = '\0';
    git_blob_free(blob);
    return 0;
}

int repo_blob(struct git_repo *repo, char **bytes, size_t *size, const struct git_id *id,
    const char *path, struct error *error)
{
    git_oid blob;
    *bytes = NULL;
    *size = 0;
    if (git_oid_fromstr(&blob, id->hex) != 0)
        return repo->services->error_set(error, ERROR_INPUT, "%s names no object", id->hex);
    return read_blob(repo, bytes, size, &blob, path, error);
}

static void add_file(struct git_repo *repo, struct git_files *out, const char *folder,
    const char *name, const git_oid *id)
{
    const struct git_services *services = repo->services;
    bool inside = folder && folder[0] != '\0';
    size_t size = (inside ? strlen(folder) + 1 : 0) + strlen(name) + 1;
    if (out->count == out->capacity) {
        out->capacity = out->capacity ? 2 * out->capacity : 16;
        out->items = services->memory_resize(out->items, out->capacity, sizeof *out->items);
    }
    struct git_blob_name *file = &out->items[out->count++];
    file->path = services->memory_take(size);
    snprintf(file->path, size, "%s%s%s", inside ? folder : "", inside ? "/" : "", name);
    repo_id(&file->id, id);
}

/* A link stands for what it points at; one that leads nowhere is no file. */
static int add_link(struct git_repo *repo, struct git_files *out, git_tree *top, const char *folder,
    const char *name, struct error *error)
{
    struct found target = {top, NULL};
    char path[PATH_MAX];
    struct error why = ERROR_INIT;
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return 0;
    int result = find_entry(repo, &target, "", path, &why);
    if (result == 0 && target.entry && git_tree_entry_type(target.entry) == GIT_OBJECT_BLOB)
        add_file(repo, out, folder, name, git_tree_entry_id(target.entry));
    git_tree_entry_free(target.entry);
    return why.code == ERROR_MACHINE
               ? repo->services->error_set(error, ERROR_MACHINE, "%s: %s", path, why.text)
               : 0;
}

static int add_folder(struct git_repo *repo, struct git_files *out, const struct found *found,
    const char *path, struct error *error)
{
    git_tree *tree = NULL;
    char folder[PATH_MAX];
    if (normalise(folder, sizeof folder, path) != 0)
        return -1;
    int result = found->entry ? git_tree_lookup(&tree, repo->git, git_tree_entry_id(found->entry))
                              : git_tree_dup(&tree, found->top);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read the folder %s", path);
    for (size_t i = 0; i < git_tree_entrycount(tree) && result == 0; i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        const char *name = git_tree_entry_name(entry);
        if (git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
            result = add_link(repo, out, found->top, folder, name, error);
        else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
            add_file(repo, out, folder, name, git_tree_entry_id(entry));
    }
    git_tree_free(tree);
    return result;
}

int repo_files(struct git_repo *repo, struct git_files *out, const char *revision, const char *path,
    struct error *error)
{
    struct found found;
    enum git_entry entry = GIT_ENTRY_FILE;
    int result = find(repo, &found, revision, path, error);
    if (result != 0)
        return result;
    out->folder = false;
    result = kind(repo, &entry, &found, path, error);
    if (result == 0 && entry == GIT_ENTRY_FOLDER) {
        out->folder = true;
        result = add_folder(repo, out, &found, path, error);
    } else if (result == 0) {
        add_file(repo, out, NULL, path, git_tree_entry_id(found.entry));
    }
    found_release(&found);
    return result;
}

static int expect(struct git_repo *repo, const struct found *found, enum git_entry expected,
    const char *path, struct error *error)
{
    enum git_entry entry = expected;
    int result = kind(repo, &entry, found, path, error);
    if (result != 0 || entry == expected)
        return result;
    bool folder = entry == GIT_ENTRY_FOLDER;
    return repo->services->error_set(error, ERROR_INPUT, "%s is a %s; expected a %s",
        path[0] ? path : "the top", folder ? "folder" : "file", folder ? "file" : "folder");
}

int repo_read(struct git_repo *repo, char **bytes, size_t *size, const char *revision,
    const char *path, struct error *error)
{
    struct found found;
    *bytes = NULL;
    *size = 0;
    int result = find(repo, &found, revision, path, error);
    if (result != 0)
        return result;
    result = expect(repo, &found, GIT_ENTRY_FILE, path, error);
    if (result == 0)
        result = read_blob(repo, bytes, size, git_tree_entry_id(found.entry), path, error);
    found_release(&found);
    return result;
}

static int list_tree(
    struct git_repo *repo, struct names *out, const struct found *found, struct error *error)
{
    git_tree *tree = NULL;
    int result = 0;
    if (found->entry)
        result = git_tree_lookup(&tree, repo->git, git_tree_entry_id(found->entry));
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read the folder");
    const git_tree *folder = tree ? tree : found->top;
    for (size_t i = 0; i < git_tree_entrycount(folder); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(folder, i);
        if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
            repo->services->names_add(out, repo->services->memory_text(git_tree_entry_name(entry)));
    }
    git_tree_free(tree);
    return 0;
}

int repo_list(struct git_repo *repo, struct names *out, const char *revision, const char *path,
    struct error *error)
{
    struct found found;
    int result = find(repo, &found, revision, path, error);
    if (result != 0)
        return result;
    result = expect(repo, &found, GIT_ENTRY_FOLDER, path, error);
    if (result == 0)
        result = list_tree(repo, out, &found, error);
    found_release(&found);
    return result;
}

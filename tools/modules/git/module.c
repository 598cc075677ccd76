/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * Extensions that change nothing of what is read here, but which libgit2 1.5
 * refuses unless they are named: settings of one work tree, objects that are
 * fetched when needed, objects that must not be pruned.
 */
static int accept_extensions(void)
{
    static const char *const extensions[] = {"worktreeconfig", "partialclone", "preciousobjects"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, ARRAY_SIZE(extensions));
}

/*
 * git takes safe.directory = * in the user's or the system's configuration for
 * trust in every folder; libgit2 1.5 does not know it.
 */
static bool trusts_all(void)
{
    git_config *config;
    git_config_iterator *values;
    git_config_entry *entry;
    bool all = false;
    if (git_config_open_default(&config) != 0)
        return false;
    if (git_config_multivar_iterator_new(&values, config, "safe.directory", NULL) == 0) {
        while (git_config_next(&entry, values) == 0)
            all = entry->value[0] != '\0' && (all || strcmp(entry->value, "*") == 0);
        git_config_iterator_free(values);
    }
    git_config_free(config);
    return all;
}

/* Without any safe.directory, libgit2 1.5 does not say that the owner is another. */
static bool foreign(int result)
{
    const git_error *last = git_error_last();
    return result == GIT_EOWNER || (result == GIT_ENOTFOUND && last && last->message &&
                                       strstr(last->message, "safe.directory"));
}

static int open_whoever_owns(git_repository **out, const char *folder)
{
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    int result = git_repository_open_ext(out, folder, 0, NULL);
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    return result;
}

static int open_folder(git_repository **out, const char *folder)
{
    int result = git_repository_open_ext(out, folder, 0, NULL);
    if (!foreign(result))
        return result;
    return trusts_all() ? open_whoever_owns(out, folder) : GIT_EOWNER;
}

/* What git would want to see in safe.directory: the top of the work tree. */
static void owner_failed(
    const struct git_services *services, const char *folder, struct error *error)
{
    git_repository *git = NULL;
    const char *top;
    if (open_whoever_owns(&git, folder) == 0)
        top = git_repository_is_bare(git) ? git_repository_path(git) : git_repository_workdir(git);
    else
        top = folder;
    size_t length = strlen(top);
    if (length > 1 && top[length - 1] == '/')
        length--;
    services->error_set(error, ERROR_INPUT,
        "the git repository belongs to another user; if you trust it: git config --global --add "
        "safe.directory %.*s",
        (int)length, top);
    git_repository_free(git);
}

static void open_failed(
    const struct git_services *services, int result, const char *folder, struct error *error)
{
    if (result == GIT_EOWNER) {
        owner_failed(services, folder, error);
    } else if (result == GIT_ENOTFOUND) {
        bool here = strcmp(folder, ".") == 0;
        services->error_set(error, ERROR_INPUT,
            "there is no git repository in %s or above it; -C DIR names one",
            here ? "the current folder" : folder);
        if (error)
            error->number = ENOENT;
    } else {
        repo_failed(services, error, result, "cannot open the git repository");
    }
}

/* libgit2 decides here, once, whether a reference that moves is synced. */
static void open_references(git_repository *git)
{
    git_refdb *references = NULL;
    repo_sync_each(true);
    if (git_repository_refdb(&references, git) == 0)
        git_refdb_free(references);
    repo_sync_each(false);
}

static int repo_open(struct git_repo **out, const struct git_services *services, const char *folder,
    struct error *error)
{
    git_repository *git;
    *out = NULL;
    if (repo_take_memory_from(services) < 0 || git_libgit2_init() < 0 || accept_extensions() < 0)
        return repo_failed(services, error, GIT_ERROR, "cannot start libgit2");
    int result = open_folder(&git, folder);
    if (result != 0) {
        open_failed(services, result, folder, error);
        git_libgit2_shutdown();
        return -1;
    }
    open_references(git);
    /* What is read is not hashed again, as git does not, either: git fsck is for that. */
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    struct git_repo *repo = services->memory_take(sizeof *repo);
    *repo = (struct git_repo){git, services};
    *out = repo;
    return 0;
}

static void repo_close(struct git_repo *repo)
{
    git_repository_free(repo->git);
    free(repo);
    if (git_libgit2_shutdown() == 0)
        repo_free_reserve();
}

const struct git_module benchline_git_module = {
    .version = GIT_MODULE_VERSION,
    .size = sizeof(struct git_module),
    .open = repo_open,
    .close = repo_close,
    .resolve = repo_resolve,
    .look = repo_look,
    .read = repo_read,
    .list = repo_list,
    .references = repo_references,
    .head = repo_head,
    .merge_base = repo_merge_base,
    .tags = repo_tags,
    .point = repo_point,
    .walk = repo_walk,
    .contains = repo_contains,
    .files = repo_files,
    .blob = repo_blob,
    .folder = repo_folder,
    .guard = repo_guard,
    .setting = repo_setting,
    .draft = repo_draft,
    .store = repo_store,
    .note = repo_note,
    .move = repo_move,
    .lock_path = repo_lock_path,
};

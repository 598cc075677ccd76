/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char heads[] = "refs/heads/";

static bool exists(struct git_repo *repo, const char *reference)
{
    git_oid id;
    return git_reference_name_to_id(&id, repo->git, reference) == 0;
}

/* A reference that is a folder of this one's name, or under it; its name, to be freed. */
static char *find_collision(struct git_repo *repo, const char *reference)
{
    char *name = repo->services->memory_text(reference);
    for (char *slash = strchr(name + sizeof heads - 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (exists(repo, name))
            return name;
        *slash = '/';
    }
    free(name);

    git_reference_iterator *references;
    const char *found;
    size_t length = strlen(reference);
    name = NULL;
    if (git_reference_iterator_new(&references, repo->git) != 0)
        return NULL;
    while (!name && git_reference_next_name(&found, references) == 0)
        if (strncmp(found, reference, length) == 0 && found[length] == '/')
            name = repo->services->memory_text(found);
    git_reference_iterator_free(references);
    return name;
}

static bool head_is(git_repository *git, const char *reference)
{
    git_reference *head;
    if (git_repository_is_bare(git) || git_reference_lookup(&head, git, "HEAD") != 0)
        return false;
    const char *target = git_reference_symbolic_target(head);
    bool same = target && strcmp(target, reference) == 0;
    git_reference_free(head);
    return same;
}

/* The work tree of git, where reference is its branch, even one without a commit yet. */
static char *work_tree_of(struct git_repo *repo, git_repository *git, const char *reference)
{
    return head_is(git, reference) ? repo->services->memory_text(git_repository_workdir(git))
                                   : NULL;
}

/* The work tree that has the branch checked out: this one, the first one, or another. */
static char *find_work_tree(struct git_repo *repo, const char *reference)
{
    git_strarray names = {NULL, 0};
    git_repository *git = NULL;
    char *found = work_tree_of(repo, repo->git, reference);
    if (!found && git_repository_open(&git, git_repository_commondir(repo->git)) == 0)
        found = work_tree_of(repo, git, reference);
    git_repository_free(git);
    if (git_worktree_list(&names, repo->git) != 0)
        return found;
    for (size_t i = 0; i < names.count && !found; i++) {
        git_worktree *tree = NULL;
        git = NULL;
        if (git_worktree_lookup(&tree, repo->git, names.strings[i]) == 0 &&
            git_repository_open_from_worktree(&git, tree) == 0)
            found = work_tree_of(repo, git, reference);
        git_repository_free(git);
        git_worktree_free(tree);
    }
    git_strarray_dispose(&names);
    return found;
}

int repo_guard(struct git_repo *repo, const char *reference, struct error *error)
{
    const struct git_services *services = repo->services;
    bool branch = strncmp(reference, heads, sizeof heads - 1) == 0;
    const char *name = branch ? reference + sizeof heads - 1 : reference;
    int valid = 0;
    if ((branch ? git_branch_name_is_valid(&valid, name)
                : git_reference_name_is_valid(&valid, name)) != 0 ||
        !valid)
        return services->error_set(
            error, ERROR_USAGE, "\"%s\" cannot be the name of a branch", name);
    char *other = find_collision(repo, reference);
    if (other) {
        services->error_set(error, ERROR_USAGE,
            "%s cannot be made beside %s: the one is a file where the other needs a folder; choose "
            "another name",
            reference, other);
        free(other);
        return -1;
    }
    other = find_work_tree(repo, reference);
    if (other) {
        services->error_set(error, ERROR_USAGE,
            "the branch %s is checked out in %s, whose files would look as if somebody had changed "
            "them back; commit to a branch of its own, or write with -o and use git add and git "
            "commit",
            name, other);
        free(other);
        return -1;
    }
    return 0;
}

static git_oid id_of(const struct git_id *id)
{
    git_oid out;
    memset(&out, 0, sizeof out);
    if (id->hex[0] != '\0')
        git_oid_fromstr(&out, id->hex);
    return out;
}

/* The folder of a reference is synced after it has moved: then there is no way back. */
static int move_failed(
    struct git_repo *repo, const char *reference, const git_oid *wanted, struct error *error)
{
    struct error why = ERROR_INIT;
    git_oid now;
    repo_not_written(repo->services, &why, "cannot move %s", reference);
    if (git_reference_name_to_id(&now, repo->git, reference) != 0 || !git_oid_equal(&now, wanted))
        return repo->services->error_set(error, why.code, "%s", why.text);
    return repo->services->error_set(error, ERROR_MACHINE,
        "%s has moved, but the disk does not say that it will stay (%s)", reference, why.text);
}

int repo_move(struct git_repo *repo, enum git_move *out, const char *reference,
    const struct git_id *from, const struct git_id *to, const char *why, struct error *error)
{
    git_oid old = id_of(from), new = id_of(to);
    git_reference *moved = NULL;
    bool is_new = from->hex[0] == '\0';
    repo_open_reserve();
    int result =
        is_new ? git_reference_create(&moved, repo->git, reference, &new, 0, why)
               : git_reference_create_matching(&moved, repo->git, reference, &new, 1, &old, why);
    git_reference_free(moved);
    repo_close_reserve();
    switch (result) {
    case 0: *out = GIT_MOVE_DONE; return 0;
    case GIT_ELOCKED: *out = GIT_MOVE_LOCKED; return 0;
    case GIT_EMODIFIED:
    case GIT_EEXISTS:
    case GIT_ENOTFOUND: *out = GIT_MOVE_LATE; return 0;
    default: return move_failed(repo, reference, &new, error);
    }
}

char *repo_lock_path(struct git_repo *repo, const char *reference)
{
    const char *folder = git_repository_commondir(repo->git);
    size_t size = strlen(folder) + strlen(reference) + sizeof ".lock";
    char *path = repo->services->memory_take(size);
    snprintf(path, size, "%s%s.lock", folder, reference);
    return path;
}

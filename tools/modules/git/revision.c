/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <string.h>

/* A commit that a shallow clone does not have, or an object that a partial one left out. */
static int missing(struct git_repo *repo, const char *revision, struct error *error)
{
    if (git_repository_is_shallow(repo->git) == 1)
        return repo->services->error_set(error, ERROR_INPUT,
            "%s reaches behind the commits of this shallow clone; fetch them: git fetch "
            "--unshallow",
            revision);
    return 1;
}

static int dereference(git_object **out, const git_object *object, git_object_t wanted)
{
    switch (git_object_type(object)) {
    case GIT_OBJECT_TAG: return git_tag_target(out, (const git_tag *)object);
    case GIT_OBJECT_COMMIT:
        if (wanted == GIT_OBJECT_TREE)
            return git_commit_tree((git_tree **)out, (const git_commit *)object);
        return GIT_EPEEL;
    default: return GIT_EPEEL;
    }
}

int repo_peel(git_object **out, git_object *object, git_object_t type)
{
    int result = 0;
    while (result == 0 && git_object_type(object) != type) {
        git_object *next = NULL;
        result = dereference(&next, object, type);
        git_object_free(object);
        object = next;
    }
    *out = object;
    return result;
}

int repo_revision(struct git_repo *repo, git_object **out, const char *revision, git_object_t type,
    struct error *error)
{
    const struct git_services *services = repo->services;
    git_object *object = NULL;
    *out = NULL;
    int result = git_revparse_single(&object, repo->git, revision);
    if (result == GIT_ENOTFOUND)
        return missing(repo, revision, error);
    if (result == GIT_EAMBIGUOUS)
        return services->error_set(
            error, ERROR_INPUT, "several objects begin with %s; give more of its digits", revision);
    if (result == GIT_EINVALIDSPEC)
        return services->error_set(
            error, ERROR_INPUT, "\"%s\" is not a revision as git writes them", revision);
    if (result != 0)
        return repo_failed(services, error, result, "cannot find the revision %s", revision);
    result = repo_peel(out, object, type);
    if (result == GIT_EPEEL)
        return services->error_set(
            error, ERROR_INPUT, "%s is no %s", revision, git_object_type2string(type));
    if (result != 0)
        return repo_failed(services, error, result, "cannot read the revision %s", revision);
    return 0;
}

int repo_resolve(
    struct git_repo *repo, struct git_id *out, const char *revision, struct error *error)
{
    git_object *commit;
    int result = repo_revision(repo, &commit, revision, GIT_OBJECT_COMMIT, error);
    if (result == 0)
        repo_id(out, git_object_id(commit));
    git_object_free(commit);
    return result;
}

/* The best common ancestor, 1 where there is none. */
int repo_merge_base(struct git_repo *repo, struct git_id *out, const struct git_id *one,
    const struct git_id *other, struct error *error)
{
    git_oid base, ids[2];
    int result = git_oid_fromstr(&ids[0], one->hex);
    if (result == 0)
        result = git_oid_fromstr(&ids[1], other->hex);
    if (result == 0)
        result = git_merge_base(&base, repo->git, &ids[0], &ids[1]);
    if (result == GIT_ENOTFOUND || (result != 0 && git_repository_is_shallow(repo->git) == 1))
        return missing(repo, "what both come from", error);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot find what both come from");
    repo_id(out, &base);
    return 0;
}

int repo_references(struct git_repo *repo, struct names *out, struct error *error)
{
    static const char *const kinds[] = {"refs/heads/", "refs/tags/", "refs/remotes/"};
    git_reference_iterator *references;
    const char *name;
    int result = git_reference_iterator_new(&references, repo->git);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot list the references");
    while ((result = git_reference_next_name(&name, references)) == 0)
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
            if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
                repo->services->names_add(
                    out, repo->services->memory_text(name + strlen(kinds[i])));
    git_reference_iterator_free(references);
    if (result != GIT_ITEROVER)
        return repo_failed(repo->services, error, result, "cannot list the references");
    return 0;
}

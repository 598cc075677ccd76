/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_PREFIX = sizeof "refs/tags/" - 1 };

/* ---- tags ------------------------------------------------------------------------------ */

static int add_tag(struct git_repo *repo, struct git_refs *out, const git_reference *reference)
{
    const git_oid *target = git_reference_target_peel(reference);
    if (!target)
        target = git_reference_target(reference);
    if (!target)
        return 0; /* a symbolic one */
    if (out->count == out->capacity) {
        out->capacity = out->capacity ? 2 * out->capacity : 64;
        out->items = repo->services->memory_resize(out->items, out->capacity, sizeof *out->items);
    }
    struct git_ref *tag = &out->items[out->count++];
    tag->name = repo->services->memory_text(git_reference_name(reference) + TAG_PREFIX);
    repo_id(&tag->target, target);
    return 0;
}

int repo_tags(struct git_repo *repo, struct git_refs *out, struct error *error)
{
    git_reference_iterator *references;
    git_reference *reference;
    int result = git_reference_iterator_glob_new(&references, repo->git, "refs/tags/*");
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot list the tags");
    while ((result = git_reference_next(&reference, references)) == 0) {
        add_tag(repo, out, reference);
        git_reference_free(reference);
    }
    git_reference_iterator_free(references);
    return result == GIT_ITEROVER
               ? 0
               : repo_failed(repo->services, error, result, "cannot list the tags");
}

/* ---- commits ------------------------------------------------------------------------------ */

static void note_commit(struct git_repo *repo, struct git_point *out, git_commit *commit)
{
    const char *summary = git_commit_summary(commit);
    repo_id(&out->commit, git_commit_id(commit));
    out->time = (int64_t)git_commit_time(commit);
    out->summary = repo->services->memory_text(summary ? summary : "");
}

static int no_object(
    struct git_repo *repo, int result, const struct git_id *id, struct error *error)
{
    if (result == GIT_ENOTFOUND)
        return repo->services->error_set(error, ERROR_INPUT,
            "the object %s is not in this repository; git fsck says what is missing", id->hex);
    return repo_failed(repo->services, error, result, "cannot read the object %s", id->hex);
}

int repo_point(
    struct git_repo *repo, struct git_point *out, const struct git_id *target, struct error *error)
{
    git_oid id;
    git_object *object, *commit;
    if (git_oid_fromstr(&id, target->hex) != 0)
        return repo->services->error_set(error, ERROR_INPUT, "%s names no object", target->hex);
    int result = git_object_lookup(&object, repo->git, &id, GIT_OBJECT_ANY);
    if (result != 0)
        return no_object(repo, result, target, error);
    result = repo_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (result == GIT_EPEEL)
        return 1;
    if (result != 0)
        return no_object(repo, result, target, error);
    note_commit(repo, out, (git_commit *)commit);
    git_object_free(commit);
    return 0;
}

static int shallow(struct git_repo *repo, struct error *error)
{
    return repo->services->error_set(error, ERROR_INPUT,
        "this clone is shallow: its history is cut off, and what is missing would look as if it "
        "had never been; fetch the rest: git fetch --unshallow");
}

/* Begins at a revision, or ends at it. 1 where there is none of that name. */
static int push(
    git_revwalk *walk, struct git_repo *repo, const char *name, bool hide, struct error *error)
{
    git_object *tip;
    int result = repo_revision(repo, &tip, name[0] ? name : "HEAD", GIT_OBJECT_COMMIT, error);
    if (result != 0)
        return result;
    result = (hide ? git_revwalk_hide : git_revwalk_push)(walk, git_object_id(tip));
    git_object_free(tip);
    return result == 0
               ? 0
               : repo_failed(repo->services, error, result, "cannot walk the history of %s", name);
}

/* A..B, or the names of tips with blanks between. */
static int push_range(
    git_revwalk *walk, struct git_repo *repo, const char *range, struct error *error)
{
    char *names = repo->services->memory_text(range), *dots = strstr(names, ".."), *rest = names;
    int result = 0;
    if (dots) {
        *dots = '\0';
        result = push(walk, repo, names, true, error);
        if (result == 0)
            result = push(walk, repo, dots + 2, false, error);
    }
    for (char *name; !dots && result == 0 && (name = strtok_r(rest, " ", &rest));)
        result = push(walk, repo, name, false, error);
    free(names);
    return result;
}

static int take_commits(
    struct git_repo *repo, git_revwalk *walk, struct git_points *out, struct error *error)
{
    git_oid id;
    int result;
    while ((result = git_revwalk_next(&id, walk)) == 0) {
        git_commit *commit;
        result = git_commit_lookup(&commit, repo->git, &id);
        if (result != 0)
            break;
        if (out->count == out->capacity) {
            out->capacity = out->capacity ? 2 * out->capacity : 64;
            out->items =
                repo->services->memory_resize(out->items, out->capacity, sizeof *out->items);
        }
        note_commit(repo, &out->items[out->count++], commit);
        git_commit_free(commit);
    }
    if (result == GIT_ITEROVER)
        return 0;
    return repo_failed(repo->services, error, result, "cannot walk the history");
}

int repo_walk(struct git_repo *repo, struct git_points *out, const char *range, bool first_parent,
    struct error *error)
{
    git_revwalk *walk;
    if (git_repository_is_shallow(repo->git))
        return shallow(repo, error);
    int result = git_revwalk_new(&walk, repo->git);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot walk the history");
    git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME | GIT_SORT_REVERSE);
    if (first_parent)
        git_revwalk_simplify_first_parent(walk);
    result = push_range(walk, repo, range, error);
    if (result == 0)
        result = take_commits(repo, walk, out, error);
    git_revwalk_free(walk);
    return result;
}

int repo_contains(struct git_repo *repo, bool *out, const struct git_id *commit,
    const char *revision, struct error *error)
{
    git_object *object;
    git_oid id;
    int result = repo_revision(repo, &object, revision, GIT_OBJECT_COMMIT, error);
    *out = false;
    if (result != 0)
        return result;
    const git_oid *wanted = git_object_id(object);
    if (git_oid_fromstr(&id, commit->hex) == 0)
        *out = git_oid_equal(&id, wanted) || git_graph_descendant_of(repo->git, &id, wanted) == 1;
    git_object_free(object);
    return 0;
}

char *repo_folder(struct git_repo *repo)
{
    return repo->services->memory_text(git_repository_commondir(repo->git));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void repo_note_commit(struct git_repo *repo, struct git_point *out, git_commit *commit)
{
    const char *summary = git_commit_summary(commit);
    repo_id(&out->commit, git_commit_id(commit));
    out->time = (int64_t)git_commit_time(commit);
    out->summary = repo->services->memory_text(summary ? summary : "");
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
        repo_note_commit(repo, &out->items[out->count++], commit);
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
    result = git_oid_fromstr(&id, commit->hex);
    if (result == 0 && git_oid_equal(&id, wanted))
        *out = true;
    else if (result == 0)
        result = git_graph_descendant_of(repo->git, &id, wanted);
    *out = *out || result == 1;
    git_object_free(object);
    return result >= 0 ? 0
                       : repo_failed(repo->services, error, result,
                             "cannot tell whether %s is in %s", revision, commit->hex);
}

char *repo_folder(struct git_repo *repo)
{
    return repo->services->memory_text(git_repository_commondir(repo->git));
}

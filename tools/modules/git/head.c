/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The place of a byte in the order of version names: v1.0-rc1 < v1.0 < v1.0.1. */
static int weight(char byte)
{
    if (byte == '~' || byte == '-')
        return -1;
    return (unsigned char)byte;
}

/* Numbers by value, the rest by bytes; a name that goes on with "-" comes before the one that ends.
 */
static int compare_versions(const char *a, const char *b)
{
    while (*a || *b) {
        if (digit(*a) && digit(*b)) {
            a += strspn(a, "0");
            b += strspn(b, "0");
            size_t left = strspn(a, "0123456789"), right = strspn(b, "0123456789");
            if (left != right)
                return left < right ? -1 : 1;
            int order = strncmp(a, b, left);
            if (order != 0)
                return order;
            a += left;
            b += right;
        } else if (*a != *b) {
            return weight(*a) - weight(*b);
        } else {
            a++;
            b++;
        }
    }
    return 0;
}

/* Whether a tag's reference leads to commit; an annotated one goes over its tag object. */
static bool tags(const git_reference *reference, const git_oid *commit, bool *annotated)
{
    const git_oid *target = git_reference_target(reference);
    const git_oid *peeled = git_reference_target_peel(reference);
    git_object *object = NULL;
    bool same;
    *annotated = false;
    if (!target)
        return false;
    if (git_oid_equal(target, commit))
        return true;
    *annotated = true;
    if (peeled)
        return git_oid_equal(peeled, commit) != 0;
    /* Only a loose reference does not say what its tag is of. */
    same = git_reference_peel(&object, reference, GIT_OBJECT_COMMIT) == 0 &&
           git_oid_equal(git_object_id(object), commit);
    git_object_free(object);
    return same;
}

static int find_tag(
    struct git_repo *repo, struct git_head *out, const git_oid *commit, struct error *error)
{
    static const char prefix[] = "refs/tags/";
    git_reference_iterator *references;
    git_reference *reference;
    bool best_annotated = false, annotated;
    int result = git_reference_iterator_glob_new(&references, repo->git, "refs/tags/*");
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot list the tags");
    while ((result = git_reference_next(&reference, references)) == 0) {
        const char *name = git_reference_name(reference) + sizeof prefix - 1;
        if (tags(reference, commit, &annotated) &&
            (!out->tag || annotated > best_annotated ||
                (annotated == best_annotated && compare_versions(name, out->tag) > 0))) {
            free(out->tag);
            out->tag = repo->services->memory_text(name);
            best_annotated = annotated;
        }
        git_reference_free(reference);
    }
    git_reference_iterator_free(references);
    if (result != GIT_ITEROVER)
        return repo_failed(repo->services, error, result, "cannot list the tags");
    return 0;
}

/* What a sparse checkout leaves out looks deleted to libgit2 1.5. */
static bool left_out(git_index *index, const git_diff_delta *delta)
{
    const git_index_entry *entry = delta->status == GIT_DELTA_DELETED
                                       ? git_index_get_bypath(index, delta->old_file.path, 0)
                                       : NULL;
    return entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE);
}

static int stop_at_change(
    const git_diff *diff, const git_diff_delta *delta, const char *pathspec, void *index)
{
    (void)diff;
    (void)pathspec;
    return left_out(index, delta) ? 1 : GIT_EUSER;
}

/* As git describe --dirty: the index or a tracked file is not as in the commit. */
static enum git_dirty find_dirty(struct git_repo *repo, git_commit *commit)
{
    git_diff_options options;
    git_diff *diff = NULL;
    git_index *index = NULL;
    git_tree *tree = NULL;
    if (git_repository_is_bare(repo->git))
        return GIT_DIRTY_UNKNOWN;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.notify_cb = stop_at_change;
    int result = git_repository_index(&index, repo->git);
    options.payload = index;
    if (result == 0)
        result = git_commit_tree(&tree, commit);
    if (result == 0)
        result = git_diff_tree_to_index(&diff, repo->git, tree, index, &options);
    git_diff_free(diff);
    diff = NULL;
    if (result == 0 && !repo_untouched(repo, index))
        result = git_diff_index_to_workdir(&diff, repo->git, index, &options);
    git_diff_free(diff);
    git_tree_free(tree);
    git_index_free(index);
    if (result == GIT_EUSER)
        return GIT_DIRTY_YES;
    return result == 0 ? GIT_DIRTY_NO : GIT_DIRTY_UNKNOWN;
}

static void write_time(char out[static GIT_TIME_SIZE], git_time_t seconds)
{
    struct tm parts;
    time_t when = (time_t)seconds;
    if (!gmtime_r(&when, &parts) || strftime(out, GIT_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        out[0] = '\0';
}

static int describe(
    struct git_repo *repo, struct git_head *out, git_reference *head, struct error *error)
{
    git_object *object;
    int result = git_reference_peel(&object, head, GIT_OBJECT_COMMIT);
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read the commit of HEAD");
    git_commit *commit = (git_commit *)object;
    repo_id(&out->commit, git_commit_id(commit));
    write_time(out->committed_at, git_commit_time(commit));
    out->dirty = find_dirty(repo, commit);
    result = find_tag(repo, out, git_commit_id(commit), error);
    git_commit_free(commit);
    return result;
}

/* The branch of a HEAD that has no commit yet. */
static void name_unborn_branch(struct git_repo *repo, struct git_head *out)
{
    static const char prefix[] = "refs/heads/";
    git_reference *head;
    if (git_reference_lookup(&head, repo->git, "HEAD") != 0)
        return;
    const char *target = git_reference_symbolic_target(head);
    if (target && strncmp(target, prefix, sizeof prefix - 1) == 0)
        out->branch = repo->services->memory_text(target + sizeof prefix - 1);
    git_reference_free(head);
}

int repo_head(struct git_repo *repo, struct git_head *out, struct error *error)
{
    git_reference *head;
    *out = (struct git_head){.dirty = GIT_DIRTY_UNKNOWN};
    int result = git_repository_head(&head, repo->git);
    if (result == GIT_EUNBORNBRANCH || result == GIT_ENOTFOUND) {
        name_unborn_branch(repo, out);
        return 0;
    }
    if (result != 0)
        return repo_failed(repo->services, error, result, "cannot read HEAD");
    if (git_reference_is_branch(head))
        out->branch = repo->services->memory_text(git_reference_shorthand(head));
    result = describe(repo, out, head, error);
    git_reference_free(head);
    return result;
}

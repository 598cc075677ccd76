/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_GIT_H
#define SOURCE_GIT_H

#include "base/compiler.h"
#include "base/error.h"
#include "source/git_module.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A git repository, read without touching a checkout. libgit2 is in a module
 * of its own (git.so, see source/git_module.h) that is loaded by the first
 * repository_open and by nothing else.
 *
 * A REVISION is what git takes: a branch, a tag, a commit or the first digits of
 * one, HEAD~2, v1.2^{commit}. A PATH is relative to the top of the repository,
 * with '/' between its parts; "" is the top. What is handed out is freed as said
 * there; an error of the repository itself has the code ERROR_INPUT, or
 * ERROR_MACHINE where the disk failed or the module is not there.
 */
struct repository;

/*
 * The repository that holds folder (NULL: the current one) or one of the folders
 * above it. module is the path of git.so, from tool/place.h. error.number says
 *   ENOENT  there is no repository
 *   ENOPKG  the module or libgit2 is not installed
 *   ENOMEM  there is no memory to load it
 * so that a caller who can do without may go on after the first two.
 */
int repository_open(
    struct repository **out, const char *module, const char *folder, struct error *error) MUST_USE;
void repository_close(struct repository *repository);

/* The commit that revision names. */
int repository_resolve(struct repository *repository, struct git_id *out, const char *revision,
    struct error *error) MUST_USE;

/*
 * The best commit that both revisions come from, as git merge-base finds it: the
 * one itself where the other comes from it. error.number is ENOENT where they
 * have none in common.
 */
int repository_merge_base(struct repository *repository, struct git_id *out, const char *one,
    const char *other, struct error *error) MUST_USE;

/* What path is in revision: GIT_ENTRY_FILE or GIT_ENTRY_FOLDER. */
int repository_look(struct repository *repository, enum git_entry *out, const char *revision,
    const char *path, struct error *error) MUST_USE;
/* The bytes of a file (free()), with a NUL behind them that size does not count. */
int repository_read(struct repository *repository, char **bytes, size_t *size, const char *revision,
    const char *path, struct error *error) MUST_USE;
/* The names of the files in a folder (not deeper), sorted by bytes, added to out. */
int repository_list(struct repository *repository, struct names *out, const char *revision,
    const char *path, struct error *error) MUST_USE;

/* What HEAD is, for a run line's `vcs`. A repository without a commit is no error. */
int repository_head(
    struct repository *repository, struct git_head *out, struct error *error) MUST_USE;
void git_head_release(struct git_head *head);

/*
 * A history, point by point. Tags come in the order of their names' bytes; what
 * they lead to is found out by repository_point, which gives 1 for the tag of a
 * tree or a file, and -1 for one that cannot be read. repository_walk takes A..B,
 * or B for all that led to it, oldest first (a commit stands behind its parents),
 * and refuses a shallow clone.
 */
int repository_tags(
    struct repository *repository, struct git_refs *out, struct error *error) MUST_USE;
int repository_point(struct repository *repository, struct git_point *out,
    const struct git_ref *tag, struct error *error) MUST_USE;
int repository_walk(struct repository *repository, struct git_points *out, const char *range,
    bool first_parent, struct error *error) MUST_USE;
/* Whether revision is commit or an ancestor of it; an unknown revision is in none. */
int repository_contains(struct repository *repository, bool *out, const struct git_id *commit,
    const char *revision, struct error *error) MUST_USE;
/*
 * The report files of path in a commit: itself, or those of the folder whose
 * names names_report knows, sorted by bytes. A path that is not there has none.
 */
int repository_files(struct repository *repository, struct git_files *out,
    const struct git_id *commit, const char *path, struct error *error) MUST_USE;
/* The content of a file, as repository_read gives it; path is for messages. */
int repository_blob(struct repository *repository, char **bytes, size_t *size,
    const struct git_id *id, const char *path, struct error *error) MUST_USE;
/* The repository's own folder, with a '/' at its end: free(). */
char *repository_folder(struct repository *repository) MUST_USE;

void git_refs_release(struct git_refs *refs);
void git_points_release(struct git_points *points);
void git_files_release(struct git_files *files);

#endif

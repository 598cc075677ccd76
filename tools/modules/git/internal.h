/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODULES_GIT_INTERNAL_H
#define MODULES_GIT_INTERNAL_H

#include "base/compiler.h"
#include "source/git_module.h"

#include <git2.h>
#include <stdbool.h>

/* What the parts of the module share. Names of libgit2 begin with git_, too. */
struct git_repo {
    git_repository *git;
    const struct git_services *services;
};

/*
 * -1, with an error that says what could not be done and why: a known cause with
 * what to do about it, any other in libgit2's words. result is what libgit2
 * returned.
 */
int repo_failed(const struct git_services *services, struct error *error, int result,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* The same for what could not be written: always the machine's fault. */
int repo_not_written(const struct git_services *services, struct error *error, const char *format,
    ...) PRINTF_LIKE(3, 4);

/*
 * To be called before what writes: libgit2 1.5 does not say why an object cannot be
 * written, and what it said last would look like the reason. Then errno is.
 */
void repo_forget_error(void);

/* From here on libgit2 allocates through base/: to be called before it starts. */
int repo_take_memory_from(const struct git_services *services);

/*
 * Between the two libgit2 gets what it asks for, up to 256 KiB that are set aside
 * first, so that the program does not end while libgit2 holds a lock. A move takes
 * 14 KiB, and 93 where paths are as long as they can be (measured). Where there is
 * no memory to set aside, the program ends in repo_open_reserve. repo_free_reserve
 * comes after libgit2 has shut down.
 */
void repo_open_reserve(void);
void repo_close_reserve(void);
void repo_free_reserve(void);

/* What a point of a history says of its commit. */
void repo_note_commit(struct git_repo *repo, struct git_point *out, git_commit *commit);
/* The id of an object in digits. */
void repo_id(struct git_id *out, const git_oid *id);

/*
 * As git_object_peel, which puts its own words before the reason where something
 * cannot be read: what object leads to, or GIT_EPEEL. Takes object, also then.
 */
int repo_peel(git_object **out, git_object *object, git_object_t type) MUST_USE;
/* 0 and the object, 1 when there is no such revision, -1. */
int repo_revision(struct git_repo *repo, git_object **out, const char *revision, git_object_t type,
    struct error *error) MUST_USE;

int repo_resolve(
    struct git_repo *repo, struct git_id *out, const char *revision, struct error *error);
int repo_look(struct git_repo *repo, enum git_entry *out, const char *revision, const char *path,
    struct error *error);
int repo_read(struct git_repo *repo, char **bytes, size_t *size, const char *revision,
    const char *path, struct error *error);
int repo_list(struct git_repo *repo, struct names *out, const char *revision, const char *path,
    struct error *error);
int repo_references(struct git_repo *repo, struct names *out, struct error *error);
int repo_head(struct git_repo *repo, struct git_head *out, struct error *error);
/*
 * Whether each file of the index is on the disk as it was when it was added, by all
 * that the index notes of it: what git looks at first. libgit2's own diff lists each
 * folder as well, and takes more than twice as long. False is no answer: what is in
 * the files has to be compared.
 */
bool repo_untouched(struct git_repo *repo, git_index *index);
int repo_merge_base(struct git_repo *repo, struct git_id *out, const struct git_id *one,
    const struct git_id *other, struct error *error);

int repo_tags(struct git_repo *repo, struct git_refs *out, struct error *error);
int repo_point(
    struct git_repo *repo, struct git_point *out, const struct git_ref *tag, struct error *error);
int repo_walk(struct git_repo *repo, struct git_points *out, const char *range, bool first_parent,
    struct error *error);
int repo_contains(struct git_repo *repo, bool *out, const struct git_id *commit,
    const char *revision, struct error *error);
int repo_files(struct git_repo *repo, struct git_files *out, const char *revision, const char *path,
    struct error *error);
int repo_blob(struct git_repo *repo, char **bytes, size_t *size, const struct git_id *id,
    const char *path, struct error *error);
char *repo_folder(struct git_repo *repo);

int repo_guard(struct git_repo *repo, const char *reference, struct error *error);
char *repo_setting(struct git_repo *repo, const char *name);
int repo_draft(struct git_repo *repo, const struct git_draft *draft, struct git_id *tip,
    char **commit, struct error *error);
int repo_store(struct git_repo *repo, const struct git_draft *draft, struct git_id *out,
    const char *commit, const char *signature, struct error *error);
int repo_note(struct git_repo *repo, const struct git_note_request *note, struct git_id *tip,
    struct git_id *out, struct error *error);
int repo_move(struct git_repo *repo, enum git_move *out, const char *reference,
    const struct git_id *from, const struct git_id *to, const char *why, struct error *error);
char *repo_lock_path(struct git_repo *repo, const char *reference);

/* A person as libgit2 wants one, with what is not given from the configuration. */
int repo_person(struct git_repo *repo, git_signature **out, const struct git_person *person,
    bool author, int64_t time, struct error *error) MUST_USE;
/*
 * Whether libgit2 syncs each object as it writes it. Off while a commit's objects
 * are written: repo_sync syncs them together. Moved references are always synced.
 */
void repo_sync_each(bool each);
/* Waits for the disk to hold the commit and what is new with it at the draft's paths. */
int repo_sync(struct git_repo *repo, const git_oid *commit, const struct git_draft *draft,
    struct error *error) MUST_USE;
/* The commit of a reference; NULL and "" where there is no such reference. */
int repo_tip(struct git_repo *repo, git_commit **out, const char *reference, struct git_id *tip,
    struct error *error) MUST_USE;

#endif

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

/* The id of an object in digits. */
void repo_id(struct git_id *out, const git_oid *id);

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

#endif

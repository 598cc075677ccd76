/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The old note with text behind it, a blank line between; NULL where text is in it. */
static char *join(struct git_repo *repo, const char *old, const char *text)
{
    size_t length = strlen(old);
    if (length > 0 && strstr(old, text))
        return NULL;
    while (length > 0 && old[length - 1] == '\n')
        length--;
    size_t size = length + strlen(text) + sizeof "\n\n\n";
    char *all = repo->services->memory_take(size);
    snprintf(all, size, "%.*s%s%s%s", (int)length, old, length ? "\n\n" : "", text,
        text[0] && text[strlen(text) - 1] == '\n' ? "" : "\n");
    return all;
}

static int read_old(struct git_repo *repo, char **all, git_commit *parent, const git_oid *target,
    const char *text, struct error *error)
{
    git_note *old = NULL;
    int result = parent ? git_note_commit_read(&old, repo->git, parent, target) : GIT_ENOTFOUND;
    if (result != 0 && result != GIT_ENOTFOUND)
        return repo_failed(repo->services, error, result, "cannot read the note");
    *all = join(repo, old ? git_note_message(old) : "", text);
    git_note_free(old);
    return 0;
}

/* libgit2 1.5 may say that it wrote an object for which there was no room. */
static int check_there(struct git_repo *repo, const git_oid *id, struct error *error)
{
    git_commit *commit = NULL;
    int result = git_commit_lookup(&commit, repo->git, id);
    git_commit_free(commit);
    return result == 0 ? 0
                       : repo->services->error_set(error, ERROR_MACHINE,
                             "cannot write the note: it is not there after it was written; is the "
                             "disk full?");
}

static int write_new(struct git_repo *repo, git_oid *out, git_commit *parent,
    const struct git_note_request *note, const char *all, struct error *error)
{
    git_signature *author = NULL, *committer = NULL;
    git_oid target;
    git_oid_fromstr(&target, note->target.hex);
    int result = repo_person(repo, &author, &note->author, true, note->time, error);
    if (result == 0)
        result = repo_person(repo, &committer, &note->committer, false, note->time, error);
    if (result == 0) {
        repo_forget_error();
        result = git_note_commit_create(
            out, NULL, repo->git, parent, author, committer, &target, all, 1);
        if (result != 0)
            result = repo_not_written(repo->services, error, "cannot write the note");
        else
            result = check_there(repo, out, error);
        git_repository_set_ident(repo->git, committer->name, committer->email);
    }
    git_signature_free(author);
    git_signature_free(committer);
    return result;
}

int repo_note(struct git_repo *repo, const struct git_note_request *note, struct git_id *tip,
    struct git_id *out, struct error *error)
{
    git_commit *parent = NULL;
    git_oid target, id;
    char *all = NULL;
    repo_sync_each(true);
    git_oid_fromstr(&target, note->target.hex);
    int result = repo_tip(repo, &parent, note->reference, tip, error);
    if (result == 0)
        result = read_old(repo, &all, parent, &target, note->text, error);
    if (result == 0 && !all) {
        *out = *tip;
    } else if (result == 0) {
        result = write_new(repo, &id, parent, note, all, error);
        if (result == 0)
            repo_id(out, &id);
    }
    free(all);
    git_commit_free(parent);
    return result;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SINK_GIT_COMMIT_H
#define SINK_GIT_COMMIT_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"
#include "source/git.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Files as a commit on a branch, without touching a work tree or an index:
 * blobs, trees and the commit are written and synced first, then the branch
 * moves from the commit it was read at to the new one, or not at all. A writer
 * who finds that the branch has moved builds its commit anew on the new tip, so
 * that writers beside each other lose nothing.
 *
 * The branch is made, without a parent, where it does not exist: the advised home
 * of a history is a branch of its own, COMMIT_BRANCH, with one file a run that
 * never changes. A branch that some work tree has checked out is refused, since
 * its files there would seem to have been changed back by hand.
 *
 * The repository comes from repository_open. Hooks are not run; pushing is
 * git's job.
 */
#define COMMIT_BRANCH "bench-data"
#define COMMIT_NOTES  "benchline" /* refs/notes/benchline */

enum { COMMIT_TRIES = 200 };

struct commit_file {
    const char *path; /* from the top of the tree, with '/' */
    struct slice bytes;
    bool fixed; /* a file that is there with other bytes is an error, not replaced */
};

/* "Key: value" at the end of the message; a line break in a value becomes a space. */
struct commit_trailer {
    const char *key, *value;
};

/* NULL: as git is configured (user.name, user.email). */
struct commit_person {
    const char *name, *email;
};

enum commit_signing {
    COMMIT_SIGN_AS_CONFIGURED, /* commit.gpgSign */
    COMMIT_SIGN_ALWAYS,
    COMMIT_SIGN_NEVER
};

/* Who commits, when, and how. */
struct commit_by {
    struct commit_person author, committer; /* what GIT_AUTHOR_NAME and so on say is the tool's */
    int64_t time;                           /* of both, in seconds since 1970 UTC */
    enum commit_signing signing;            /* of files; notes are never signed */
    char *const *environment;               /* for the signing program; NULL-terminated */
    unsigned tries; /* how often the branch may be found moved or locked; 0 is COMMIT_TRIES */
};

struct commit_request {
    const char *branch; /* without refs/heads/; NULL is COMMIT_BRANCH */
    const struct commit_file *files;
    size_t file_count;
    const char *subject; /* the first line of the message */
    const char *body;    /* paragraphs between it and the trailers; NULL for none */
    const struct commit_trailer *trailers;
    size_t trailer_count;
    struct commit_by by;
};

struct commit_report {
    struct git_id commit; /* the new one, or where nothing changed the tip as it was */
    bool unchanged;       /* the branch holds these files as they are: no commit was made */
    bool new_branch;
    bool is_signed;
    unsigned retries; /* how often the branch had moved or was locked */
};

/*
 * error.code: ERROR_USAGE for a branch or path that cannot be, or a branch that
 * is checked out; ERROR_INPUT for a repository that cannot be worked with as it
 * stands (no identity, fixed files that differ); ERROR_MACHINE for the disk, the
 * signing program, a lock that stays. Then the branch is as it was.
 */
int commit_files(struct repository *repository, struct commit_report *out,
    const struct commit_request *request, struct error *error) MUST_USE;

struct note_request {
    const char *notes;    /* without refs/notes/; NULL is COMMIT_NOTES */
    const char *revision; /* the commit that gets the note */
    const char *text;
    struct commit_by by;
};

/*
 * Adds text to the note of a commit, as `git notes append` does; a note that
 * holds the text already stays as it is (unchanged). Writers beside each other
 * lose nothing here either. Errors as commit_files.
 */
int commit_note(struct repository *repository, struct commit_report *out,
    const struct note_request *request, struct error *error) MUST_USE;

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_GIT_MODULE_H
#define SOURCE_GIT_MODULE_H

#include "base/error.h"
#include "source/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Between source/git.c and the module that knows libgit2. The module is a
 * shared object of the same build; version and size keep one of
 * another release out. It defines benchline_git_module and uses nothing of benchline but
 * the services it is given, which hold as long as it is loaded, and the types
 * here and in base/error.h.
 */
enum { GIT_MODULE_VERSION = 1, GIT_ID_DIGITS = 40, GIT_TIME_SIZE = 24 };

/* base/ as the module sees it. */
struct git_services {
    int (*error_set)(struct error *error, enum error_code code, const char *format, ...)
        PRINTF_LIKE(3, 4);
    void *(*memory_take)(size_t size);
    void *(*memory_resize)(void *block, size_t count, size_t size);
    char *(*memory_text)(const char *text);
    void (*names_add)(struct names *names, char *name);
};

/* The name of an object: lower-case hexadecimal digits and a NUL. */
struct git_id {
    char hex[GIT_ID_DIGITS + 1];
};

enum git_entry { GIT_ENTRY_FILE, GIT_ENTRY_FOLDER };

enum git_dirty { GIT_DIRTY_UNKNOWN, GIT_DIRTY_NO, GIT_DIRTY_YES };

struct git_head {
    struct git_id commit;             /* "" where there is no commit yet */
    char *branch;                     /* "main"; NULL where HEAD is detached. free() */
    char *tag;                        /* a tag of this commit, of several the last version, an
                                         annotated one before others; NULL: none. free() */
    char committed_at[GIT_TIME_SIZE]; /* 2026-02-11T08:00:00Z; "" without a commit */
    enum git_dirty dirty; /* a tracked file is not as committed; unknown where that cannot
 be told: in a bare repository, without a commit */
};

/* A reference and what it leads to: of a tag its commit, or the tag object where only that is
 * known.
 */
struct git_ref {
    char *name;           /* without refs/tags/; free() */
    struct git_id target; /* "": it could not be read; `point` says why */
};

struct git_refs {
    struct git_ref *items;
    size_t count, capacity;
};

struct git_point {
    struct git_id commit;
    int64_t time;  /* of the commit, Unix seconds */
    char *summary; /* the first line of its message; free() */
};

struct git_points {
    struct git_point *items;
    size_t count, capacity;
};

/* A file and its content's name. */
struct git_blob_name {
    char *path; /* from the top; free() */
    struct git_id id;
};

struct git_files {
    struct git_blob_name *items;
    size_t count, capacity;
    bool folder; /* the path was one: the files are those in it */
};

/* What sink/git_commit.h writes. */
struct git_file {
    const char *path;
    const char *bytes;
    size_t size;
    bool fixed; /* not to be replaced by other bytes */
};

struct git_person {
    const char *name, *email; /* NULL: as configured */
};

struct git_draft {
    const char *reference; /* refs/heads/… */
    const struct git_file *files;
    size_t file_count;
    const char *message;
    struct git_person author, committer;
    int64_t time;
};

struct git_note_request {
    const char *reference; /* refs/notes/… */
    struct git_id target;
    const char *text;
    struct git_person author, committer;
    int64_t time;
};

enum git_move { GIT_MOVE_DONE, GIT_MOVE_LATE, GIT_MOVE_LOCKED };

struct git_repo; /* the module's own */

/*
 * What each does is said at the function of source/git.h that calls it. Those
 * that take a revision return 1 when there is none of that name, those that take
 * a path 2 when there is none in the revision, both without an error.
 */
struct git_module {
    int version;
    size_t size; /* of this struct */
    int (*open)(struct git_repo **out, const struct git_services *services, const char *folder,
        struct error *error);
    void (*close)(struct git_repo *repo);
    int (*resolve)(
        struct git_repo *repo, struct git_id *out, const char *revision, struct error *error);
    int (*look)(struct git_repo *repo, enum git_entry *out, const char *revision, const char *path,
        struct error *error);
    int (*read)(struct git_repo *repo, char **bytes, size_t *size, const char *revision,
        const char *path, struct error *error);
    int (*list)(struct git_repo *repo, struct names *out, const char *revision, const char *path,
        struct error *error);
    /* The short names of branches, tags and remote branches. */
    int (*references)(struct git_repo *repo, struct names *out, struct error *error);
    int (*head)(struct git_repo *repo, struct git_head *out, struct error *error);
    /* Of two commits that are there. */
    int (*merge_base)(struct git_repo *repo, struct git_id *out, const struct git_id *one,
        const struct git_id *other, struct error *error);

    int (*tags)(struct git_repo *repo, struct git_refs *out, struct error *error);
    /* 1 for what is no commit, nor a tag of one. */
    int (*point)(struct git_repo *repo, struct git_point *out, const struct git_ref *tag,
        struct error *error);
    int (*walk)(struct git_repo *repo, struct git_points *out, const char *range, bool first_parent,
        struct error *error);
    int (*contains)(struct git_repo *repo, bool *out, const struct git_id *commit,
        const char *revision, struct error *error);
    int (*files)(struct git_repo *repo, struct git_files *out, const char *revision,
        const char *path, struct error *error);
    int (*blob)(struct git_repo *repo, char **bytes, size_t *size, const struct git_id *id,
        const char *path, struct error *error);
    /* Where what belongs to all work trees lies; with a '/' at its end, free(). */
    char *(*folder)(struct git_repo *repo);

    /* -1 where nothing may be committed to the reference. */
    int (*guard)(struct git_repo *repo, const char *reference, struct error *error);
    /* A value of the configuration, to be freed; NULL where it is not set. */
    char *(*setting)(struct git_repo *repo, const char *name);
    /*
     * Writes blobs and trees over the reference's commit (*tip, "" for none) and
     * gives the text of the commit to be (free()); NULL where the files are there
     * as they are.
     */
    int (*draft)(struct git_repo *repo, const struct git_draft *draft, struct git_id *tip,
        char **commit, struct error *error);
    /* Writes that commit, signature NULL for none, and syncs all that is new with it. */
    int (*store)(struct git_repo *repo, const struct git_draft *draft, struct git_id *out,
        const char *commit, const char *signature, struct error *error);
    /* Writes a commit of the notes, to which the reference can move; *out is *tip for no change. */
    int (*note)(struct git_repo *repo, const struct git_note_request *note, struct git_id *tip,
        struct git_id *out, struct error *error);
    /* The reference from one commit ("": it is not there) to another, or not at all. */
    int (*move)(struct git_repo *repo, enum git_move *out, const char *reference,
        const struct git_id *from, const struct git_id *to, const char *why, struct error *error);
    /* Where the reference's lock would lie: to be freed. */
    char *(*lock_path)(struct git_repo *repo, const char *reference);
};

/* For sink/ alone: the rest goes through source/git.h. */
struct repository {
    const struct git_module *module;
    struct git_repo *repo;
};

extern const struct git_module benchline_git_module;

#endif

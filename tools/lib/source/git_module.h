/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SOURCE_GIT_MODULE_H
#define SOURCE_GIT_MODULE_H

#include "base/error.h"
#include "source/names.h"

#include <stddef.h>

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
};

extern const struct git_module benchline_git_module;

#endif

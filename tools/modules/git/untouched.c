/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _DEFAULT_SOURCE /* the nanoseconds of struct stat */
#include "internal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_time(const git_index_time *noted, const struct timespec *found)
{
    return noted->seconds == (int32_t)found->tv_sec &&
           noted->nanoseconds == (uint32_t)found->tv_nsec;
}

static bool is_before(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

static bool same_kind(uint32_t noted, mode_t found)
{
    if (S_ISLNK(found))
        return noted == GIT_FILEMODE_LINK;
    if (!S_ISREG(found))
        return false;
    return noted == (found & S_IXUSR ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB);
}

static bool is_ordinary(const git_index_entry *entry)
{
    return !git_index_entry_is_conflict(entry) && !(entry->flags & GIT_INDEX_ENTRY_VALID) &&
           !(entry->flags_extended & GIT_INDEX_ENTRY_EXTENDED_FLAGS);
}

/* A file that was written when the index was may have been written again since. */
static bool is_untouched(int folder, const git_index_entry *entry, const struct timespec *written)
{
    struct stat found;
    return is_ordinary(entry) && fstatat(folder, entry->path, &found, AT_SYMLINK_NOFOLLOW) == 0 &&
           same_kind(entry->mode, found.st_mode) && entry->file_size == (uint32_t)found.st_size &&
           entry->ino == (uint32_t)found.st_ino && same_time(&entry->mtime, &found.st_mtim) &&
           same_time(&entry->ctime, &found.st_ctim) && is_before(&found.st_mtim, written);
}

bool repo_untouched(struct git_repo *repo, git_index *index)
{
    const char *path = git_index_path(index), *top = git_repository_workdir(repo->git);
    struct stat written;
    int folder = top ? open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool untouched = folder >= 0 && path && stat(path, &written) == 0;
    for (size_t i = 0; untouched && i < git_index_entrycount(index); i++)
        untouched = is_untouched(folder, git_index_get_byindex(index, i), &written.st_mtim);
    if (folder >= 0)
        close(folder);
    return untouched;
}

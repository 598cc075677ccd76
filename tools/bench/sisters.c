/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sisters.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "tool/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

ANALYZER_LOSES_OWNERS

extern char **environ;

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int sisters_find(struct sisters *out, struct error *error)
{
    *out = (struct sisters){.folder = place_tools()};
    DIR *folder = opendir(out->folder);
    if (!folder)
        return error_system(error, ERROR_MACHINE, errno, "cannot read %s", out->folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strncmp(entry->d_name, "bench-", 6) != 0)
            continue;
        char *path = memory_format("%s/%s", out->folder, entry->d_name);
        if (access(path, X_OK) == 0) {
            MEMORY_GROW(out->names, out->count, out->capacity);
            out->names[out->count++] = memory_text(entry->d_name + 6);
        }
        free(path);
    }
    closedir(folder);
    if (out->count > 0)
        qsort(out->names, out->count, sizeof *out->names, by_name);
    return 0;
}

void sisters_release(struct sisters *sisters)
{
    for (size_t i = 0; i < sisters->count; i++)
        free(sisters->names[i]);
    free(sisters->names);
    free(sisters->folder);
}

char *sisters_path(const struct sisters *sisters, const char *name, const char **near)
{
    size_t nearest = nearest_limit(strlen(name)) + 1;
    *near = NULL;
    if (strncmp(name, "bench-", 6) == 0)
        name += 6;
    for (size_t i = 0; i < sisters->count; i++) {
        if (strcmp(sisters->names[i], name) == 0)
            return memory_format("%s/bench-%s", sisters->folder, name);
        size_t distance = nearest_distance(slice_of(name), slice_of(sisters->names[i]), nearest);
        if (distance < nearest) {
            nearest = distance;
            *near = sisters->names[i];
        }
    }
    return NULL;
}

static int read_all(int fd, struct buffer *out)
{
    for (;;) {
        char *room = buffer_room(out, 4096);
        ssize_t count = room ? read(fd, room, 4096) : -1;
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return (int)count;
        buffer_wrote(out, (size_t)count);
    }
}

static int spawn(const char *path, const char *question, int out, int unused, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    char *arguments[] = {(char *)path, (char *)question, NULL};
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0)
        return failure;
    posix_spawn_file_actions_addclose(&actions, unused);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, out);
    failure = posix_spawn(child, path, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int sisters_ask(const struct sisters *sisters, const char *name, const char *question,
    struct buffer *answer, struct error *error)
{
    const char *near;
    char *path = sisters_path(sisters, name, &near);
    int ends[2], status = 0, failure;
    pid_t child;
    if (!path)
        return error_set(error, ERROR_USAGE, "there is no tool bench-%s", name);
    if (pipe(ends) != 0) {
        free(path);
        return error_system(error, ERROR_MACHINE, errno, "cannot make a pipe");
    }
    failure = spawn(path, question, ends[1], ends[0], &child);
    close(ends[1]);
    if (failure == 0) {
        read_all(ends[0], answer);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    close(ends[0]);
    if (failure != 0)
        error_system(error, ERROR_MACHINE, failure, "cannot run %s", path);
    else if (status != 0)
        error_set(error, ERROR_MACHINE, "%s %s failed", path, question);
    free(path);
    return failure != 0 || status != 0 ? -1 : 0;
}

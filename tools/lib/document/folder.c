/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "document/folder.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_dots(struct slice part)
{
    return slice_is(part, ".") || slice_is(part, "..");
}

/* Whether every part of the name is a plain file name. */
static bool stays_inside(struct slice name)
{
    size_t start = 0;
    if (name.size == 0 || memchr(name.data, '\0', name.size))
        return false;
    for (size_t i = 0; i <= name.size; i++) {
        if (i < name.size && name.data[i] != '/')
            continue;
        if (i == start || is_dots((struct slice){name.data + start, i - start}))
            return false;
        start = i + 1;
    }
    return true;
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    if (strcmp(folder, "/") == 0)
        return path[0] == '/';
    return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int read_all(int fd, struct buffer *text, const char *path, struct error *error)
{
    enum { BLOCK = 1 << 16 };
    for (;;) {
        char *room = buffer_room(text, BLOCK);
        if (!room)
            return error_set(
                error, ERROR_CONTENT, "%s is longer than %zu bytes", path, MUSTACHE_SOURCE);
        ssize_t got = read(fd, room, BLOCK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_system(error, ERROR_INPUT, errno, "cannot read %s", path);
        if (got == 0)
            return 0;
        buffer_wrote(text, (size_t)got);
    }
}

static int read_file(const char *path, const char *real, struct buffer *text, struct error *error)
{
    int fd = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return error_system(error, ERROR_INPUT, errno, "cannot open %s", path);
    int result = read_all(fd, text, path, error);
    close(fd);
    return result;
}

/* 1: read, 0: the folder has none, -1 with error. */
static int load_from(const char *folder, struct slice name, struct buffer *text,
    struct buffer *file, struct error *error)
{
    char *path = memory_format("%s/%.*s" FOLDER_SUFFIX, folder, (int)name.size, name.data);
    char *real = realpath(path, NULL);
    char *home = real ? realpath(folder, NULL) : NULL;
    int result = 0;

    if (!real) {
        if (errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG)
            result = error_system(error, ERROR_INPUT, errno, "cannot open %s", path);
    } else if (!home) {
        result = error_system(error, ERROR_INPUT, errno, "cannot open the folder %s", folder);
    } else if (!is_below(real, home)) {
        result = error_set(error, ERROR_CONTENT, "the partial \"%.*s\" leads out of its folder %s",
            (int)name.size, name.data, folder);
    } else if (read_file(path, real, text, error) != 0) {
        result = -1;
    } else {
        buffer_add_text(file, path);
        result = 1;
    }
    free(home);
    free(real);
    free(path);
    return result;
}

int folder_load(
    void *context, struct slice name, struct buffer *text, struct buffer *file, struct error *error)
{
    const struct folders *folders = context;
    enum { NAME_CEILING = 1024 };

    if (name.size > NAME_CEILING || !stays_inside(name))
        return error_set(error, ERROR_CONTENT,
            "a partial called \"%.*s\"; expected the name of a file in the folder of the partials",
            (int)(name.size < 100 ? name.size : 100), name.data);
    for (size_t i = 0; i < folders->count; i++) {
        int found = load_from(folders->paths[i], name, text, file, error);
        if (found != 0)
            return found;
    }
    return 0;
}

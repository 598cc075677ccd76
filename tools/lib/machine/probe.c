/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/probe.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX = 65536 };

static bool PRINTF_LIKE(3, 0)
    make_path(const struct probe *probe, char *out, const char *format, va_list arguments)
{
    int root = snprintf(out, PATH_MAX, "%s/", probe->root);
    if (root < 0 || root >= PATH_MAX)
        return false;
    int length = vsnprintf(out + root, (size_t)(PATH_MAX - root), format, arguments);
    return length >= 0 && length < PATH_MAX - root;
}

static char *read_file(const struct probe *probe, const char *path)
{
    struct buffer text = {.ceiling = PROBE_FILE_CEILING};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    char block[4096];
    ssize_t length;
    while ((length = read(fd, block, sizeof block)) > 0 || (length < 0 && errno == EINTR))
        if (length > 0)
            buffer_add(&text, block, (size_t)length);
    close(fd);
    char *out = NULL;
    if (length == 0 && !text.overflow) {
        while (text.size > 0 && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == 0))
            text.size--;
        out = arena_text_n(probe->arena, text.size ? text.data : "", text.size);
    }
    buffer_release(&text);
    return out;
}

char *probe_text(const struct probe *probe, const char *format, ...)
{
    char path[PATH_MAX];
    va_list arguments;
    va_start(arguments, format);
    bool fits = make_path(probe, path, format, arguments);
    va_end(arguments);
    return fits ? read_file(probe, path) : NULL;
}

bool probe_start(const struct probe *probe, const char *path, char *out, size_t size)
{
    char whole[PATH_MAX];
    int length = snprintf(whole, sizeof whole, "%s/%s", probe->root, path);
    int fd = length > 0 && length < PATH_MAX ? open(whole, O_RDONLY | O_CLOEXEC | O_NOCTTY) : -1;
    if (fd < 0)
        return false;
    ssize_t count = read(fd, out, size - 1);
    close(fd);
    out[count > 0 ? count : 0] = '\0';
    return count > 0;
}

int64_t probe_number(const char *text)
{
    char *end;
    if (!text)
        return UNKNOWN_COUNT;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    return end == text || errno != 0 ? UNKNOWN_COUNT : value;
}

int64_t probe_count(const struct probe *probe, const char *format, ...)
{
    char path[PATH_MAX];
    va_list arguments;
    va_start(arguments, format);
    bool fits = make_path(probe, path, format, arguments);
    va_end(arguments);
    return fits ? probe_number(read_file(probe, path)) : UNKNOWN_COUNT;
}

bool probe_exists(const struct probe *probe, const char *path)
{
    char whole[PATH_MAX];
    int length = snprintf(whole, sizeof whole, "%s/%s", probe->root, path);
    return length > 0 && length < PATH_MAX && access(whole, F_OK) == 0;
}

/* cpu2 before cpu10. */
static int compare_names(const void *left, const void *right)
{
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    size_t at_a = strcspn(a, "0123456789"), at_b = strcspn(b, "0123456789");
    if (at_a == at_b && memcmp(a, b, at_a) == 0) {
        unsigned long number_a = strtoul(a + at_a, NULL, 10);
        unsigned long number_b = strtoul(b + at_b, NULL, 10);
        if (number_a != number_b)
            return number_a < number_b ? -1 : 1;
    }
    return strcmp(a, b);
}

char **probe_names(const struct probe *probe, const char *folder, const char *prefix, size_t *count)
{
    char path[PATH_MAX];
    char **found = NULL;
    size_t capacity = 0;
    *count = 0;
    int length = snprintf(path, sizeof path, "%s/%s", probe->root, folder);
    DIR *stream = length > 0 && length < PATH_MAX ? opendir(path) : NULL;
    if (!stream)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] == '.' || strncmp(entry->d_name, prefix, strlen(prefix)) != 0)
            continue;
        MEMORY_GROW(found, *count, capacity);
        found[(*count)++] = arena_text(probe->arena, entry->d_name);
    }
    closedir(stream);
    char **names = NULL;
    if (found) {
        qsort(found, *count, sizeof *found, compare_names);
        names = arena_take(probe->arena, *count * sizeof *names);
        memcpy(names, found, *count * sizeof *names);
    }
    free(found);
    return names;
}

static char *trimmed(const struct probe *probe, const char *value)
{
    value += strspn(value, " \t");
    size_t length = strcspn(value, "\n");
    while (length > 0 && strchr(" \t\r", value[length - 1]))
        length--;
    if (length >= 2 && (value[0] == '"' || value[0] == '\'') && value[length - 1] == value[0]) {
        value++;
        length -= 2;
    }
    return arena_text_n(probe->arena, value, length);
}

char *probe_field(const struct probe *probe, const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = text; line && *line;) {
        if (strncmp(line, name, length) == 0) {
            const char *after = line + length + strspn(line + length, " \t");
            if (*after == ':' || *after == '=')
                return trimmed(probe, after + 1);
        }
        const char *newline = strchr(line, '\n');
        line = newline ? newline + 1 : NULL;
    }
    return NULL;
}

bool probe_each(const char *list, void (*take)(void *context, unsigned number), void *context)
{
    for (const char *at = list; at && *at;) {
        char *end;
        if (*at < '0' || *at > '9')
            return false;
        unsigned long first = strtoul(at, &end, 10), last = first;
        if (*end == '-') {
            at = end + 1;
            if (*at < '0' || *at > '9')
                return false;
            last = strtoul(at, &end, 10);
        }
        if (last < first || last >= LIST_MAX || (*end != ',' && *end != '\0'))
            return false;
        for (unsigned long number = first; number <= last; number++)
            take(context, (unsigned)number);
        at = *end == ',' ? end + 1 : end;
    }
    return list && *list;
}

static void count_one(void *context, unsigned number)
{
    (void)number;
    ++*(int64_t *)context;
}

int64_t probe_list_size(const char *list)
{
    int64_t count = 0;
    return probe_each(list, count_one, &count) ? count : UNKNOWN_COUNT;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "manuals.h"

#include "base/memory.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "benchline-";
static const char sections[] = "57";

char *manuals_topic(const char *folder, const char *name)
{
    if (strncmp(name, prefix, sizeof prefix - 1) == 0)
        name += sizeof prefix - 1;
    for (const char *section = sections; *section && !strchr(name, '/'); section++) {
        char *path = memory_format(
            "%s/../share/man/man%c/%s%s.%c", folder, *section, prefix, name, *section);
        if (access(path, R_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

static int by_topic(const void *left, const void *right)
{
    const char *a = *(char *const *)left, *b = *(char *const *)right;
    return strcmp(strrchr(a, '/'), strrchr(b, '/'));
}

void manuals_list(const char *folder, struct buffer *out)
{
    glob_t found;
    char *pattern =
        memory_format("%s/../share/man/man[%s]/%s*.[%s]", folder, sections, prefix, sections);
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, by_topic);
        for (size_t i = 0; i < found.gl_pathc; i++) {
            const char *topic = strrchr(found.gl_pathv[i], '/') + sizeof prefix;
            buffer_add_format(out, "%s%.*s", i ? " " : "", (int)strlen(topic) - 2, topic);
        }
        globfree(&found);
    }
    free(pattern);
}

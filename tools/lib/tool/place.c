/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tool/place.h"

#include "base/memory.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

char *place_tools(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return memory_text(".");
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return memory_text(path);
}

static char *beside(const char *folder, const char *file)
{
    char *tools = place_tools();
    char *path = memory_format("%s/../%s/%s", tools, folder, file);
    free(tools);
    return path;
}

char *place_data(const char *file)
{
    return beside("share/benchline", file);
}

char *place_module(const char *module)
{
    char *file = memory_format("%s.so", module);
    char *path = beside("lib/benchline", file);
    free(file);
    return path;
}

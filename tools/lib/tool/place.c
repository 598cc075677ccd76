/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "tool/place.h"

#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

/* Where /proc is not there, what the program was started as; never a place that
 * depends on the current folder alone, where a stranger's module could lie. */
char *place_tools(void)
{
    char path[PATH_MAX];
    const char *started = NULL;
    unsigned long address = getauxval(AT_EXECFN);
    memcpy(&started, &address, sizeof started);
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length > 0)
        path[length] = '\0';
    else if (!started || !realpath(started, path))
        path[0] = '\0';
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

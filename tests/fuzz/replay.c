/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The main of a fuzz target outside the fuzz flavour: TARGET FILE|FOLDER…
 * replays each file, and each file of each folder, and says how many there were.
 * None at all is a failure.
 */
#include "base/buffer.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    struct buffer content = BUFFER_INIT;
    char block[65536];
    size_t count;
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&content, block, count);
    int failed = ferror(file);
    fclose(file);
    if (!failed) {
        /* As much memory as there are bytes, so that a step too far is seen. */
        uint8_t *bytes = memory_take(content.size);
        if (content.size)
            memcpy(bytes, content.data, content.size);
        LLVMFuzzerTestOneInput(bytes, content.size);
        free(bytes);
    }
    buffer_release(&content);
    return failed ? -1 : 0;
}

/* The number of files replayed, or -1. */
static long replay(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return replay_file(path) == 0 ? 1 : -1;
    long count = 0;
    struct dirent *entry;
    while (count >= 0 && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        char *name = memory_format("%s/%s", path, entry->d_name);
        count = replay_file(name) == 0 ? count + 1 : -1;
        free(name);
    }
    closedir(folder);
    return count;
}

int main(int count, char **words)
{
    long total = 0;
    for (int i = 1; i < count; i++) {
        long files = replay(words[i]);
        if (files < 0)
            return 1;
        total += files;
    }
    printf("%ld files replayed\n", total);
    return total == 0;
}
